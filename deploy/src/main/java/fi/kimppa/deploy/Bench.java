package fi.kimppa.deploy;

import fi.kimppa.deploy.BenchFigures.Series;
import fi.kimppa.deploy.BenchMetrics.ProcessorTimes;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The bench: how fast the gateway serves SIP2, beside what the machine, the load program and the database have to give
 * in the same run. Started by {@code deploy/bench}, which has built everything. Exit codes: 0 measured, 2 it could not
 * be; a goal that is missed is a figure, not a failure.
 */
public final class Bench {
    private static final BenchOptions USUAL = new BenchOptions(5, 5, false);
    private static final int CONNECTIONS = 100;
    private static final int IDLE = 10_000;
    private static final int BURST = 2_000;
    /** The demo's generated patrons have these cards, and one PIN. */
    private static final long FIRST_CARD = 2_000_100_001L;

    private static final String LOG_IN = "9300CNbench-{n}|CObench-{n}|CPTURKU|";
    private static final String STATUS = "9900402.00";
    private static final String PATRON = "63001{now}          AOTURKU|AA{card}|AC|AD1234|";
    private static final String END = "35{now}AOTURKU|AA{card}|AC|AD1234|";

    /** What a 64 holds when the PIN was right: a refusal would be measured as a fast answer. */
    private static final String RIGHT_PIN = "CQY";

    private final Programs programs;
    private final BenchOptions options;
    private final PrintStream out;
    private final Path home;
    private final BenchResults results;

    private Bench(Programs programs, BenchOptions options, PrintStream out) {
        this.programs = programs;
        this.options = options;
        this.out = out;
        this.results = BenchResults.of(programs);
        this.home = results.work();
    }

    /** Measures once and ends. */
    public static void main(String[] args) {
        Programs.run(out -> {
            Programs programs = Programs.fromProperties();
            System.setProperty(
                    "kimppa.log",
                    programs.home().resolve("target/bench/bench.log").toString());
            new Bench(programs, USUAL.with("sip2", args), out).run();
            return 0;
        });
    }

    private void run() {
        Folders.empty(home);
        Ports ports = Ports.free();
        Gateway gateway = new Gateway(
                programs,
                home.resolve("gateway"),
                home,
                ports,
                Optional.empty(),
                Optional.empty(),
                List.of("--kimppa.sip.max-connections=" + (IDLE + BURST)));
        BenchDatabase database = new BenchDatabase(home.resolve("gateway"), home);
        out.println("Starting the gateway once, for its database ...");
        try (Child first = gateway.start()) {
            gateway.awaitReady(first);
            database.prepare(IDLE);
        }
        try (Child child = gateway.start();
                EchoServer echo = EchoServer.start(programs.directory().resolve("echo-server"))) {
            gateway.awaitReady(child);
            BenchLoad gatewayLoad = new BenchLoad(programs, home, cards(), ports.of(Ports.Use.SIP), false);
            BenchLoad echoLoad = new BenchLoad(programs, home, cards(), echo.port(), true);
            BenchMetrics metrics = new BenchMetrics(child.pid(), ports.of(Ports.Use.HTTP));
            BenchFigures figures = new BenchFigures(options.rounds(), options.seconds());
            rounds(gatewayLoad, echoLoad, database, metrics, figures);
            crowds(gatewayLoad, metrics, figures);
            if (options.profile()) {
                profile(gatewayLoad, metrics, "99", status());
                profile(gatewayLoad, metrics, "63", patron());
            }
            figures.codec(results.file("codec.json"));
            new BenchReport(figures).write(results.directory());
            out.println(figures.table());
            out.println("Written: sip2.json, sip2.svg and sip2.md in " + results);
        }
    }

