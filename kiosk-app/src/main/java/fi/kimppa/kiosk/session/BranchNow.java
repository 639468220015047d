package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.util.Optional;

/**
 * What the gateway says of itself and of the branch at which the kiosk stands.
 *
 * @param code of the branch
 * @param testing whether it is a gateway for trying out, at which nothing counts
 * @param opening how the branch is open; empty where the gateway does not know
 * @param notice what the library says to everybody today
 * @param rooms where its rooms are booked; empty where it has none
 */
public record BranchNow(
        String code,
        boolean testing,
        Optional<Opening> opening,
        Optional<Notice> notice,
        Optional<Feed.EResource> rooms) {
    /** A branch that has nothing to say and no rooms. */
    public BranchNow(String code, boolean testing, Optional<Opening> opening) {
        this(code, testing, opening, Optional.empty(), Optional.empty());
    }

    /**
     * What the library says.
     *
     * @param until from when on it is not said any more, whether or not the gateway is heard then
     */
    public record Notice(Feed.InLanguages text, Instant until) {}

    /** Whether somebody is there. */
    public enum Mode {
        STAFFED,
        SELF_SERVICE,
        CLOSED
    }

    /**
     * How the branch is open.
     *
     * @param until when that ends; empty where it does not soon
     */
    public record Opening(Mode mode, Optional<Instant> until) {
        /** Whether it still is so at this moment. */
        boolean holds(Instant now) {
            return until.map(now::isBefore).orElse(true);
        }
    }
}
