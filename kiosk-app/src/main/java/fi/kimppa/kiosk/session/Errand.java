package fi.kimppa.kiosk.session;

import java.time.Instant;

/**
 * The one question of an account that is open at the library.
 *
 * @param number its number
 * @param row which loan or hold it is about; 0 for a list
 * @param sentAt when
 */
record Errand(long number, What what, int row, Instant sentAt) {
    /** Whether it changes something, so that the patron waits for it. */
    boolean changes() {
        return switch (what) {
            case RENEW, RENEW_ALL, CANCEL -> true;
            case LOANS, OVERDUE, READY, WAITING, FEES, LOAN, SETTLE_RENEWAL, HOLD, SETTLE_CANCEL -> false;
        };
    }

    enum What {
        /** 63 with AU. */
        LOANS,
        /** 63 with AT. */
        OVERDUE,
        /** 63 with AS. */
        READY,
        /** 63 with CD. */
        WAITING,
        /** 63 with position 6 of the summary, which our own gateway knows. */
        FEES,
        /** 17 about a loan. */
        LOAN,
        /** 17 about a loan after a 29 or 65 without an answer. */
        SETTLE_RENEWAL,
        /** 17 about a hold. */
        HOLD,
        /** 29. */
        RENEW,
        /** 65. */
        RENEW_ALL,
        /** 15 that deletes. */
        CANCEL,
        /** 63 after a 15 without an answer: is the hold still listed? */
        SETTLE_CANCEL
    }
}
