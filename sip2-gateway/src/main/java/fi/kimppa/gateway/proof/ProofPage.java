package fi.kimppa.gateway.proof;

import fi.kimppa.gateway.circulation.DailyProof;
import fi.kimppa.gateway.circulation.DailyProof.Day;
import fi.kimppa.gateway.circulation.JournalChain;
import fi.kimppa.gateway.circulation.JournalChain.Chain;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.csv.Csv;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The daily proof: as many returns as patrons were told are accepted, library systems accepted or staff have. */
@Controller
@RequestMapping("/proof")
class ProofPage {
    /** How many days are shown unless others are asked for. */
    private static final int USUAL_DAYS = 31;
    /** More is for a file. */
    private static final int MOST_DAYS = 366;

    /** A day at a branch as the page shows it. */
    record Line(String day, String iso, String branch, Day figures) {}

    private final DailyProof proof;
    private final JournalChain chain;
    private final Consortium consortium;
    private final MessageSource messages;
    private final Clock clock;

    ProofPage(DailyProof proof, JournalChain chain, Consortium consortium, MessageSource messages, Clock clock) {
        this.proof = proof;
        this.chain = chain;
        this.consortium = consortium;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping
    String page(
            @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> to,
            Model model,
            Locale language) {
        Span span = span(from, to);
        List<Day> days = proof.days(span.from, span.to);
        List<Chain> chains = chain.seen();
        model.addAttribute("from", span.from);
        model.addAttribute("to", span.to);
        model.addAttribute(
                "lines", days.stream().map(day -> line(day, language)).toList());
        model.addAttribute("taken", days.stream().mapToLong(Day::taken).sum());
        model.addAttribute("accepted", days.stream().mapToLong(Day::accepted).sum());
        model.addAttribute("waiting", days.stream().mapToLong(Day::waiting).sum());
        model.addAttribute("withStaff", days.stream().mapToLong(Day::withStaff).sum());
        model.addAttribute("missing", days.stream().mapToLong(Day::missing).sum());
        model.addAttribute("chains", chains.size());
        model.addAttribute("changes", chains.stream().mapToLong(Chain::last).sum());
        model.addAttribute(
                "broken",
                chains.stream().filter(one -> one.broken().isPresent()).toList());
        return "proof/proof";
    }

    private Line line(Day day, Locale language) {
        String pattern = text(language, "date.pattern");
        return new Line(
                DateTimeFormatter.ofPattern(pattern, language).format(day.day()),
                day.day().toString(),
                consortium.branch(day.branch()).map(Branch::name).orElse(day.branch()),
                day);
    }

    private String text(Locale language, String key) {
        return messages.getMessage(key, new Object[0], language);
    }

    /** The same as a file, with dates as ISO 8601 has them. */
    @GetMapping("/days.csv")
    ResponseEntity<String> days(@RequestParam Optional<LocalDate> from, @RequestParam Optional<LocalDate> to) {
        Span span = span(from, to);
        return Csv.file(
                "returns-" + span.from + "-" + span.to + ".csv",
                List.of("day", "branch", "taken", "accepted", "waiting", "with_staff", "missing"),
                proof.days(span.from, span.to).stream()
                        .map(day -> List.of(
                                day.day().toString(),
                                day.branch(),
                                String.valueOf(day.taken()),
                                String.valueOf(day.accepted()),
                                String.valueOf(day.waiting()),
                                String.valueOf(day.withStaff()),
                                String.valueOf(day.missing()))));
    }

    /** Where each terminal's chain ends now: whoever keeps this file can tell later whether anything before was changed. */
    @GetMapping("/chains.csv")
    ResponseEntity<String> chains() {
        return Csv.file(
                "journal-chains-" + LocalDate.now(clock) + ".csv",
                List.of("terminal", "first", "last", "link", "broken_at"),
                chain.seen().stream()
                        .map(one -> List.of(
                                one.terminal(),
                                String.valueOf(one.first()),
                                String.valueOf(one.last()),
                                one.link(),
                                one.broken().isPresent()
                                        ? String.valueOf(one.broken().getAsLong())
                                        : "")));
    }

    private record Span(LocalDate from, LocalDate to) {}

    /** The days asked for, in their order and not too many. */
    private Span span(Optional<LocalDate> from, Optional<LocalDate> to) {
        LocalDate last = to.orElseGet(() -> LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE));
        LocalDate first = from.orElse(last.minusDays(USUAL_DAYS - 1)).isAfter(last)
                ? last
                : from.orElse(last.minusDays(USUAL_DAYS - 1));
        LocalDate earliest = last.minusDays(MOST_DAYS - 1);
        return new Span(first.isBefore(earliest) ? earliest : first, last);
    }
}
