package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingRefusal;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.limits.UnknownLogins;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * The pages on which staff with the role ADMIN see and change terminal profiles: all places, arrival rules and refused
 * logins on one, a place's settings, presets, dry run and changes on another.
 */
@Controller
@RequestMapping("/admin/terminals")
class ProfilePage {
    private static final int CHANGES = 20;
    /** Stands for the consortium, which has no code, in an address. */
    private static final String NO_NAME = "-";

    private static final String SAMPLE_LINE = "09N20261124    19300020261124    193000AP|AO|AB3000000035|AC|";

    /**
     * A place as a link.
     *
     * @param own how many settings are made there
     */
    record Place(String kind, String name, String text, int own) {}

    /** A municipality with what is in it. */
    record Group(Place place, List<Place> inside) {}

    /** A rule as people read it. */
    record RuleLine(String sign, String signText, String pattern, String place) {}

    /** A place that a rule may lead to. */
    record Target(String value, String text) {}

    private final Settings settings;
    private final TerminalProfiles profiles;
    private final ArrivalRules rules;
    private final Consortium consortium;
    private final DryRun dryRun;
    private final UnknownLogins logins;
    private final ProfileTexts texts;

    ProfilePage(
            Settings settings,
            TerminalProfiles profiles,
            ArrivalRules rules,
            Consortium consortium,
            DryRun dryRun,
            UnknownLogins logins,
            ProfileTexts texts) {
        this.settings = settings;
        this.profiles = profiles;
        this.rules = rules;
        this.consortium = consortium;
        this.dryRun = dryRun;
        this.logins = logins;
        this.texts = texts;
    }

    // ---- all places --------------------------------------------------------------------------------------

    @GetMapping
    String places(Model model, Locale language) {
        return places(model, Optional.empty(), language);
    }

    private String places(Model model, Optional<String> refused, Locale language) {
        model.addAttribute("consortiumPlace", place(Scope.CONSORTIUM, language));
        model.addAttribute(
                "groups",
                consortium.municipalities().stream()
                        .map(municipality -> group(municipality, language))
                        .toList());
        model.addAttribute(
                "rules", rules.all().stream().map(rule -> line(rule, language)).toList());
        model.addAttribute(
                "signs",
                Arrays.stream(ArrivalRule.Sign.values())
                        .map(sign -> new Target(sign.name(), texts.word(language, "sign.", sign.name())))
                        .toList());
        model.addAttribute("targets", targets(language));
        model.addAttribute(
                "logins",
                logins.all().stream().map(login -> texts.login(login, language)).toList());
        model.addAttribute("refused", refused);
        changes(model, Optional.empty(), language);
        return "sip/places";
    }

    private Group group(Municipality municipality, Locale language) {
        List<Place> inside = new ArrayList<>();
        for (Branch branch : consortium.branches()) {
            if (branch.municipality().equals(municipality.code())) {
                inside.add(place(Scope.branch(branch.code()), language));
                consortium.terminals().stream()
                        .filter(terminal -> terminal.branchCode().equals(branch.code()))
                        .forEach(terminal -> inside.add(place(Scope.device(terminal.login()), language)));
            }
        }
        return new Group(place(Scope.municipality(municipality.code()), language), inside);
    }

    private Place place(Scope scope, Locale language) {
        return new Place(
                scope.kind().name().toLowerCase(Locale.ROOT),
                scope.name().isEmpty() ? NO_NAME : scope.name(),
                texts.place(scope, language),
                settings.at(scope).size());
    }

    private RuleLine line(ArrivalRule rule, Locale language) {
        return new RuleLine(
                rule.sign().name(),
                texts.word(language, "sign.", rule.sign().name()),
                rule.pattern(),
                texts.place(rule.scope(), language));
    }

    private List<Target> targets(Locale language) {
        List<Scope> scopes = new ArrayList<>(List.of(Scope.CONSORTIUM));
        consortium.municipalities().forEach(one -> scopes.add(Scope.municipality(one.code())));
        consortium.branches().forEach(one -> scopes.add(Scope.branch(one.code())));
        consortium.terminals().forEach(one -> scopes.add(Scope.device(one.login())));
        return scopes.stream()
                .map(scope -> new Target(scope.kind() + ":" + scope.name(), texts.place(scope, language)))
                .toList();
    }

