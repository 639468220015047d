package fi.kimppa.device.tool;

import fi.kimppa.device.TracedFrame;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.DeskDevice;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.DeskSetup;
import fi.kimppa.device.simulator.LineFaults;
import fi.kimppa.device.simulator.LineTiming;
import fi.kimppa.device.simulator.PadModel;
import fi.kimppa.device.simulator.Replay;
import fi.kimppa.device.simulator.VirtualDesk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code kimppa-desk}: a pad, a printer, a scanner and a door that do not exist, behind the wire protocols of real ones, for anybody's
 * software. What happens on the desk is said line by line on standard input.
 */
@Command(
        name = "kimppa-desk",
        mixinStandardHelpOptions = true,
        version = "kimppa-desk 0.1",
        description = {
            "Virtual devices behind real wire protocols: a pad (FEIG or Bibliotheca / 3M), an ESC/POS printer, a scanner, a Modbus",
            "relay board with a door and, through vsmartcard-vpcd, cards; on loopback ports and, with --serial, on serial ports.",
            "Say 'help' on standard input to see what can be done on the desk; it ends with 'quit' or with the input."
        })
public final class DeskTool implements Runnable {
    /** 150 mm a second at 8 dots a mm. */
    private static final int SLOW_PRINTER = 1_200;

    private static final Pattern FAULTS = Pattern.compile("(?:(pad|printer|scanner|card|door)=)?(-?\\d{1,18})");

    @Option(
            names = "--pad",
            paramLabel = "PORT",
            defaultValue = "10001",
            description = "FEIG pad (${DEFAULT-VALUE}; 0: any).")
    private int pad;

    @Option(
            names = "--printer",
            paramLabel = "PORT",
            defaultValue = "9100",
            description = "ESC/POS printer (${DEFAULT-VALUE}).")
    private int printer;

    @Option(
            names = "--scanner",
            paramLabel = "PORT",
            defaultValue = "9101",
            description = "Scanner (${DEFAULT-VALUE}).")
    private int scanner;

    @Option(
            names = "--door",
            paramLabel = "PORT",
            defaultValue = "1502",
            description = "Modbus relay board (${DEFAULT-VALUE}).")
    private int door;

    @Option(
            names = "--make",
            paramLabel = "MAKE",
            defaultValue = "FEIG",
            description = "Whose pad it is: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private PadModel make = PadModel.FEIG;

    @Option(
            names = "--faults",
            paramLabel = "[DEVICE=]SEED",
            split = ",",
            description = {
                "Readings and writings of pad, printer, scanner, card or door, or of all of them, are late, lost, damaged,",
                "doubled, halved, or end in a reset or a power cut, drawn from this seed, on every kind of port; cards leave",
                "the field in the middle of a command. Can be given for several devices."
            })
    private List<String> faults = List.of();

    @Option(
            names = "--fault-rate",
            paramLabel = "PER_MILLE",
            defaultValue = "30",
            description = "So many of a thousand readings and writings are in danger (default ${DEFAULT-VALUE}).")
    private int faultRate;

    @Option(
            names = "--vpcd",
            paramLabel = "PORT",
            defaultValue = "35963",
            description = "Where vsmartcard-vpcd waits for the cards of the command 'card' (default ${DEFAULT-VALUE}).")
    private int vpcd;

    @Option(
            names = "--serial",
            paramLabel = "FOLDER",
            description = "Also as serial ports: FOLDER/pad, printer, scanner and door (Linux).")
    private Optional<Path> serial = Optional.empty();

    @Option(
            names = "--slow",
            description = {
                "The serial pad takes a real one's time (38400 8E1, or 19200 8N1, and 15 ms a command), and the printer",
                "feeds 150 mm a second."
            })
    private boolean slow;

    @Option(names = "--paper", paramLabel = "FOLDER", description = "Draws each slip into FOLDER/slip-N.png and .txt.")
    private Optional<Path> paper = Optional.empty();

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "The pad is not the virtual one but plays its part of a trace of 'kimppa-devices trace'.")
    private Optional<Path> replay = Optional.empty();

