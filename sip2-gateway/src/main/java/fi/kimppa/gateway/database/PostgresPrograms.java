package fi.kimppa.gateway.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL's programs as they run on this machine, never as root.
 *
 * @param binaries where they are
 * @param home the directory that they work in
 * @param way how they are run, found out once
 */
record PostgresPrograms(PostgresBinaries binaries, Path home, NotRoot way) {
    /** @param ways what may be tried; the first that works on this machine is taken */
    static PostgresPrograms in(Path home, Set<NotRoot> ways) throws IOException {
        return new PostgresPrograms(PostgresBinaries.in(home), home, NotRoot.choose(home, ways));
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException with what it printed, if it fails or does not end within two minutes
     */
    void run(String program, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(way.prefix());
        line.add(binaries.program(program).toString());
        line.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "command-", ".log");
        try {
            // A file, not a pipe: the server inherits it and would keep a pipe open for ever.
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within 120 s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + " ended with " + process.exitValue() + ": "
                        + Files.readString(output, StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
