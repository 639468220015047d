package fi.kimppa.deploy;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Counts what the scripted evening saw, one printed line per check. Not for use by several threads. */
final class Checks {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final PrintStream out;
    private int passed;
    private int failed;

    Checks(PrintStream out) {
        this.out = out;
    }

    /** Something that is true or not; whatever it throws counts as not. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Checks what must be so now. */
    boolean check(String what, Condition condition) {
        return record(what, holds(condition));
    }

    /** Checks what must become so within 20 s; the evening goes on as soon as it is. */
    boolean eventually(String what, Condition condition) {
        boolean in = until(condition);
        return record(in ? what : what + " (not within " + PATIENCE.toSeconds() + " s)", in);
    }

    /** Waits for at most 20 s, without counting it as a check. */
    static boolean until(Condition condition) {
        long start = System.nanoTime();
        while (!holds(condition)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            return false;
        }
    }

    private boolean record(String what, boolean good) {
        if (good) {
            passed++;
        } else {
            failed++;
        }
        out.println((good ? "ok    " : "FAIL  ") + what);
        return good;
    }

    /** The closing line. */
    String summary() {
        return passed + " passed, " + failed + " failed";
    }

    /** Whether something was checked and nothing failed. */
    boolean allPassed() {
        return failed == 0 && passed > 0;
    }
}