    @PostMapping("/rules")
    String putRule(
            @RequestParam ArrivalRule.Sign sign,
            @RequestParam String pattern,
            @RequestParam String target,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Optional<String> canonical = ArrivalRule.canonical(sign, pattern);
        int colon = target.indexOf(':');
        Scope scope = scope(target.substring(0, Math.max(0, colon)), target.substring(colon + 1));
        if (canonical.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return places(model, Optional.of(texts.refusal(sign, pattern, language)), language);
        }
        rules.put(new ArrivalRule(sign, canonical.get(), scope), who.getName());
        return "redirect:/admin/terminals";
    }

    @PostMapping("/rules/remove")
    String removeRule(@RequestParam ArrivalRule.Sign sign, @RequestParam String pattern, Principal who) {
        rules.remove(new ArrivalRule(sign, pattern, Scope.CONSORTIUM), who.getName());
        return "redirect:/admin/terminals";
    }

    // ---- one place ---------------------------------------------------------------------------------------

    @GetMapping("/{kind}/{name}")
    String profile(@PathVariable String kind, @PathVariable String name, Model model, Locale language) {
        return profile(scope(kind, name), model, language);
    }

    @PostMapping(path = "/{kind}/{name}", params = "key")
    String change(
            @PathVariable String kind,
            @PathVariable String name,
            @RequestParam String key,
            @RequestParam(defaultValue = "") String value,
            @RequestParam Optional<String> inherit,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Scope scope = scope(kind, name);
        Optional<String> text = inherit.isPresent() ? Optional.empty() : Optional.of(value);
        return done(scope, settings.change(scope, key, text, who.getName()), model, language, response);
    }

    @PostMapping(path = "/{kind}/{name}", params = "preset")
    String apply(
            @PathVariable String kind,
            @PathVariable String name,
            @RequestParam String preset,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Scope scope = scope(kind, name);
        Map<String, String> wanted = Presets.of(preset)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
                .settings();
        return done(scope, settings.change(scope, ProfileApi.wanted(wanted), who.getName()), model, language, response);
    }

    @PostMapping(path = "/{kind}/{name}", params = "line")
    String run(
            @PathVariable String kind,
            @PathVariable String name,
            @RequestParam String line,
            @RequestParam(defaultValue = "") String with,
            Model model,
            Locale language) {
        Scope scope = scope(kind, name);
        Terminal terminal =
                consortium.terminal(scope.name()).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Map<String, String> instead =
                Presets.of(with).map(Presets.Preset::settings).orElse(Map.of());
        model.addAttribute("answer", Optional.of(dryRun.run(terminal, line, instead)));
        model.addAttribute("line", line);
        model.addAttribute("with", with);
        return profile(scope, model, language);
    }

    private String done(
            Scope scope, Optional<SettingRefusal> refusal, Model model, Locale language, HttpServletResponse response) {
        if (refusal.isEmpty()) {
            Place place = place(scope, language);
            return "redirect:/admin/terminals/" + place.kind() + "/" + place.name();
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refused", refusal.map(why -> texts.refusal(why, language)));
        return profile(scope, model, language);
    }

    private String profile(Scope scope, Model model, Locale language) {
        model.addAttribute("place", place(scope, language));
        model.addAttribute("device", scope.kind() == Scope.Kind.DEVICE);
        model.addAttribute(
                "path",
                settings.path(scope).stream().map(one -> place(one, language)).toList());
        model.addAttribute(
                "rows",
                profiles.explain(settings.path(scope)).stream()
                        .map(value -> texts.row(value, scope, language))
                        .toList());
        model.addAttribute(
                "presets",
                Presets.ALL.stream()
                        .map(preset -> texts.preset(preset, language))
                        .toList());
        defaults(
                model,
                Map.of("refused", Optional.empty(), "answer", Optional.empty(), "line", SAMPLE_LINE, "with", ""));
        changes(model, Optional.of(scope), language);
        return "sip/profile";
    }

    private static void defaults(Model model, Map<String, Object> values) {
        values.forEach((name, value) -> {
            if (!model.containsAttribute(name)) {
                model.addAttribute(name, value);
            }
        });
    }

    private void changes(Model model, Optional<Scope> scope, Locale language) {
        model.addAttribute(
                "changes",
                settings.changes(scope, CHANGES).stream()
                        .map(change -> texts.change(change, language))
                        .toList());
    }

    private Scope scope(String kind, String name) {
        Optional<Scope> scope = Arrays.stream(Scope.Kind.values())
                .filter(known -> known.name().equalsIgnoreCase(kind))
                .map(known -> new Scope(known, name.equals(NO_NAME) ? "" : name))
                .filter(settings::known)
                .findFirst();
        return scope.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
