package fi.kimppa.device.card;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells codes that are held in front of a scanner from those that are shown again: a book has a number and an ISBN, and a scanner that
 * sees both sends them by turns. For one thread; has no clock.
 */
final class Repeats {
    private final long repeatNanos;
    /** The codes that were sent within the repeat time, and when each was sent last. */
    private final Map<String, Long> recent = new HashMap<>();

    Repeats(Duration repeat) {
        this.repeatNanos = repeat.toNanos();
    }

    /** A code may be a patron's card: it is kept no longer than it is needed. */
    void forget(long now) {
        recent.values().removeIf(sent -> now - sent >= repeatNanos);
    }

    /** Whether it was not sent within the repeat time. */
    boolean isNew(Scan scan, long now) {
        forget(now);
        return recent.put(scan.text(), now) == null;
    }
}
