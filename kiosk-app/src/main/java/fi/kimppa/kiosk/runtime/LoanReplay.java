package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.kiosk.session.OutcomeUnknown;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the library a loan that was made without connection: once. That it is being told is on disk before it is sent; when no certain
 * answer comes, the library is asked about the item (17) before the loan is sent again; and before it is sent for the first time, for
 * what is due on the same day already could not be told from it. A 63 cannot be asked: it wants a PIN, and there is none. What cannot be found out so, and what the library refuses, stays for staff; to the patron it is a loan all the same.
 *
 * <p>Threads: one.
 */
public final class LoanReplay {
    private static final Logger LOG = LoggerFactory.getLogger(LoanReplay.class);

    private final Spool spool;
    private final Consumer<Incident> report;
    private final Supplier<Timestamp> now;
    private final Duration settle;
    private final boolean tasks;
    /** By entry, since when it is known that a loan was sent without an answer, by {@link System#nanoTime}. */
    private final Map<Long, Long> doubtful = new HashMap<>();

    /** What an 18 says of a loan that was sent. */
    enum Verdict {
        /** It stands. */
        LENT,
        /** The item is on loan to nobody. */
        NOT_LENT,
        /** The item is on loan, and nobody can tell whether by this 11. */
        OTHERWISE,
        /** Nobody knows. */
        SILENT
    }

    /**
     * A teller of loans.
     *
     * @param report takes what staff must know
     * @param now what the kiosk's clock shows
     * @param tasks whether the gateway makes a task of what is refused, so that nothing of it need be kept here
     * @param settle how long after a loan was sent a "no such loan" is not believed yet: the library may still be at it
     */
    public LoanReplay(Spool spool, Consumer<Incident> report, Supplier<Timestamp> now, boolean tasks, Duration settle) {
        this.spool = spool;
        this.report = report;
        this.now = now;
        this.tasks = tasks;
        this.settle = settle;
    }

    /**
     * Tells one loan.
     *
     * @return whether it is done with; if not, what was accepted after it waits too
     * @throws Sip2Exception when nobody answers
     */
    boolean tell(Sip2Client client, Spool.Entry entry, Checkout loan) {
        boolean besideAnother = false;
        if (entry.told()) {
            long since = doubtful.computeIfAbsent(entry.id(), _ -> System.nanoTime());
            boolean early = System.nanoTime() - since < settle.toNanos();
            Verdict verdict = verdict(entry, client.exchange(question(loan)), loan);
            if (verdict == Verdict.SILENT || (verdict == Verdict.NOT_LENT && early)) {
                return false;
            }
            if (verdict != Verdict.NOT_LENT) {
                return ended(
                        entry,
                        verdict == Verdict.LENT ? Optional.empty() : Optional.of(Incident.Kind.LOAN_REPLAY_UNCLEAR));
            }
        } else {
            // Lent to one reader and then to the next on the same day, it is due on the same day twice.
            besideAnother = verdict(client.exchange(question(loan)), loan) == Verdict.LENT;
        }
        return send(client, entry, loan, besideAnother);
    }

    private boolean send(Sip2Client client, Spool.Entry entry, Checkout loan, boolean besideAnother) {
        spool.tell(entry.id(), besideAnother);
        doubtful.put(entry.id(), System.nanoTime());
        Response answer;
        try {
            answer = client.exchange(loan);
        } catch (Sip2Exception e) {
            if (e.outcomeKnown()) {
                spool.untold(entry.id());
                doubtful.remove(entry.id());
            }
            throw e;
        }
        if (!(answer instanceof CheckoutResponse response) || OutcomeUnknown.in(answer)) {
            LOG.info("nobody knows what became of loan {}", entry.id());
            return false;
        }
        return ended(entry, response.ok() ? Optional.empty() : Optional.of(Incident.Kind.LOAN_REPLAY_REFUSED));
    }

    private boolean ended(Spool.Entry entry, Optional<Incident.Kind> trouble) {
        doubtful.remove(entry.id());
        trouble.ifPresent(kind -> report.accept(new Incident(kind, entry.item())));
        boolean keep = trouble.isPresent() && !(tasks && trouble.get() == Incident.Kind.LOAN_REPLAY_REFUSED);
        if (keep) {
            spool.refuse(entry.id());
        } else {
            spool.settle(entry.id());
        }
        LOG.info("loan {} was {}", entry.id(), trouble.isPresent() ? "left to staff" : "taken");
        return true;
    }

    private ItemInformation question(Checkout loan) {
        return new ItemInformation(now.get(), loan.institutionId(), loan.itemIdentifier(), Optional.empty(), List.of());
    }

    /** Of one that was sent beside another loan with its due date, that date tells nothing. */
    private static Verdict verdict(Spool.Entry entry, Response answer, Checkout loan) {
        Verdict verdict = verdict(answer, loan);
        return verdict == Verdict.LENT && entry.stage() == Spool.Stage.TOLD_BESIDE_ANOTHER
                ? Verdict.OTHERWISE
                : verdict;
    }

    /** Whether a loan stands. By its due date it is known again, unless another with the same stood before. */
    static Verdict verdict(Response answer, Checkout loan) {
        if (!(answer instanceof ItemInformationResponse item) || OutcomeUnknown.in(answer)) {
            return Verdict.SILENT;
        }
        if (!item.onLoan() && item.circulationStatus() != CirculationStatus.RECALLED) {
            return Verdict.NOT_LENT;
        }
        Optional<DueDate> promised = DueDate.of(loan.nbDueDate().text());
        Optional<DueDate> due = item.dueDate().flatMap(DueDate::of);
        boolean same = promised.flatMap(DueDate::date).isPresent()
                && promised.flatMap(DueDate::date).equals(due.flatMap(DueDate::date));
        return same ? Verdict.LENT : Verdict.OTHERWISE;
    }
}
