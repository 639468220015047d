package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the library the returns and loans on disk, oldest first, with "no block" and the times at which they happened, on a connection
 * of its own that lives only as long as there is something to tell (sip2.md section 12). A return without an answer stays and is told
 * again: that is harmless. A loan is not, and is asked about first: {@link LoanReplay}. What is refused stays for staff.
 */
public final class Replay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Spool spool;
    private final LoanReplay loans;
    private final Supplier<Sip2Client> connect;
    private final BooleanSupplier up;
    private final Consumer<Incident> report;
    private final Runnable changed;
    private final Rounds rounds = new Rounds("kiosk-replay", this::round, RETRY);
    /** Whether staff know that the disk cannot be read; of the rounds alone. */
    private boolean unreadable;

    /**
     * A replay that begins when it is started.
     *
     * @param loans tells the loans among them
     * @param connect makes a client of its own
     * @param up whether the live line stands, so that it is worth trying
     * @param report takes what staff must know
     * @param changed is called when less waits
     */
    public Replay(
            Spool spool,
            LoanReplay loans,
            Supplier<Sip2Client> connect,
            BooleanSupplier up,
            Consumer<Incident> report,
            Runnable changed) {
        this.spool = spool;
        this.loans = loans;
        this.connect = connect;
        this.up = up;
        this.report = report;
        this.changed = changed;
    }

    /** Begins. */
    public void start() {
        rounds.start();
    }

    /** The line is up, or something new is on disk. */
    public void now() {
        rounds.now();
    }

    private Duration round() {
        try {
            if (up.getAsBoolean()) {
                tellAll();
                unreadable = false;
            }
        } catch (Sip2Exception e) {
            LOG.info("returns and loans wait: {}", e.getMessage());
        } catch (SpoolException e) {
            LOG.error("returns and loans wait", e);
            unreadable();
        }
        return RETRY;
    }

    /** Staff hear of it once, until it can be read again. */
    private void unreadable() {
        if (!unreadable) {
            unreadable = true;
            report.accept(new Incident(Incident.Kind.SPOOL_UNREADABLE, ""));
        }
    }

    private void tellAll() {
        List<Spool.Entry> waiting = spool.size() == 0 ? List.of() : spool.waiting();
        if (!waiting.isEmpty()) {
            tellAll(waiting);
            changed.run();
        }
    }

    private void tellAll(List<Spool.Entry> waiting) {
        try (Sip2Client client = connect.get()) {
            for (Spool.Entry entry : waiting) {
                if (!tell(client, entry)) {
                    return;
                }
            }
        }
    }

    /** Whether the next may be told: the order is the one in which things happened. */
    private boolean tell(Sip2Client client, Spool.Entry entry) {
        return switch (entry.message()) {
            case Checkout loan -> loans.tell(client, entry, loan);
            case Checkin checkin -> tell(client, entry, checkin);
            default ->
                throw new IllegalStateException(
                        "neither a return nor a loan: " + entry.message().type());
        };
    }

    private boolean tell(Sip2Client client, Spool.Entry entry, Checkin checkin) {
        boolean ok = client.exchange(happened(checkin)) instanceof CheckinResponse answer && answer.ok();
        if (ok) {
            spool.settle(entry.id());
        } else {
            spool.refuse(entry.id());
            report.accept(new Incident(Incident.Kind.REPLAY_REFUSED, checkin.itemIdentifier()));
        }
        LOG.info("return {} was {}", entry.id(), ok ? "taken" : "refused");
        return true;
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
        rounds.close();
    }
}
