package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Blocked;
import java.util.List;
import java.util.Optional;

/**
 * How a patron stands, as the library said it last: counts before any list is read.
 *
 * @param overdue how many loans are overdue
 * @param ready how many holds wait on the shelf
 * @param waiting how many holds still wait for their turn
 * @param owed what is owed, if the library says
 * @param limit above which nothing is lent
 * @param pickupName the name or number that the patron chose for the hold shelf; never the patron's own name
 * @param block why the patron may not borrow; empty when they may
 * @param renewalsDenied whether the library renews nothing for this patron
 * @param libraryLines the library's own words
 */
public record Standing(
        int overdue,
        int ready,
        int waiting,
        Optional<Money> owed,
        Optional<Money> limit,
        Optional<String> pickupName,
        Optional<Blocked.Reason> block,
        boolean renewalsDenied,
        List<String> libraryLines) {
    /** Of somebody of whom nothing was asked yet. */
    public static final Standing UNKNOWN = new Standing(
            0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, List.of());

    /** Takes a copy. */
    public Standing {
        libraryLines = List.copyOf(libraryLines);
    }

    /** Whether anything is owed. */
    public boolean owes() {
        return owed.map(money -> money.amount().signum() > 0).orElse(false);
    }
}
