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

    /**
     * What the library wants to tell a patron who may borrow, such as that an address has to be checked; of one who may not, it
     * is told with the stop. Koha's SIP server begins every AF of a 64 with a greeting (C4/SIP/ILS/Patron.pm).
     */
    public List<String> notices() {
        return block.isPresent()
                ? List.of()
                : libraryLines.stream()
                        .map(line -> line.replaceFirst("^\\s*Greetings from Koha\\.", "")
                                .strip())
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .toList();
    }

    /** Whether anything is owed. */
    public boolean owes() {
        return owed.map(money -> money.amount().signum() > 0).orElse(false);
    }
}
