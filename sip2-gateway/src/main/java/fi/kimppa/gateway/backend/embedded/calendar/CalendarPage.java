package fi.kimppa.gateway.backend.embedded.calendar;

import fi.kimppa.gateway.backend.embedded.calendar.DueDays.Due;
import fi.kimppa.gateway.backend.embedded.calendar.DueDays.Move;
import fi.kimppa.gateway.backend.embedded.calendar.DueDays.Thing;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Closure;
import fi.kimppa.gateway.consortium.Closures;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Settings.Entry;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * When a branch is open over a year, and what is due then. Staff close days and open them again, and take over holidays; where loans are
 * due on days that are to be closed, the page asks what becomes of them before anything is done.
 */
@Controller
@RequestMapping("/calendar")
class CalendarPage {
    private static final String HERE = "redirect:/calendar";
    private static final int THINGS_SHOWN = 100;

    private final Consortium consortium;
    private final Closures closures;
    private final DueDays dueDays;
    private final CalendarTexts texts;
    private final Clock clock;

    CalendarPage(Consortium consortium, Closures closures, DueDays dueDays, CalendarTexts texts, Clock clock) {
        this.consortium = consortium;
        this.closures = closures;
        this.dueDays = dueDays;
        this.texts = texts;
        this.clock = clock;
    }

    // ---- seeing ------------------------------------------------------------------------------------------

    /** @param day the day of which the page shall say what is due */
    @GetMapping
    String page(
            @RequestParam Optional<String> branch,
            @RequestParam Optional<Integer> year,
            @RequestParam Optional<LocalDate> day,
            Model model,
            Locale language) {
        Branch here = branch.flatMap(consortium::branch)
                .or(texts::firstBranch)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        int shown = year.or(() -> day.map(LocalDate::getYear))
                .filter(one -> one >= 2000 && one <= 2099)
                .orElse(today().getYear());
        day.ifPresent(one -> showDay(here, one, model, language));
        return show(here, shown, CalendarForm.empty(here.code(), shown), Optional.empty(), model, language);
    }

    private void showDay(Branch here, LocalDate day, Model model, Locale language) {
        int loans = dueDays.due(List.of(here.code()), day, day).stream()
                .mapToInt(Due::loans)
                .sum();
        List<Thing> things = dueDays.things(here.code(), day, THINGS_SHOWN);
        model.addAttribute("day", Optional.of(texts.dueOn(day, loans, things, language)));
    }

    private String show(
            Branch here, int year, CalendarForm form, Optional<String> refused, Model model, Locale language) {
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate last = LocalDate.of(year, 12, 31);
        Map<LocalDate, Integer> due =
                dueDays.due(List.of(here.code()), first, last).stream().collect(Collectors.toMap(Due::day, Due::loans));
        model.addAttribute("branches", texts.branches());
        model.addAttribute("here", here);
        model.addAttribute("code", here.code());
        model.addAttribute("year", year);
        int now = today().getYear();
        model.addAttribute(
                "years",
                IntStream.concat(IntStream.rangeClosed(now - 1, now + 2), IntStream.of(year))
                        .distinct()
                        .sorted()
                        .boxed()
                        .toList());
        model.addAttribute("form", form);
        model.addAttribute("refused", refused);
        model.addAttribute("places", texts.places(here, language));
        model.addAttribute("weekdays", CalendarTexts.weekdays(language));
        model.addAttribute("months", texts.months(here, year, due, language));
        model.addAttribute(
                "closures",
                here.closures().stream()
                        .filter(closure -> !closure.last().isBefore(first)
                                && !closure.first().isAfter(last))
                        .map(closure ->
                                texts.closure(closure, DueDays.loans(dueDays.moves(List.of(closure))), language))
                        .toList());
        model.addAttribute("holidays", texts.holidays(here, year, today(), language));
        if (!model.containsAttribute("day")) {
            model.addAttribute("day", Optional.empty());
        }
        return "calendar/page";
    }

    // ---- closing -----------------------------------------------------------------------------------------

