package fi.kimppa.device.card;

import java.time.Duration;

/** Tells a code that is held in front of a scanner from one that is shown again. For one thread; has no clock. */
final class Repeats {
    private final long repeatNanos;
    private String last = "";
    private long lastNanos;

    Repeats(Duration repeat) {
        this.repeatNanos = repeat.toNanos();
    }

    /** Whether it is another code than the last, or the last was sent longer ago than the repeat time. */
    boolean isNew(Scan scan, long now) {
        boolean again = scan.text().equals(last) && now - lastNanos < repeatNanos;
        last = scan.text();
        lastNanos = now;
        return !again;
    }
}
