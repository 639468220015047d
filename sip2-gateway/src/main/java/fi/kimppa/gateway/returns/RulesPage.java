package fi.kimppa.gateway.returns;

import fi.kimppa.gateway.circulation.UnownedThings;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.routing.Alert;
import fi.kimppa.gateway.routing.Destination;
import fi.kimppa.gateway.routing.RoutingRule;
import fi.kimppa.gateway.routing.RoutingRule.Problem;
import fi.kimppa.gateway.routing.RoutingRules;
import fi.kimppa.gateway.routing.RoutingTable;
import fi.kimppa.gateway.routing.Situation;
import fi.kimppa.gateway.routing.SlipText;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
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

/** The page on which staff with the role ADMIN change the rules for returned things, and who takes what nobody owns. */
@Controller
@RequestMapping("/admin/returns")
class RulesPage {
    private static final String HERE = "redirect:/admin/returns";
    private static final int CHANGES = 20;
    /** Other settings change too; so many changes are looked through for those of this page. */
    private static final int LOOKED_THROUGH = 500;

    /** A place that says itself what becomes of things that nobody owns. */
    record OwnWish(String place, String wish) {}

    private final RoutingRules rules;
    private final Settings settings;
    private final Consortium consortium;
    private final RuleTexts texts;

    RulesPage(RoutingRules rules, Settings settings, Consortium consortium, RuleTexts texts) {
        this.rules = rules;
        this.settings = settings;
        this.consortium = consortium;
        this.texts = texts;
    }

    /** @param edit the number of the row that the form shall show */
    @GetMapping
    String page(@RequestParam Optional<Long> edit, Model model, Locale language) {
        RuleForm form = edit.flatMap(rules.table()::own).map(RuleForm::of).orElse(RuleForm.EMPTY);
        return page(form, Optional.empty(), model, language);
    }

    private String page(RuleForm form, Optional<String> refused, Model model, Locale language) {
        RoutingTable table = rules.table();
        model.addAttribute("lines", texts.lines(table, language));
        model.addAttribute("form", form);
        model.addAttribute("number", table.own(form.id()).map(rule -> RuleTexts.number(table, rule)));
        model.addAttribute("refused", refused);
        model.addAttribute("branches", texts.branches());
        model.addAttribute("municipalities", texts.municipalities());
        model.addAttribute("situations", texts.choices(Situation.values(), "route.situation.", language));
        model.addAttribute("destinations", texts.choices(Destination.Kind.values(), "route.to.", language));
        model.addAttribute("alerts", texts.choices(Alert.values(), "route.alert.", language));
        model.addAttribute("slips", texts.choices(SlipText.values(), "route.text.", language));
        model.addAttribute("wishes", wishes(language));
        model.addAttribute(
                "places",
                places().stream()
                        .map(scope ->
                                new RuleTexts.Choice(scope.kind() + ":" + scope.name(), texts.place(scope, language)))
                        .toList());
        model.addAttribute(
                "changes",
                settings.changes(Optional.empty(), LOOKED_THROUGH).stream()
                        .filter(change -> change.key().startsWith(RoutingRules.KEY)
                                || change.key().equals(UnownedThings.KEY.name()))
                        .limit(CHANGES)
                        .map(change -> texts.change(change, language))
                        .toList());
        return "returns/rules";
    }

    /** Adds a row, or changes the one whose number the form has. */
    @PostMapping("/rules")
    String put(
            @RequestParam Map<String, String> given,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        RuleForm form = RuleForm.of(given);
        Optional<RoutingRule> rule = form.rule();
        Optional<Problem> problem = rule.isEmpty()
                ? Optional.of(Problem.DESTINATION)
                : form.id() == 0 ? rules.add(rule.get(), who.getName()) : rules.change(rule.get(), who.getName());
        if (problem.isEmpty()) {
            return HERE;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(form, problem.map(why -> texts.text(language, "route.problem." + why)), model, language);
    }

    @PostMapping(path = "/rules/{id}", params = "move")
    String move(@PathVariable long id, @RequestParam String move, Principal who) {
        rules.move(id, move.equals("up"), who.getName());
        return HERE;
    }

    @PostMapping(path = "/rules/{id}", params = "remove")
    String remove(@PathVariable long id, Principal who) {
        rules.remove(id, who.getName());
        return HERE;
    }

    // ---- things that nobody owns -------------------------------------------------------------------------

    private List<OwnWish> wishes(Locale language) {
        return places().stream()
                .flatMap(scope -> Optional.ofNullable(settings.at(scope).get(UnownedThings.KEY.name()))
                        .map(wish -> new OwnWish(texts.place(scope, language), texts.text(language, "choice." + wish)))
                        .stream())
                .toList();
    }

    private List<Scope> places() {
        List<Scope> places = new ArrayList<>(List.of(Scope.CONSORTIUM));
        consortium.municipalities().forEach(one -> places.add(Scope.municipality(one.code())));
        consortium.branches().forEach(one -> places.add(Scope.branch(one.code())));
        return places;
    }

    /** @param wish what becomes of them there; empty to inherit */
    @PostMapping("/no-owner")
    String wish(@RequestParam String place, @RequestParam(defaultValue = "") String wish, Principal who) {
        Scope scope = places().stream()
                .filter(one -> place.equals(one.kind() + ":" + one.name()))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Optional<String> text = Optional.of(wish).filter(given -> !given.isEmpty());
        if (settings.change(scope, UnownedThings.KEY.name(), text, who.getName())
                .isPresent()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return HERE;
    }
}