    @PostMapping("/closures")
    String close(
            @RequestParam MultiValueMap<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CalendarForm form = CalendarForm.of(given);
        List<Closure> wanted = form.days(who.getName());
        return refusal(wanted, "calendar.problem.DATES", language)
                .map(why -> refused(form, why, model, language, response))
                .or(() -> asked(form, "/calendar/closures", wanted, model, language))
                .orElseGet(() -> entered(form, wanted, who, language, next));
    }

    /** Takes over holidays, each a day by itself, so that each can be taken back. */
    @PostMapping("/holidays")
    String takeOver(
            @RequestParam MultiValueMap<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CalendarForm form = CalendarForm.of(given);
        List<Closure> wanted = form.days(who.getName(), texts::reason);
        return refusal(wanted, "calendar.problem.NOTHING", language)
                .map(why -> refused(form, why, model, language, response))
                .or(() -> asked(form, "/calendar/holidays", wanted, model, language))
                .orElseGet(() -> entered(form, wanted, who, language, next));
    }

    private Optional<String> refusal(List<Closure> wanted, String nothing, Locale language) {
        return wanted.isEmpty()
                ? Optional.of(texts.text(language, nothing))
                : closures.problem(wanted).map(problem -> texts.text(language, "calendar.problem." + problem));
    }

    private String refused(CalendarForm form, String why, Model model, Locale language, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        Branch here = consortium
                .branch(form.branch())
                .or(texts::firstBranch)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return show(here, form.shownYear().orElse(today().getYear()), form, Optional.of(why), model, language);
    }

    /** The question what becomes of the loans, where there are any and nobody has said so yet. */
    private Optional<String> asked(
            CalendarForm form, String address, List<Closure> wanted, Model model, Locale language) {
        List<Move> moves = form.move().isPresent() ? List.of() : dueDays.moves(wanted);
        if (moves.isEmpty()) {
            return Optional.empty();
        }
        model.addAttribute("address", address);
        model.addAttribute("form", form);
        model.addAttribute("loans", DueDays.loans(moves));
        model.addAttribute(
                "days", wanted.stream().map(one -> texts.days(one, language)).toList());
        model.addAttribute("place", texts.place(form.scope(), language));
        model.addAttribute(
                "moves", moves.stream().map(move -> texts.move(move, language)).toList());
        return Optional.of("calendar/confirm");
    }

    private String entered(
            CalendarForm form, List<Closure> wanted, Principal who, Locale language, RedirectAttributes next) {
        boolean move = form.move().filter(said -> said.equals("yes")).isPresent();
        int[] moved = new int[1];
        closures.add(wanted, who.getName(), () -> {
            List<Entry> changes = new ArrayList<>();
            if (move) {
                moved[0] = dueDays.move(wanted, changes);
            }
            return changes;
        });
        int year = wanted.getFirst().first().getYear();
        return back(
                form.branch(),
                year,
                move
                        ? texts.text(language, "calendar.closed.moved", moved[0])
                        : texts.text(language, "calendar.closed.done"),
                next);
    }

    // ---- what is entered already -------------------------------------------------------------------------

    @PostMapping(path = "/closures/{id}", params = "move")
    String move(
            @PathVariable long id,
            @RequestParam String branch,
            @RequestParam int year,
            Principal who,
            Locale language,
            RedirectAttributes next) {
        int moved = consortium.branches().stream()
                .flatMap(one -> one.closures().stream())
                .filter(closure -> closure.id() == id)
                .findFirst()
                .map(closure -> dueDays.move(closure, who.getName()))
                .orElse(0);
        return back(branch, year, texts.text(language, "calendar.moved", moved), next);
    }

    @PostMapping(path = "/closures/{id}", params = "remove")
    String remove(
            @PathVariable long id,
            @RequestParam String branch,
            @RequestParam int year,
            Principal who,
            Locale language,
            RedirectAttributes next) {
        closures.remove(id, who.getName());
        return back(branch, year, texts.text(language, "calendar.removed"), next);
    }

    private static String back(String branch, int year, String said, RedirectAttributes next) {
        next.addFlashAttribute("said", said);
        next.addAttribute("branch", branch);
        next.addAttribute("year", year);
        return HERE;
    }

    /** What a form answered is shown anew by a link in another language. */
    @GetMapping({"/closures", "/holidays"})
    String forms() {
        return HERE;
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
