package fi.kimppa.gateway.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Wakes whoever waits for changes of the fleet, whichever gateway made them: one database connection listens. While
 * it is broken the waiting look for themselves every few seconds, so that a lost notification costs time only.
 *
 * <p>Threads: may be shared.
 */
@Component
class FleetSignal implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FleetSignal.class);
    private static final Duration LISTEN = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final DataSource database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long signals;
    private volatile boolean running;

    FleetSignal(DataSource database) {
        this.database = database;
    }

    /** A number that grows with every signal. */
    long signals() {
        lock.lock();
        try {
            return signals;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the number of signals is another than this one, the time is over, or the gateway stops.
     *
     * @return whether there was a signal
     */
    boolean await(long seen, Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lock();
        try {
            while (signals == seen && running && left > 0) {
                left = changed.awaitNanos(left);
            }
            return signals != seen;
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            signals++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void listen() {
        while (running) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + Fleet.CHANNEL);
                signal(); // what was told while nobody listened
                PGConnection notifications = connection.unwrap(PGConnection.class);
                while (running) {
                    if (notifications.getNotifications((int) LISTEN.toMillis()).length > 0) {
                        signal();
                    }
                }
                statement.execute("unlisten *");
            } catch (SQLException e) {
                if (running) {
                    log.warn("The fleet's changes cannot be heard: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
            signal();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("fleet-listen").start(this::listen);
    }

    @Override
    public void stop() {
        running = false;
        signal();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
