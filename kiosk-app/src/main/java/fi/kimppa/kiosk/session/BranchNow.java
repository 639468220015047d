package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.util.Optional;

/**
 * What the gateway says of itself and of the branch at which the kiosk stands.
 *
 * @param code of the branch
 * @param testing whether it is a gateway for trying out, at which nothing counts
 * @param opening how the branch is open; empty where the gateway does not know
 */
public record BranchNow(String code, boolean testing, Optional<Opening> opening) {
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
