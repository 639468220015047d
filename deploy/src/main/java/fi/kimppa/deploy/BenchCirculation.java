package fi.kimppa.deploy;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * How many loans and returns the gateway makes durable, beside what its database commits of single rows in the same run; and what it
 * adds to a library system elsewhere that answers at once. Started by {@code deploy/bench circulation}. Exit codes: 0 measured, 2 it
 * could not be; a goal that is missed is a figure, not a failure.
 */
public final class BenchCirculation {
    private static final BenchOptions USUAL = new BenchOptions(5, 5, false);
    private static final int[] TERMINALS = {1, 10, 100};
    private static final int MOST = 100;
    /**
     * Things of the bench, each with a card of its own, shared out among the machines: so many that it takes seconds until a machine says
     * the same of the same thing again. Within the same second it would be a repeat, and the journal would be asked what it knows of it.
     */
    private static final int THINGS = 4_000;

    /** How many things a machine has lent before the first of them comes back. */
    private static final int LENT = 3;

    /** Requests a second of all machines together while answers are timed: far from what either end can do at most. */
    private static final int PACE = 60;

    /**
     * How much longer changes elsewhere are counted than the rest: of the 150 answers of each kind in five seconds, one pause of anybody's
     * is the p99.
     */
    private static final int LONGER = 4;

    /** After half a minute the compiler still took 12 % of the processors; a gateway runs for weeks. */
    private static final Duration WARMING = Duration.ofSeconds(90);

    private static final Duration WARMING_ELSEWHERE = Duration.ofSeconds(30);

    /** Returns that were promised while a library system was away. */
    private static final int WAITING = 10_000;

    private static final double REPLAY_GOAL = 60;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final double SHARE_GOAL = 0.3;
    private static final double ADDED_GOAL = 3.0;
    private static final double COMMITS_GOAL = 2.0;
    private static final String LOG_IN = "9300CNbench-{n}|CObench-{n}|CPTURKU|";
    private static final List<String> QUESTIONS_ELSEWHERE =
            List.of("63001{now}          AOTURKU|AAfar-{n}|AC|", "17{now}AOTURKU|ABfar-{n}|AC|");

    private static final List<String> CHANGES_ELSEWHERE =
            List.of("11NN{sent}{sent}AOTURKU|AAfar-{n}|ABfar-{n}|AC|", "09N{sent}{sent}APTURKU|AOTURKU|ABfar-{n}|AC|");

    private static final String DIRECT = "9300CNkimppa|COkimppa|";

    private final Programs programs;
    private final BenchOptions options;
    private final PrintStream out;
    private final Path home;
    private final BenchResults results;
    /** How many the load program has counted. */
    private long loans;

    private BenchCirculation(Programs programs, BenchOptions options, PrintStream out) {
        this.programs = programs;
        this.options = options;
        this.out = out;
        this.results = BenchResults.of(programs);
        this.home = results.work();
    }

    /** Measures once and ends. */
    public static void main(String[] args) {
        Programs.run(out -> {
            new BenchCirculation(Programs.fromProperties(), USUAL.with("circulation", args), out).run();
            return 0;
        });
    }

    private void run() {
        Folders.empty(home);
        Ports ports = Ports.free();
        int far = Ports.free().of(Ports.Use.SIP);
        BenchDatabase database = new BenchDatabase(home.resolve("gateway"), home);
        out.println("Starting the gateway once, for its database ...");
        Gateway first = gateway(ports, List.of());
        try (Child child = first.start()) {
            first.awaitReady(child);
            database.prepare(MOST);
            database.furnish(THINGS);
        }
        Gateway gateway = gateway(ports, farSystem(far));
        Map<String, List<Double>> series = new TreeMap<>();
        try (Child _ = library(far);
                Child child = gateway.start()) {
            gateway.awaitReady(child);
            BenchLoad load = new BenchLoad(programs, home, cards(), ports.of(Ports.Use.SIP), false);
            BenchLoad direct = new BenchLoad(programs, home, cards(), far, false);
            BenchMetrics metrics = new BenchMetrics(child.pid(), ports.of(Ports.Use.HTTP));
            out.println("Warming up ...");
            load.put(own(MOST).warming(WARMING), turns(MOST), () -> {});
            // At the pace at which answers are timed, their code would still be compiled while they are.
            load.put(plan(MOST, List.of(LOG_IN), everythingElsewhere()).warming(WARMING_ELSEWHERE));
            for (int round = 1; round <= options.rounds(); round++) {
                embedded(load, database, series);
                elsewhere(load, direct, database, series);
                out.println("Round " + round + ": " + last(series));
            }
            out.println("Doing " + WAITING + " returns that waited ...");
            note(series, "replay", replay(database));
            // A refusal would be measured as a fast answer.
            long made = database.loans();
            if (made < loans) {
                throw new StartException("Of " + loans + " loans that were answered the store has " + made + ".");
            }
            if (options.profile()) {
                profile(load, metrics);
            }
        }
        report(series);
    }

