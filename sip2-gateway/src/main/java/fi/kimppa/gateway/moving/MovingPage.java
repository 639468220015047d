package fi.kimppa.gateway.moving;

import fi.kimppa.gateway.circulation.SystemDirectory;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.gateway.cutover.CutOvers.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which staff with the role ADMIN see and plan changes of library systems. */
@Controller
@RequestMapping("/admin/consortium/moving")
class MovingPage {
    /** Where these pages are. */
    static final String HERE = "redirect:/admin/consortium/moving";

    private final CutOvers cutOvers;
    private final SystemDirectory directory;
    private final Consortium consortium;
    private final MovingTexts texts;

    MovingPage(CutOvers cutOvers, SystemDirectory directory, Consortium consortium, MovingTexts texts) {
        this.cutOvers = cutOvers;
        this.directory = directory;
        this.consortium = consortium;
        this.texts = texts;
    }

    /** A municipality with the library system that it has now, to choose from. */
    record Choice(String code, String text) {}

    @GetMapping
    String page(Model model, Locale language) {
        return page(Optional.empty(), model, language);
    }

    private String page(Optional<String> refused, Model model, Locale language) {
        model.addAttribute(
                "lines",
                cutOvers.all().stream().map(one -> texts.line(one, language)).toList());
        model.addAttribute(
                "municipalities",
                consortium.municipalities().stream()
                        .map(one -> new Choice(
                                one.code(),
                                texts.text(
                                        language,
                                        "moving.municipality.has",
                                        one.name(),
                                        directory.of(one.code()).orElse(""))))
                        .toList());
        model.addAttribute("systems", directory.names());
        model.addAttribute("refused", refused);
        return "moving/moving";
    }

    /** A new one, of a municipality from the library system that it has now. */
    @PostMapping
    String plan(
            @RequestParam String municipality,
            @RequestParam String to,
            @RequestParam String freeze,
            @RequestParam String move,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Optional<Instant> freezesAt = moment(freeze);
        Optional<Instant> movesAt = moment(move);
        Optional<String> from = directory.of(municipality);
        Optional<Problem> problem = from.isEmpty()
                ? Optional.of(Problem.MUNICIPALITY)
                : !directory.names().contains(to)
                        ? Optional.of(Problem.SYSTEM)
                        : freezesAt.isEmpty() || movesAt.isEmpty()
                                ? Optional.of(Problem.DATES)
                                : cutOvers.plan(
                                        municipality, from.get(), to, freezesAt.get(), movesAt.get(), who.getName());
        if (problem.isEmpty()) {
            return HERE;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(problem.map(why -> texts.problem(why, language)), model, language);
    }

    /** A moment of a form, in local time; empty if it is none. */
    static Optional<Instant> moment(String text) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text).atZone(GatewayClock.ZONE).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
