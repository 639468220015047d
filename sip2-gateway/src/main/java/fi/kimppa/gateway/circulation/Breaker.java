package fi.kimppa.gateway.circulation;

import java.util.function.LongSupplier;

/**
 * Whether a library system may be called. One failed call says little: a slow answer about one thing is not the system being away. So it is
 * asked whether it is there (a probe), and only if that fails too, or if several calls in a row fail, nobody else waits for it. After failed
 * calls a good probe does not say that calls succeed again, so then one call goes first (half-open), and the others follow if it is answered.
 * May be used by several threads.
 */
final class Breaker {
    /** Two probes in a row that fail say the same as a call and a probe. */
    private static final int ENOUGH_PROBES = 2;

    private final BreakerSettings settings;
    private final LongSupplier nanos;
    private State state = State.CLOSED;
    private int failures;
    private long firstFailure;
    private int failedProbes;
    /** Whether it opened although probes succeed. */
    private boolean byCalls;

    private boolean trial;
    private boolean trialFailed;
    private long opened;

    Breaker(BreakerSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** How it stands. */
    enum State {
        /** Everybody may call. */
        CLOSED(0),
        /** One call at a time, to find out. */
        HALF_OPEN(1),
        /** Nobody calls. */
        OPEN(2);

        private final int figure;

        State(int figure) {
            this.figure = figure;
        }

        /** As those who watch figures have it. */
        int figure() {
            return figure;
        }
    }

    /** Whether a call may be made now. Each that is made ends with {@link #answered}, {@link #failed} or {@link #neither}. */
    synchronized boolean admits() {
        if (state == State.HALF_OPEN && !trial) {
            trial = true;
            return true;
        }
        return state == State.CLOSED;
    }

    /** A call was answered. */
    synchronized void answered() {
        failures = 0;
        failedProbes = 0;
        if (state == State.HALF_OPEN) {
            close();
        }
    }

    /** A call came to nothing for a reason that says nothing about the system. */
    synchronized void neither() {
        trial = false;
    }

    /**
     * A call was not answered.
     *
     * @return whether this opened it
     */
    synchronized boolean failed() {
        if (state == State.OPEN) {
            return false;
        }
        if (trial) {
            trialFailed = true;
            open(true);
            return true;
        }
        if (!failedLately()) {
            failures = 0;
            firstFailure = nanos.getAsLong();
        }
        failures++;
        if (failures >= settings.failures()) {
            open(true);
        }
        return state == State.OPEN;
    }

    /**
     * It was asked whether it is there.
     *
     * @param there what it said; false also for no answer
     * @return whether this changed how it stands
     */
    synchronized boolean probed(boolean there) {
        State before = state;
        if (there) {
            failedProbes = 0;
            if (state == State.OPEN) {
                backAfterProbe();
            }
        } else {
            failedProbes++;
            if (state == State.OPEN) {
                byCalls = false;
            } else if (failedLately() || failedProbes >= ENOUGH_PROBES) {
                open(false);
            }
        }
        return state != before;
    }

    private boolean failedLately() {
        return failures > 0
                && nanos.getAsLong() - firstFailure <= settings.window().toNanos();
    }

    private void backAfterProbe() {
        if (!byCalls) {
            close();
        } else if (!trialFailed
                || nanos.getAsLong() - opened >= settings.pause().toNanos()) {
            state = State.HALF_OPEN;
            trial = false;
        }
    }

    private void open(boolean calls) {
        state = State.OPEN;
        byCalls = calls;
        trial = false;
        opened = nanos.getAsLong();
    }

    private void close() {
        state = State.CLOSED;
        failures = 0;
        failedProbes = 0;
        trial = false;
        trialFailed = false;
    }

    /** Whether a failure is on record that a probe should confirm or dispel. */
    synchronized boolean doubted() {
        return state == State.CLOSED && (failedLately() || failedProbes > 0);
    }

    /** How it stands now. */
    synchronized State state() {
        return state;
    }
}
