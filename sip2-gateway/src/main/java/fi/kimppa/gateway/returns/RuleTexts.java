package fi.kimppa.gateway.returns;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.PlaceNames;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.routing.Condition;
import fi.kimppa.gateway.routing.Decision.Passed;
import fi.kimppa.gateway.routing.Destination;
import fi.kimppa.gateway.routing.ReturnedThing;
import fi.kimppa.gateway.routing.RoutingRule;
import fi.kimppa.gateway.routing.RoutingRules;
import fi.kimppa.gateway.routing.RoutingTable;
import fi.kimppa.gateway.routing.RoutingTable.Never;
import fi.kimppa.sip2.message.AlertType;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says rules, what they rest on and what has become of them in the language of whoever reads. */
@Component
class RuleTexts {
    /** One of several values to choose from. */
    record Choice(String value, String text) {}

    /**
     * A row of the table.
     *
     * @param number its place in the whole table, from 1
     * @param conditions what it asks for besides the situation
     * @param never why it can never hold; empty if it can
     * @param own whether it is one of the consortium's own
     * @param first whether it is the first of the consortium's own in its situation
     * @param last whether it is the last of them
     */
    record Line(
            long id,
            int number,
            String situation,
            List<String> conditions,
            String to,
            String alert,
            String bin,
            String text,
            Optional<String> never,
            boolean own,
            boolean first,
            boolean last) {}

    /** A row that does not hold, and why. */
    record PassedLine(int number, String summary, String why) {}

    /** One line of the record of changes. */
    record ChangeLine(String at, String iso, String who, String where, String what, String before, String after) {}

    private final MessageSource messages;
    private final Consortium consortium;
    private final PlaceNames places;
    private final RoutingRules rules;

    RuleTexts(MessageSource messages, Consortium consortium, PlaceNames places, RoutingRules rules) {
        this.messages = messages;
        this.consortium = consortium;
        this.places = places;
        this.rules = rules;
    }

    // ---- rows --------------------------------------------------------------------------------------------

    List<Line> lines(RoutingTable table, Locale language) {
        return table.rules().stream().map(rule -> line(table, rule, language)).toList();
    }

    Line line(RoutingTable table, RoutingRule rule, Locale language) {
        List<RoutingRule> own = table.rules().stream()
                .filter(one -> one.situation() == rule.situation() && !one.isStandard())
                .toList();
        return new Line(
                rule.id(),
                number(table, rule),
                situation(rule, language),
                conditions(rule, language),
                destination(rule.outcome().destination(), language),
                text(language, "route.alert." + rule.outcome().alert()),
                rule.outcome().bin().orElseGet(() -> text(language, "rules.bin.usual")),
                text(language, "route.text." + rule.outcome().text()),
                rules.never(table, rule).map(why -> never(table, why, language)),
                !rule.isStandard(),
                !own.isEmpty() && own.getFirst().equals(rule),
                !own.isEmpty() && own.getLast().equals(rule));
    }

    static int number(RoutingTable table, RoutingRule rule) {
        return 1 + table.rules().indexOf(rule);
    }

    private String situation(RoutingRule rule, Locale language) {
        return text(language, "route.situation." + rule.situation());
    }

    private List<String> conditions(RoutingRule rule, Locale language) {
        return Stream.of(Condition.values())
                .filter(condition -> condition != Condition.SITUATION)
                .flatMap(condition ->
                        rule
                                .asks(condition)
                                .map(asked -> text(language, "route.if." + condition, name(condition, asked)))
                                .stream())
                .toList();
    }

    private String destination(Destination destination, Locale language) {
        return text(
                language,
                "route.to." + destination.kind(),
                destination.branch().map(this::branch).orElse(""));
    }

    private String never(RoutingTable table, Never why, Locale language) {
        return switch (why) {
            case Never.Impossible() -> text(language, "rules.never.impossible");
            case Never.Covered(RoutingRule by) -> text(language, "rules.never.covered", number(table, by));
        };
    }

    /** A row before the one that holds, which is for the same situation. */
    PassedLine passed(RoutingTable table, Passed passed, ReturnedThing thing, Locale language) {
        Condition why = passed.why();
        Optional<String> known = switch (why) {
            case SITUATION -> Optional.of(thing.situation().name());
            case OWNER -> thing.owner();
            case HOME -> thing.home();
            case SERVING -> Optional.of(thing.branch());
            case COLLECTION -> thing.collection();
            case MEDIA_TYPE -> thing.mediaType();
        };
        return new PassedLine(
                number(table, passed.rule()),
                String.join(", ", conditions(passed.rule(), language)),
                text(
                        language,
                        "route.why." + why,
                        known.map(code -> name(why, code)).orElseGet(() -> text(language, "returns.unknown"))));
    }

    // ---- words -------------------------------------------------------------------------------------------

    String alert(Optional<AlertType> alert, Locale language) {
        return text(language, "returns.alert." + alert.map(AlertType::name).orElse("NONE"));
    }

    String branch(String code) {
        return consortium.branch(code).map(Branch::name).orElse(code);
    }

    private String name(Condition condition, String code) {
        return switch (condition) {
            case OWNER -> municipality(code);
            case HOME, SERVING -> branch(code);
            case SITUATION, COLLECTION, MEDIA_TYPE -> code;
        };
    }

    String municipality(String code) {
        return consortium.municipality(code).map(Municipality::name).orElse(code);
    }

    List<Choice> branches() {
        return consortium.branches().stream()
                .map(branch -> new Choice(branch.code(), branch.name()))
                .toList();
    }

    /** Machines that take things back, by branch. */
    List<Choice> terminals() {
        return consortium.terminals().stream()
                .filter(terminal -> terminal.kind() != Terminal.Kind.DOOR)
                .map(terminal -> new Choice(terminal.login(), branch(terminal.branchCode()) + ": " + terminal.login()))
                .sorted(Comparator.comparing(Choice::text))
                .toList();
    }

    List<Choice> municipalities() {
        return consortium.municipalities().stream()
                .map(one -> new Choice(one.code(), one.name()))
                .toList();
    }

    /** The constants of an enum with their texts of this family. */
    List<Choice> choices(Enum<?>[] values, String family, Locale language) {
        return Arrays.stream(values)
                .map(value -> new Choice(value.name(), text(language, family + value, "…")))
                .toList();
    }

    /** A place as people call it. */
    String place(Scope scope, Locale language) {
        return places.of(scope, language);
    }

    ChangeLine change(SettingChange change, Locale language) {
        boolean rule = change.key().startsWith(RoutingRules.KEY);
        String nothing = rule ? text(language, "profile.nothing") : text(language, "profile.inherited");
        return new ChangeLine(
                DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                        .format(change.at().atZone(GatewayClock.ZONE)),
                change.at().toString(),
                change.who(),
                place(change.scope(), language),
                rule
                        ? text(language, "rules.changed", change.key().substring(RoutingRules.KEY.length()))
                        : text(language, "rules.no.owner"),
                change.before().map(value -> value(rule, value, language)).orElse(nothing),
                change.after().map(value -> value(rule, value, language)).orElse(nothing));
    }

    private String value(boolean rule, String value, Locale language) {
        return rule ? value : text(language, "choice." + value);
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
