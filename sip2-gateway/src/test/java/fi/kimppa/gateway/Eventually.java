package fi.kimppa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and not by the clock. */
public final class Eventually {
    private static final long POLL_NANOS = 10_000_000;

    private Eventually() {}

    /** Waits until it holds, for half a minute at most. */
    public static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
