package fi.kimppa.kiosk.door;

import fi.kimppa.sip2.wire.Secret;
import java.time.Instant;
import java.util.Map;

/**
 * What the person at the door sees. Nothing here but {@link AskingPin} and {@link Deciding} knows a card, and nothing
 * that is shown names one.
 */
public sealed interface DoorScene {
    /** Waits for a card. */
    record Idle() implements DoorScene {}

    /** The lock's board or the card reader is away; the help number is shown. */
    record OutOfOrder() implements DoorScene {}

    /**
     * Waits for the PIN.
     *
     * @param card as read
     * @param pin the digits so far
     * @param digits how many there are, for as many dots
     * @param until when the wait ends
     */
    record AskingPin(String card, Secret pin, int digits, Instant until) implements DoorScene {
        /** Hides the card. */
        @Override
        public String toString() {
            return "AskingPin[" + digits + " digits, until " + until + "]";
        }
    }

    /** The gateway is asked. */
    record Deciding(Instant since) implements DoorScene {}

    /** Granted; the lock is being released. */
    record Unlocking(Instant since) implements DoorScene {}

    /** The door can be opened now. */
    record Welcome(Instant until) implements DoorScene {}

    /**
     * Not let in. One sentence, without name, number, debt or the reason of a ban (selfservice.md 2.3).
     *
     * @param reason which sentence
     * @param parameters what fills it, such as opening hours
     * @param until how long it stands
     */
    record Refused(Refusal reason, Map<String, String> parameters, Instant until) implements DoorScene {
        /** Takes a copy. */
        public Refused {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Why somebody is not let in, as the door may say it; several reasons of the gateway share a sentence. */
    enum Refusal {
        /** Unknown card or wrong PIN: one sentence for both. */
        CARD_OR_PIN,
        CLOSED,
        NO_RIGHT,
        AGREEMENT,
        AGE,
        CARD_EXPIRED,
        FULL,
        /** The gateway is silent, the lock does not answer, or anything unknown: call the help number. */
        FAULT;

        /**
         * The sentence for a reason of the gateway's (deploy/contract/README.md); a reason that this version does not
         * know is a fault, never a welcome.
         */
        static Refusal of(String reason) {
            return switch (reason) {
                case "CARD_OR_PIN" -> CARD_OR_PIN;
                case "BRANCH_CLOSED" -> CLOSED;
                case "NO_RIGHT", "CARD_LOST", "CATEGORY", "HOME_LIBRARY", "LENDING_BAN", "FEES", "BOOKING_REQUIRED" ->
                    NO_RIGHT;
                case "AGREEMENT" -> AGREEMENT;
                case "AGE" -> AGE;
                case "CARD_EXPIRED" -> CARD_EXPIRED;
                case "FULL" -> FULL;
                default -> FAULT;
            };
        }
    }
}