    private static List<String> cards() {
        return IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> Long.toString(FIRST_CARD + i))
                .toList();
    }

    /** Everything that is compared, one after the other, and all of that again. */
    private void rounds(
            BenchLoad gateway, BenchLoad echo, BenchDatabase database, BenchMetrics metrics, BenchFigures figures) {
        out.println("Warming up, and recording the statements of one 63 ...");
        gateway.put(status().warming(Duration.ofSeconds(15)));
        gateway.put(patron().warming(Duration.ofSeconds(20)));
        BenchDatabase.Recording recording = database.record(
                () -> (int) gateway.put(patron().on(1))
                        .get("answers")
                        .get(0)
                        .get("count")
                        .asLong(),
                cards());
        out.println("One 63 runs " + recording.statements().size() + " statement(s); they are in "
                + home.resolve("63.sql"));
        for (int round = 1; round <= options.rounds(); round++) {
            ProcessorTimes before = ProcessorTimes.now();
            JsonNode echoed = echo.put(status().warming(Duration.ofSeconds(3)));
            Timed status = timed(gateway, metrics, status().warming(Duration.ofSeconds(3)), "99");
            double transactions = database.pgbench(recording, CONNECTIONS, Duration.ofSeconds(options.seconds()));
            Timed patron = timed(gateway, metrics, patron().warming(Duration.ofSeconds(5)), "63");
            // A hundred that never pause wait for each other: 100 divided by the rate, whatever the server does.
            Timed paced = timed(
                    gateway, metrics, patron().at((int) patron.perSecond / 2).warming(Duration.ofSeconds(2)), "63");
            double memory = metrics.megabytes();
            JsonNode checked =
                    gateway.put(plan("", List.of(LOG_IN), PATRON, END).warming(Duration.ofSeconds(6)));
            figures.round(Map.ofEntries(
                    Map.entry(Series.ECHO, rate(echoed, "99")),
                    Map.entry(Series.STATUS, status.perSecond),
                    Map.entry(Series.STATUS_P99, status.p99Millis),
                    Map.entry(Series.PGBENCH, transactions),
                    Map.entry(Series.PATRON, patron.perSecond),
                    Map.entry(Series.PATRON_P99, patron.p99Millis),
                    Map.entry(Series.PACED_P99, paced.p99Millis),
                    Map.entry(Series.PIN, rate(checked, "63")),
                    Map.entry(Series.GATEWAY_MB, memory),
                    Map.entry(Series.POSTGRES_MB, database.megabytes()),
                    Map.entry(Series.STOLEN, ProcessorTimes.now().stolenSince(before))));
            out.println("Round " + round + ": " + figures.lastRound());
        }
    }

    private record Timed(double perSecond, double p99Millis) {}

    /** Puts on the load and reads from the gateway's own histogram how long its answers took while it was counted. */
    private static Timed timed(BenchLoad gateway, BenchMetrics metrics, BenchLoad.Plan plan, String request) {
        List<BenchMetrics.Reading> readings = new ArrayList<>();
        JsonNode report = gateway.put(plan, () -> readings.add(metrics.read()));
        double p99 = metrics.read().since(readings.getFirst(), request).millis(0.99);
        return new Timed(rate(report, request), p99);
    }

    private BenchLoad.Plan status() {
        return plan("", List.of(LOG_IN), STATUS);
    }

    /** A session's first 63 checks the PIN, slowly on purpose: it is asked before anything is counted. */
    private BenchLoad.Plan patron() {
        return plan(RIGHT_PIN, List.of(LOG_IN, PATRON), PATRON).spread(Duration.ofSeconds(8));
    }

    private BenchLoad.Plan plan(String expected, List<String> first, String... messages) {
        return new BenchLoad.Plan(
                CONNECTIONS,
                first,
                List.of(messages),
                expected,
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(options.seconds()));
    }

    private static double rate(JsonNode report, String request) {
        for (JsonNode answer : report.get("answers")) {
            if (answer.get("request").asString().equals(request)) {
                return answer.get("perSecond").asDouble();
            }
        }
        throw new StartException("The load program got no answer to " + request + ": " + report);
    }

    /** Many at once: log-ins, connections, and machines that are only there. */
    private void crowds(BenchLoad gateway, BenchMetrics metrics, BenchFigures figures) {
        out.println("Log-ins, a burst of connections, and idle machines ...");
        Duration moment = Duration.ofMillis(200);
        for (int round = 1; round <= options.rounds(); round++) {
            JsonNode logIns = gateway.put(new BenchLoad.Plan(
                    CONNECTIONS, List.of(LOG_IN), List.of(), "", 0, Duration.ofSeconds(1), Duration.ZERO, moment));
            JsonNode burst = gateway.put(
                    new BenchLoad.Plan(BURST, List.of(), List.of(), "", 0, Duration.ZERO, Duration.ZERO, moment));
            figures.crowd(Map.of(
                    Series.LOG_INS, logIns.get("loggedIn").get("count").asDouble(),
                    Series.LOG_IN_WORST, logIns.get("loggedIn").get("worstMs").asDouble(),
                    Series.CONNECTS, burst.get("connected").get("count").asDouble(),
                    Series.CONNECT_WORST, burst.get("connected").get("worstMs").asDouble()));
        }
        List<Double> megabytes = new ArrayList<>();
        JsonNode idle = gateway.put(
                new BenchLoad.Plan(
                        IDLE,
                        List.of(LOG_IN),
                        List.of(),
                        "",
                        0,
                        Duration.ofSeconds(60),
                        Duration.ZERO,
                        Duration.ofSeconds(20)),
                () -> megabytes.add(metrics.megabytes()));
        figures.idle(idle.get("open").asInt(), megabytes.getFirst());
    }

    private void profile(BenchLoad gateway, BenchMetrics metrics, String name, BenchLoad.Plan plan) {
        Path file = results.file("profile-" + name + ".jfr");
        Duration recorded = Duration.ofSeconds(15);
        gateway.put(
                plan.warming(Duration.ofSeconds(12)).counting(recorded),
                () -> metrics.record(file, recorded.minusSeconds(1)));
        out.println("Recorded: " + file + "; look at it with: jfr view hot-methods " + file);
    }
}
