package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterPatrons.Saved;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
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

/** One patron: what there is to see, and the form in which a patron is registered and changed. */
@Controller
@RequestMapping("/desk/patrons")
class CounterPatronPage {
    private static final String FORM = "desk/patron-form";
    private static final int CHANGES_SHOWN = 5;

    private final CounterPatrons patrons;
    private final CounterAccount account;
    private final CounterRecord written;
    private final CounterTexts texts;
    private final Store store;
    private final Fees fees;
    private final Clock clock;

    CounterPatronPage(
            CounterPatrons patrons,
            CounterAccount account,
            CounterRecord written,
            CounterTexts texts,
            Store store,
            Fees fees,
            Clock clock) {
        this.patrons = patrons;
        this.account = account;
        this.written = written;
        this.texts = texts;
        this.store = store;
        this.fees = fees;
        this.clock = clock;
    }

    @GetMapping("/{id:\\d{1,18}}")
    String page(@PathVariable long id, Model model, Locale language) {
        CounterPatron patron = known(id);
        PatronRow row = store.patron(patron.card(), clock.instant())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("patron", patron);
        model.addAttribute("home", texts.branch(patron.homeBranch()));
        model.addAttribute("born", texts.date(patron.birthDate(), language));
        model.addAttribute("age", Integer.toString(row.age(patrons.today())));
        model.addAttribute("expires", texts.date(patron.expiresOn(), language));
        model.addAttribute(
                "writtenIn",
                texts.languages().stream()
                        .filter(one -> one.value().equals(patron.language()))
                        .map(CounterTexts.Choice::text)
                        .findFirst()
                        .orElse(patron.language()));
        model.addAttribute("against", texts.against(row, language));
        model.addAttribute(
                "blocks",
                account.blocks(patron.card()).stream()
                        .map(block -> texts.block(block, language))
                        .toList());
        model.addAttribute(
                "loans",
                account.lent(patron.card()).stream()
                        .map(loan -> texts.lent(loan, language))
                        .toList());
        model.addAttribute(
                "holds",
                account.awaited(patron.card()).stream()
                        .map(hold -> texts.awaited(hold, language))
                        .toList());
        fees(patron, model, language);
        model.addAttribute(
                "changes",
                written.ofPatron(id, CHANGES_SHOWN).stream()
                        .map(entry -> texts.change(entry, language))
                        .toList());
        return "desk/patron";
    }

    private void fees(CounterPatron patron, Model model, Locale language) {
        List<Fees.Fee> open = fees.open(patron.card());
        BigDecimal owed = CounterTill.sum(open);
        model.addAttribute(
                "fees", open.stream().map(fee -> texts.fee(fee, language)).toList());
        model.addAttribute("owed", texts.money(owed, language));
    }

    private CounterPatron known(long id) {
        return patrons.patron(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    // ---- registering -------------------------------------------------------------------------------------

    @GetMapping("/new")
    String blank(Model model) {
        return form(CounterPatronForm.fresh(patrons.today()), Optional.empty(), Map.of(), model);
    }

    @PostMapping("/new")
    String add(
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterPatronForm form = CounterPatronForm.of(given);
        Map<String, Refused> problems = patrons.problemsOfNew(form);
        Optional<Long> id = problems.isEmpty() ? patrons.add(form, who.getName()) : Optional.empty();
        if (id.isPresent()) {
            next.addFlashAttribute("said", texts.text(language, "desk.registered"));
            return "redirect:/desk/patrons/" + id.get() + "/card";
        }
        // Who was quicker with the same card or alias is seen now.
        Map<String, Refused> why = problems.isEmpty() ? patrons.problemsOfNew(form) : problems;
        return refused(form, Optional.empty(), texts.problems(why, language), model, response);
    }

    // ---- changing ----------------------------------------------------------------------------------------

    @GetMapping("/{id:\\d{1,18}}/change")
    String filled(@PathVariable long id, Model model) {
        CounterPatron patron = known(id);
        return form(CounterPatronForm.of(patron), Optional.of(patron), Map.of(), model);
    }

    @PostMapping("/{id:\\d{1,18}}/change")
    String change(
            @PathVariable long id,
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterPatron patron = known(id);
        CounterPatronForm form = CounterPatronForm.of(given);
        Map<String, Refused> problems = patrons.problems(form, id);
        if (!problems.isEmpty()) {
            return refused(form, Optional.of(patron), texts.problems(problems, language), model, response);
        }
        Saved saved = patrons.change(id, form, who.getName());
        return switch (saved) {
            case DONE -> {
                next.addFlashAttribute("said", texts.text(language, "desk.saved"));
                yield "redirect:/desk/patrons/" + id;
            }
            case TAKEN ->
                refused(
                        form,
                        Optional.of(patron),
                        texts.problems(patrons.problems(form, id), language),
                        model,
                        response);
            case STALE -> stale(form, known(id), model, language, response);
        };
    }

    /** What was typed stays, with what the colleague has saved beside it; whoever saves again has seen it. */
    private String stale(
            CounterPatronForm form, CounterPatron stored, Model model, Locale language, HttpServletResponse response) {
        model.addAttribute("stale", true);
        Map<String, String> otherwise = texts.savedOtherwise(form.differences(CounterPatronForm.of(stored)), language);
        return refused(form, Optional.of(stored), otherwise, model, response);
    }

    private String refused(
            CounterPatronForm form,
            Optional<CounterPatron> patron,
            Map<String, String> problems,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(form, patron, problems, model);
    }

    /** @param patron the one that is changed; empty for a new one */
    private String form(
            CounterPatronForm form, Optional<CounterPatron> patron, Map<String, String> problems, Model model) {
        boolean stale = model.containsAttribute("stale");
        model.addAttribute("form", form);
        // Only a form that has shown what a colleague saved is based on it.
        model.addAttribute("version", stale ? patron.map(CounterPatron::version).orElse(0) : form.version());
        model.addAttribute("patron", patron);
        model.addAttribute("problems", problems);
        model.addAttribute("stale", stale);
        model.addAttribute("categories", texts.codes(patrons.categories()));
        model.addAttribute("branches", texts.branches());
        model.addAttribute("tongues", texts.languages());
        return FORM;
    }
}
