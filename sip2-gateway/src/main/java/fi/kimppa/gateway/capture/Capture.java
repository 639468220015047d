package fi.kimppa.gateway.capture;

import java.time.Instant;
import java.util.Optional;

/**
 * A capture as staff know it.
 *
 * @param id its number
 * @param terminal login of the terminal
 * @param masked whether persons have stand-ins; passwords always have
 * @param startedBy name of the member of staff
 * @param startedAt by the gateway's clock
 * @param endsAt when it ends by itself
 * @param end when it ended and why; empty while it runs
 * @param lines how many lines it has
 * @param size characters of its messages
 * @param dropped messages that could not be kept
 */
record Capture(
        long id,
        String terminal,
        boolean masked,
        String startedBy,
        Instant startedAt,
        Instant endsAt,
        Optional<End> end,
        long lines,
        long size,
        long dropped) {
    /** Why a capture ended. */
    enum Ending {
        /** Its time was over. */
        TIME,
        /** A member of staff has stopped it. */
        STOPPED,
        /** It has as many lines or characters as it may have. */
        FULL
    }

    /** When and why. */
    record End(Instant at, Ending ending) {}

    boolean running() {
        return end.isEmpty();
    }
}
