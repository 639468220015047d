package fi.kimppa.device.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The time of simulated devices: what it is, and what is to happen later. Threads: any. */
public sealed interface DeskClock extends InstantSource, AutoCloseable {
    /** Runs {@code task} once when {@code wait} has passed; never after closing. A task must be short. */
    void after(Duration wait, Runnable task);

    /** Waits until it is that late; not at all once the clock is closed. */
    void await(Instant due);

    /** Forgets what has not happened yet, and lets nobody wait any longer. */
    @Override
    void close();

    /** A clock that goes by itself. It never jumps, whatever is done to the clock of the system. */
    static DeskClock running() {
        return new Running();
    }

    /** A clock that only goes when told. */
    static Standing standing(Instant start) {
        return new Standing(start);
    }

    /** Goes by itself; tasks run on a thread of its own. */
    final class Running implements DeskClock {
        private static final long SLICE_NANOS = 50_000_000;

        private final Instant start = Instant.now();
        private final long startNanos = System.nanoTime();
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("desk-clock").factory());

        private Running() {}

        @Override
        public Instant instant() {
            return start.plusNanos(System.nanoTime() - startNanos);
        }

        @Override
        public void after(Duration wait, Runnable task) {
            try {
                var _ = timer.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException _) {
                // Closed: nothing happens any more.
            }
        }

        @Override
        public void await(Instant due) {
            long wait = Duration.between(instant(), due).toNanos();
            while (wait > 0 && !timer.isShutdown() && !Thread.currentThread().isInterrupted()) {
                // In slices, so that closing is noticed.
                LockSupport.parkNanos(Math.min(wait, SLICE_NANOS));
                wait = Duration.between(instant(), due).toNanos();
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }

    /** Goes only when told; tasks run on the thread that tells it. */
    final class Standing implements DeskClock {
        private final PriorityQueue<Task> tasks =
                new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::number));
        private Instant now;
        private long asked;
        private boolean closed;

        private record Task(Instant due, long number, Runnable work) {}

        private Standing(Instant start) {
            this.now = start;
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public synchronized void after(Duration wait, Runnable task) {
            if (!closed) {
                tasks.add(new Task(now.plus(wait), asked++, task));
            }
        }

        /** Lets time pass: each task that becomes due meanwhile runs at its own moment, in order. */
        public void advance(Duration time) {
            Instant end = instant().plus(time);
            while (true) {
                Task next;
                synchronized (this) {
                    next = tasks.peek();
                    if (next == null || next.due().isAfter(end)) {
                        now = end;
                        notifyAll();
                        return;
                    }
                    tasks.remove();
                    now = next.due();
                    notifyAll();
                }
                next.work().run();
            }
        }

        @Override
        public synchronized void await(Instant due) {
            while (!closed && now.isBefore(due)) {
                try {
                    wait();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
            tasks.clear();
        }
    }
}
