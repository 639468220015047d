package fi.kimppa.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, and what of it has a goal. */
final class BenchFigures {
    /** What each round measures. */
    enum Series {
        ECHO("echo server, answers/s"),
        STATUS("99, answers/s"),
        STATUS_P99("99, gateway p99 ms"),
        PGBENCH("pgbench, transactions/s"),
        PATRON("63, answers/s"),
        PATRON_P99("63, gateway p99 ms"),
        PACED_P99("63 at half that rate, gateway p99 ms"),
        PIN("63 with a PIN check, answers/s"),
        GATEWAY_MB("gateway at 100 connections, MB"),
        POSTGRES_MB("PostgreSQL at 100 connections, MB"),
        STOLEN("processor time given to other guests of the host, %"),
        LOG_INS("log-ins answered"),
        LOG_IN_WORST("worst log-in, ms"),
        CONNECTS("connected in the burst"),
        CONNECT_WORST("worst connect, ms");

        private final String label;

        Series(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * A figure with its goal.
     *
     * @param name what was measured
     * @param value the median
     * @param unit after the value; empty for a ratio
     * @param goal what it should reach or stay below
     * @param more whether more is better
     */
    record Figure(String name, double value, String unit, double goal, boolean more) {
        boolean met() {
            return more ? value >= goal : value <= goal;
        }

        String said() {
            return number(value) + (unit.isEmpty() ? "" : " " + unit);
        }

        String saidGoal() {
            return (more ? "≥ " : "≤ ") + number(goal);
        }
    }

    private final int roundCount;
    private final int seconds;
    private final List<Map<Series, Double>> rounds = new ArrayList<>();
    private final List<Map<Series, Double>> crowds = new ArrayList<>();
    private final Map<String, Double> codec = new LinkedHashMap<>();
    private int idleConnections;
    private double idleMegabytes;

    /** The figures of this many rounds of so many seconds. */
    BenchFigures(int roundCount, int seconds) {
        this.roundCount = roundCount;
        this.seconds = seconds;
    }

    void round(Map<Series, Double> measured) {
        rounds.add(new EnumMap<>(measured));
    }

    void crowd(Map<Series, Double> measured) {
        crowds.add(new EnumMap<>(measured));
    }

    void idle(int open, double megabytes) {
        idleConnections = open;
        idleMegabytes = megabytes;
    }

    /** Takes the rates from JMH's own report, if it ran. */
    void codec(Path report) {
        if (Files.notExists(report)) {
            return;
        }
        try {
            for (JsonNode benchmark : new JsonMapper().readTree(Files.readString(report))) {
                String name = benchmark.get("benchmark").asString();
                codec.put(
                        name.substring(name.lastIndexOf('.') + 1),
                        benchmark.get("primaryMetric").get("score").asDouble());
            }
        } catch (IOException e) {
            throw new StartException("Cannot read " + report, e);
        }
    }

    int rounds() {
        return roundCount;
    }

    int seconds() {
        return seconds;
    }

    String lastRound() {
        return rounds.getLast().entrySet().stream()
                .map(each -> each.getKey().label() + " " + number(each.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** Each series with what every round measured. */
    Map<Series, List<Double>> series() {
        Map<Series, List<Double>> series = new EnumMap<>(Series.class);
        rounds.forEach(round -> round.forEach((key, value) ->
                series.computeIfAbsent(key, _ -> new ArrayList<>()).add(value)));
        crowds.forEach(crowd -> crowd.forEach((key, value) ->
                series.computeIfAbsent(key, _ -> new ArrayList<>()).add(value)));
        return series;
    }

    /** The codec's rates by benchmark, a second and core. */
    Map<String, Double> codec() {
        return codec;
    }

    /** The median of what the rounds measured. */
    double median(Series series) {
        return median(values(series));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private double ratio(Series part, Series whole) {
        List<Double> parts = values(part);
        List<Double> wholes = values(whole);
        return median(IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i) / wholes.get(i))
                .toList());
    }

    private double worst(Series series) {
        return values(series).stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private List<Double> values(Series series) {
        return series().getOrDefault(series, List.of());
    }

    /** All that has a goal; ratios are taken within a round, and the worst of all crowds counts. */
    List<Figure> withGoals() {
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("99 beside the echo server", ratio(Series.STATUS, Series.ECHO), "", 0.25, true),
                new Figure("63 beside pgbench", ratio(Series.PATRON, Series.PGBENCH), "", 0.5, true)));
        codecRate("checkoutResponse")
                .ifPresent(
                        rate -> figures.add(new Figure("codec, a 12 decoded and encoded", rate / 1e6, "M/s", 1, true)));
        figures.addAll(List.of(
                new Figure("99, gateway time, p99", median(Series.STATUS_P99), "ms", 5, false),
                new Figure("63 at half its rate, gateway time, p99", median(Series.PACED_P99), "ms", 20, false),
                new Figure("gateway, 100 connections", median(Series.GATEWAY_MB), "MB", 400, false),
                new Figure(
                        "gateway, " + number(idleConnections) + " idle connections", idleMegabytes, "MB", 600, false),
                new Figure("worst of 100 log-ins in a second", worst(Series.LOG_IN_WORST), "ms", 2000, false),
                new Figure("worst of 2,000 connects at once", worst(Series.CONNECT_WORST), "ms", 1000, false)));
        return figures;
    }

    private OptionalDouble codecRate(String name) {
        return Optional.ofNullable(codec.get(name)).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    /** The tables of the document. */
    String table() {
        StringBuilder table = new StringBuilder("| Figure | Measured | Goal | |\n|---|---|---|---|\n");
        for (Figure figure : withGoals()) {
            table.append("| %s | %s | %s | %s |\n"
                    .formatted(figure.name(), figure.said(), figure.saidGoal(), figure.met() ? "met" : "missed"));
        }
        table.append("\n| Measured | Median | Least | Most |\n|---|---|---|---|\n");
        series().forEach((series, values) -> table.append("| %s | %s | %s | %s |\n"
                .formatted(
                        series.label(),
                        number(median(values)),
                        number(values.stream()
                                .mapToDouble(Double::doubleValue)
                                .min()
                                .orElseThrow()),
                        number(values.stream()
                                .mapToDouble(Double::doubleValue)
                                .max()
                                .orElseThrow()))));
        codec.forEach((name, rate) ->
                table.append("| codec, %s, decoded and encoded/s and core | %s | | |\n".formatted(name, number(rate))));
        return table.toString();
    }

    /** Three digits that count, and thousands apart. */
    static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
