package fi.kimppa.kiosk.session;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells a key that was meant from one that a trembling hand struck twice, or that a keypad repeats while it is held (EN 301 549 5.7,
 * 5.9): the same key counts again only after a pause. Has no clock. Threads: any.
 */
public final class KeyStrikes {
    private final Duration apart;
    private Optional<Key> last = Optional.empty();
    private long lastNanos;

    /**
     * Keys with these manners.
     *
     * @param apart how long the same key must have been quiet
     */
    public KeyStrikes(Duration apart) {
        this.apart = apart;
    }

    /**
     * Whether this strike counts.
     *
     * @param now nanoseconds, as {@link System#nanoTime} counts them
     */
    public synchronized boolean counts(Key key, long now) {
        boolean again = last.filter(key::equals).isPresent() && now - lastNanos < apart.toNanos();
        last = Optional.of(key);
        lastNanos = now;
        return !again;
    }
}
