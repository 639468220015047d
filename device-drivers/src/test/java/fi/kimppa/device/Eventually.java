package fi.kimppa.device;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come, and fails when it does not. */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Eventually() {}

    public static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not happen within " + LONGEST + ": " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
