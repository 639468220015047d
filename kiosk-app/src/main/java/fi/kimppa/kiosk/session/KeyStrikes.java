package fi.kimppa.kiosk.session;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells a key that was meant from one that a trembling hand struck twice, or that a keypad repeats while it is held (EN 301 549 5.7,
 * 5.9): the same key counts again only after a pause. Has no clock. Threads: any.
 */
public final class KeyStrikes {
    /** So long at least the same key has no second meaning for somebody who has asked for more time; as the standard asks. */
    public static final Duration TREMBLING = Duration.ofMillis(500);

    private final Duration apart;
    private Optional<Key> last = Optional.empty();
    private long lastNanos;

    /**
     * Keys with these manners.
     *
     * @param apart how long the same key must have been quiet for most people
     */
    public KeyStrikes(Duration apart) {
        this.apart = apart;
    }

    /**
     * Whether this strike counts.
     *
     * @param now nanoseconds, as {@link System#nanoTime} counts them
     * @param preferences of whoever strikes
     */
    public synchronized boolean counts(Key key, long now, Preferences preferences) {
        long quiet = preferences.has(Preference.MORE_TIME)
                ? Math.max(apart.toNanos(), TREMBLING.toNanos())
                : apart.toNanos();
        boolean again = last.filter(key::equals).isPresent() && now - lastNanos < quiet;
        last = Optional.of(key);
        lastNanos = now;
        return !again;
    }
}
