package fi.kimppa.gateway.returns;

import fi.kimppa.gateway.routing.Alert;
import fi.kimppa.gateway.routing.Destination;
import fi.kimppa.gateway.routing.Outcome;
import fi.kimppa.gateway.routing.RoutingRule;
import fi.kimppa.gateway.routing.Situation;
import fi.kimppa.gateway.routing.SlipText;
import java.util.Map;
import java.util.Optional;

/**
 * A row as the form has it; texts are empty where nothing is asked or said.
 *
 * @param id 0 for a new one
 * @param to a constant of {@link Destination.Kind}
 */
record RuleForm(
        long id,
        String situation,
        String owner,
        String home,
        String serving,
        String collection,
        String type,
        String to,
        String branch,
        String alert,
        String bin,
        String slip) {
    /** What most new rows begin with. */
    static final RuleForm EMPTY = of(new RoutingRule(
            0,
            Situation.BELONGS_ELSEWHERE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Situation.BELONGS_ELSEWHERE.standard()));

    static RuleForm of(RoutingRule rule) {
        Outcome outcome = rule.outcome();
        return new RuleForm(
                rule.id(),
                rule.situation().name(),
                rule.owner().orElse(""),
                rule.home().orElse(""),
                rule.serving().orElse(""),
                rule.collection().orElse(""),
                rule.mediaType().orElse(""),
                outcome.destination().kind().name(),
                outcome.destination().branch().orElse(""),
                outcome.alert().name(),
                outcome.bin().orElse(""),
                outcome.text().name());
    }

    static RuleForm of(Map<String, String> given) {
        String id = text(given, "id");
        return new RuleForm(
                id.matches("\\d{1,18}") ? Long.parseLong(id) : 0,
                text(given, "situation"),
                text(given, "owner"),
                text(given, "home"),
                text(given, "serving"),
                text(given, "collection"),
                text(given, "type"),
                text(given, "to"),
                text(given, "branch"),
                text(given, "alert"),
                text(given, "bin"),
                text(given, "slip"));
    }

    private static String text(Map<String, String> given, String name) {
        return given.getOrDefault(name, "").strip();
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty());
    }

    /** The row; empty if a certain branch is meant and none is named, or a word is none of ours. */
    Optional<RoutingRule> rule() {
        try {
            Destination.Kind kind = Destination.Kind.valueOf(to);
            return Optional.of(new RoutingRule(
                    id,
                    Situation.valueOf(situation),
                    some(owner),
                    some(home),
                    some(serving),
                    some(collection),
                    some(type),
                    new Outcome(
                            new Destination(kind, kind == Destination.Kind.BRANCH ? some(branch) : Optional.empty()),
                            Alert.valueOf(alert),
                            some(bin),
                            SlipText.valueOf(slip))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
