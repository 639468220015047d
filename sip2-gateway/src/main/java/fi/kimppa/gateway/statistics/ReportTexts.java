package fi.kimppa.gateway.statistics;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.statistics.CostShares.Share;
import fi.kimppa.gateway.statistics.Deed.Kind;
import fi.kimppa.gateway.statistics.Report.Flow;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says figures in the language of whoever reads: names for codes, numbers as that language writes them. */
@Component
class ReportTexts {
    /** How many flows a drawing has; the table below it has all. */
    private static final int DRAWN_FLOWS = 15;

    private static final Currency EURO = Currency.getInstance("EUR");

    /** A name with a figure for each column and their sum. */
    record Row(String name, List<String> cells, String total) {}

    /** A table with a sum for each column and for all. */
    record Table(List<String> columns, List<Row> rows, List<String> totals, String total) {}

    /** From where to where how often. */
    record FlowLine(String from, String to, String times) {}

    /** What a municipality pays. */
    record CostLine(String name, String population, String use, String byPopulation, String byUse, String mixed) {}

    /**
     * All of them.
     *
     * @param total of all columns of figures
     * @param withoutPopulation names of those of which nobody has said how many live there; empty if there are none
     */
    record Costs(List<CostLine> lines, CostLine total, String withoutPopulation, boolean useless) {}

    private final MessageSource messages;
    private final Consortium consortium;

    ReportTexts(MessageSource messages, Consortium consortium) {
        this.messages = messages;
        this.consortium = consortium;
    }

    // ---- months ------------------------------------------------------------------------------------------

    /** A row for each month, a column for each kind. */
    Table months(Report report, List<YearMonth> months, Locale language) {
        List<Row> rows = months.stream()
                .map(month -> new Row(
                        month(month, language),
                        kinds(kind -> report.in(month, kind), language),
                        figure(
                                Stream.of(Kind.values())
                                        .mapToLong(kind -> report.in(month, kind))
                                        .sum(),
                                language)))
                .toList();
        return new Table(
                kindNames(language),
                rows,
                kinds(report::total, language),
                figure(Stream.of(Kind.values()).mapToLong(report::total).sum(), language));
    }

    BarChart monthChart(Report report, List<YearMonth> months, Locale language) {
        return BarChart.groups(
                months.stream().map(month -> month(month, language)).toList(),
                kindNames(language),
                months.stream()
                        .map(month -> Stream.of(Kind.values())
                                .map(kind -> Math.max(0, report.in(month, kind)))
                                .toList())
                        .toList(),
                value -> figure(value, language));
    }

    List<String> kindNames(Locale language) {
        return Stream.of(Kind.values())
                .map(kind -> text(language, "statistics.kind." + kind))
                .toList();
    }

    private List<String> kinds(ToLongFunction<Kind> value, Locale language) {
        return Stream.of(Kind.values())
                .map(kind -> figure(value.applyAsLong(kind), language))
                .toList();
    }

    String month(YearMonth month, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "month.pattern"), language)
                .format(month);
    }

    // ---- places ------------------------------------------------------------------------------------------

    /** Home municipalities by serving branches; only those that have figures. */
    Table homes(Report report, Locale language) {
        Map<String, Map<String, Long>> homes = report.homes();
        List<String> branches = homes.values().stream()
                .flatMap(row -> row.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        return new Table(
                branches.stream().map(this::branch).toList(),
                homes.entrySet().stream()
                        .map(home -> new Row(
                                municipality(home.getKey(), language),
                                branches.stream()
                                        .map(branch -> figure(home.getValue().getOrDefault(branch, 0L), language))
                                        .toList(),
                                figure(sum(home.getValue()), language)))
                        .toList(),
                branches.stream()
                        .map(branch -> figure(
                                homes.values().stream()
                                        .mapToLong(row -> row.getOrDefault(branch, 0L))
                                        .sum(),
                                language))
                        .toList(),
                figure(homes.values().stream().mapToLong(ReportTexts::sum).sum(), language));
    }

    private static long sum(Map<String, Long> row) {
        return row.values().stream().mapToLong(Long::longValue).sum();
    }

    List<FlowLine> flows(Report report, Locale language) {
        return report.flows().stream()
                .map(flow -> new FlowLine(branch(flow.from()), branch(flow.to()), figure(flow.times(), language)))
                .toList();
    }

    BarChart flowChart(Report report, Locale language) {
        List<Flow> drawn = report.flows().stream().limit(DRAWN_FLOWS).toList();
        return BarChart.rows(
                drawn.stream()
                        .map(flow -> branch(flow.from()) + " → " + branch(flow.to()))
                        .toList(),
                drawn.stream().map(Flow::times).toList(),
                value -> figure(value, language));
    }

    List<FlowLine> foreign(Report report, Locale language) {
        return report
                .foreign(code ->
                        consortium.branch(code).map(Branch::municipality).orElse(""))
                .stream()
                .map(one -> new FlowLine(
                        branch(one.branch()), municipality(one.owner(), language), figure(one.times(), language)))
                .toList();
    }

    String branch(String code) {
        return consortium.branch(code).map(Branch::name).orElse(code);
    }

    String municipality(String code, Locale language) {
        return code.isEmpty()
                ? text(language, "statistics.unknown")
                : consortium.municipality(code).map(Municipality::name).orElse(code);
    }

    // ---- costs -------------------------------------------------------------------------------------------

    Costs costs(CostShares costs, Locale language) {
        List<Share> shares = costs.shares();
        long use = total(shares, share -> share.member().use());
        return new Costs(
                shares.stream().map(share -> line(share, language)).toList(),
                new CostLine(
                        text(language, "statistics.all"),
                        figure(
                                total(
                                        shares,
                                        share -> share.member().population().orElse(0)),
                                language),
                        figure(use, language),
                        money(total(shares, Share::byPopulation), language),
                        money(total(shares, Share::byUse), language),
                        money(total(shares, Share::mixed), language)),
                String.join(
                        ", ",
                        costs.withoutPopulation().stream()
                                .map(code -> municipality(code, language))
                                .toList()),
                use == 0);
    }

    private CostLine line(Share share, Locale language) {
        boolean known = share.member().population().isPresent();
        return new CostLine(
                municipality(share.member().municipality(), language),
                known ? figure(share.member().population().getAsInt(), language) : text(language, "statistics.unknown"),
                figure(share.member().use(), language),
                known ? money(share.byPopulation(), language) : text(language, "statistics.unknown"),
                money(share.byUse(), language),
                money(share.mixed(), language));
    }

    private static long total(List<Share> shares, ToLongFunction<Share> value) {
        return shares.stream().mapToLong(value).sum();
    }

    private static String money(long cents, Locale language) {
        NumberFormat format = NumberFormat.getCurrencyInstance(language);
        format.setCurrency(EURO);
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        return format.format(BigDecimal.valueOf(cents, 2));
    }

    static String figure(long value, Locale language) {
        return NumberFormat.getIntegerInstance(language).format(value);
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
