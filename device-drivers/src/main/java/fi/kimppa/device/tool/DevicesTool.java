package fi.kimppa.device.tool;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceHistory;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.SelfTestReport;
import fi.kimppa.device.TracedFrame;
import fi.kimppa.device.card.CardReader;
import fi.kimppa.device.card.ContactlessReader;
import fi.kimppa.device.door.DoorLock;
import fi.kimppa.device.door.Unlocking;
import fi.kimppa.device.link.SystemPort;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.PadEvent;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.PadWatch;
import fi.kimppa.device.rfid.RfidPad;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kimppa-devices}: what an installer needs at a terminal. Each method is a command. */
@Command(
        name = "kimppa-devices",
        mixinStandardHelpOptions = true,
        version = "kimppa-devices 0.1",
        description = {"Finds, tries and mends the devices of a kiosk or a door."},
        subcommands = {TagCommands.class, CommandLine.HelpCommand.class},
        footer = {
            "",
            "Exit codes: 0 done, 1 the device or the tag said no, 2 not understood, 3 the device is not there.",
            "No card number or PIN is ever written; a trace has stand-ins."
        })
public final class DevicesTool {
    private static final double STEP_SECONDS = 0.1;

    private final PrintStream out;

    DevicesTool(PrintStream out) {
        this.out = out;
    }

