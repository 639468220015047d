package fi.kimppa.gateway.catalogue;

import fi.kimppa.gateway.catalogue.Tip.Problem;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.PlaceNames;
import fi.kimppa.gateway.consortium.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page on which staff write tips for the kiosks' idle screens. */
@Controller
@RequestMapping("/tips")
class TipsPage {
    private static final String HERE = "redirect:/tips";

    /**
     * A tip as a row.
     *
     * @param when whether it is shown now, will be, or was
     */
    record TipLine(long id, String heading, String where, String days, String when, boolean now) {}

    /** One of several to choose from. */
    record Choice(String value, String text) {}

    private final Tips tips;
    private final Catalogues catalogues;
    private final Consortium consortium;
    private final PlaceNames places;
    private final MessageSource messages;

    TipsPage(Tips tips, Catalogues catalogues, Consortium consortium, PlaceNames places, MessageSource messages) {
        this.tips = tips;
        this.catalogues = catalogues;
        this.consortium = consortium;
        this.places = places;
        this.messages = messages;
    }

    /** @param edit the number of the tip that the form shall show */
    @GetMapping
    String page(@RequestParam Optional<Long> edit, Model model, Locale language) {
        TipForm form = edit.flatMap(tips::tip).map(TipForm::of).orElseGet(() -> TipForm.empty(tips.today()));
        return show(form, Optional.empty(), model, language);
    }

    private String show(TipForm form, Optional<String> refused, Model model, Locale language) {
        model.addAttribute(
                "tips", tips.all().stream().map(tip -> line(tip, language)).toList());
        model.addAttribute("form", form);
        model.addAttribute("refused", refused);
        model.addAttribute("own", catalogues.chosen().source() == Catalogue.Source.OWN);
        model.addAttribute("longestHeading", Tip.LONGEST_HEADING);
        model.addAttribute("longestText", Tip.LONGEST_TEXT);
        model.addAttribute("municipalities", municipalities());
        return "catalogue/tips";
    }

    private List<Choice> municipalities() {
        return consortium.municipalities().stream()
                .sorted(Comparator.comparing(Municipality::name))
                .map(one -> new Choice(one.code(), one.name()))
                .toList();
    }

    private TipLine line(Tip tip, Locale language) {
        LocalDate today = tips.today();
        boolean now = !tip.first().isAfter(today) && !tip.last().isBefore(today);
        String when = now ? "NOW" : tip.last().isBefore(today) ? "OVER" : "COMING";
        return new TipLine(
                tip.id(),
                tip.heading().filled().in(language.getLanguage()),
                places.of(tip.municipality().map(Scope::municipality).orElse(Scope.CONSORTIUM), language),
                text(language, "tips.days.from.to", date(tip.first(), language), date(tip.last(), language)),
                text(language, "tips.when." + when),
                now);
    }

    private String date(LocalDate day, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "date.pattern"), language)
                .format(day);
    }

    /** Adds a tip, or changes the one whose number the form has. */
    @PostMapping
    String put(
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        TipForm form = TipForm.of(given);
        Optional<Problem> problem =
                form.tip().map(tip -> tips.put(tip, who.getName())).orElse(Optional.of(Problem.DATES));
        if (problem.isEmpty()) {
            next.addFlashAttribute("said", text(language, "tips.saved"));
            return HERE;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(form, problem.map(why -> text(language, "tips.problem." + why)), model, language);
    }

    @PostMapping(path = "/{id}", params = "remove")
    String remove(@PathVariable long id, Principal who, Locale language, RedirectAttributes next) {
        tips.remove(id, who.getName());
        next.addFlashAttribute("said", text(language, "tips.removed"));
        return HERE;
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
