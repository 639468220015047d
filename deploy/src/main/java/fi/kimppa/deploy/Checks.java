package fi.kimppa.deploy;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Counts what the scripted evening saw, one printed line per check. Not for use by several threads. */
final class Checks {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final PrintStream out;
    private int passed;
    private int failed;
    private Optional<Exception> thrown = Optional.empty();

    Checks(PrintStream out) {
        this.out = out;
    }

    /** Something that is true or not; whatever it throws counts as not, and is printed when the check fails. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Checks what must be so now. */
    boolean check(String what, Condition condition) {
        thrown = Optional.empty();
        return record(what, holds(condition, this::keep));
    }

    /** Checks what must become so within 20 s; the evening goes on as soon as it is. */
    boolean eventually(String what, Condition condition) {
        thrown = Optional.empty();
        boolean in = until(PATIENCE, condition, this::keep);
        return record(in ? what : what + " (not within " + PATIENCE.toSeconds() + " s)", in);
    }

    /** Waits for at most 20 s, without counting it as a check. */
    static boolean until(Condition condition) {
        return until(PATIENCE, condition);
    }

    /** Waits for at most this long, without counting it as a check. */
    static boolean until(Duration patience, Condition condition) {
        return until(patience, condition, _ -> {});
    }

    private static boolean until(Duration patience, Condition condition, Consumer<Exception> thrown) {
        long start = System.nanoTime();
        while (!holds(condition, thrown)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static boolean holds(Condition condition, Consumer<Exception> thrown) {
        try {
            return condition.holds();
        } catch (Exception e) {
            thrown.accept(e);
            return false;
        }
    }

    private void keep(Exception last) {
        thrown = Optional.of(last);
    }

    private boolean record(String what, boolean good) {
        if (good) {
            passed++;
        } else {
            failed++;
        }
        out.println((good ? "ok    " : "FAIL  ") + what);
        if (!good) {
            thrown.ifPresent(e -> e.printStackTrace(out));
        }
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
