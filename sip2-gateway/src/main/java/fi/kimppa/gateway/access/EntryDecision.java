package fi.kimppa.gateway.access;

import java.time.Duration;
import java.util.Map;

/** What a door is told. */
sealed interface EntryDecision {
    /**
     * Come in.
     *
     * @param unlock how long the door stays unlocked
     */
    record Granted(Duration unlock) implements EntryDecision {}

    /**
     * Not now.
     *
     * @param reason the first that applies
     * @param parameters fill the sentence that the door shows; never a person, a number or a sum
     */
    record Denied(Reason reason, Map<String, String> parameters) implements EntryDecision {
        /** Takes a copy. */
        public Denied {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Why not, in the order in which one is told when several apply. */
    enum Reason {
        /** The gateway cannot ask who the card belongs to. */
        DEVICE_OUT_OF_ORDER,
        BRANCH_CLOSED,
        /** Unknown card or wrong PIN: one reason, so that nobody learns which cards exist. */
        CARD_OR_PIN,
        /** The right to self-service was never given or was taken away. */
        NO_RIGHT,
        CARD_LOST,
        CARD_EXPIRED,
        /** This kind of patron may not come in without staff. */
        CATEGORY,
        AGE,
        /** The rules of self-service have not been accepted. */
        AGREEMENT,
        HOME_LIBRARY,
        LENDING_BAN,
        FEES
    }
}
