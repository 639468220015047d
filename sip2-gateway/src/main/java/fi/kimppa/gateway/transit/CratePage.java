package fi.kimppa.gateway.transit;

import fi.kimppa.gateway.transit.Crate.State;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One crate: what is in it, what is missing and what nobody expected; and the slip that is put on it. */
@Controller
@RequestMapping("/transit/crates/{id}")
class CratePage {
    private final Crates crates;
    private final Routes routes;
    private final Scanning scanning;
    private final TransitTexts texts;

    CratePage(Crates crates, Routes routes, Scanning scanning, TransitTexts texts) {
        this.crates = crates;
        this.routes = routes;
        this.scanning = scanning;
        this.texts = texts;
    }

    @GetMapping
    String page(@PathVariable long id, Model model, Locale language) {
        Crate crate = find(id);
        List<CrateItem> items = crates.items(id);
        model.addAttribute("crate", texts.crate(crate, routes.timetable(), language));
        model.addAttribute(
                "back",
                crate.state() == State.ARRIVED || crate.state() == State.CHECKED
                        ? crate.destination()
                        : crate.origin());
        model.addAttribute("items", items);
        model.addAttribute(
                "missing",
                items.stream().filter(CrateItem::missing).map(CrateItem::item).toList());
        model.addAttribute(
                "unexpected",
                items.stream()
                        .filter(CrateItem::unexpected)
                        .map(CrateItem::item)
                        .toList());
        model.addAttribute("closed", crate.closed().map(at -> texts.moment(at, language)));
        model.addAttribute("sent", crate.sent().map(at -> texts.moment(at, language)));
        model.addAttribute("arrived", crate.arrived().map(at -> texts.moment(at, language)));
        return "transit/crate";
    }

    /** For paper; on a screen it is the same. */
    @GetMapping("/slip")
    String slip(@PathVariable long id, Model model, Locale language) {
        Crate crate = find(id);
        model.addAttribute("crate", texts.crate(crate, routes.timetable(), language));
        model.addAttribute("date", texts.date(crate.closed().map(Crate::day).orElseGet(texts::today), language));
        model.addAttribute("qr", Codes.qr(crate.code()));
        model.addAttribute("bars", Codes.bars(crate.code()));
        return "transit/slip";
    }

    @PostMapping(params = "close")
    String close(@PathVariable long id) {
        Crate crate = find(id);
        crates.close(id);
        return crates.find(id).isPresent() ? here(id) : "redirect:/transit?branch=" + crate.origin();
    }

    @PostMapping(params = "send")
    String send(@PathVariable long id) {
        crates.send(find(id).id());
        return here(id);
    }

    @PostMapping(params = "out")
    String takeOut(@PathVariable long id, @RequestParam String out) {
        crates.takeOut(find(id).id(), out);
        return here(id);
    }

    /** A thing that was found in it. */
    @PostMapping(params = "code")
    String see(@PathVariable long id, @RequestParam String code) {
        String item = code.strip();
        if (!item.isEmpty()
                && item.length() <= Scanning.LONGEST_CODE
                && Crate.id(item).isEmpty()) {
            scanning.in(find(id), item);
        }
        return here(id);
    }

    @PostMapping(params = "checked")
    String checked(@PathVariable long id) {
        crates.checked(find(id).id());
        return here(id);
    }

    private Crate find(long id) {
        return crates.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String here(long id) {
        return "redirect:/transit/crates/" + id;
    }
}
