package fi.kimppa.kiosk;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiosk check}: says everything that is wrong with a configuration, without a device, a library or a display. */
@Command(
        name = "kiosk check",
        mixinStandardHelpOptions = true,
        description =
                "Says everything that is wrong with a kiosk's configuration, a line each: the key, and what to do.",
        footer = {"", "Exit codes: 0 good, 2 something is wrong."})
final class CheckCommand implements Callable<Integer> {
    /** The word on the command line. */
    static final String NAME = "check";

    private static final int WRONG = 2;

    private final PrintWriter out;

    @Parameters(paramLabel = "FILE", description = "The kiosk's configuration.")
    private Path file = Path.of("");

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description = "What a gateway would set on top: JSON with some of the same keys.")
    private Optional<Path> steering = Optional.empty();

    private CheckCommand(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param out takes what is said
     * @param args without the word {@value #NAME}
     * @return the exit code
     */
    static int run(PrintWriter out, String... args) {
        var line = new CommandLine(new CheckCommand(out));
        line.setOut(out);
        line.setErr(out);
        return line.execute(args);
    }

    @Override
    public Integer call() {
        try {
            KioskConfiguration configuration = KioskConfiguration.read(file);
            if (steering.isPresent()) {
                configuration.steered("", Files.readString(steering.get()));
            }
            out.println(file + ": good");
            return 0;
        } catch (ConfigurationException e) {
            e.problems().forEach(out::println);
            return WRONG;
        } catch (IOException e) {
            out.println(steering.map(Path::toString).orElse("") + ": cannot be read");
            return WRONG;
        }
    }
}
