package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterPatrons.ByCard;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Where the desk begins: the field for a card or a name, and the field for an item or a title. Cards and names come by
 * form, never in an address, where logs and histories would keep them.
 */
@Controller
@RequestMapping("/desk")
class CounterPage {
    private static final String PAGE = "desk/page";

    /** A patron as a row. */
    record Row(long id, String name, String card, String born, String home) {}

    private final CounterPatrons patrons;
    private final CounterCollection collection;
    private final CounterTexts texts;

    CounterPage(CounterPatrons patrons, CounterCollection collection, CounterTexts texts) {
        this.patrons = patrons;
        this.collection = collection;
        this.texts = texts;
    }

    @GetMapping
    String page(Model model) {
        return shown("", "", model);
    }

    private static String shown(String patron, String title, Model model) {
        model.addAttribute("typedPatron", patron);
        model.addAttribute("typedTitle", title);
        for (String absent : List.of("found", "works")) {
            if (!model.containsAttribute(absent)) {
                model.addAttribute(absent, Optional.empty());
            }
        }
        return PAGE;
    }

    /** A card leads to its patron; anything else is the beginning of a name. */
    @PostMapping(params = "patron")
    String patrons(@RequestParam String patron, Model model, Locale language, RedirectAttributes next) {
        String typed = patron.strip();
        if (typed.isEmpty()) {
            return shown("", "", model);
        }
        Optional<ByCard> holder = patrons.byCard(typed);
        if (holder.isPresent()) {
            if (holder.get().replaced()) {
                next.addFlashAttribute("said", texts.text(language, "desk.card.replaced"));
            }
            return "redirect:/desk/patrons/" + holder.get().id();
        }
        List<Row> found =
                patrons.byName(typed).stream().map(hit -> row(hit, language)).toList();
        model.addAttribute("found", Optional.of(first(found, CounterPatrons.MOST_FOUND)));
        model.addAttribute("most", Integer.toString(CounterPatrons.MOST_FOUND));
        model.addAttribute("more", found.size() > CounterPatrons.MOST_FOUND);
        return shown(typed, "", model);
    }

    private Row row(CounterPatrons.Hit hit, Locale language) {
        LocalDate born = hit.birthDate();
        return new Row(
                hit.id(),
                hit.familyName() + ", " + hit.givenName(),
                hit.card(),
                texts.date(born, language),
                texts.branch(hit.homeBranch()));
    }

    /** An item's number leads to the item; anything else is the beginning of a title or an author. */
    @PostMapping(params = "title")
    String titles(@RequestParam String title, Model model, RedirectAttributes next) {
        String typed = title.strip();
        if (typed.isEmpty()) {
            return shown("", "", model);
        }
        if (collection.item(typed).isPresent()) {
            next.addAttribute("number", typed);
            return "redirect:/desk/items";
        }
        List<CounterCollection.Hit> works = collection.find(typed);
        model.addAttribute("works", Optional.of(first(works, CounterCollection.MOST_FOUND)));
        model.addAttribute("most", Integer.toString(CounterCollection.MOST_FOUND));
        model.addAttribute("more", works.size() > CounterCollection.MOST_FOUND);
        return shown("", typed, model);
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.size() > most ? all.subList(0, most) : all;
    }
}
