package fi.kimppa.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One process of the house, with its log in a file.
 *
 * <p>Threads: any.
 */
final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final String name;
    private final Path log;
    private final long logBegins;
    private final Process process;

    private Child(String name, Path log, long logBegins, Process process) {
        this.name = name;
        this.log = log;
        this.logBegins = logBegins;
        this.process = process;
    }

    /**
     * Starts a Java program with the JDK that runs this one.
     *
     * @param name what people call it, also the name of its log
     * @param logs directory of the logs
     * @param environment added to this process's own
     * @param arguments of {@code java}: options, class path, main class, program arguments
     */
    static Child java(String name, Path logs, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return program(name, logs, environment, command);
    }

    /** Starts any program; the first of {@code command} is its path or name. */
    static Child program(String name, Path logs, Map<String, String> environment, List<String> command) {
        try {
            Files.createDirectories(logs);
            Path log = logs.resolve(name + ".log");
            long logBegins = Files.exists(log) ? Files.size(log) : 0;
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            return new Child(name, log, logBegins, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + name, e);
        }
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The exit status; only once it is no longer alive. */
    int exitValue() {
        return process.exitValue();
    }

    /** The last lines of its log, for a person who must find out why it stopped. */
    String lastWords(int lines) {
        try {
            List<String> all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }

    /** The line that this process has logged, not an earlier one, and that contains this text. */
    Optional<String> said(String text) {
        try (SeekableByteChannel file = Files.newByteChannel(log)) {
            file.position(logBegins);
            return new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> line.contains(text))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Kills it at once, as a power cut would. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** Asks it to stop and waits; after 15 s it is killed. */
    @Override
    public void close() {
        process.destroy();
        if (!await()) {
            kill();
        }
    }

    private boolean await() {
        try {
            return process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
