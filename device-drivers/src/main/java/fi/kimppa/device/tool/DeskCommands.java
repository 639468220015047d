package fi.kimppa.device.tool;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskDevice;
import fi.kimppa.device.simulator.DeskSnapshot;
import fi.kimppa.device.simulator.LineFaults;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person does at the virtual desk, one line each. Each method is a command. For one thread. */
@Command(name = "", description = "What can be done on the desk:", subcommands = CommandLine.HelpCommand.class)
final class DeskCommands {
    private final VirtualDesk desk;
    private final PrintStream out;
    private final Optional<Path> paper;
    private final int faultRate;
    private int drawn;
    private boolean quit;

    /**
     * Commands for one desk.
     *
     * @param paper where each slip is drawn, if anywhere
     * @param faultRate per mille, for the command {@code faults}
     */
    DeskCommands(VirtualDesk desk, PrintStream out, Optional<Path> paper, int faultRate) {
        this.desk = desk;
        this.out = out;
        this.paper = paper;
        this.faultRate = faultRate;
    }

    /** Takes lines until {@code quit} or the end. */
    void listen(BufferedReader in) {
        var line = new CommandLine(this);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, _, _) -> {
            out.println("! " + exception.getMessage());
            return Exit.REFUSED;
        });
        if (paper.isPresent()) {
            desk.onChange(this::draw);
        }
        try {
            for (String text = in.readLine(); text != null && !quit; text = quit ? null : in.readLine()) {
                if (!text.isBlank() && !text.startsWith("#")) {
                    line.execute(text.strip().split("\\s+"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void draw(DeskSnapshot snapshot) {
        for (PrintedSlip slip : snapshot.printer().slips()) {
            if (slip.number() > drawn) {
                drawn = slip.number();
                try {
                    Path folder = Files.createDirectories(paper.orElseThrow());
                    Files.write(folder.resolve("slip-" + drawn + ".png"), slip.png());
                    Files.writeString(folder.resolve("slip-" + drawn + ".txt"), slip.text());
                } catch (IOException e) {
                    out.println("! " + e.getMessage());
                }
            }
        }
    }

    @Command(description = "Lays a tag on the pad.")
    void lay(
            @Parameters(paramLabel = "ITEM") String item,
            @Option(names = "--owner", defaultValue = "FI-Turku") String owner,
            @Option(names = "--model", defaultValue = "ISO_28560_2", description = "${COMPLETION-CANDIDATES}")
                    TagModel model,
            @Option(names = "--part", defaultValue = "1/1") String part,
            @Option(names = "--card", description = "A patron's card and no item.") boolean card,
            @Option(names = "--unsecured") boolean unsecured) {
        String[] numbers = part.split("/", 2);
        lay(DemoTags.tag(
                new ItemTag(
                        item,
                        Optional.of(owner),
                        Integer.parseInt(numbers[1]),
                        Integer.parseInt(numbers[0]),
                        Optional.of(card ? TypeOfUsage.PATRON : TypeOfUsage.CIRCULATION_ITEM),
                        model),
                unsecured ? TagSecurity.UNSECURED : TagSecurity.SECURED));
    }

    private void lay(VirtualTag tag) {
        desk.pad().lay(tag);
        out.println(tag.uid());
    }

    @Command(description = "Lays a blank tag on the pad.")
    void blank(@Parameters(paramLabel = "UID") String uid) {
        lay(new VirtualTag(Uid.parse(uid), 0, 0, new byte[112]));
    }

    @Command(description = "Lifts a tag, or all.")
    void lift(@Parameters(paramLabel = "UID|all") String uid) {
        if (uid.equals("all")) {
            desk.pad().clear();
        } else if (desk.pad().lift(Uid.parse(uid)).isEmpty()) {
            out.println("! No tag " + uid + " lies there.");
        }
    }

    @Command(description = "Shows what lies on the desk.")
    void show() {
        DeskSnapshot now = desk.snapshot();
        now.pad()
                .tags()
                .forEach(tag -> out.printf(
                        Locale.ROOT,
                        "tag      %s  AFI %02X  %s%n",
                        tag.uid(),
                        tag.afi(),
                        TagText.what(TagCodec.decode(tag.dsfid(), tag.memory()))));
        out.println("printer  paper " + now.printer().paper() + ", cover "
                + (now.printer().coverOpen() ? "open" : "closed") + ", cutter "
                + (now.printer().cutterStopped() ? "stopped" : "free") + ", "
                + now.printer().slips().size() + " slips");
        out.println("card     " + now.card().uid().map(uid -> "lies there").orElse("none"));
        out.println("door     " + (now.door().open() ? "open" : "shut") + ", lock "
                + (now.door().released() ? "released" : "locked")
                + (now.door().letOut() ? ", somebody leaves" : "")
                + (now.door().tampered() ? ", box open" : ""));
        for (DeskDevice device : DeskDevice.values()) {
            if (!desk.device(device).plugged()) {
                out.println(DeskTool.name(device) + ": its plug is pulled");
            }
        }
    }

    @Command(description = "Reads a bar code.")
    void scan(@Parameters(paramLabel = "CODE") String code) {
        if (desk.scanner().scan(code) == 0) {
            out.println("! Nobody is connected to the scanner.");
        }
    }

    @Command(description = "Puts paper in, or takes it out.")
    void paper(@Parameters(paramLabel = "enough|low|out") Paper amount) {
        desk.printer().setPaper(amount);
    }

    /** Whether something is open. */
    enum Cover {
        OPEN,
        CLOSED
    }

    @Command(description = "Opens or closes the printer's cover.")
    void cover(@Parameters(paramLabel = "open|closed") Cover cover) {
        desk.printer().setCoverOpen(cover == Cover.OPEN);
    }

    /** What is in the cutter's way. */
    enum Cutter {
        JAM,
        FREE
    }

    @Command(description = "Puts something into the cutter, or takes it out; the host then tells the printer to go on.")
    void cutter(@Parameters(paramLabel = "jam|free") Cutter cutter) {
        desk.printer().setCutterJam(cutter == Cutter.JAM);
    }

    @Command(description = "Tears the slips off and shows them.")
    void tear() {
        desk.printer().tear().forEach(slip -> out.println(slip.text()));
    }

    @Command(description = "Lays a contactless card on the PC/SC reader of vsmartcard-vpcd, or takes it away.")
    void card(
            @Parameters(paramLabel = "UID|off", description = "4, 7 or 10 bytes in hexadecimal.") String uid,
            @Option(
                            names = "--number",
                            description =
                                    "A Finnish library card with this number in sector 1; the keys are FFFFFFFFFFFF.")
                    Optional<String> number,
            @Option(names = "--seconds", description = "Takes it away again after so long, for example 0.5.")
                    Optional<Double> seconds) {
        if (uid.equals("off")) {
            desk.card().lift();
            return;
        }
        VirtualCard laid = number.map(text -> VirtualCard.library(uid, text)).orElseGet(() -> VirtualCard.withUid(uid));
        try {
            if (seconds.isPresent()) {
                desk.card().touch(laid, Duration.ofMillis(Math.round(seconds.get() * 1_000)));
            } else {
                desk.card().lay(laid);
            }
        } catch (DeviceException e) {
            out.println("! No reader of vsmartcard-vpcd waits for cards; are pcscd and vsmartcard-vpcd running? "
                    + e.getMessage());
        }
    }

    /** What a person does to a door. */
    enum Hand {
        PULL,
        SHUT,
        FORCE,
        EXIT,
        LEAVE,
        TAMPER,
        MEND
    }

    @Command(
            description =
                    "Pulls, shuts or breaks the door, presses the exit button, leaves by the handle inside, opens the"
                            + " board's box (tamper) or closes it (mend).")
    void door(@Parameters(paramLabel = "pull|shut|force|exit|leave|tamper|mend") Hand hand) {
        switch (hand) {
            case PULL -> out.println(desk.door().pull() ? "It opens." : "It is locked.");
            case SHUT -> desk.door().shut();
            case FORCE -> desk.door().force();
            case EXIT -> desk.door().pressExit();
            case LEAVE -> desk.door().leave();
            case TAMPER -> desk.door().tamper(true);
            case MEND -> desk.door().tamper(false);
        }
    }

    @Command(description = "Pulls a plug.")
    void unplug(@Parameters(paramLabel = "pad|printer|scanner|door") DeskDevice plug) {
        desk.device(plug).unplug();
    }

    @Command(description = "Plugs it in again.")
    void replug(@Parameters(paramLabel = "pad|printer|scanner|door") DeskDevice plug) {
        desk.device(plug).replug();
    }

    @Command(description = "Lets things go wrong on a device's lines, drawn from a seed, or lets them be well again.")
    void faults(
            @Parameters(paramLabel = "pad|printer|scanner|door") DeskDevice device,
            @Parameters(paramLabel = "SEED|off") String seed) {
        if (seed.equals("off")) {
            desk.device(device).heal();
        } else {
            desk.device(device).endanger(new LineFaults(Long.parseLong(seed), faultRate));
        }
    }

    @Command(name = "device-id", description = "Sets the FEIG reader's own identifier, by which addresses may name it.")
    void deviceId(@Parameters(paramLabel = "HEX", description = "Up to 8 hexadecimal digits.") String id) {
        desk.pad().setDeviceId(HexFormat.fromHexDigits(id));
    }

    @Command(description = "Locks a tag's AFI for good.")
    void lock(@Parameters(paramLabel = "UID") String uid) {
        desk.pad().lockAfi(Uid.parse(uid));
    }

    @Command(description = "Ends.")
    void quit() {
        quit = true;
    }
}
