package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterCards.Reason;
import fi.kimppa.gateway.backend.embedded.CounterPatrons.Saved;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The card of a patron: its PIN, its last day, whether it is lost, and another one in its place. A PIN is never shown again. */
@Controller
@RequestMapping("/desk/patrons/{id:\\d{1,18}}")
class CounterCardPage {
    private final CounterPatrons patrons;
    private final CounterCards cards;
    private final CounterTexts texts;

    CounterCardPage(CounterPatrons patrons, CounterCards cards, CounterTexts texts) {
        this.patrons = patrons;
        this.cards = cards;
        this.texts = texts;
    }

    @GetMapping("/card")
    String page(@PathVariable long id, Model model, Locale language) {
        return page(known(id), Map.of(), "", "", model, language);
    }

    private String page(
            CounterPatron patron,
            Map<String, String> problems,
            String newCard,
            String reason,
            Model model,
            Locale language) {
        model.addAttribute("patron", patron);
        model.addAttribute("expires", texts.date(patron.expiresOn(), language));
        model.addAttribute("extended", texts.date(cards.extended(), language));
        model.addAttribute("extendable", patron.expiresOn().isBefore(cards.extended()));
        model.addAttribute("least", Integer.toString(cards.leastDigits(patron.homeBranch())));
        model.addAttribute("most", Integer.toString(cards.mostDigits(patron.homeBranch())));
        model.addAttribute("newCard", newCard);
        model.addAttribute("reason", reason);
        model.addAttribute("problems", problems);
        return "desk/card";
    }

    private CounterPatron known(long id) {
        return patrons.patron(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping("/pin")
    String pin(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String pin,
            @RequestParam(defaultValue = "") String again,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterPatron patron = known(id);
        Optional<Refused> why = cards.againstPin(pin, again, patron.homeBranch());
        if (why.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(patron, texts.problems(Map.of("pin", why.get()), language), "", "", model, language);
        }
        cards.setPin(patron, pin, who.getName());
        return back(id, "pin.set", next, language);
    }

    @PostMapping("/replacement")
    String replace(
            @PathVariable long id,
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterPatron patron = known(id);
        String card = CounterPatronForm.text(given, "card");
        if (card.equals(patron.card())) {
            // The button was pressed twice.
            return back(id, "replaced", next, language);
        }
        String named = CounterPatronForm.text(given, "reason");
        Optional<Reason> reason = Arrays.stream(Reason.values())
                .filter(one -> one.name().equals(named))
                .findFirst();
        Optional<Map.Entry<String, Refused>> why = patrons.againstCard(card, patron.homeBranch())
                .map(refused -> Map.entry("card", refused))
                .or(() -> reason.isEmpty()
                        ? Optional.of(Map.entry("reason", Refused.because("choose")))
                        : Optional.empty());
        if (why.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            Map<String, String> problems =
                    texts.problems(Map.of(why.get().getKey(), why.get().getValue()), language);
            return page(patron, problems, card, named, model, language);
        }
        Saved saved = cards.replace(
                patron,
                CounterPatronForm.whole(CounterPatronForm.text(given, "version")),
                card,
                reason.orElseThrow(),
                who.getName());
        return saved == Saved.DONE ? back(id, "replaced", next, language) : stale(id, next, language);
    }

    @PostMapping(path = "/card", params = "extend")
    String extend(
            @PathVariable long id, @RequestParam int version, Principal who, Locale language, RedirectAttributes next) {
        return cards.extend(id, version, who.getName()) == Saved.DONE
                ? back(id, "extended", next, language)
                : stale(id, next, language);
    }

    @PostMapping(path = "/card", params = "lost")
    String lost(
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam boolean lost,
            Principal who,
            Locale language,
            RedirectAttributes next) {
        return cards.lost(id, version, lost, who.getName()) == Saved.DONE
                ? back(id, lost ? "lost" : "found", next, language)
                : stale(id, next, language);
    }

    @PostMapping(path = "/card", params = "lift")
    String lift(@PathVariable long id, Principal who, Locale language, RedirectAttributes next) {
        cards.liftBlocks(known(id), who.getName());
        return back(id, "lifted", next, language);
    }

    private String back(long id, String said, RedirectAttributes next, Locale language) {
        next.addFlashAttribute("said", texts.text(language, "desk.said." + said));
        return "redirect:/desk/patrons/" + id;
    }

    /** Somebody else was quicker, or a button was pressed twice: the page shows what is. */
    private String stale(long id, RedirectAttributes next, Locale language) {
        next.addFlashAttribute("trouble", texts.text(language, "desk.stale"));
        return "redirect:/desk/patrons/" + id;
    }
}
