package fi.kimppa.device.link;

import java.time.Duration;

/** How long something has lasted, by the clock that never jumps. */
final class Elapsed {
    private Elapsed() {}

    /** Since a moment that {@link System#nanoTime()} told. */
    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