    /** Runs one command and exits. */
    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs one command; the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        var line = new CommandLine(new DevicesTool(out), new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == TagCommands.class
                        ? type.cast(new TagCommands(out))
                        : CommandLine.defaultFactory().create(type);
            }
        });
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, _, _) -> switch (exception) {
            case ToolException e -> told(err, String.valueOf(e.getMessage()), e.exitCode());
            case DeviceException e -> told(err, String.valueOf(e.getMessage()), Exit.AWAY);
            default -> throw exception;
        });
        return line.execute(args);
    }

    private static int told(PrintStream err, String message, int exitCode) {
        err.println("kimppa-devices: " + message);
        return exitCode;
    }

    @Command(description = "Lists the ports where a device may be plugged in, and under which lasting name.")
    int list(@Option(names = "--json", description = "For scripts.") boolean json) {
        var listing = new Listing("port", "lasting name", "usb", "what", "may be opened");
        for (SystemPort port : SystemPort.all()) {
            listing.row(
                    port.path(),
                    port.lasting().orElse("-"),
                    port.usb().orElse("-"),
                    port.description(),
                    port.usable() ? "yes" : "no: see kimppa-devices.rules");
        }
        if (listing.isEmpty() && !json) {
            out.println(
                    "No serial port and no USB printer is plugged in. Devices on the network: kimppa-devices probe HOST:PORT");
        } else {
            listing.print(out, json);
        }
        return Exit.DONE;
    }

    @Command(
            description = {
                "Finds out what is plugged in: listens for scanners, then asks each kind of device a harmless question with every",
                "usual setting of the line. Prints nothing, opens no door."
            })
    int probe(
            @Parameters(
                            paramLabel = "PORT",
                            arity = "0..*",
                            description =
                                    "/dev/ttyUSB0, HOST:PORT of a device on the network, or pcsc; all of this machine if none.")
                    List<String> ports,
            @Option(
                            names = "--listen",
                            paramLabel = "SECONDS",
                            defaultValue = "1",
                            description = "Time to present a code to a scanner (default ${DEFAULT-VALUE}).")
                    double listen,
            @Option(
                            names = "--silence",
                            paramLabel = "MS",
                            defaultValue = "200",
                            description = "How long a device may think about each question (default ${DEFAULT-VALUE}).")
                    int silence,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        if (listen < 0 || listen > 600 || silence < 10 || silence > 10_000) {
            throw new ToolException(Exit.USAGE, "Expected --listen from 0 to 600 s and --silence from 10 to 10000 ms");
        }
        var probe = new Probe(Duration.ofMillis(Math.round(listen * 1_000)), Duration.ofMillis(silence));
        Map<String, List<Probe.Found>> found = new LinkedHashMap<>();
        if (ports == null || ports.isEmpty()) {
            found.putAll(probe.everywhere());
        } else {
            ports.forEach(place -> found.put(place, probe.at(place)));
        }
        var listing = new Listing("port", "device", "address", "says");
        found.forEach((place, devices) ->
                devices.forEach(device -> listing.row(place, device.kind(), device.address(), device.says())));
        listing.print(out, json);
        return Exit.DONE;
    }

    @Command(description = "Lists the tags on a pad, or watches them come and go.")
    int inventory(
            @Mixin Target target,
            @Option(names = "--watch", description = "Until Ctrl-C.") boolean watch,
            @Option(names = "--seconds", description = "Watch for so long.", defaultValue = "0") double seconds) {
        return target.use(RfidPad::open, pad -> watch || seconds > 0 ? watch(pad, seconds) : once(pad, target.json()));
    }

    private int once(RfidPad pad, boolean json) {
        var listing = new Listing("uid", "item", "owner", "part", "model", "security");
        pad.inventory()
                .forEach(uid -> pad.read(uid)
                        .ifPresent(tag -> listing.row(
                                uid,
                                TagText.what(tag.content()),
                                tag.item().flatMap(item -> item.owner()).orElse("-"),
                                tag.item().map(TagText::part).orElse("-"),
                                tag.item().map(item -> item.model().name()).orElse("-"),
                                tag.security().map(Enum::name).orElse("unknown"))));
        listing.print(out, json);
        return Exit.DONE;
    }

    private int watch(RfidPad pad, double seconds) {
        try (PadWatch _ = PadWatch.start(
                pad,
                event -> out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS)
                        + switch (event) {
                            case PadEvent.Arrived(var uid) -> "  arrived  " + uid;
                            case PadEvent.Stable(PadTag tag) ->
                                "  stable   " + tag.uid() + "  " + TagText.what(tag.content());
                            case PadEvent.Left(var uid) -> "  left     " + uid;
                        }))) {
            pause(seconds);
        }
        return Exit.DONE;
    }

    /** For ever when 0. */
    private static void pause(double seconds) {
        try {
            if (seconds == 0) {
                new CountDownLatch(1).await();
            } else {
                TimeUnit.MILLISECONDS.sleep(Math.round(seconds * 1_000));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What {@code security} may be set to. */
    enum Switch {
        ON,
        OFF
    }

    @Command(description = "Secures one tag (on: the gate alarms) or releases it (off), and reads it back.")
    int security(
            @Mixin Target target,
            @Parameters(paramLabel = "on|off") Switch wanted,
            @Parameters(paramLabel = "UID") String uid) {
        return target.use(RfidPad::open, pad -> new TagCommands(out).secure(pad, uid, wanted == Switch.ON));
    }

    @Command(
            name = "print",
            description = "Prints a sample with every letter, code and style, and waits until it is on paper.")
    int printSample(
            @Mixin Target target,
            @Option(names = "--sample", description = "The sample (the only thing it prints).") boolean sample) {
        return target.use(ReceiptPrinter::open, printer -> switch (printer.print(Sample.receipt())) {
            case PrintOutcome.Printed() -> said("Printed.", Exit.DONE);
            case PrintOutcome.NotPrinted(var reason) -> said("Not printed: " + reason, Exit.REFUSED);
            case PrintOutcome.Unconfirmed(var reason) ->
                said("Sent, but the printer did not confirm the end: " + reason, Exit.REFUSED);
        });
    }

    private int said(String text, int exitCode) {
        out.println(text);
        return exitCode;
    }

    /** What {@code door} does. */
    enum DoorAction {
        PULSE
    }

    @Command(description = "Releases a lock for a while.")
    int door(
            @Mixin Target target,
            @Parameters(paramLabel = "pulse") DoorAction action,
            @Option(names = "--seconds", defaultValue = "3", description = "1 to 60 (default ${DEFAULT-VALUE}).")
                    int seconds) {
        if (seconds < 1 || seconds > 60) {
            throw new ToolException(Exit.USAGE, "Expected --seconds from 1 to 60, found " + seconds);
        }
        return target.use(DoorLock::connect, lock -> {
            Unlocking unlocking = lock.open(Duration.ofSeconds(seconds));
            if (unlocking instanceof Unlocking.Refused(int exception)) {
                return said("The board refused with exception " + exception + ".", Exit.REFUSED);
            }
            out.println("Released for " + seconds + " s; stays here until it is locked again.");
            long deadline = System.nanoTime() + Duration.ofSeconds(seconds + 2).toNanos();
            while (lock.inspect().released().orElse(true) && System.nanoTime() - deadline < 0) {
                pause(STEP_SECONDS);
            }
            return said("The door is " + lock.state() + ".", Exit.DONE);
        });
    }

    @Command(description = "Tests a device: that it answers, that it is well, that it works.")
    int selftest(
            @Mixin Target target,
            @Option(
                            names = "--level",
                            defaultValue = "healthy",
                            description = "answers, healthy (default) or works; 'works' prints, releases, beeps.")
                    SelfTestLevel level) {
        return target.use(Openers::any, device -> {
            SelfTestReport report = device.selfTest(level);
            var listing = new Listing("step", "outcome", "detail", "ms");
            report.steps()
                    .forEach(step -> listing.row(
                            step.name(),
                            step.outcome().name().toLowerCase(Locale.ROOT),
                            step.detail(),
                            step.took().toMillis()));
            listing.print(out, target.json());
            return report.passed() ? Exit.DONE : Exit.REFUSED;
        });
    }

    @Command(
            description = {
                "Shows what devices have done since they were first seen: cuts, reads, hours.",
                "A kiosk keeps it as devices.history in its data folder, a door as door.history."
            })
    int history(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        var listing = new Listing("device", "since", "usable hours", "answers", "failures", "connections", "work");
        try {
            DeviceHistory.read(file)
                    .forEach((device, done) -> listing.row(
                            device,
                            done.opened().truncatedTo(ChronoUnit.SECONDS),
                            done.usable().toHours(),
                            done.exchanges(),
                            done.failures(),
                            done.connections(),
                            done.work().entrySet().stream()
                                    .sorted(Map.Entry.comparingByKey())
                                    .map(counted ->
                                            counted.getKey().name().toLowerCase(Locale.ROOT) + " " + counted.getValue())
                                    .collect(Collectors.joining(", "))));
        } catch (IOException e) {
            throw new ToolException(Exit.REFUSED, file + ": cannot be read: " + e.getMessage());
        }
        listing.print(out, json);
        return Exit.DONE;
    }

    @Command(
            description = {
                "Writes what goes over a device's line, with stand-ins for numbers and UIDs.",
                "kimppa-desk --replay plays it again."
            })
    int trace(
            @Mixin Target target,
            @Option(names = "--seconds", defaultValue = "10", description = "For so long (default ${DEFAULT-VALUE}).")
                    double seconds,
            @Option(names = "--out", paramLabel = "FILE", description = "Into a file instead of the terminal.")
                    Optional<Path> file) {
        return target.use(Openers::any, device -> {
            pause(Math.max(STEP_SECONDS, seconds));
            String frames =
                    device.trace().stream().map(TracedFrame::toString).collect(Collectors.joining("\n", "", "\n"));
            if (file.isEmpty()) {
                out.print(frames);
                return Exit.DONE;
            }
            try {
                Files.writeString(file.get(), frames);
            } catch (IOException e) {
                throw new ToolException(Exit.REFUSED, file.get() + ": cannot be written: " + e.getMessage());
            }
            return said(device.trace().size() + " frames in " + file.get(), Exit.DONE);
        });
    }

    /** Every driver by the name that an address gives it. */
    private static final class Openers {
        private Openers() {}

        static Device any(fi.kimppa.device.DeviceAddress address) {
            return switch (address.driver()) {
                case "escpos" -> ReceiptPrinter.open(address);
                case "scanner" -> CardReader.open(address, _ -> {});
                case "card" -> ContactlessReader.open(address, _ -> {});
                case "modbus" -> DoorLock.connect(address);
                default -> RfidPad.open(address);
            };
        }
    }
}
