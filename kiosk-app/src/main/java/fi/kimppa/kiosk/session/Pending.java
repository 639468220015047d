package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Request;
import java.time.Instant;
import java.util.List;

/**
 * The one question that is open at the library.
 *
 * @param number its number
 * @param purpose what the answer will be used for
 * @param row which row it is about
 * @param message what was asked
 * @param sentAt when
 * @param libraryLines what the library said of this row before, in its own words
 */
record Pending(long number, Purpose purpose, int row, Request message, Instant sentAt, List<String> libraryLines) {
    Pending {
        libraryLines = List.copyOf(libraryLines);
    }

    /** Whether this is the question of that number, and the answer comes from where it was asked. */
    boolean isAnsweredBy(Answerer answerer, long request) {
        return number == request && purpose.answerer() == answerer;
    }

    /** Whether it was asked for with the fee that it has. */
    boolean feeAccepted() {
        return switch (message) {
            case Checkout asked -> asked.feeAcknowledged().orElse(false);
            case Renew asked -> asked.feeAcknowledged().orElse(false);
            default -> false;
        };
    }

    /** Who can answer. */
    enum Answerer {
        LIBRARY,
        DISK,
        /** What this kiosk keeps of cards. */
        MEMORY
    }

    enum Purpose {
        /** 63 before anything is lent, by a patron for whom something waits: which items are their holds? */
        READY_HOLDS,
        /** 11. */
        LEND,
        /** 17 after a 12 that named no due date. */
        LENT_DUE,
        /** The same after a 12 that wants the tag left as it is. */
        LENT_AS_IT_IS_DUE,
        /** 17 after a refused 12: does the item tell why? */
        WHY_ITEM,
        /** 63 after that: does the patron's status tell why? */
        WHY_PATRON,
        /** 63 after a 17 that says on loan, where loans are made without connection: is it on this card by now? */
        WHY_LOANS,
        /** 17 about an item that is on this card already. */
        OWN_LOAN,
        /** 63 after an 11 without an answer: is it on this card? */
        SETTLE_BY_LOANS,
        /** 17 after a 63 that lists titles, and this one: whether that is it. */
        SETTLE_BY_TITLE,
        /** 17 after that: due date of the loan, or certainty that there is none. */
        SETTLE_BY_ITEM,
        /** 29. */
        RENEW,
        /** 17 after a 30 that named no due date. */
        RENEWED_DUE,
        /** 09. */
        CHECK_IN,
        /** A return on its way to the disk. */
        SPOOL,
        /** What does the kiosk itself know of the card, now that nobody answers? */
        LOOK_UP,
        /** A loan without connection on its way to the disk. */
        NOTE_LOAN;

        Answerer answerer() {
            return switch (this) {
                case SPOOL, NOTE_LOAN -> Answerer.DISK;
                case LOOK_UP -> Answerer.MEMORY;
                default -> Answerer.LIBRARY;
            };
        }
    }
}
