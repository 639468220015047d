package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Item;
import fi.kimppa.gateway.fleet.TagOrders;
import java.security.Principal;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The button on a copy's page by which a staff pad writes its tag, and what becomes of that, piece by piece for the page's script. */
@Controller
class CounterTagPage {
    private final CounterCollection collection;
    private final CounterTags tags;
    private final TagOrders orders;
    private final CounterTagPanel panel;
    private final CounterTexts texts;

    CounterTagPage(
            CounterCollection collection,
            CounterTags tags,
            TagOrders orders,
            CounterTagPanel panel,
            CounterTexts texts) {
        this.collection = collection;
        this.tags = tags;
        this.orders = orders;
        this.panel = panel;
        this.texts = texts;
    }

    @PostMapping("/desk/items/tag")
    String order(
            @RequestParam String number,
            @RequestParam(defaultValue = "") String pad,
            @RequestParam(defaultValue = "1") int part,
            Principal who,
            Locale language,
            RedirectAttributes next) {
        Item item = collection.item(number).orElseThrow(CounterTagPage::unknown);
        tags.order(item, pad, part, who.getName())
                .ifPresent(why -> next.addFlashAttribute("trouble", texts.problem(why, language)));
        next.addAttribute("number", number);
        return "redirect:/desk/items";
    }

    @GetMapping("/desk/items/tag/{id}")
    String state(@PathVariable UUID id, Model model, Locale language) {
        model.addAttribute(
                "order",
                orders.order(id).map(order -> panel.line(order, language)).orElseThrow(CounterTagPage::unknown));
        return "desk/parts :: order";
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