    private Gateway gateway(Ports ports, List<String> settings) {
        return new Gateway(
                programs, home.resolve("gateway"), home, ports, Optional.empty(), Optional.empty(), settings);
    }

    private static List<String> farSystem(int port) {
        String name = "--kimppa.backends.sip2.far.";
        return List.of(
                name + "address=sip2:tcp:127.0.0.1:" + port,
                name + "links=8",
                name + "accounts.common.user=kimppa",
                name + "accounts.common.password=kimppa",
                name + "accounts.common.institution=CHAOS");
    }

    /** A library system that answers at once and writes nothing down. */
    private Child library(int port) {
        return Child.java(
                "far",
                home,
                Map.of(),
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChaosLibrary.class.getName(),
                        Integer.toString(port),
                        "far-"));
    }

    private static List<String> cards() {
        return IntStream.rangeClosed(1, MOST).mapToObj(i -> "bench-" + i).toList();
    }

    // ---- what is measured --------------------------------------------------------------------------------

    private void embedded(BenchLoad load, BenchDatabase database, Map<String, List<Double>> series) {
        for (int terminals : TERMINALS) {
            double commits = database.commits(terminals, Duration.ofSeconds(options.seconds()));
            database.takeBack();
            JsonNode report = load.put(own(terminals).warming(Duration.ofSeconds(2)), turns(terminals), () -> {});
            double changes = number(report, "11", "perSecond") + number(report, "09", "perSecond");
            loans += Math.round(number(report, "11", "count"));
            note(series, "commits " + terminals, commits);
            note(series, "changes " + terminals, changes);
            note(series, "share " + terminals, changes / commits);
        }
    }

    /** The same questions and changes by way of the gateway and straight to the library, at one pace. */
    private void elsewhere(BenchLoad load, BenchLoad direct, BenchDatabase database, Map<String, List<Double>> series) {
        for (String question : QUESTIONS_ELSEWHERE) {
            String code = question.substring(0, 2);
            double through = number(load.put(paced(LOG_IN, List.of(question))), code, "p99Ms");
            double straight = number(direct.put(paced(DIRECT, List.of(question))), code, "p99Ms");
            note(series, "added " + code, through - straight);
        }
        Duration longer = Duration.ofSeconds((long) LONGER * options.seconds());
        double twoCommits = database.twoCommitsP99Millis(MOST, PACE, longer);
        JsonNode changed = load.put(paced(LOG_IN, CHANGES_ELSEWHERE).counting(longer));
        note(series, "two commits", twoCommits);
        for (String code : List.of("11", "09")) {
            double through = number(changed, code, "p99Ms");
            note(series, "p99 " + code, through);
            note(series, "ratio " + code, through / twoCommits);
        }
    }

    /** How many seconds it takes until no return waits any more. */
    private static double replay(BenchDatabase database) {
        database.promise(WAITING);
        long begun = System.nanoTime();
        while (database.waiting() > 0) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (seconds > 10 * REPLAY_GOAL) {
                throw new StartException(
                        database.waiting() + " returns wait still after " + Math.round(seconds) + " s.");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static List<String> everythingElsewhere() {
        return Stream.concat(QUESTIONS_ELSEWHERE.stream(), CHANGES_ELSEWHERE.stream())
                .toList();
    }

    /** Loans and returns to our own store. */
    private BenchLoad.Plan own(int machines) {
        return plan(machines, List.of(LOG_IN), List.of());
    }

    /** For each machine, what it says in turn: it lends one after the other of its things, and takes them back in their order. */
    private static List<List<String>> turns(int machines) {
        int each = THINGS / machines;
        List<List<String>> turns = new ArrayList<>();
        for (int machine = 0; machine < machines; machine++) {
            List<String> messages = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                String lent = "bench-" + (machine * each + i + 1);
                String back = "bench-" + (machine * each + (i + each - LENT) % each + 1);
                messages.add("11NN{sent}          AOTURKU|AA" + lent + "|AB" + lent + "|AC|");
                messages.add("09N{sent}{sent}APTURKU|AOTURKU|AB" + back + "|AC|");
            }
            turns.add(messages);
        }
        return turns;
    }

    private BenchLoad.Plan paced(String logIn, List<String> messages) {
        return plan(MOST, List.of(logIn), messages).at(PACE).warming(Duration.ofSeconds(2));
    }

    private BenchLoad.Plan plan(int connections, List<String> logIn, List<String> messages) {
        return new BenchLoad.Plan(
                connections,
                logIn,
                messages,
                "",
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(options.seconds()));
    }

    private void profile(BenchLoad load, BenchMetrics metrics) {
        Path file = results.file("profile-circulation.jfr");
        Duration recorded = Duration.ofSeconds(15);
        load.put(
                own(MOST).warming(Duration.ofSeconds(5)).counting(recorded),
                turns(MOST),
                () -> metrics.record(file, recorded.minusSeconds(1)));
        out.println("Recorded: " + file + "; look at it with: jfr view hot-methods " + file);
    }

    // ---- figures -----------------------------------------------------------------------------------------

    /** A figure of the load program about one kind of request. */
    static double number(JsonNode report, String request, String name) {
        for (JsonNode answer : report.get("answers")) {
            if (answer.get("request").asString().equals(request)) {
                return answer.get(name).asDouble();
            }
        }
        throw new StartException("The load program got no answer to " + request + ": " + report);
    }

    private static void note(Map<String, List<Double>> series, String name, double value) {
        series.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /** The value in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String last(Map<String, List<Double>> series) {
        StringBuilder line = new StringBuilder();
        series.forEach((name, values) -> line.append(String.format(Locale.ROOT, "%s %.2f; ", name, values.getLast())));
        return line.toString();
    }

    private void report(Map<String, List<Double>> series) {
        Map<String, Double> medians = new LinkedHashMap<>();
        series.forEach((name, values) -> medians.put(name, median(values)));
        var table = new StringBuilder("""
                | loans and returns, own store | changes/s | single-row commits/s (pgbench) | share | goal |
                |---|---:|---:|---:|---:|
                """);
        for (int terminals : TERMINALS) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %d machine%s | %.0f | %.0f | %.2f | %s |%n",
                    terminals,
                    terminals == 1 ? "" : "s",
                    medians.get("changes " + terminals),
                    medians.get("commits " + terminals),
                    medians.get("share " + terminals),
                    terminals == MOST ? "≥ " + SHARE_GOAL : ""));
        }
        table.append(String.format(
                Locale.ROOT,
                """

                | library system elsewhere, %d machines, %d requests/s | p99 | goal |
                |---|---:|---:|
                | what the gateway adds to 63 | %.2f ms | < %.0f ms |
                | what the gateway adds to 17 | %.2f ms | < %.0f ms |
                | 11, beside two single-row commits (%.2f ms) | %.2f ms, %.2f × | ≤ %.0f × |
                | 09 | %.2f ms, %.2f × | ≤ %.0f × |

                %d returns that had waited were done in %.1f s (goal: under %.0f s).
                """,
                MOST,
                PACE,
                medians.get("added 63"),
                ADDED_GOAL,
                medians.get("added 17"),
                ADDED_GOAL,
                medians.get("two commits"),
                medians.get("p99 11"),
                medians.get("ratio 11"),
                COMMITS_GOAL,
                medians.get("p99 09"),
                medians.get("ratio 09"),
                COMMITS_GOAL,
                WAITING,
                medians.get("replay"),
                REPLAY_GOAL));
        out.println(table);
        results.write("circulation", table.toString(), series);
        out.println("Written: circulation.json and circulation.md in " + results);
    }
}