    private final PrintStream out;
    private final BufferedReader in;

    DeskTool(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Runs until the input ends. */
    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.exit(run(in, out, args));
    }

    /** Runs until the input ends; the exit code. */
    static int run(BufferedReader in, PrintStream out, String... args) {
        var line = new CommandLine(new DeskTool(in, out));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((exception, _, _) -> {
            if (exception instanceof ToolException || exception instanceof UncheckedIOException) {
                out.println("kimppa-desk: " + exception.getMessage());
                return exception instanceof ToolException e ? e.exitCode() : Exit.REFUSED;
            }
            throw exception;
        });
        return line.execute(args);
    }

    @Override
    public void run() {
        var ports = new DeskPorts(replay.isPresent() ? 0 : pad, printer, scanner, door);
        List<TracedFrame> trace = replay.map(DeskTool::frames).orElse(List.of());
        try (VirtualDesk desk =
                        VirtualDesk.start(DeskSetup.at(ports).withPad(make).withVpcd(vpcd));
                AutoCloseable _ = replay.isPresent() ? replayed(trace) : () -> {}) {
            for (DeskDevice device : DeskDevice.values()) {
                if (device != DeskDevice.PAD || replay.isEmpty()) {
                    out.printf(
                            Locale.ROOT,
                            "%-8s %s%n",
                            name(device),
                            desk.device(device).address());
                }
            }
            if (slow) {
                desk.printer().setSpeed(SLOW_PRINTER);
            }
            serial.ifPresent(folder -> plug(desk, folder));
            faults.forEach(text -> endanger(desk, text));
            new DeskCommands(desk, out, paper, faultRate).listen(in);
        } catch (ToolException | UncheckedIOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String name(DeskDevice device) {
        return device.name().toLowerCase(Locale.ROOT);
    }

    /** The reader's part of a trace in the place of the pad. */
    private AutoCloseable replayed(List<TracedFrame> frames) {
        TcpListener listener = TcpListener.listen(make.driver(), pad, link -> new Replay(frames).serve(link));
        out.println("pad      " + make.driver() + ":tcp:127.0.0.1:" + listener.port() + " (" + frames.size()
                + " frames of a trace)");
        return listener;
    }

    private static List<TracedFrame> frames(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TracedFrame::parse)
                    .toList();
        } catch (IOException | IllegalArgumentException e) {
            throw new ToolException(Exit.REFUSED, file + ": " + e.getMessage());
        }
    }

    private void plug(VirtualDesk desk, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be made", e);
        }
        Optional<LineTiming> timing =
                slow ? Optional.of(make == PadModel.FEIG ? LineTiming.FEIG : LineTiming.BIBLIOTHECA) : Optional.empty();
        for (DeskDevice device : DeskDevice.values()) {
            out.println("serial   "
                    + desk.device(device)
                            .serial(
                                    folder.resolve(name(device)),
                                    device == DeskDevice.PAD ? timing : Optional.empty()));
        }
    }

    private void endanger(VirtualDesk desk, String text) {
        Matcher matcher = FAULTS.matcher(text);
        if (!matcher.matches()) {
            throw new ToolException(
                    Exit.USAGE,
                    "Expected --faults as a seed or as pad=7, printer=7, scanner=7, card=7 or door=7, found '" + text
                            + "'");
        }
        var drawn = new LineFaults(Long.parseLong(matcher.group(2)), faultRate);
        Optional<String> only = Optional.ofNullable(matcher.group(1));
        for (DeskDevice device : DeskDevice.values()) {
            if (only.isEmpty() || only.get().equals(name(device))) {
                desk.device(device).endanger(drawn);
            }
        }
        if (only.isEmpty() || only.get().equals("card")) {
            desk.card().endanger(drawn);
        }
    }
}
