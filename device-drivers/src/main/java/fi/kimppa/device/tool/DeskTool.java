package fi.kimppa.device.tool;

import fi.kimppa.device.TracedFrame;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.LineTiming;
import fi.kimppa.device.simulator.Replay;
import fi.kimppa.device.simulator.SerialOutlet;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
            "Virtual devices behind real wire protocols: a pad (FEIG, Bibliotheca / 3M), an ESC/POS printer, a scanner, a Modbus relay",
            "board with a door and, through vsmartcard-vpcd, cards; on loopback ports and, with --serial, on serial ports. Say 'help' on standard input to see",
            "what can be done on the desk; it ends with 'quit' or with the input."
        })
public final class DeskTool implements Runnable {
    private static final Duration LONGEST_DELAY = Duration.ofMillis(300);

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
            names = "--bibliotheca",
            paramLabel = "PORT",
            description = "The same pad in the Bibliotheca / 3M 210 language on this port; 0: any.")
    private Optional<Integer> bibliotheca = Optional.empty();

    @Option(
            names = "--faults",
            paramLabel = "PER_MILLE",
            defaultValue = "0",
            description = {
                "So many of a thousand readings and writings on the serial ports and on --bibliotheca are late, lost,",
                "damaged, doubled, halved, or end in a reset or a power cut, drawn from --seed."
            })
    private int faults;

    @Option(names = "--seed", defaultValue = "1", description = "Of the faults (default ${DEFAULT-VALUE}).")
    private long seed;

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

    @Option(names = "--slow", description = "The serial pad takes a real one's time: 38400 8E1 and 15 ms a command.")
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
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((exception, _, _) -> {
            if (exception instanceof ToolException || exception instanceof UncheckedIOException) {
                out.println("kimppa-desk: " + exception.getMessage());
                return Exit.REFUSED;
            }
            throw exception;
        });
        return line.execute(args);
    }

    @Override
    public void run() {
        List<AutoCloseable> open = new ArrayList<>();
        try (VirtualDesk desk =
                VirtualDesk.start(new DeskPorts(replay.isPresent() ? 0 : pad, printer, scanner, door))) {
            if (replay.isPresent()) {
                List<TracedFrame> frames = frames(replay.get());
                open.add(TcpListener.listen("feig", pad, link -> new Replay(frames).serve(link)));
                out.println("pad      feig:tcp:127.0.0.1:" + ((TcpListener) open.getFirst()).port() + " ("
                        + frames.size() + " frames of a trace)");
            } else {
                out.println("pad      " + desk.pad().address());
            }
            out.println("printer  " + desk.printer().address());
            out.println("scanner  " + desk.scanner().address());
            out.println("door     " + desk.door().address());
            var script = new FaultScript(seed, faults, LONGEST_DELAY, () -> {
                desk.pad().unplug();
                desk.pad().replug();
            });
            bibliotheca.ifPresent(port -> {
                TcpListener listener = TcpListener.listen(
                        "bibliotheca", port, link -> desk.pad().serve(script.on(link)));
                open.add(listener);
                out.println("pad      bibliotheca:tcp:127.0.0.1:" + listener.port());
            });
            serial.ifPresent(folder -> plug(desk, folder, script, open));
            var commands = new DeskCommands(desk, out, paper, vpcd);
            commands.listen(in);
        } finally {
            open.forEach(DeskTool::close);
        }
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

    private void plug(VirtualDesk desk, Path folder, FaultScript script, List<AutoCloseable> open) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be made", e);
        }
        UnaryOperator<ByteLink> timing = slow ? LineTiming.FEIG::on : link -> link;
        plug("feig", folder.resolve("pad"), link -> desk.pad().serve(timing.apply(script.on(link))), open);
        plug("bibliotheca", folder.resolve("pad-3m"), link -> desk.pad().serve(script.on(link)), open);
        plug("escpos", folder.resolve("printer"), link -> desk.printer().serve(script.on(link)), open);
        plug("scanner", folder.resolve("scanner"), link -> desk.scanner().serve(script.on(link)), open);
        plug("modbus", folder.resolve("door"), link -> desk.door().serve(script.on(link)), open);
    }

    private void plug(String driver, Path name, Consumer<ByteLink> device, List<AutoCloseable> open) {
        open.add(SerialOutlet.plug(driver, name, device));
        out.println("serial   " + driver + ":serial:" + name);
    }

    private static void close(AutoCloseable outlet) {
        try {
            outlet.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
