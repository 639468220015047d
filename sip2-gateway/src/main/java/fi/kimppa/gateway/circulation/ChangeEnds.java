package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.LoanRefused;
import fi.kimppa.gateway.circulation.CirculationEvent.NoOwnerFound;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnRefused;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnWaiting;
import fi.kimppa.gateway.circulation.OneTransaction.Ending;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How a change ends: done, refused, promised, with staff or unknown. What becomes of its row of the journal, what the terminal hears, and
 * which event tells others. May be used by several threads.
 */
@Component
class ChangeEnds {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeEnds.class);

    private final Journal journal;
    private final Router router;
    private final Owners owners;
    private final UnownedThings unowned;
    private final Settler settler;
    private final OwnAnswers own;
    private final JournalWatch watch;
    private final Clock clock;

    ChangeEnds(
            Journal journal,
            Router router,
            Owners owners,
            UnownedThings unowned,
            Settler settler,
            OwnAnswers own,
            JournalWatch watch,
            Clock clock) {
        this.journal = journal;
        this.router = router;
        this.owners = owners;
        this.unowned = unowned;
        this.settler = settler;
        this.own = own;
        this.watch = watch;
        this.clock = clock;
    }

    // ---- a library system has answered -------------------------------------------------------------------

    /**
     * The end of a change in our own database, to be written with it. Empty where it is to be asked first whether anybody owns the thing:
     * that is asked elsewhere, and must hold no rows of ours.
     */
    Optional<Ending> ending(Response said, Change change, boolean identified, Terminal terminal) {
        Response answer = complete(said, change, identified, terminal);
        boolean ok = ok(answer);
        return ok || takenIfNobodys(change, terminal).isEmpty()
                ? Optional.of(new Ending(
                        answer, ok, ok ? event(answer, change, terminal) : refusedAfterwards(change, terminal)))
                : Optional.empty();
    }

    /** What the terminal hears of an answer from elsewhere, which is written down if that can be. */
    Response answered(long id, Response said, Change change, boolean identified, Terminal terminal) {
        Response answer = complete(said, change, identified, terminal);
        try {
            settled(id, answer, change, terminal, Optional.empty());
        } catch (RuntimeException e) {
            if (watch.failed(e)) {
                LOG.warn("Journal row {} was answered but could not be settled; it is asked about later", id);
            } else {
                LOG.error("Journal row {} was answered but could not be settled; it is asked about later", id, e);
            }
        }
        return answer;
    }

    /** The return, where the branch takes things that nobody owns. */
    private Optional<Checkin> takenIfNobodys(Change change, Terminal terminal) {
        return change.request() instanceof Checkin checkin
                        && !change.cancel()
                        && unowned.taken(router.branchOf(checkin.currentLocation(), terminal))
                ? Optional.of(checkin)
                : Optional.empty();
    }

    /** Takes a thing that nobody owns, where the branch says so: on the disk first, as a task for staff, then to the patron. */
    Optional<Response> noOwner(long id, Response said, Change change, Terminal terminal) {
        Optional<Checkin> returned = takenIfNobodys(change, terminal).filter(_ -> !ok(said));
        if (returned.isEmpty()
                || !owners.nobodyHas(
                        returned.get().itemIdentifier(), returned.get().itemProperties(), terminal)) {
            return Optional.empty();
        }
        Checkin checkin = returned.get();
        CheckinResponse answer = router.noOwner(own.taken(checkin, terminal), checkin, terminal);
        return journal.noOwner(
                        id, Optional.of(answer), new NoOwnerFound(clock.instant(), terminal, checkin.itemIdentifier()))
                ? Optional.of(answer)
                : Optional.empty();
    }

    /**
     * Nobody was told of the change: what can wait is promised, everything else is refused.
     *
     * @param closedUntil until when nobody is asked; empty where somebody was silent
     */
    Response notDone(long id, Change change, Terminal terminal, Optional<Instant> closedUntil) {
        if (change.canWait()) {
            return promise(id, change, false, terminal);
        }
        return refused(id, change, terminal, closedUntil);
    }

    /** Nobody was asked. The refusal answers a repeat for a moment: an older copy of the request may still be on its way to be done. */
    private Response refused(long id, Change change, Terminal terminal, Optional<Instant> closedUntil) {
        Response refusal = closedUntil
                .map(until -> own.refusal(change.request(), terminal, until))
                .orElseGet(() -> own.refusal(change.request(), terminal, "backend.silent"));
        refuse(id, refusal, Optional.of(refusal), change, terminal);
        return refusal;
    }

    /** Writes a refusal down. It does not undo what has happened already at a machine that was off-line: that goes to staff. */
    private void refuse(long id, Response refusal, Optional<Response> repeated, Change change, Terminal terminal) {
        if (change.noBlock()) {
            journal.refusedAfterwards(id, refusal, refusedAfterwards(change, terminal));
        } else {
            journal.notDone(id, repeated);
        }
    }

    private Optional<CirculationEvent> refusedAfterwards(Change change, Terminal terminal) {
        return change.noBlock()
                ? Optional.of(
                        change.request() instanceof Checkin
                                ? new ReturnRefused(clock.instant(), terminal, change.item())
                                : new LoanRefused(clock.instant(), terminal, change.item()))
                : Optional.empty();
    }

    /** Writes down an answer that came when nobody waited for it any more. */
    void settleLate(long id, Response said, Change change, boolean identified, Terminal terminal) {
        Response response = complete(said, change, identified, terminal);
        // Staff look where a machine has said no, and not where it was promised.
        Optional<CirculationEvent> event =
                response instanceof CheckoutResponse checkout && checkout.ok() && !change.canWait()
                        ? Optional.of(new CheckoutSettledLate(clock.instant(), terminal, checkout.itemIdentifier()))
                        : Optional.empty();
        LOG.info("Journal row {}: the backend answered late", id);
        settled(id, response, change, terminal, event);
    }

    /** Writes down what the backend said; a promise to the patron stays the answer to a repeat. */
    private void settled(
            long id, Response response, Change change, Terminal terminal, Optional<CirculationEvent> instead) {
        if (!ok(response)) {
            // A return that was promised and is refused now is a matter for staff, found when it is done again.
            refuse(id, response, Optional.empty(), change, terminal);
            return;
        }
        Optional<CirculationEvent> event = instead.or(() -> event(response, change, terminal));
        journal.done(id, Optional.of(response), event);
    }

    private Optional<CirculationEvent> event(Response response, Change change, Terminal terminal) {
        return switch (response) {
            case CheckinResponse returned
            when change.request() instanceof Checkin checkin ->
                Optional.of(settler.returned(returned, router.branchOf(checkin.currentLocation(), terminal), terminal));
            default -> PromisedLoans.event(response, clock.instant(), terminal);
        };
    }

    /** Whether an answer is a yes. */
    static boolean ok(Response response) {
        return switch (response) {
            case CheckoutResponse lent -> lent.ok();
            case RenewResponse renewed -> renewed.ok();
            case RenewAllResponse renewed -> renewed.ok();
            case CheckinResponse returned -> returned.ok();
            case HoldResponse held -> held.ok();
            case FeePaidResponse paid -> paid.paymentAccepted();
            case ItemStatusUpdateResponse stored -> stored.itemPropertiesOk();
            case PatronStatusResponse blocked -> blocked.validPatron().orElse(false);
            case PatronEnableResponse enabled ->
                enabled.validPatron().orElse(false)
                        && enabled.validPatronPassword().orElse(true);
            default -> true;
        };
    }

    private Response complete(Response response, Change change, boolean identified, Terminal terminal) {
        return switch (response) {
            case CheckinResponse returned
            when change.request() instanceof Checkin checkin -> router.onward(returned, checkin, terminal);
            case PatronStatusResponse blocked -> Privacy.blocked(blocked);
            case PatronEnableResponse enabled -> Privacy.of(enabled, identified);
            case RenewAllResponse renewed -> Privacy.of(renewed, identified);
            default -> response;
        };
    }

    /**
     * Accepts what can wait for a silent backend: on the disk first, then to the patron.
     *
     * @param sent whether the backend may have it already
     */
    private Response promise(long id, Change change, boolean sent, Terminal terminal) {
        Response promise = promiseOf(change, terminal);
        waits(id, promise, change, sent, terminal);
        return promise;
    }

    private Response promiseOf(Change change, Terminal terminal) {
        return switch (change.request()) {
            case Checkin checkin -> router.unprocessed(own.taken(checkin, terminal), checkin, terminal);
            case Checkout checkout -> own.noted(checkout, terminal);
            case Renew renewal -> own.noted(renewal, terminal);
            default -> throw new IllegalArgumentException("a " + change.command() + " does not wait");
        };
    }

    private boolean waits(long id, Response promise, Change change, boolean sent, Terminal terminal) {
        Optional<CirculationEvent> event = change.request() instanceof Checkin checkin
                ? Optional.of(new ReturnWaiting(clock.instant(), terminal, checkin.itemIdentifier()))
                : Optional.empty();
        return journal.waiting(id, promise, sent, event);
    }

    // ---- nobody knows yet --------------------------------------------------------------------------------

    /** Nobody has answered in time: what can wait is promised, of everything else it is said that nobody knows. */
    Response unknown(long id, Change change, Terminal terminal) {
        if (change.canWait()) {
            return promise(id, change, true, terminal);
        }
        journal.unknown(id);
        return own.unknown(change, terminal);
    }

    /**
     * The answer to a change that somebody else is still at, or whose end nobody could write down: what can wait is promised, of everything
     * else it is said that nobody knows. Empty where it has ended meanwhile, and then the journal has the answer.
     */
    Optional<Response> unended(long id, Change change, Terminal terminal) {
        if (change.canWait()) {
            Response promise = promiseOf(change, terminal);
            return waits(id, promise, change, true, terminal) ? Optional.of(promise) : Optional.empty();
        }
        return Optional.of(own.unknown(change, terminal));
    }
}
