package fi.kimppa.gateway.moving;

import fi.kimppa.gateway.circulation.CutOverBooks;
import fi.kimppa.gateway.circulation.CutOverBooks.Moved;
import fi.kimppa.gateway.circulation.CutOverBooks.Replay;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.csv.Csv;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.gateway.cutover.CutOver.State;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.gateway.cutover.CutOvers.Problem;
import fi.kimppa.gateway.cutover.NumberMaps;
import fi.kimppa.gateway.moving.NumberFile.Line;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page of one change of a library system, for staff with the role ADMIN: its moments, its numbers, what waits, and the ways to its
 * end.
 */
@Controller
@RequestMapping("/admin/consortium/moving/{id}")
class MovePage {
    /** More is for a file. */
    private static final int SHOWN = 100;

    private final CutOvers cutOvers;
    private final NumberMaps numbers;
    private final NumberCheck check;
    private final CutOverBooks books;
    private final MovingTexts texts;
    private final Clock clock;

    MovePage(
            CutOvers cutOvers,
            NumberMaps numbers,
            NumberCheck check,
            CutOverBooks books,
            MovingTexts texts,
            Clock clock) {
        this.cutOvers = cutOvers;
        this.numbers = numbers;
        this.check = check;
        this.books = books;
        this.texts = texts;
        this.clock = clock;
    }

