package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.cutover.CutOver;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who is asked about a request.
 *
 * @param system the library system; empty while nobody can say which one, or nobody is asked
 * @param then who is asked as well about what the first does not know; questions only
 * @param cutOver the one under way in the municipality that it belongs to
 * @param closed whether nobody is asked because that municipality changes its library system
 */
record Asked(Optional<LibrarySystem> system, Optional<LibrarySystem> then, Optional<CutOver> cutOver, boolean closed) {
    /** Nobody can say: none of those that answered has it, and not all of them answered. */
    static final Asked NOBODY_KNOWS = new Asked(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** This one alone, as usual. */
    static Asked only(LibrarySystem system) {
        return new Asked(Optional.of(system), Optional.empty(), Optional.empty(), false);
    }

    /** Nobody until the cut-over. */
    static Asked nobody(CutOver cutOver) {
        return new Asked(Optional.empty(), Optional.empty(), Optional.of(cutOver), true);
    }

    /** When somebody is asked again; empty where it is not for a cut-over that nobody is. */
    Optional<Instant> closedUntil() {
        return cutOver.filter(_ -> closed).map(CutOver::movesAt);
    }

    /** Number of the cut-over, for the journal. */
    OptionalLong cutOverId() {
        return cutOver.stream().mapToLong(CutOver::id).findFirst();
    }
}
