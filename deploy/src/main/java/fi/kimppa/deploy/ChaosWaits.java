package fi.kimppa.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long each terminal waited for each answer, whatever it was: a yes, a no, "nobody knows yet" or "off-line". A terminal that
 * has been told that the library is off-line, and pauses before it asks again, waits for nothing. Times are of {@link System#nanoTime}.
 * Threads: any; one terminal is one thread's matter.
 */
final class ChaosWaits {
    private static final long NONE = Long.MIN_VALUE;
    private static final int NOBODY = -1;

    private final AtomicLongArray since;
    private final AtomicIntegerArray gateways;
    private final Queue<Wait> ended = new ConcurrentLinkedQueue<>();

    /**
     * Nobody waits yet.
     *
     * @param terminals how many there are
     */
    ChaosWaits(int terminals) {
        since = new AtomicLongArray(terminals);
        gateways = new AtomicIntegerArray(terminals);
        for (int n = 0; n < terminals; n++) {
            since.set(n, NONE);
            gateways.set(n, NOBODY);
        }
    }

    /**
     * A wait.
     *
     * @param gateway the place of the gateway that answered; -1 while nobody has
     * @param from when something was asked first
     * @param to when something was heard, or now
     */
    record Wait(int terminal, int gateway, long from, long to) {
        /** Its length, as far as it lies after a moment. */
        Duration after(long moment) {
            return Duration.ofNanos(to - Math.max(from, moment));
        }
    }

    /**
     * A terminal asks.
     *
     * @return whether its wait begins with that; false if it has asked before and heard nothing
     */
    boolean asks(int terminal) {
        return since.compareAndSet(terminal, NONE, System.nanoTime());
    }

    /** It has not asked after all. */
    void asksNothing(int terminal) {
        since.set(terminal, NONE);
    }

    /** It has heard something of the gateway at this place. */
    void heard(int terminal, int gateway) {
        long from = since.getAndSet(terminal, NONE);
        gateways.set(terminal, gateway);
        ended.add(new Wait(terminal, gateway, from, System.nanoTime()));
    }

    /** Every terminal. */
    Set<Integer> all() {
        return IntStream.range(0, since.length()).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /** The terminals that heard something of this gateway last. */
    Set<Integer> on(int gateway) {
        return IntStream.range(0, gateways.length())
                .filter(terminal -> gateways.get(terminal) == gateway)
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The waits of these terminals that reach into a time, with those that go on. */
    List<Wait> within(Set<Integer> terminals, long from, long to) {
        List<Wait> all = new ArrayList<>(ended);
        long now = System.nanoTime();
        for (int terminal : terminals) {
            long begun = since.get(terminal);
            if (begun != NONE) {
                all.add(new Wait(terminal, NOBODY, begun, now));
            }
        }
        return all.stream()
                .filter(wait -> terminals.contains(wait.terminal()) && wait.to() - from > 0 && wait.from() - to < 0)
                .toList();
    }

    /** Whether every terminal has been answered lately, and each soon. */
    boolean calm(Duration lately, Duration soon) {
        long now = System.nanoTime();
        long from = now - lately.toNanos();
        List<Wait> waits = within(all(), from, now);
        return waits.stream().allMatch(wait -> wait.after(wait.from()).compareTo(soon) < 0)
                && waits.stream()
                        .filter(wait -> wait.gateway() != NOBODY)
                        .map(Wait::terminal)
                        .collect(Collectors.toSet())
                        .containsAll(all());
    }
}
