package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.SettingKey.Allowed;
import fi.kimppa.gateway.consortium.SettingPlan;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page on which staff see the consortium: who belongs to it, who differs and why, what is planned and what is locked. */
@Controller
class CharterPage {
    /** A municipality with what is in it. */
    record Group(String name, String code, boolean partner, List<String> agreement, List<Place> branches) {}

    /** A branch with its terminals. */
    record Place(String name, String code, List<Machine> terminals) {}

    /** A terminal. */
    record Machine(String login, String kind, boolean withoutPassword) {}

    /** Somebody who differs. */
    record DifferenceLine(
            String setting,
            String key,
            String place,
            String value,
            String inherited,
            Optional<String> since,
            String iso,
            String who,
            String note) {}

    /** A plan. */
    record PlanLine(
            String day,
            String iso,
            String setting,
            String key,
            String place,
            String target,
            String value,
            String who,
            String note) {}

    /** A lock, and what it keeps from holding. */
    record LockLine(String setting, String key, String since, String who, String why, List<String> idle) {}

    /** One of several to choose from. */
    record Choice(String value, String text) {}

    private final Consortium consortium;
    private final Settings settings;
    private final Terminals terminals;
    private final CharterTexts texts;

    CharterPage(Consortium consortium, Settings settings, Terminals terminals, CharterTexts texts) {
        this.consortium = consortium;
        this.settings = settings;
        this.terminals = terminals;
        this.texts = texts;
    }

    @GetMapping("/consortium")
    String page(Model model, Locale language) {
        return page(model, Optional.empty(), language);
    }

    /** The page, with why something was not done. */
    String page(Model model, Optional<String> refused, Locale language) {
        Set<String> withoutPassword = terminals.withoutPassword();
        model.addAttribute(
                "groups",
                consortium.municipalities().stream()
                        .map(one -> group(one, withoutPassword, language))
                        .toList());
        model.addAttribute(
                "differences",
                Difference.all(settings, consortium).stream()
                        .map(one -> line(one, language))
                        .toList());
        model.addAttribute(
                "plans",
                settings.plans().stream().map(plan -> line(plan, language)).toList());
        model.addAttribute("locks", locks(language));
        model.addAttribute(
                "settings",
                settings.keys().stream()
                        .map(key -> new Choice(key.name(), texts.setting(key.name(), language)))
                        .toList());
        model.addAttribute(
                "places",
                Difference.places(consortium).stream()
                        .map(scope -> new Choice(target(scope), texts.place(scope, language)))
                        .toList());
        model.addAttribute("values", values());
        model.addAttribute("refused", refused);
        return "charter/consortium";
    }

    /** A place in a form. */
    static String target(Scope scope) {
        return scope.kind() + ":" + scope.name();
    }

    private Group group(Municipality municipality, Set<String> withoutPassword, Locale language) {
        return new Group(
                municipality.name(),
                municipality.code(),
                municipality.partner(),
                consortium
                        .agreement(municipality.code())
                        .map(agreement -> texts.agreement(agreement, language))
                        .orElse(List.of()),
                consortium.branches().stream()
                        .filter(branch -> branch.municipality().equals(municipality.code()))
                        .map(branch -> place(branch, withoutPassword, language))
                        .toList());
    }

    private Place place(Branch branch, Set<String> withoutPassword, Locale language) {
        return new Place(
                branch.name(),
                branch.code(),
                consortium.terminals().stream()
                        .filter(terminal -> terminal.branchCode().equals(branch.code()))
                        .map(terminal -> new Machine(
                                terminal.login(),
                                texts.text(language, "terminal." + terminal.kind()),
                                withoutPassword.contains(terminal.login())))
                        .toList());
    }

    private DifferenceLine line(Difference one, Locale language) {
        return new DifferenceLine(
                texts.setting(one.key().name(), language),
                one.key().name(),
                texts.place(one.place(), language),
                texts.value(one.value(), language),
                texts.value(one.inherited(), language),
                one.change().map(change -> texts.moment(change.at(), language)),
                one.change().map(change -> change.at().toString()).orElse(""),
                one.change().map(change -> change.who()).orElse(""),
                one.change().map(change -> change.note()).orElse(""));
    }

    private PlanLine line(SettingPlan plan, Locale language) {
        return new PlanLine(
                texts.day(plan.from(), language),
                plan.from().toString(),
                texts.setting(plan.key(), language),
                plan.key(),
                texts.place(plan.scope(), language),
                target(plan.scope()),
                plan.value()
                        .map(value -> texts.value(value, language))
                        .orElseGet(() -> texts.text(language, "charter.inherits")),
                plan.who(),
                plan.note());
    }

    private List<LockLine> locks(Locale language) {
        List<LockLine> lines = new ArrayList<>();
        for (SettingKey<?> key : settings.keys()) {
            settings.lock(key.name())
                    .ifPresent(lock -> lines.add(new LockLine(
                            texts.setting(key.name(), language),
                            key.name(),
                            texts.moment(lock.since(), language),
                            lock.who(),
                            lock.why(),
                            idle(key.name(), language))));
        }
        return lines;
    }

    private List<String> idle(String key, Locale language) {
        return Difference.places(consortium).stream()
                .flatMap(scope -> Optional.ofNullable(settings.idleAt(scope).get(key))
                        .map(value -> texts.text(
                                language, "charter.idle", texts.place(scope, language), texts.value(value, language)))
                        .stream())
                .toList();
    }

    /** Words that some setting may have, for the field's suggestions. */
    private List<String> values() {
        return settings.keys().stream()
                .flatMap(key ->
                        key.allowed() instanceof Allowed.OneOf(List<String> words) ? words.stream() : Stream.empty())
                .distinct()
                .sorted()
                .toList();
    }
}
