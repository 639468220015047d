package fi.kimppa.device.tool;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.card.SectorCard;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskSnapshot;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.simulator.VpcdCard;
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
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person does at the virtual desk, one line each. Each method is a command. For one thread. */
@Command(name = "", description = "What can be done on the desk:", subcommands = CommandLine.HelpCommand.class)
final class DeskCommands {
    /** Of cards as they leave the factory. */
    private static final String TRANSPORT_KEY = "FFFFFFFFFFFF";

    private final VirtualDesk desk;
    private final PrintStream out;
    private final Optional<Path> paper;
    private final int vpcd;
    private Optional<VpcdCard> card = Optional.empty();
    private int drawn;
    private boolean quit;

    DeskCommands(VirtualDesk desk, PrintStream out, Optional<Path> paper, int vpcd) {
        this.desk = desk;
        this.out = out;
        this.paper = paper;
        this.vpcd = vpcd;
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
        } finally {
            card.ifPresent(VpcdCard::close);
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
                + (now.printer().coverOpen() ? "open" : "closed") + ", "
                + now.printer().slips().size() + " slips");
        out.println("door     " + (now.door().open() ? "open" : "shut") + ", lock "
                + (now.door().released() ? "released" : "locked"));
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
                    Optional<String> number) {
        card.ifPresent(VpcdCard::close);
        card = Optional.empty();
        if (uid.equals("off")) {
            return;
        }
        VirtualCard laid = number.map(text -> VirtualCard.classic(uid, sector(text), TRANSPORT_KEY, TRANSPORT_KEY))
                .orElseGet(() -> VirtualCard.withUid(uid));
        try {
            card = Optional.of(VpcdCard.lay(vpcd, laid));
        } catch (DeviceException e) {
            out.println("! No reader of vsmartcard-vpcd waits on port " + vpcd
                    + "; are pcscd and vsmartcard-vpcd running?");
        }
    }

    private static byte[] sector(String number) {
        return Arrays.copyOf(
                TagCodec.encode(new ItemTag(
                        number, Optional.empty(), 1, 1, Optional.of(TypeOfUsage.PATRON), TagModel.ISO_28560_3)),
                SectorCard.BYTES);
    }

    /** What a person does to a door. */
    enum Hand {
        PULL,
        SHUT,
        FORCE
    }

    @Command(description = "Pulls, shuts or breaks the door.")
    void door(@Parameters(paramLabel = "pull|shut|force") Hand hand) {
        switch (hand) {
            case PULL -> out.println(desk.door().pull() ? "It opens." : "It is locked.");
            case SHUT -> desk.door().shut();
            case FORCE -> desk.door().force();
        }
    }

    /** What has a plug. */
    enum Plug {
        PAD,
        PRINTER,
        SCANNER,
        DOOR
    }

    @Command(description = "Pulls a plug.")
    void unplug(@Parameters(paramLabel = "pad|printer|scanner|door") Plug plug) {
        switch (plug) {
            case PAD -> desk.pad().unplug();
            case PRINTER -> desk.printer().unplug();
            case SCANNER -> desk.scanner().unplug();
            case DOOR -> desk.door().unplug();
        }
    }

    @Command(description = "Plugs it in again.")
    void replug(@Parameters(paramLabel = "pad|printer|scanner|door") Plug plug) {
        switch (plug) {
            case PAD -> desk.pad().replug();
            case PRINTER -> desk.printer().replug();
            case SCANNER -> desk.scanner().replug();
            case DOOR -> desk.door().replug();
        }
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
