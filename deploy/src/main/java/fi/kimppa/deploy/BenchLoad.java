package fi.kimppa.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load program of sip2-protocol, as a process of its own, on the gateway or on the echo server. */
final class BenchLoad {
    private final Programs programs;
    private final Path scratch;
    private final int port;
    private final boolean echo;

    /**
     * Load for one server.
     *
     * @param scratch a directory for the files that the program reads
     * @param cards what {@code {card}} in messages stands for
     * @param port where the server listens, on loopback
     * @param echo whether it is the echo server
     */
    BenchLoad(Programs programs, Path scratch, List<String> cards, int port, boolean echo) {
        this.programs = programs;
        this.scratch = scratch;
        this.port = port;
        this.echo = echo;
        write("cards.txt", cards);
    }

    /**
     * What is done.
     *
     * @param logIn what each connection says first: the 93 and what is not to be counted, or nothing
     * @param messages what each connection asks in turn; nothing only holds the connections
     * @param expected what every answer must hold; empty for anything
     * @param rate how many requests a second are sent at most; 0 as many as are answered
     * @param over how long the opening of the connections is spread
     * @param warmUp how long is asked before anything is counted
     * @param duration how long is counted, or connections are held
     */
    record Plan(
            int connections,
            List<String> logIn,
            List<String> messages,
            String expected,
            int rate,
            Duration over,
            Duration warmUp,
            Duration duration) {
        Plan warming(Duration time) {
            return new Plan(connections, logIn, messages, expected, rate, over, time, duration);
        }

        Plan spread(Duration time) {
            return new Plan(connections, logIn, messages, expected, rate, time, warmUp, duration);
        }

        Plan at(int requestsASecond) {
            return new Plan(connections, logIn, messages, expected, requestsASecond, over, warmUp, duration);
        }

        Plan counting(Duration time) {
            return new Plan(connections, logIn, messages, expected, rate, over, warmUp, time);
        }

        Plan on(int few) {
            return new Plan(few, logIn, messages, expected, rate, over, warmUp, duration);
        }
    }

    /** Does it, and gives the report. */
    JsonNode put(Plan plan) {
        return put(plan, () -> {});
    }

    /**
     * As {@link #put(Plan)}.
     *
     * @param warm what is done when the warm-up is over, or when the connections that are held have been opened
     */
    JsonNode put(Plan plan, Runnable warm) {
        return put(
                plan,
                plan.messages().isEmpty() ? Optional.empty() : Optional.of(write("messages.txt", plan.messages())),
                warm);
    }

    /**
     * As {@link #put(Plan, Runnable)}, with messages of its own for each connection; the plan's are not asked.
     *
     * @param each for each connection, in order
     */
    JsonNode put(Plan plan, List<List<String>> each, Runnable warm) {
        for (int i = 0; i < each.size(); i++) {
            write("messages-" + (i + 1) + ".txt", each.get(i));
        }
        return put(plan, Optional.of(scratch.resolve("messages-{n}.txt").toString()), warm);
    }

    private JsonNode put(Plan plan, Optional<String> messages, Runnable warm) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                programs.home()
                        .resolve("sip2-protocol/target/sip2-protocol.jar")
                        .toString(),
                "fi.kimppa.sip2.tool.Sip2Tool",
                "load",
                "127.0.0.1:" + port,
                "--json",
                "--connections",
                Integer.toString(plan.connections()),
                "--duration",
                seconds(plan.duration()),
                "--cards",
                scratch.resolve("cards.txt").toString()));
        if (!plan.over().isZero()) {
            command.addAll(List.of("--over", seconds(plan.over())));
        }
        if (!plan.warmUp().isZero()) {
            command.addAll(List.of("--warm-up", seconds(plan.warmUp())));
        }
        if (echo) {
            command.add("--echo");
        }
        if (!plan.logIn().isEmpty()) {
            command.addAll(List.of("--log-in", write("log-in.txt", plan.logIn())));
        }
        messages.ifPresent(file -> command.addAll(List.of("--message", file)));
        if (plan.rate() > 0) {
            command.addAll(List.of("--rate", Integer.toString(plan.rate())));
        }
        if (!plan.expected().isEmpty()) {
            command.addAll(List.of("--expect", plan.expected()));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            boolean over = process.waitFor(plan.over().plus(plan.warmUp()));
            if (!over) {
                warm.run();
            }
            String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new StartException("The load program ended with " + status + ": " + report);
            }
            return new JsonMapper().readTree(report);
        } catch (IOException e) {
            throw new StartException("The load program could not be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while load was put on.", e);
        }
    }

    private static String seconds(Duration time) {
        return Double.toString(time.toMillis() / 1000.0);
    }

    private String write(String name, List<String> lines) {
        try {
            return Files.write(scratch.resolve(name), lines).toString();
        } catch (IOException e) {
            throw new StartException("Cannot write into " + scratch, e);
        }
    }
}
