package fi.kimppa.gateway.routing;

import fi.kimppa.gateway.consortium.SortSituation;
import fi.kimppa.sip2.message.AlertType;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a returned thing, and why.
 *
 * @param rule the row that holds for it
 * @param passed the rows before, in their order
 * @param destination CT
 * @param alert CV
 * @param bin CL where the row or the library system names one
 * @param binFor which of the branch's own bins it is for otherwise
 * @param text what the patron and the slip say
 */
public record Decision(
        RoutingRule rule,
        List<Passed> passed,
        Optional<String> destination,
        Optional<AlertType> alert,
        Optional<String> bin,
        SortSituation binFor,
        SlipText text) {
    /** Takes a copy of the list. */
    public Decision {
        passed = List.copyOf(passed);
    }

    /**
     * A row that does not hold.
     *
     * @param why the first of its conditions that the thing does not meet
     */
    public record Passed(RoutingRule rule, Condition why) {}

    static Decision of(RoutingRule rule, List<Passed> passed, ReturnedThing thing) {
        Outcome outcome = rule.outcome();
        Optional<String> destination = destination(outcome.destination(), thing);
        Optional<AlertType> alert = alert(outcome, destination, thing);
        boolean saidInVain = (outcome.alert() == Alert.SEND_ELSEWHERE && alert.isEmpty())
                || (outcome.text().namesPlace() && destination.isEmpty());
        return new Decision(
                rule,
                passed,
                destination,
                alert,
                outcome.bin().or(thing::toldBin),
                binFor(thing, destination, alert),
                saidInVain ? SlipText.NONE : outcome.text());
    }

    /** A thing that is at the rule's branch already goes on from there, or it would lie there for ever. */
    private static Optional<String> destination(Destination destination, ReturnedThing thing) {
        return switch (destination.kind()) {
            case STAY -> Optional.empty();
            case HOME -> thing.home();
            case TOLD -> thing.told();
            case BRANCH ->
                destination
                        .branch()
                        .filter(branch -> !branch.equals(thing.branch()))
                        .or(() -> thing.situation() == Situation.BELONGS_ELSEWHERE ? thing.home() : thing.told());
        };
    }

    private static Optional<AlertType> alert(Outcome outcome, Optional<String> destination, ReturnedThing thing) {
        return switch (outcome.alert()) {
            case NONE -> Optional.empty();
            case TOLD -> thing.toldAlert();
            case OTHER -> Optional.of(AlertType.OTHER);
            case SEND_ELSEWHERE -> {
                // A library system may say that it travels and leave out where to.
                boolean travels = destination
                        .map(there -> !there.equals(thing.branch()))
                        .orElse(outcome.destination().kind() == Destination.Kind.TOLD);
                yield travels ? Optional.of(AlertType.SEND_ELSEWHERE) : Optional.empty();
            }
        };
    }

    private static SortSituation binFor(ReturnedThing thing, Optional<String> destination, Optional<AlertType> alert) {
        boolean travels =
                destination.filter(there -> !there.equals(thing.branch())).isPresent();
        return switch (thing.situation()) {
            case REFUSED, ATTENTION, NO_OWNER -> SortSituation.STAFF;
            case UNPROCESSED -> SortSituation.UNPROCESSED;
            default ->
                alert.map(type -> switch (type) {
                            case HOLD_HERE -> SortSituation.HOLD_HERE;
                            case HOLD_ELSEWHERE, HOLD_ILL, SEND_ELSEWHERE -> SortSituation.TRANSPORT;
                            case UNKNOWN, OTHER -> SortSituation.STAFF;
                        })
                        .orElse(travels ? SortSituation.TRANSPORT : SortSituation.STAYS_HERE);
        };
    }
}
