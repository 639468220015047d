package fi.kimppa.gateway.statistics;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.csv.Csv;
import fi.kimppa.gateway.statistics.CostShares.Member;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** How much was done in some months, where and for whom, as drawings, tables and files; and who pays what for it. */
@Controller
@RequestMapping("/statistics")
class StatisticsPage {
    /** How many months are shown unless others are asked for. */
    private static final int USUAL_MONTHS = 3;
    /** More is for a file. */
    private static final int MOST_MONTHS = 36;

    private static final int USUAL_PERCENT = 50;
    private static final int WHOLE = 100;
    /** Blanks and the no-break ones that pages write; a comma or a point before the cents. */
    private static final Pattern EUROS = Pattern.compile("\\d{1,9}([.,]\\d{1,2})?");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0\\u202f€]");

    private final DailyCounts counts;
    private final Consortium consortium;
    private final ReportTexts texts;
    private final Clock clock;

    StatisticsPage(DailyCounts counts, Consortium consortium, ReportTexts texts, Clock clock) {
        this.counts = counts;
        this.consortium = consortium;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * The page.
     *
     * @param sum euros to be shared, as somebody types them
     * @param use percent of it that is shared by use
     */
    @GetMapping
    String page(
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam(defaultValue = "") String sum,
            @RequestParam(defaultValue = "") String use,
            Model model,
            Locale language) {
        Span span = span(from, to);
        Report report = new Report(counts.months(span.from, span.to));
        model.addAttribute("from", span.from);
        model.addAttribute("to", span.to);
        model.addAttribute("first", texts.month(span.from, language));
        model.addAttribute("last", texts.month(span.to, language));
        model.addAttribute("empty", report.counts().isEmpty());
        model.addAttribute("kinds", texts.kindNames(language));
        model.addAttribute("months", texts.months(report, span.months(), language));
        model.addAttribute("monthChart", texts.monthChart(report, span.months(), language));
        model.addAttribute("homes", texts.homes(report, language));
        model.addAttribute("flows", texts.flows(report, language));
        model.addAttribute("flowChart", texts.flowChart(report, language));
        model.addAttribute("foreign", texts.foreign(report, language));
        OptionalLong cents = cents(sum);
        int percent = percent(use);
        model.addAttribute("sum", sum);
        model.addAttribute("use", percent);
        model.addAttribute("sumIsNone", !sum.isBlank() && cents.isEmpty());
        model.addAttribute(
                "costs",
                cents.isEmpty()
                        ? Optional.empty()
                        : Optional.of(texts.costs(shares(cents.getAsLong(), percent, report), language)));
        model.addAttribute("outside", ReportTexts.figure(outside(report), language));
        return "statistics/page";
    }

    /** Partners pay by their agreements; the members share the rest. */
    private CostShares shares(long cents, int percent, Report report) {
        return CostShares.of(
                cents,
                percent,
                consortium.municipalities().stream()
                        .filter(one -> !one.partner())
                        .map(one -> new Member(one.code(), one.population(), Math.max(0, report.use(one.code()))))
                        .toList());
    }

    /** What was done for nobody who shares: no number rule knows the card or the thing, or it is a partner's. */
    private long outside(Report report) {
        return LongStream.concat(
                        LongStream.of(report.use("")),
                        consortium.municipalities().stream()
                                .filter(one -> one.partner())
                                .mapToLong(one -> report.use(one.code())))
                .sum();
    }

    /** Every day's counts: what a spreadsheet makes its own sums of. */
    @GetMapping("/counts.csv")
    ResponseEntity<String> counts(@RequestParam Optional<String> from, @RequestParam Optional<String> to) {
        Span span = span(from, to);
        return Csv.file(
                "counts-" + span.from + "-" + span.to + ".csv",
                List.of("day", "kind", "branch", "home_municipality", "owner_municipality", "onward_branch", "times"),
                counts.days(span.from, span.to).stream()
                        .map(one -> List.of(
                                one.since().toString(),
                                one.kind().name().toLowerCase(Locale.ROOT),
                                one.branch(),
                                one.home(),
                                one.owner(),
                                one.onward(),
                                String.valueOf(one.times()))));
    }

    /** What each member pays. */
    @GetMapping("/costs.csv")
    ResponseEntity<String> costs(
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam String sum,
            @RequestParam(defaultValue = "") String use) {
        Span span = span(from, to);
        long cents = cents(sum).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        Report report = new Report(counts.months(span.from, span.to));
        return Csv.file(
                "costs-" + span.from + "-" + span.to + ".csv",
                List.of("municipality", "name", "population", "use", "by_population", "by_use", "mixed"),
                shares(cents, percent(use), report).shares().stream()
                        .map(share -> List.of(
                                share.member().municipality(),
                                texts.municipality(share.member().municipality(), Locale.ROOT),
                                share.member().population().isPresent()
                                        ? String.valueOf(
                                                share.member().population().getAsInt())
                                        : "",
                                String.valueOf(share.member().use()),
                                euros(share.byPopulation()),
                                euros(share.byUse()),
                                euros(share.mixed()))));
    }

    private static String euros(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    private static OptionalLong cents(String typed) {
        String bare = BLANKS.matcher(typed).replaceAll("");
        return EUROS.matcher(bare).matches()
                ? OptionalLong.of(
                        new BigDecimal(bare.replace(',', '.')).movePointRight(2).longValueExact())
                : OptionalLong.empty();
    }

    private static int percent(String typed) {
        return typed.matches("\\d{1,3}") ? Math.min(WHOLE, Integer.parseInt(typed)) : USUAL_PERCENT;
    }

    private record Span(YearMonth from, YearMonth to) {
        List<YearMonth> months() {
            return Stream.iterate(from, month -> !month.isAfter(to), month -> month.plusMonths(1))
                    .toList();
        }
    }

    /** The months asked for, in their order and not too many. */
    private Span span(Optional<String> from, Optional<String> to) {
        YearMonth last = to.flatMap(StatisticsPage::month)
                .orElseGet(() -> YearMonth.from(clock.instant().atZone(GatewayClock.ZONE)));
        YearMonth first = from.flatMap(StatisticsPage::month)
                .filter(month -> !month.isAfter(last))
                .orElse(last.minusMonths(USUAL_MONTHS - 1));
        YearMonth earliest = last.minusMonths(MOST_MONTHS - 1);
        return new Span(first.isBefore(earliest) ? earliest : first, last);
    }

    /** Some browsers have a field for months, others one for text. */
    private static Optional<YearMonth> month(String typed) {
        try {
            return Optional.of(YearMonth.parse(typed.strip()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
