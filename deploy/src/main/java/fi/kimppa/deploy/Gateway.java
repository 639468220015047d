package fi.kimppa.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The gateway as a process of its own, with its embedded PostgreSQL and the demo consortium. */
final class Gateway {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Programs programs;
    private final Path data;
    private final Path logs;
    private final Ports ports;
    private final Optional<Clock> clock;
    private final Optional<Path> trace;
    private final List<String> settings;

    /**
     * How the gateway will be started.
     *
     * @param programs where the built programs are
     * @param data its data directory
     * @param logs where its log goes
     * @param ports which of them are the gateway's
     * @param clock what its clock shows, or the real time
     * @param trace where the labelled SIP2 conversation is written, if wanted
     */
    Gateway(Programs programs, Path data, Path logs, Ports ports, Optional<Clock> clock, Optional<Path> trace) {
        this(programs, data, logs, ports, clock, trace, List.of());
    }

    /**
     * How the gateway will be started.
     *
     * @param settings further arguments
     */
    Gateway(
            Programs programs,
            Path data,
            Path logs,
            Ports ports,
            Optional<Clock> clock,
            Optional<Path> trace,
            List<String> settings) {
        this.programs = programs;
        this.data = data;
        this.logs = logs;
        this.ports = ports;
        this.clock = clock;
        this.trace = trace;
        this.settings = settings;
    }

    /** The same gateway in another version. */
    Gateway as(Programs version) {
        return new Gateway(version, data, logs, ports, clock, trace, settings);
    }

    /** Starts the process; it is not ready yet. */
    Child start() {
        List<String> arguments = new ArrayList<>();
        arguments.add(programs.argumentFile("gateway"));
        arguments.add("fi.kimppa.gateway.GatewayApplication");
        arguments.add("--spring.profiles.active=demo");
        arguments.add("--server.port=" + ports.of(Ports.Use.HTTP));
        arguments.add("--kimppa.sip.plain.port=" + ports.of(Ports.Use.SIP));
        arguments.add("--kimppa.sip.tls.port=" + ports.of(Ports.Use.SIP_TLS));
        arguments.add("--kimppa.data-directory=" + data);
        clock.ifPresent(turned ->
                arguments.add("--kimppa.clock.start=" + OffsetDateTime.ofInstant(turned.instant(), turned.getZone())));
        trace.ifPresent(file -> arguments.add("--kimppa.sip.trace-file=" + file));
        arguments.addAll(settings);
        return Child.java("gateway", logs, Map.of(), arguments);
    }

    /**
     * Waits until the gateway answers.
     *
     * @return how long that took
     * @throws StartException with the gateway's last words if it ends or does not become ready
     */
    Duration awaitReady(Child child) {
        long start = System.nanoTime();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            HttpRequest health = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + ports.of(Ports.Use.HTTP) + "/actuator/health"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            while (!up(client, health)) {
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                if (!child.alive() || waited.compareTo(READY_WITHIN) > 0) {
                    throw new StartException("The gateway did not become ready. Its log, " + child.log() + ", ends:\n"
                            + child.lastWords(12));
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What became of the database that an earlier gateway left running, if there was one. */
    static Optional<String> databaseNews(Child child) {
        return child.said("database server that")
                .map(line -> line.substring(line.indexOf(" : ") < 0 ? 0 : line.indexOf(" : ") + 3));
    }

    private static boolean up(HttpClient client, HttpRequest health) {
        try {
            return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while the gateway started.", e);
        }
    }

    /** The SHA-256 of the certificate that the kiosks pin; there once the gateway has been ready. */
    String certificatePin() {
        try {
            return Files.readString(data.resolve("sip2-tls-certificate.sha256")).strip();
        } catch (IOException e) {
            throw new StartException("The gateway's certificate fingerprint in " + data + " cannot be read.", e);
        }
    }

    Ports ports() {
        return ports;
    }
}
