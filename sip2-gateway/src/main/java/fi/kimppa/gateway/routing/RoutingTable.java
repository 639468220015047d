package fi.kimppa.gateway.routing;

import fi.kimppa.gateway.routing.Decision.Passed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one table by which it is decided where returned things go: situation by situation in the order of {@link Situation},
 * in each the consortium's own rows in their order, and at its end the one that holds for the rest. The first row that fits
 * holds, and one always does. Depends on nothing but the thing: the same thing always goes the same way. Immutable.
 */
public final class RoutingTable {
    private final List<RoutingRule> rules;

    /**
     * A table.
     *
     * @param own the consortium's own rows; in the order that they have within their situation
     */
    public RoutingTable(List<RoutingRule> own) {
        List<RoutingRule> all = new ArrayList<>();
        for (Situation situation : Situation.values()) {
            own.stream().filter(rule -> rule.situation() == situation).forEach(all::add);
            all.add(RoutingRule.standard(situation));
        }
        this.rules = List.copyOf(all);
    }

    /** All rows in the order in which they are asked. */
    public List<RoutingRule> rules() {
        return rules;
    }

    /** The row with this number in the database. */
    public Optional<RoutingRule> own(long id) {
        return rules.stream()
                .filter(rule -> rule.id() == id && !rule.isStandard())
                .findFirst();
    }

    /** What becomes of a thing. */
    public Decision decide(ReturnedThing thing) {
        List<Passed> passed = new ArrayList<>();
        for (RoutingRule rule : rules) {
            Optional<Condition> failing = rule.failing(thing);
            if (failing.isEmpty()) {
                return Decision.of(rule, passed, thing);
            }
            passed.add(new Passed(rule, failing.get()));
        }
        throw new IllegalStateException("every situation has a row that holds for the rest");
    }

    // ---- rows that never hold ----------------------------------------------------------------------------

    /** Why a row never holds for anything. */
    public sealed interface Never {
        /** No thing can meet all of its conditions. */
        record Impossible() implements Never {}

        /** A row before takes everything that it would hold for. */
        record Covered(RoutingRule by) implements Never {}
    }

    /**
     * Whether a row can never hold, however things come back. Rows before that only together leave nothing over, such as
     * one for every branch there is, are not seen: the next branch would be left.
     *
     * @param rule one of {@link #rules()}
     * @param municipality code of the municipality of a branch, by the branch's code
     */
    public Optional<Never> never(RoutingRule rule, Function<String, Optional<String>> municipality) {
        Optional<Map<Condition, String>> what = implied(rule, municipality);
        if (what.isEmpty()) {
            return Optional.of(new Never.Impossible());
        }
        return rules.stream()
                .takeWhile(before -> !before.equals(rule))
                .filter(before -> covers(before, what.get()))
                .findFirst()
                .map(Never.Covered::new);
    }

    private static boolean covers(RoutingRule rule, Map<Condition, String> what) {
        return Arrays.stream(Condition.values())
                .allMatch(condition -> rule.asks(condition)
                        .map(asked -> asked.equalsIgnoreCase(what.getOrDefault(condition, "")))
                        .orElse(true));
    }

    /** What is true of every thing that a row fits; empty if it fits none. */
    private static Optional<Map<Condition, String>> implied(
            RoutingRule rule, Function<String, Optional<String>> municipality) {
        Map<Condition, String> what = new EnumMap<>(Condition.class);
        for (Condition condition : Condition.values()) {
            rule.asks(condition).ifPresent(asked -> what.put(condition, asked));
        }
        if (what.keySet().stream().anyMatch(condition -> !rule.situation().knows(condition))) {
            return Optional.empty();
        }
        boolean possible = switch (rule.situation()) {
            case AT_HOME -> agree(what, Condition.HOME, Condition.SERVING);
            case FLOATS, BELONGS_ELSEWHERE ->
                rule.home().isEmpty() || !rule.home().equals(rule.serving());
            default -> true;
        };
        Optional<String> owner = Optional.ofNullable(what.get(Condition.HOME)).flatMap(municipality);
        if (possible && owner.isPresent()) {
            what.putIfAbsent(Condition.OWNER, owner.get());
            possible = owner.equals(Optional.ofNullable(what.get(Condition.OWNER)));
        }
        return possible ? Optional.of(what) : Optional.empty();
    }

    /** Whether two things that are always the same can be what is asked; where one is asked for, so is the other. */
    private static boolean agree(Map<Condition, String> what, Condition one, Condition other) {
        Optional<String> first = Optional.ofNullable(what.get(one));
        Optional<String> second = Optional.ofNullable(what.get(other));
        first.ifPresent(asked -> what.put(other, asked));
        second.ifPresent(asked -> what.put(one, asked));
        return first.isEmpty() || second.isEmpty() || first.equals(second);
    }
}
