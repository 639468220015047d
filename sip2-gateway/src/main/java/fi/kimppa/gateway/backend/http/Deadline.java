package fi.kimppa.gateway.backend.http;

import fi.kimppa.gateway.circulation.TimeLeft;
import java.time.Duration;

/**
 * Until when an answer is of use. One request of a terminal may need several calls, and all of them together may take
 * no longer than the terminal waits.
 */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** So long from now, and no longer than anybody waits. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + TimeLeft.atMost(time).toNanos());
    }

    /** What is left, zero when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
