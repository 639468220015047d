package fi.kimppa.kiosk.session;

import java.util.Optional;

/**
 * What somebody shows a card for.
 *
 * @param search with {@link What#HOLD}, what lies open in the catalogue and goes on afterwards
 */
public record Goal(What what, Optional<Search> search) {
    /** To borrow what lies on the pad. */
    public static final Goal BORROW = new Goal(What.BORROW, Optional.empty());

    /** To see loans, holds and fees. */
    public static final Goal ACCOUNT = new Goal(What.ACCOUNT, Optional.empty());

    /** The kinds. */
    public enum What {
        /** To borrow. */
        BORROW,
        /** To see the account. */
        ACCOUNT,
        /** To place a hold. */
        HOLD
    }

    /** To place the hold that was chosen, or to go on looking as somebody who is known. */
    static Goal hold(Search search) {
        return new Goal(What.HOLD, Optional.of(search));
    }
}
