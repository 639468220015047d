package fi.kimppa.gateway.circulation;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long whoever asks a library system still waits, seen from the last place before the wire. One request may need several calls, a
 * question for the PIN and then the loan, and each may wait for a connection, a log-in or a slow answer. What changes something and would
 * leave only when that time is over must not leave at all: by then others may have found that it was not done, and have told so. Bound to
 * the thread that asks.
 */
public final class TimeLeft {
    private static final ScopedValue<Long> END = ScopedValue.newInstance();

    private TimeLeft() {}

    /**
     * Does the work, which knows until when it is of use.
     *
     * @param end by {@link System#nanoTime()}
     */
    public static <T> T until(long end, Supplier<T> work) {
        return ScopedValue.where(END, end).call(work::get);
    }

    /** What is left, but at most so much; zero when it is over. Where nobody has said until when, all of it. */
    public static Duration atMost(Duration most) {
        if (!END.isBound()) {
            return most;
        }
        Duration left = Duration.ofNanos(Math.max(0, END.get() - System.nanoTime()));
        return left.compareTo(most) < 0 ? left : most;
    }
}
