package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the library the returns on disk, oldest first, with "no block" and the times at which they happened, on a connection of
 * its own that lives only as long as there is something to tell (sip2.md section 12). A return without an answer stays and is told
 * again: that is harmless. A refused one stays for staff.
 */
public final class Replay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Spool spool;
    private final Supplier<Sip2Client> connect;
    private final BooleanSupplier up;
    private final Consumer<Incident> report;
    private final Runnable changed;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread worker = Thread.ofVirtual().name("kiosk-replay").unstarted(this::run);
    private volatile boolean closed;

    /**
     * A replay that begins when it is started.
     *
     * @param connect makes a client of its own
     * @param up whether the live line stands, so that it is worth trying
     * @param report takes what staff must know
     * @param changed is called when fewer returns wait
     */
    public Replay(
            Spool spool,
            Supplier<Sip2Client> connect,
            BooleanSupplier up,
            Consumer<Incident> report,
            Runnable changed) {
        this.spool = spool;
        this.connect = connect;
        this.up = up;
        this.report = report;
        this.changed = changed;
    }

    /** Begins. */
    public void start() {
        worker.start();
    }

    /** The line is up, or something new is on disk. */
    public void now() {
        wanted.release();
    }

    private void run() {
        while (!closed) {
            try {
                if (wanted.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
                if (up.getAsBoolean() && spool.size() > 0) {
                    tellAll();
                    changed.run();
                }
            } catch (InterruptedException e) {
                return;
            } catch (Sip2Exception e) {
                LOG.info("returns wait: {}", e.getMessage());
            } catch (SpoolException e) {
                LOG.error("returns wait", e);
            }
        }
    }

    private void tellAll() {
        try (Sip2Client client = connect.get()) {
            for (Spool.Entry entry : spool.waiting()) {
                tell(client, entry);
            }
        }
    }

    private void tell(Sip2Client client, Spool.Entry entry) {
        boolean ok = client.exchange(happened(entry.checkin())) instanceof CheckinResponse answer && answer.ok();
        if (ok) {
            spool.settle(entry.id());
        } else {
            spool.refuse(entry.id());
            report.accept(
                    new Incident(Incident.Kind.REPLAY_REFUSED, entry.checkin().itemIdentifier()));
        }
        LOG.info("return {} was {}", entry.id(), ok ? "taken" : "refused");
    }

    private static Checkin happened(Checkin checkin) {
        return new Checkin(
                true,
                checkin.transactionDate(),
                checkin.returnDate(),
                checkin.currentLocation(),
                checkin.institutionId(),
                checkin.itemIdentifier(),
                checkin.terminalPassword(),
                checkin.itemProperties(),
                checkin.cancel(),
                checkin.extras());
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
