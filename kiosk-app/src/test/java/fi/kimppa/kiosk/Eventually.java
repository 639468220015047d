package fi.kimppa.kiosk;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come, and fails when it does not. */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Eventually() {}

    public static void eventually(String what, BooleanSupplier condition, Supplier<Object> instead) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not happen within " + LONGEST + ": " + what + "; now " + instead.get());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
