package fi.kimppa.gateway.sip;

import java.util.concurrent.TimeUnit;

/**
 * Decides which of many like events is told: one a minute, with how many there were since the last. A flood must not
 * flood the log. May be used by several threads.
 */
final class OncePerMinute {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private long toldAt = System.nanoTime() - MINUTE;
    private long untold;

    /** Counts an event; how many have gathered if they are to be told now, else 0. */
    synchronized long count() {
        untold++;
        long now = System.nanoTime();
        if (now - toldAt < MINUTE) {
            return 0;
        }
        long gathered = untold;
        toldAt = now;
        untold = 0;
        return gathered;
    }
}
