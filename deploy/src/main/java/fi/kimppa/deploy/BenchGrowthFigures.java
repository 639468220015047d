package fi.kimppa.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What was measured in a small store and in a large one, and how the two compare. */
final class BenchGrowthFigures {
    /** What machines ask in turn. */
    static final List<String> REQUESTS = List.of("63", "17", "11", "09");

    static final String ONE = "one machine";
    static final String TEN = "ten machines";
    private static final List<String> CROWDS = List.of(ONE, TEN);
    private static final double GOAL = 1.5;
    /** Below this in both, a few microseconds more are a large share and mean nothing: such statements are judged by their sum. */
    private static final double FAST_MILLIS = 0.1;

    /** A statement that ran less often, such as those of the gateway's own rounds, has no median worth the name. */
    private static final int LEAST_RUNS = 30;

    /**
     * A statement in both stores, in milliseconds inside the server.
     *
     * @param runs how often, in the store in which it was less
     */
    private record Timing(
            String sql, int runs, double smallMedian, double largeMedian, double smallP99, double largeP99) {
        double ratio() {
            return largeMedian / smallMedian;
        }

        boolean fast() {
            return smallMedian < FAST_MILLIS && largeMedian < FAST_MILLIS;
        }
    }

    private final BenchStore small;
    private final BenchStore large;
    private final Map<BenchStore, BenchStatements> statements = new LinkedHashMap<>();
    /** By store and by request, p50 or p99 in milliseconds, one for each round. */
    private final Map<BenchStore, Map<String, List<Double>>> answers = new LinkedHashMap<>();

    private final Map<String, Long> fillingSeconds = new LinkedHashMap<>();
    private final Map<String, Long> megabytes = new LinkedHashMap<>();
    private Map<String, Map<String, Double>> afterStart = Map.of();

    BenchGrowthFigures(BenchStore small, BenchStore large) {
        this.small = small;
        this.large = large;
        for (BenchStore store : List.of(small, large)) {
            statements.put(store, new BenchStatements(store.database()));
            answers.put(store, new TreeMap<>());
        }
    }

    void filled(BenchStore store, Duration time) {
        fillingSeconds.put(store.database(), time.toSeconds());
        megabytes.put(store.database(), store.megabytes());
    }

    void afterStart(Map<String, Map<String, Double>> seconds) {
        afterStart = seconds;
    }

    /** Where the statements of this store are collected. */
    BenchStatements statements(BenchStore store) {
        BenchStatements found = statements.get(store);
        if (found == null) {
            throw new IllegalArgumentException("neither the small nor the large one");
        }
        return found;
    }

    /**
     * Takes what the load program says.
     *
     * @param who asked: {@link #ONE} or {@link #TEN}
     */
    void answered(BenchStore store, String who, JsonNode report) {
        for (String request : REQUESTS) {
            for (String share : List.of("p50Ms", "p99Ms")) {
                of(store, request + ", " + who + " " + share).add(BenchCirculation.number(report, request, share));
            }
        }
    }

    private List<Double> of(BenchStore store, String name) {
        return answers.computeIfAbsent(store, _ -> new TreeMap<>()).computeIfAbsent(name, _ -> new ArrayList<>());
    }

    private static List<String> asked() {
        return CROWDS.stream()
                .flatMap(who -> REQUESTS.stream().map(request -> request + ", " + who))
                .toList();
    }

    // ---- how they compare --------------------------------------------------------------------------------

    /** Of two medians of the same round; the median of all rounds. */
    private double ratio(String asked) {
        List<Double> before = of(small, asked + " p50Ms");
        List<Double> after = of(large, asked + " p50Ms");
        return BenchCirculation.median(IntStream.range(0, before.size())
                .mapToObj(i -> after.get(i) / before.get(i))
                .toList());
    }