    private CutOver found(long id) {
        return cutOvers.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String here(long id) {
        return MovingPage.HERE + "/" + id;
    }

    @GetMapping
    String page(@PathVariable long id, Model model, Locale language) {
        return page(id, Optional.empty(), Optional.empty(), model, language);
    }

    /** A language is chosen by a link in the page that answered a form. */
    @GetMapping({"/moments", "/numbers", "/end", "/replay"})
    String form(@PathVariable long id) {
        return here(id);
    }

    private String page(long id, Optional<String> refused, Optional<String> said, Model model, Locale language) {
        CutOver cutOver = found(id);
        State state = cutOver.state(clock.instant());
        List<Moved> moved = books.moved(cutOver);
        List<Collision> collisions = check.collisions(id).toList();
        model.addAttribute("line", texts.line(cutOver, language));
        model.addAttribute("state", state.name());
        model.addAttribute("stateText", texts.state(cutOver, state, language));
        model.addAttribute("freeze", local(cutOver.freezesAt()));
        model.addAttribute("move", local(cutOver.movesAt()));
        model.addAttribute("cards", numbers.count(id, Numbers.CARD));
        model.addAttribute("items", numbers.count(id, Numbers.ITEM));
        model.addAttribute(
                "collisions",
                collisions.stream()
                        .limit(SHOWN)
                        .map(one -> texts.collision(one, language))
                        .toList());
        model.addAttribute("collisionCount", collisions.size());
        model.addAttribute("counts", books.counts(cutOver));
        model.addAttribute(
                "moved",
                moved.stream()
                        .limit(SHOWN)
                        .map(one -> texts.moved(one, language))
                        .toList());
        model.addAttribute("movedCount", moved.size());
        model.addAttribute(
                "toReplay",
                moved.stream().filter(one -> one.replay() == Replay.OPEN).count());
        model.addAttribute("refused", refused);
        model.addAttribute("said", said);
        return "moving/move";
    }

    private static String local(Instant moment) {
        return moment.atZone(GatewayClock.ZONE).toLocalDateTime().toString();
    }

    // ---- its moments -------------------------------------------------------------------------------------

    /** @param freeze empty once the freeze has begun */
    @PostMapping("/moments")
    String postpone(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String freeze,
            @RequestParam String move,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Optional<Instant> freezesAt = freeze.isEmpty() ? Optional.of(found(id).freezesAt()) : MovingPage.moment(freeze);
        Optional<Instant> movesAt = MovingPage.moment(move);
        return freezesAt.isEmpty() || movesAt.isEmpty()
                ? refused(id, Problem.DATES, model, language, response)
                : cutOvers.postpone(id, freezesAt.get(), movesAt.get(), who.getName())
                        .map(problem -> refused(id, problem, model, language, response))
                        .orElse(here(id));
    }

    private String refused(long id, Problem problem, Model model, Locale language, HttpServletResponse response) {
        return refused(id, texts.problem(problem, language), model, language, response);
    }

    private String refused(long id, String sentence, Model model, Locale language, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(id, Optional.of(sentence), Optional.empty(), model, language);
    }

    // ---- its numbers -------------------------------------------------------------------------------------

    /** @param load there if the lines that nothing speaks against shall be taken; else they are only looked at */
    @PostMapping("/numbers")
    String load(
            @PathVariable long id,
            @RequestParam MultipartFile file,
            @RequestParam Optional<String> load,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response)
            throws IOException {
        CutOver cutOver = found(id);
        if (cutOver.ended().isPresent()) {
            return refused(id, Problem.STATE, model, language, response);
        }
        NumberFile checked = check.check(cutOver, new String(file.getBytes(), StandardCharsets.UTF_8));
        if (load.isPresent()) {
            numbers.add(cutOver, checked.lines().stream().map(Line::pair).toList(), who.getName());
        }
        String said = load.isPresent()
                ? texts.text(
                        language,
                        "moving.numbers.loaded",
                        checked.lines().size(),
                        checked.collisions().size())
                : texts.text(
                        language,
                        "moving.numbers.tried",
                        checked.lines().size(),
                        checked.collisions().size());
        return page(id, Optional.empty(), Optional.of(said), model, language);
    }

    /** Before the cut-over alone: after it machines say these numbers. */
    @PostMapping(path = "/numbers", params = "clear")
    String clear(@PathVariable long id, Principal who, Model model, Locale language, HttpServletResponse response) {
        CutOver cutOver = found(id);
        State state = cutOver.state(clock.instant());
        if (state != State.PLANNED && state != State.FROZEN) {
            return refused(id, Problem.STATE, model, language, response);
        }
        numbers.clear(cutOver, who.getName());
        return here(id);
    }

    @GetMapping("/collisions.csv")
    ResponseEntity<String> collisions(@PathVariable long id, Locale language) {
        CutOver cutOver = found(id);
        return Csv.file(
                "collisions-" + cutOver.municipality() + "-" + id + ".csv",
                List.of("line", "kind", "old", "new", "reason", "explanation"),
                check.collisions(id)
                        .map(one -> List.of(
                                String.valueOf(one.line()),
                                one.numbers(),
                                one.before(),
                                one.after(),
                                one.reason().name(),
                                texts.reason(one.reason(), language))));
    }

    // ---- its end -----------------------------------------------------------------------------------------

    /** @param finish whether it is finished; else it is rolled back */
    @PostMapping("/end")
    String end(
            @PathVariable long id,
            @RequestParam boolean finish,
            @RequestParam Optional<String> sure,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        if (sure.isEmpty()) {
            return refused(id, texts.text(language, "moving.refused.sure"), model, language, response);
        }
        long waiting = books.counts(found(id)).waiting();
        if (finish && waiting > 0) {
            return refused(id, texts.text(language, "moving.refused.waiting", waiting), model, language, response);
        }
        Optional<Problem> problem = finish ? cutOvers.finish(id, who.getName()) : cutOvers.rollBack(id, who.getName());
        if (problem.isPresent()) {
            return refused(id, problem.get(), model, language, response);
        }
        check.forget(id);
        return here(id);
    }

    /** What the new library system has done, for those who must do it again in the old one. */
    @GetMapping("/changes.csv")
    ResponseEntity<String> changes(@PathVariable long id) {
        CutOver cutOver = found(id);
        return Csv.file(
                "changes-" + cutOver.municipality() + "-" + id + ".csv",
                List.of("at", "branch", "terminal", "command", "item", "card", "replayed"),
                books.moved(cutOver).stream()
                        .map(one -> List.of(
                                one.at()
                                        .atZone(GatewayClock.ZONE)
                                        .toLocalDateTime()
                                        .toString(),
                                one.branch(),
                                one.terminal(),
                                one.command(),
                                one.item(),
                                one.card().orElse(""),
                                one.replay().name())));
    }

    @PostMapping("/replay")
    String replay(@PathVariable long id, Model model, Locale language, HttpServletResponse response) {
        CutOver cutOver = found(id);
        if (cutOver.state(clock.instant()) != State.ROLLED_BACK) {
            return refused(id, Problem.STATE, model, language, response);
        }
        long left = books.replay(cutOver);
        return left == 0
                ? here(id)
                : refused(id, texts.text(language, "moving.refused.left", left), model, language, response);
    }
}
