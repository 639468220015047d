package fi.kimppa.device;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Asks a person beside real hardware to do something. */
public final class Console {
    private static final Duration ENOUGH = Duration.ofSeconds(8);

    private Console() {}

    /** Writes it on the console and gives the person time; what comes of it is waited for by the test. */
    public static void ask(String what) {
        System.out.println("\n>>> " + what + " within " + ENOUGH.toSeconds() + " s");
        System.out.flush();
        long end = System.nanoTime() + ENOUGH.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
