package fi.kimppa.gateway.routing;

import static fi.kimppa.gateway.routing.Condition.COLLECTION;
import static fi.kimppa.gateway.routing.Condition.HOME;
import static fi.kimppa.gateway.routing.Condition.MEDIA_TYPE;
import static fi.kimppa.gateway.routing.Condition.OWNER;

import fi.kimppa.gateway.routing.Destination.Kind;
import java.util.Set;

/**
 * What is known of a returned thing altogether: one of these, and no other. For each, which destinations and alert types
 * a rule may give, what can never be asked because nobody knows it, and what holds where the consortium has no rule of its
 * own. The order is that of the table: holds, then owner and floating, then what nobody can place.
 */
@SuppressWarnings("ImmutableEnumChecker") // made by Set.of, and of records without mutable parts
public enum Situation {
    /** Somebody waits for it, to pick it up here. */
    HOLD_HERE(
            Set.of(Kind.TOLD),
            Set.of(Alert.TOLD, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.TOLD, Alert.TOLD, SlipText.HOLD_HERE)),
    /** Somebody waits for it, to pick it up elsewhere. */
    HOLD_ELSEWHERE(
            Set.of(Kind.TOLD, Kind.BRANCH),
            Set.of(Alert.TOLD, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.TOLD, Alert.TOLD, SlipText.HOLD_ELSEWHERE)),
    /** Another library outside waits for it. */
    HOLD_ILL(
            Set.of(Kind.TOLD, Kind.BRANCH),
            Set.of(Alert.TOLD, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.TOLD, Alert.TOLD, SlipText.HOLD_ELSEWHERE)),
    /** The library system itself sends it elsewhere, and has written so. */
    SENT_ELSEWHERE(
            Set.of(Kind.TOLD, Kind.BRANCH),
            Set.of(Alert.SEND_ELSEWHERE, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.TOLD, Alert.SEND_ELSEWHERE, SlipText.TRANSPORT)),
    /** Its home is here. */
    AT_HOME(
            Set.of(Kind.STAY, Kind.BRANCH),
            Set.of(Alert.NONE, Alert.SEND_ELSEWHERE, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.STAY, Alert.NONE, SlipText.NONE)),
    /** Its home is elsewhere, and the library system says that it stays here. */
    FLOATS(
            Set.of(Kind.STAY, Kind.HOME, Kind.BRANCH),
            Set.of(Alert.NONE, Alert.SEND_ELSEWHERE, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.STAY, Alert.NONE, SlipText.NONE)),
    /** Its home is elsewhere, and the library system says nothing of where it goes. */
    BELONGS_ELSEWHERE(
            Set.of(Kind.STAY, Kind.HOME, Kind.BRANCH),
            Set.of(Alert.NONE, Alert.SEND_ELSEWHERE, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.HOME, Alert.SEND_ELSEWHERE, SlipText.TRANSPORT)),
    /** The library system does not say where its home is. */
    HOME_UNKNOWN(
            Set.of(Kind.STAY, Kind.BRANCH),
            Set.of(Alert.NONE, Alert.SEND_ELSEWHERE, Alert.OTHER),
            Set.of(HOME),
            Outcome.of(Destination.STAY, Alert.NONE, SlipText.NONE)),
    /** Its loan was taken back (BI): it lies where it lay. */
    UNDONE(Set.of(Kind.STAY), Set.of(Alert.NONE), Set.of(), Outcome.of(Destination.STAY, Alert.NONE, SlipText.NONE)),
    /** The library system says that staff must look, without a reason that SIP2 knows. */
    ATTENTION(
            Set.of(Kind.TOLD),
            Set.of(Alert.TOLD, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.TOLD, Alert.TOLD, SlipText.NONE)),
    /** Nobody owns it, and the branch takes such things. */
    NO_OWNER(
            Set.of(Kind.STAY),
            Set.of(Alert.OTHER, Alert.NONE),
            Set.of(OWNER, HOME, COLLECTION, MEDIA_TYPE),
            Outcome.of(Destination.STAY, Alert.OTHER, SlipText.NO_OWNER)),
    /** Taken while its library system is silent. */
    UNPROCESSED(
            Set.of(Kind.STAY),
            Set.of(Alert.NONE, Alert.OTHER),
            Set.of(HOME, COLLECTION, MEDIA_TYPE),
            Outcome.of(Destination.STAY, Alert.NONE, SlipText.UNPROCESSED)),
    /** The return was refused. */
    REFUSED(
            Set.of(Kind.TOLD),
            Set.of(Alert.TOLD, Alert.OTHER),
            Set.of(),
            Outcome.of(Destination.TOLD, Alert.TOLD, SlipText.NONE));

    private final Set<Kind> destinations;
    private final Set<Alert> alerts;
    private final Set<Condition> unknown;
    private final Outcome standard;

    Situation(Set<Kind> destinations, Set<Alert> alerts, Set<Condition> unknown, Outcome standard) {
        this.destinations = destinations;
        this.alerts = alerts;
        this.unknown = unknown;
        this.standard = standard;
    }

    /** Whether a rule may say this of where such a thing goes. What a library system has written is never left undone. */
    public boolean allows(Kind destination) {
        return destinations.contains(destination);
    }

    /** Whether a rule may give such a thing this alert type. */
    public boolean allows(Alert alert) {
        return alerts.contains(alert);
    }

    /** Whether such a thing may be known by this; a rule that asks for what nobody knows never fits. */
    public boolean knows(Condition condition) {
        return !unknown.contains(condition);
    }

    /** What holds where the consortium has no rule of its own. */
    public Outcome standard() {
        return standard;
    }
}
