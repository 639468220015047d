package fi.kimppa.deploy;

import fi.kimppa.deploy.BenchFigures.Figure;
import fi.kimppa.deploy.BenchFigures.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The figures as JSON for programs, as a chart, and as a table for the documents. */
final class BenchReport {
    private static final int WIDTH = 860;
    private static final int ROW = 34;
    private static final int BAR_X = 300;
    private static final int BAR_WIDTH = 380;
    private static final String GOOD = "#2f7d5b";
    private static final String MISSED = "#c4622d";
    private static final String BESIDE = "#9aa5b1";

    private final BenchFigures figures;
    private final Machine machine = Machine.here();

    /** Where and when it was measured: a figure without that says nothing. */
    private record Machine(String at, String processor, int cores, String memory, String kernel, String java) {
        static Machine here() {
            return new Machine(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    first("/proc/cpuinfo", "model name"),
                    Runtime.getRuntime().availableProcessors(),
                    first("/proc/meminfo", "MemTotal"),
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    Runtime.version().toString());
        }

        private static String first(String file, String key) {
            try {
                return Files.readAllLines(Path.of(file)).stream()
                        .filter(line -> line.startsWith(key))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("?");
            } catch (IOException e) {
                return "?";
            }
        }
    }

    BenchReport(BenchFigures figures) {
        this.figures = figures;
    }

    /** Writes {@code sip2.json}, {@code sip2.svg} and {@code sip2.md}. */
    void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("sip2.json"), json());
            Files.writeString(directory.resolve("sip2.svg"), chart());
            Files.writeString(directory.resolve("sip2.md"), words() + "\n\n" + figures.table());
        } catch (IOException e) {
            throw new StartException("Cannot write into " + directory, e);
        }
    }

    private String words() {
        return "%s; %s, %s cores, %s, %s, Java %s. Median of %d rounds of %d s."
                .formatted(
                        machine.at(),
                        machine.processor(),
                        machine.cores(),
                        machine.memory(),
                        machine.kernel(),
                        machine.java(),
                        figures.rounds(),
                        figures.seconds());
    }

    private String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", machine);
        report.put("rounds", figures.rounds());
        report.put("seconds", figures.seconds());
        report.put(
                "figures",
                figures.withGoals().stream()
                        .map(figure -> Map.of(
                                "name", figure.name(),
                                "value", figure.value(),
                                "unit", figure.unit(),
                                "goal", figure.goal(),
                                "better", figure.more() ? "more" : "less",
                                "met", figure.met()))
                        .toList());
        report.put("measured", figures.series());
        report.put("codecPerSecondAndCore", figures.codec());
        return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    }

    // ---- the chart ---------------------------------------------------------------------------------------

    /** Bars for the rates, then one bar for each goal, drawn against it. */
    private String chart() {
        List<Series> rates = List.of(Series.ECHO, Series.STATUS, Series.PGBENCH, Series.PATRON, Series.PIN);
        List<Figure> goals = figures.withGoals();
        int height = 150 + ROW * (rates.size() + goals.size()) + 90;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
                font-family="DejaVu Sans, Verdana, sans-serif" font-size="13" fill="#1f2933">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="24" y="36" font-size="20" font-weight="bold">Kimppa gateway: SIP2 at 100 connections</text>
                <text x="24" y="58" font-size="12" fill="#616e7c">%3$s</text>
                """.formatted(WIDTH, height, escaped(subtitle())));
        int y = 96;
        heading(svg, y, "Answers a second, with the same load program in the same run");
        double most = rates.stream().mapToDouble(figures::median).max().orElse(1);
        for (Series series : rates) {
            y += ROW;
            boolean ours = series != Series.ECHO && series != Series.PGBENCH;
            double value = figures.median(series);
            bar(
                    svg,
                    y,
                    series.label().replaceAll(", (answers|transactions)/s", ""),
                    value / most,
                    ours ? GOOD : BESIDE);
            text(
                    svg,
                    BAR_X + 8 + Math.max(2, BAR_WIDTH * value / most),
                    y,
                    BenchFigures.number(value),
                    "start",
                    "#1f2933");
        }
        y += 56;
        heading(svg, y, "Beside the goals");
        int goalX = BAR_X + BAR_WIDTH * 2 / 3;
        int top = y + 16;
        for (Figure figure : goals) {
            y += ROW;
            double share = Math.min(1.5, figure.value() / figure.goal()) * 2 / 3;
            bar(svg, y, figure.name(), share, figure.met() ? GOOD : MISSED);
            text(svg, WIDTH - 24, y, figure.said() + "  (" + figure.saidGoal() + ")", "end", "#1f2933");
        }
        svg.append(
                "<line x1=\"%1$d\" y1=\"%2$d\" x2=\"%1$d\" y2=\"%3$d\" stroke=\"#1f2933\" stroke-dasharray=\"4 3\"/>\n"
                        .formatted(goalX, top, y + 14));
        y += 34;
        text(svg, goalX, y, "goal", "middle", "#616e7c");
        legend(svg, y + 28);
        return svg.append("</svg>\n").toString();
    }

    private String subtitle() {
        return "%s, %s cores; median of %d rounds of %d s; %s"
                .formatted(
                        machine.processor(),
                        machine.cores(),
                        figures.rounds(),
                        figures.seconds(),
                        machine.at().substring(0, 10));
    }

    private static void heading(StringBuilder svg, int y, String text) {
        svg.append("<text x=\"24\" y=\"%d\" font-size=\"15\" font-weight=\"bold\">%s</text>\n"
                .formatted(y, escaped(text)));
    }

    private static void bar(StringBuilder svg, int y, String label, double share, String colour) {
        text(svg, BAR_X - 12, y, label, "end", "#1f2933");
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" fill=\"#eef1f4\"/>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>\n",
                BAR_X,
                y - 10,
                BAR_WIDTH,
                BAR_X,
                y - 10,
                Math.max(2, BAR_WIDTH * share),
                colour));
    }

    private static void text(StringBuilder svg, double x, int y, String text, String anchor, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
                x,
                y + 5,
                anchor,
                colour,
                escaped(text)));
    }

    private static void legend(StringBuilder svg, int y) {
        Map<String, String> colours = new LinkedHashMap<>();
        colours.put(GOOD, "gateway, goal met");
        colours.put(MISSED, "goal missed");
        colours.put(BESIDE, "what it is compared with");
        int x = 24;
        for (Map.Entry<String, String> colour : colours.entrySet()) {
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>\n"
                    .formatted(x, y - 6, colour.getKey()));
            text(svg, x + 18, y, colour.getValue(), "start", "#616e7c");
            x += 190;
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
