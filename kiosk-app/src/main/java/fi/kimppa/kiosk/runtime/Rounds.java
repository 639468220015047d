package fi.kimppa.kiosk.runtime;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing again and again on a virtual thread of its own: after a pause that each round names for itself, or at once when somebody
 * asks. A round that fails is not the last.
 *
 * <p>Threads: any may ask; the rounds are on one.
 */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Supplier<Duration> round;
    private final Duration afterFailure;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread worker;
    private volatile boolean closed;

    /**
     * Rounds that begin when they are started.
     *
     * @param name of the thread
     * @param round does it, and says how long to wait before the next
     * @param afterFailure the pause after a round that failed
     */
    Rounds(String name, Supplier<Duration> round, Duration afterFailure) {
        this.round = round;
        this.afterFailure = afterFailure;
        this.worker = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins, with a round. */
    void start() {
        worker.start();
    }

    /** There is a reason for a round now. */
    void now() {
        wanted.release();
    }

    private void run() {
        while (!closed) {
            try {
                if (wanted.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration pause() {
        try {
            return round.get();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("{}: a round failed", worker.getName(), e);
            }
            return afterFailure;
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
