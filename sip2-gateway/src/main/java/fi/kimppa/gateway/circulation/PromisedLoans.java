package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.CirculationEvent.ItemLent;
import fi.kimppa.gateway.circulation.CirculationEvent.LoanRefused;
import fi.kimppa.gateway.circulation.CirculationEvent.LoanRenewed;
import fi.kimppa.gateway.circulation.Claims.Claim;
import fi.kimppa.gateway.circulation.Inquiry.Finding;
import fi.kimppa.gateway.circulation.Inquiry.Known;
import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Loans and renewals that were made while a machine was off-line and told while their library system was silent: they are told to it once
 * when it is back, behind whatever was taken earlier of the same thing. One whose answer was lost is asked about before it is told again,
 * since a library system may take a second 11 for a renewal. May be used by several threads, at several gateways.
 */
@Component
class PromisedLoans {
    private static final Logger LOG = LoggerFactory.getLogger(PromisedLoans.class);

    private final Journal journal;
    private final Claims claims;
    private final Inquiry inquiry;
    private final Clock clock;

    PromisedLoans(Journal journal, Claims claims, Inquiry inquiry, Clock clock) {
        this.journal = journal;
        this.claims = claims;
        this.inquiry = inquiry;
        this.clock = clock;
    }

    /**
     * Tells one, if its turn has come.
     *
     * @return whether it was sent and nothing was heard
     */
    boolean tell(JournalRow row, Request request, Claim claim, LibrarySystem system) {
        if (row.history()) {
            // The thing has come back or gone on since: to tell it now would lend what nobody has.
            journal.done(row.id(), Optional.empty(), Optional.empty());
            return false;
        }
        if (row.disputed() || journal.inLine(row.id())) {
            return false;
        }
        if (!claim.sent() && !row.restored()) {
            return send(row, request, system);
        }
        Finding finding = inquiry.about(request, Known.due(claim.dueBefore()), system, row.terminal());
        if (finding instanceof Finding.Done(Response answer)) {
            done(row, answer);
            return false;
        }
        claims.answers(row.id(), !(finding instanceof Finding.Silent));
        if (finding instanceof Finding.Silent || claim.young()) {
            return false;
        }
        if (row.restored()) {
            // It may have been told since the backup, and the thing have come back: only people can see that.
            refused(row, request);
            return false;
        }
        return send(row, request, system);
    }

    private boolean send(JournalRow row, Request request, LibrarySystem system) {
        Terminal terminal = row.terminal();
        if (request instanceof Renew renewal && !noteDue(row.id(), renewal, system, terminal)) {
            return false;
        }
        return switch (system.call(backend -> response(request, backend, terminal))) {
            case Outcome.Answered<Response>(Response said) -> {
                answered(row, request, said, system);
                yield false;
            }
            case Outcome.NotDone<Response> _ -> false;
            case Outcome.Unknown<Response> _ -> true;
        };
    }

    private static Response response(Request request, CirculationBackend backend, Terminal terminal) {
        return switch (request) {
            case Checkout checkout -> backend.checkout(checkout, terminal);
            case Renew renewal -> backend.renew(renewal, terminal);
            default -> throw new IllegalArgumentException(request.type().title() + " does not wait");
        };
    }

    private void answered(JournalRow row, Request request, Response said, LibrarySystem system) {
        if (ChangeEnds.ok(said)) {
            done(row, said);
        } else if (request instanceof Checkout checkout
                && inquiry.refused(checkout, system, row.terminal()) instanceof Finding.Done(Response answer)) {
            // Koha refuses to renew what the patron has already: the loan stands all the same.
            done(row, answer);
        } else {
            refused(row, request);
        }
    }

    private void done(JournalRow row, Response answer) {
        journal.done(row.id(), Optional.of(answer), event(answer, clock.instant(), row.terminal()));
        LOG.info("Journal row {}: the loan that was made off-line is told", row.id());
    }

    private void refused(JournalRow row, Request request) {
        String item = Change.of(request).map(Change::item).orElse("");
        journal.withStaff(row.id(), new LoanRefused(clock.instant(), row.terminal(), item));
        LOG.warn("Journal row {}: a loan that was made off-line was refused; staff must look", row.id());
    }

    /**
     * Notes until when a loan runs before it is renewed, where a second renewal would use up another one.
     *
     * @return false if the library system is silent, and then it must not be renewed: nobody could tell later whether it was
     */
    boolean noteDue(long id, Renew renewal, LibrarySystem system, Terminal terminal) {
        if (system.backend().renewsOnceADay()) {
            return true;
        }
        Optional<String> due = inquiry.due(renewal, system, terminal);
        due.filter(date -> !date.isBlank()).ifPresent(date -> journal.dueBefore(id, date));
        return due.isPresent();
    }

    /** The event of a loan or renewal that was made; empty for any other answer. */
    static Optional<CirculationEvent> event(Response answer, Instant now, Terminal terminal) {
        return switch (answer) {
            case CheckoutResponse lent
            when lent.renewalOk() -> Optional.of(new LoanRenewed(now, terminal, lent.itemIdentifier()));
            case CheckoutResponse lent -> Optional.of(new ItemLent(now, terminal, lent.itemIdentifier()));
            case RenewResponse renewed -> Optional.of(new LoanRenewed(now, terminal, renewed.itemIdentifier()));
            default -> Optional.empty();
        };
    }
}
