package fi.kimppa.gateway.routing;

import fi.kimppa.gateway.routing.ReturnedThing.Answer;
import fi.kimppa.sip2.message.AlertType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** A small consortium: every thing that can come back in it, and rules at random. Some places no rule ever names. */
final class Things {
    /** Municipality by branch; the nines are in no rule. */
    static final Map<String, String> BRANCHES =
            Map.of("A1", "A", "A2", "A", "A9", "A", "B1", "B", "B9", "B", "X9", "X");

    static final List<String> NAMED_BRANCHES = List.of("A1", "A2", "B1");
    private static final List<String> NAMED_MUNICIPALITIES = List.of("A", "B");
    private static final List<String> NAMED_COLLECTIONS = List.of("LOCAL", "DEPOT");
    private static final List<String> NAMED_TYPES = List.of("001", "006");

    private Things() {}

    static Optional<String> municipality(String branch) {
        return Optional.ofNullable(BRANCHES.get(branch));
    }

    /** Every thing there can be. A home may be one that the consortium does not know. */
    static List<ReturnedThing> all() {
        List<ReturnedThing> things = new ArrayList<>();
        for (String branch : BRANCHES.keySet()) {
            for (Optional<String> home : orNone(Stream.concat(BRANCHES.keySet().stream(), Stream.of("Q")))) {
                for (Optional<String> owner : owners(home)) {
                    for (Optional<String> collection : orNone(Stream.of("LOCAL", "depot"))) {
                        for (Optional<String> type : orNone(Stream.of("001", "006"))) {
                            answers(branch, home, collection, type)
                                    .map(answer -> ReturnedThing.of(branch, owner, answer))
                                    .forEach(things::add);
                        }
                    }
                }
            }
            for (Optional<String> owner : orNone(Stream.of("A", "B", "X"))) {
                things.add(ReturnedThing.unprocessed(branch, owner));
            }
            things.add(ReturnedThing.noOwner(branch));
        }
        return things;
    }

    private static List<Optional<String>> owners(Optional<String> home) {
        Optional<String> known = home.flatMap(Things::municipality);
        return known.isPresent() ? List.of(known) : orNone(Stream.of("A", "B", "X"));
    }

    private static List<Optional<String>> orNone(Stream<String> texts) {
        return Stream.concat(texts.map(Optional::of), Stream.of(Optional.<String>empty()))
                .toList();
    }

    /** One answer for each situation that may be, and some more than one. */
    private static Stream<Answer> answers(
            String branch, Optional<String> home, Optional<String> collection, Optional<String> type) {
        return Stream.of(
                answer(true, false, Optional.empty(), home, collection, type, Optional.empty()),
                answer(true, false, Optional.empty(), home, collection, type, Optional.of(branch)),
                answer(true, true, Optional.empty(), home, collection, type, Optional.empty()),
                answer(false, false, Optional.of(AlertType.OTHER), home, collection, type, Optional.empty()),
                answer(true, false, Optional.of(AlertType.HOLD_HERE), home, collection, type, Optional.empty()),
                answer(true, false, Optional.of(AlertType.HOLD_ELSEWHERE), home, collection, type, Optional.of("B9")),
                answer(true, false, Optional.of(AlertType.HOLD_ILL), home, collection, type, Optional.of("FAR")),
                answer(true, false, Optional.of(AlertType.SEND_ELSEWHERE), home, collection, type, Optional.of("B9")),
                answer(true, false, Optional.of(AlertType.SEND_ELSEWHERE), home, collection, type, Optional.empty()),
                answer(true, false, Optional.of(AlertType.UNKNOWN), home, collection, type, Optional.empty()));
    }

    static Answer answer(
            boolean ok,
            boolean undone,
            Optional<AlertType> alert,
            Optional<String> home,
            Optional<String> collection,
            Optional<String> type,
            Optional<String> destination) {
        return new Answer(ok, undone, alert, home, collection, type, destination, Optional.empty());
    }

    // ---- rules -------------------------------------------------------------------------------------------

    /** A rule with conditions at random, that may be. */
    static RoutingRule rule(long id, Random random) {
        while (true) {
            Situation situation = pick(List.of(Situation.values()), random);
            Destination.Kind kind = pick(List.of(Destination.Kind.values()), random);
            RoutingRule rule = new RoutingRule(
                    id,
                    situation,
                    sometimes(NAMED_MUNICIPALITIES, random),
                    sometimes(NAMED_BRANCHES, random),
                    sometimes(NAMED_BRANCHES, random),
                    sometimes(NAMED_COLLECTIONS, random),
                    sometimes(NAMED_TYPES, random),
                    new Outcome(
                            kind == Destination.Kind.BRANCH
                                    ? Destination.to(pick(NAMED_BRANCHES, random))
                                    : new Destination(kind, Optional.empty()),
                            pick(List.of(Alert.values()), random),
                            sometimes(List.of("7", "8"), random),
                            pick(List.of(SlipText.values()), random)));
            if (rule.problem().isEmpty()) {
                return rule;
            }
        }
    }

    private static Optional<String> sometimes(List<String> from, Random random) {
        return random.nextInt(3) == 0 ? Optional.of(pick(from, random)) : Optional.empty();
    }

    static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
