package fi.kimppa.deploy;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@code deploy/demo} has put what it built.
 *
 * @param home the top folder of the checkout
 * @param directory the java argument files, one for each program
 */
record Programs(Path home, Path directory) {
    /** As the script says by system properties. */
    static Programs fromProperties() {
        return new Programs(required("kimppa.home"), required("kimppa.programs"));
    }

    /** Those of an earlier version of the gateway, as {@code deploy/upgrade} says; the rest of the house is today's. */
    static Programs earlier() {
        return new Programs(required("kimppa.home"), required("kimppa.earlier"));
    }

    /** What a program does, with its output; what it returns is its exit code. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @throws StartException if it could not be tried; its message is for people
         */
        int run(PrintStream out);
    }

    /** Does the work and ends the process: with the work's exit code, or with 2 and a sentence where it could not be tried. */
    static void run(Work work) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int code;
        try {
            code = work.run(out);
        } catch (StartException e) {
            out.println(e.getMessage());
            code = 2;
        }
        System.exit(code);
    }

    private static Path required(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .map(Path::of)
                .orElseThrow(() -> new StartException("This is started by deploy/demo, which sets " + property + "."));
    }

    /** The java argument that starts this program: options and class path. */
    String argumentFile(String program) {
        return "@" + directory.resolve(program + ".args");
    }
}
