package fi.kimppa.gateway.routing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One row of the table: for which things it holds, and what becomes of them. An empty condition holds for every thing.
 *
 * @param id its number in the database; 0 for one that holds where the consortium has none, and for a new one
 * @param situation what is known of the thing altogether
 * @param owner code of the municipality that owns it
 * @param home code of its home branch
 * @param serving code of the branch where it came back
 * @param collection CR, in any case
 * @param mediaType CK
 */
public record RoutingRule(
        long id,
        Situation situation,
        Optional<String> owner,
        Optional<String> home,
        Optional<String> serving,
        Optional<String> collection,
        Optional<String> mediaType,
        Outcome outcome) {

    /** How long a collection's code may be, in characters. */
    public static final int LONGEST_COLLECTION = 32;

    /** Why a row cannot be. */
    public enum Problem {
        /** There is no such municipality or branch. */
        PLACE,
        /** Such things cannot be sent there. */
        DESTINATION,
        /** Such things cannot have this alert type, or it says that a thing travels that stays. */
        ALERT,
        /** A bin has 1 to 4 characters and none that SIP2 needs itself. */
        BIN,
        /** A collection has at most 32 characters and none that SIP2 needs itself. */
        COLLECTION,
        /** A kind of thing is three digits. */
        MEDIA_TYPE,
        /** Somebody has removed it meanwhile. */
        GONE
    }

    /** What holds in this situation where the consortium has no rule of its own. */
    static RoutingRule standard(Situation situation) {
        return new RoutingRule(
                0,
                situation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                situation.standard());
    }

    /** Whether it holds where the consortium has no rule of its own. */
    public boolean isStandard() {
        return id == 0;
    }

    /** What it asks for; empty where everything will do. */
    public Optional<String> asks(Condition condition) {
        return switch (condition) {
            case SITUATION -> Optional.of(situation.name());
            case OWNER -> owner;
            case HOME -> home;
            case SERVING -> serving;
            case COLLECTION -> collection;
            case MEDIA_TYPE -> mediaType;
        };
    }

    /** The first condition that a thing does not meet; empty if the rule holds for it. */
    Optional<Condition> failing(ReturnedThing thing) {
        for (Condition condition : Condition.values()) {
            Optional<String> asked = asks(condition);
            if (asked.isPresent()
                    && thing.by(condition).filter(asked.get()::equalsIgnoreCase).isEmpty()) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** Why it cannot be, by itself. Whether its places exist is for the consortium to say. */
    public Optional<Problem> problem() {
        if (!situation.allows(outcome.destination().kind())) {
            return Optional.of(Problem.DESTINATION);
        }
        boolean travelsAndStays =
                outcome.alert() == Alert.SEND_ELSEWHERE && outcome.destination().kind() == Destination.Kind.STAY;
        if (!situation.allows(outcome.alert()) || travelsAndStays) {
            return Optional.of(Problem.ALERT);
        }
        if (outcome.bin().filter(bin -> !fits(bin, 4)).isPresent()) {
            return Optional.of(Problem.BIN);
        }
        if (collection.filter(code -> !fits(code, LONGEST_COLLECTION)).isPresent()) {
            return Optional.of(Problem.COLLECTION);
        }
        return mediaType.filter(code -> !code.matches("\\d{3}")).map(_ -> Problem.MEDIA_TYPE);
    }

    private static boolean fits(String text, int most) {
        return !text.isBlank()
                && text.length() <= most
                && text.chars().noneMatch(sign -> sign == '|' || Character.isISOControl(sign));
    }

    /** As the record of changes has it: {@code AT_HOME serving=TURKU -> BRANCH LIETO, SEND_ELSEWHERE, bin 7, TRANSPORT}. */
    String text() {
        String conditions = Arrays.stream(Condition.values())
                .filter(condition -> condition != Condition.SITUATION)
                .flatMap(condition ->
                        asks(condition)
                                .map(asked -> " " + condition.name().toLowerCase(Locale.ROOT) + "=" + asked)
                                .stream())
                .collect(Collectors.joining());
        Destination to = outcome.destination();
        return situation + conditions + " -> " + to.kind()
                + to.branch().map(branch -> " " + branch).orElse("") + ", " + outcome.alert()
                + outcome.bin().map(bin -> ", bin " + bin).orElse("") + ", " + outcome.text();
    }
}
