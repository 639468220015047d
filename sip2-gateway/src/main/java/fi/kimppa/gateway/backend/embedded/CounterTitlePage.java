package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Title;
import fi.kimppa.gateway.backend.embedded.CounterPatrons.Saved;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
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

/** One work with its copies, and the form in which works are added and changed. */
@Controller
@RequestMapping("/desk/titles")
class CounterTitlePage {
    private final CounterCollection collection;
    private final CounterShelf shelf;
    private final CounterTexts texts;

    CounterTitlePage(CounterCollection collection, CounterShelf shelf, CounterTexts texts) {
        this.collection = collection;
        this.shelf = shelf;
        this.texts = texts;
    }

    @GetMapping("/new")
    String blank(Model model, Locale language) {
        return page(Optional.empty(), CounterTitleForm.EMPTY, Map.of(), model, language);
    }

    @GetMapping("/{id:\\d{1,9}}")
    String page(@PathVariable int id, Model model, Locale language) {
        Title title = known(id);
        return page(Optional.of(title), CounterTitleForm.of(title), Map.of(), model, language);
    }

    private Title known(int id) {
        return collection.title(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** @param work empty for a new one */
    private String page(
            Optional<Title> work, CounterTitleForm form, Map<String, String> problems, Model model, Locale language) {
        List<String> numbers = work.map(title -> collection.copies(title.id())).orElse(List.of());
        model.addAttribute("work", work);
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        if (!model.containsAttribute("stale")) {
            model.addAttribute("stale", false);
            model.addAttribute("version", form.version());
        }
        model.addAttribute(
                "copies",
                numbers.stream()
                        .flatMap(number -> shelf.copy(number, language).stream())
                        .toList());
        model.addAttribute("all", numbers.size() < CounterCollection.MOST_COPIES);
        model.addAttribute("most", Integer.toString(CounterCollection.MOST_COPIES));
        model.addAttribute(
                "waiting",
                work.map(title -> Integer.toString(collection.waiting(title.id())))
                        .orElse("0"));
        return "desk/title";
    }

    @PostMapping("/new")
    String add(
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterTitleForm form = CounterTitleForm.of(given);
        Map<String, Refused> problems = form.problems();
        if (!problems.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(Optional.empty(), form, texts.problems(problems, language), model, language);
        }
        int id = collection.add(form, who.getName());
        next.addFlashAttribute("said", texts.text(language, "desk.title.added"));
        return "redirect:/desk/titles/" + id;
    }

    @PostMapping("/{id:\\d{1,9}}")
    String change(
            @PathVariable int id,
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterTitleForm form = CounterTitleForm.of(given);
        Map<String, Refused> problems = form.problems();
        if (problems.isEmpty() && collection.change(id, form, who.getName()) == Saved.DONE) {
            next.addFlashAttribute("said", texts.text(language, "desk.saved"));
            return "redirect:/desk/titles/" + id;
        }
        Title stored = known(id);
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        if (problems.isEmpty()) {
            model.addAttribute("stale", true);
            model.addAttribute("version", stored.version());
            Map<String, String> otherwise =
                    texts.savedOtherwise(form.differences(CounterTitleForm.of(stored)), language);
            return page(Optional.of(stored), form, otherwise, model, language);
        }
        return page(Optional.of(stored), form, texts.problems(problems, language), model, language);
    }
}
