package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Item;
import fi.kimppa.gateway.backend.embedded.CounterCollection.Title;
import fi.kimppa.gateway.backend.embedded.CounterPatrons.Saved;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One copy: where it is, what is known of it, what its tag says and how it is written, and the form in which copies are added and changed. */
@Controller
class CounterItemPage {
    private static final int CHANGES_SHOWN = 5;

    private final CounterCollection collection;
    private final CounterWithdrawal withdrawal;
    private final CounterShelf shelf;
    private final CounterTagPanel tags;
    private final CounterRecord written;
    private final CounterTexts texts;

    CounterItemPage(
            CounterCollection collection,
            CounterWithdrawal withdrawal,
            CounterShelf shelf,
            CounterTagPanel tags,
            CounterRecord written,
            CounterTexts texts) {
        this.collection = collection;
        this.withdrawal = withdrawal;
        this.shelf = shelf;
        this.tags = tags;
        this.written = written;
        this.texts = texts;
    }

    // ---- adding ------------------------------------------------------------------------------------------

    @GetMapping("/desk/titles/{id:\\d{1,9}}/items/new")
    String blank(@PathVariable int id, Model model) {
        return form(title(id), CounterItemForm.EMPTY, Map.of(), model);
    }

    @PostMapping("/desk/titles/{id:\\d{1,9}}/items/new")
    String add(
            @PathVariable int id,
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        Title title = title(id);
        CounterItemForm form = CounterItemForm.of(given);
        Map<String, Refused> problems = collection.problemsOfNew(form);
        if (problems.isEmpty() && collection.add(id, form, who.getName())) {
            next.addFlashAttribute("said", texts.text(language, "desk.item.added"));
            return to(form.number(), next);
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        // Who was quicker with the same number is seen now.
        Map<String, Refused> why = problems.isEmpty() ? collection.problemsOfNew(form) : problems;
        return form(title, form, texts.problems(why, language), model);
    }

    private String form(Title title, CounterItemForm form, Map<String, String> problems, Model model) {
        model.addAttribute("work", title);
        choices(form, problems, model);
        return "desk/item-form";
    }

    private void choices(CounterItemForm form, Map<String, String> problems, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute("types", texts.codes(collection.types()));
        model.addAttribute("branches", texts.branches());
    }

    private Title title(int id) {
        return collection.title(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String to(String number, RedirectAttributes next) {
        next.addAttribute("number", number);
        return "redirect:/desk/items";
    }

    // ---- one copy ----------------------------------------------------------------------------------------

    @GetMapping("/desk/items")
    String page(@RequestParam String number, Principal who, Model model, Locale language) {
        Item item = known(number);
        return page(item, CounterItemForm.of(item), Map.of(), who, model, language);
    }

    private String page(
            Item item,
            CounterItemForm form,
            Map<String, String> problems,
            Principal who,
            Model model,
            Locale language) {
        Title title = title(item.titleId());
        model.addAttribute("item", item);
        model.addAttribute("work", title);
        model.addAttribute("home", texts.branch(item.homeBranch()));
        model.addAttribute("where", shelf.where(item.number(), language));
        model.addAttribute("tag", tags.panel(item, who.getName(), language));
        model.addAttribute("commands", shelf.tagCommands(item));
        if (!model.containsAttribute("stale")) {
            model.addAttribute("stale", false);
            model.addAttribute("version", form.version());
        }
        if (!model.containsAttribute("refused")) {
            model.addAttribute("refused", Optional.empty());
        }
        choices(form, problems, model);
        model.addAttribute(
                "changes",
                written.ofItem(item.number(), CHANGES_SHOWN).stream()
                        .map(entry -> texts.change(entry, language))
                        .toList());
        return "desk/item";
    }

    private Item known(String number) {
        return collection.item(number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping(path = "/desk/items", params = "change")
    String change(
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterItemForm form = CounterItemForm.of(given);
        Item before = known(form.number());
        Map<String, Refused> problems = collection.problemsOf(form, before);
        if (!problems.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(before, form, texts.problems(problems, language), who, model, language);
        }
        if (collection.change(before, form, who.getName()) == Saved.DONE) {
            next.addFlashAttribute("said", texts.text(language, "desk.saved"));
            return to(form.number(), next);
        }
        Item stored = known(form.number());
        model.addAttribute("stale", true);
        model.addAttribute("version", stored.version());
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        Map<String, String> otherwise = texts.savedOtherwise(form.differences(CounterItemForm.of(stored)), language);
        return page(stored, form, otherwise, who, model, language);
    }

    @PostMapping(path = "/desk/items", params = "withdraw")
    String withdraw(
            @RequestParam String number,
            @RequestParam(defaultValue = "false") boolean sure,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        Optional<Refused> why =
                sure ? withdrawal.withdraw(number, who.getName()) : Optional.of(Refused.because("withdraw.sure"));
        if (why.isEmpty()) {
            next.addFlashAttribute("said", texts.text(language, "desk.item.withdrawn", number));
            return "redirect:/desk";
        }
        Item item = known(number);
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refused", why.map(one -> texts.problem(one, language)));
        return page(item, CounterItemForm.of(item), Map.of(), who, model, language);
    }
}