    /** Worst first. */
    private List<Timing> timings() {
        List<Timing> timings = new ArrayList<>();
        Map<String, List<Double>> after = statements(large).millis();
        statements(small).millis().forEach((sql, before) -> {
            List<Double> later = after.getOrDefault(sql, List.of());
            if (Math.min(before.size(), later.size()) >= LEAST_RUNS) {
                timings.add(new Timing(
                        sql,
                        Math.min(before.size(), later.size()),
                        BenchCirculation.median(before),
                        BenchCirculation.median(later),
                        p99(before),
                        p99(later)));
            }
        });
        timings.sort(Comparator.comparingDouble(Timing::ratio).reversed());
        return timings;
    }

    private static double p99(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }

    /** The statements that are fast in both, as one whose median is the sum of theirs. */
    private static Timing together(List<Timing> fast) {
        return new Timing(
                fast.size() + " statements below " + FAST_MILLIS + " ms in both, together",
                fast.stream().mapToInt(Timing::runs).min().orElse(0),
                fast.stream().mapToDouble(Timing::smallMedian).sum(),
                fast.stream().mapToDouble(Timing::largeMedian).sum(),
                fast.stream().mapToDouble(Timing::smallP99).sum(),
                fast.stream().mapToDouble(Timing::largeP99).sum());
    }

    private static String met(double ratio) {
        return ratio <= GOAL ? "met" : "missed";
    }

    // ---- what is said ------------------------------------------------------------------------------------

    String lastRound() {
        StringBuilder line = new StringBuilder("medians in ms, small and large:");
        for (String asked : asked()) {
            line.append(String.format(
                    Locale.ROOT,
                    " %s %.2f %.2f;",
                    asked,
                    of(small, asked + " p50Ms").getLast(),
                    of(large, asked + " p50Ms").getLast()));
        }
        return line.toString();
    }

    /** The tables of the document. */
    String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, """
                | %s, and %s | median | median | ratio | p99 | p99 | goal |
                |---|---:|---:|---:|---:|---:|---|
                """, small.size().said(), large.size().said()));
        for (String asked : asked()) {
            row(
                    table,
                    asked,
                    List.of(
                            BenchCirculation.median(of(small, asked + " p50Ms")),
                            BenchCirculation.median(of(large, asked + " p50Ms")),
                            ratio(asked),
                            BenchCirculation.median(of(small, asked + " p99Ms")),
                            BenchCirculation.median(of(large, asked + " p99Ms"))));
        }
        List<Timing> timings = timings();
        List<Timing> shown = new ArrayList<>(
                timings.stream().filter(timing -> !timing.fast()).toList());
        shown.add(together(timings.stream().filter(Timing::fast).toList()));
        for (Timing timing : shown) {
            row(
                    table,
                    "`" + BenchAfterStart.shown(timing.sql).replace("|", "\\|") + "`",
                    List.of(timing.smallMedian, timing.largeMedian, timing.ratio(), timing.smallP99, timing.largeP99));
        }
        table.append("\nMilliseconds; those of statements are inside the server. Filled in ")
                .append(fillingSeconds)
                .append(" s, on the disk ")
                .append(megabytes)
                .append(" MB.\n");
        afterStart.forEach((sql, seconds) -> table.append("After the start, for seconds: ")
                .append(seconds)
                .append(" `")
                .append(sql)
                .append("`\n"));
        return table.toString();
    }

    private static void row(StringBuilder table, String what, List<Double> values) {
        table.append("| ").append(what);
        values.forEach(value -> table.append(String.format(Locale.ROOT, " | %.2f", value)));
        table.append(" | ").append(met(values.get(2))).append(" |\n");
    }

    /** Writes {@code growth.json} and {@code growth.md}. */
    void write(BenchResults results, BenchGrowthOptions options) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("small", small.size());
        report.put("large", large.size());
        report.put("rounds", options.rounds());
        report.put("seconds", options.seconds());
        report.put("goal", GOAL);
        report.put("fillingSeconds", fillingSeconds);
        report.put("megabytes", megabytes);
        report.put("afterStartSeconds", afterStart);
        report.put("answers", Map.of("small", of(small), "large", of(large)));
        report.put("statements", timings());
        results.write("growth", table(), report);
    }

    private Map<String, List<Double>> of(BenchStore store) {
        return answers.getOrDefault(store, Map.of());
    }
}
