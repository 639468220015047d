package fi.kimppa.kiosk.session;

import java.time.Instant;

/**
 * What the gateway allows this kiosk while it is away, as it said when it was last there. Names no patron.
 *
 * @param lending to whom things are lent
 * @param withoutPin whether to a known card of which nobody has checked the PIN at this visit
 * @param things how many a card may borrow, those that the library has not heard of yet included
 * @param days how long a loan is for; 0 where only the library says when it is due
 * @param until when all this ends
 */
public record OffLineTerms(Lending lending, boolean withoutPin, int things, int days, Instant until) {
    /** To whom things are lent without connection. */
    public enum Lending {
        /** To nobody. */
        NOBODY,
        /** To cards that were in order lately. */
        KNOWN_CARDS,
        /** To every card that looks like one. */
        ALL_CARDS
    }

    /** Checks the ranges. */
    public OffLineTerms {
        if (things < 0 || days < 0) {
            throw new IllegalArgumentException("expected things and days of at least 0");
        }
    }
}
