package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.circulation.CirculationEvent.NoOwnerFound;
import fi.kimppa.gateway.circulation.CirculationEvent.PaymentUnclear;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnRefused;
import fi.kimppa.gateway.circulation.Claims.Claim;
import fi.kimppa.gateway.circulation.Inquiry.Finding;
import fi.kimppa.gateway.circulation.Inquiry.Known;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds out what became of one row of the journal, and writes it down. A return, harmless when done twice, is done again with its own
 * date and "no block"; a loan that was made off-line and promised is told once ({@link PromisedLoans}); everything else is asked about ({@link Inquiry}) and never repeated by us: what turns out not to be done is done
 * when the terminal says it again. That something was done is believed at once; that it was not, only once the library system can be at
 * it no longer ({@link Claim#young}). May be used by several threads, at several gateways.
 */
@Component
class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final Journal journal;
    private final Claims claims;
    private final Router router;
    private final Owners owners;
    private final CutOvers cutOvers;
    private final Inquiry inquiry;
    private final PromisedLoans loans;
    private final Deadlines deadlines;
    private final Clock clock;

    Settler(
            Journal journal,
            Claims claims,
            Router router,
            Owners owners,
            CutOvers cutOvers,
            Inquiry inquiry,
            PromisedLoans loans,
            Deadlines deadlines,
            Clock clock) {
        this.journal = journal;
        this.claims = claims;
        this.router = router;
        this.owners = owners;
        this.cutOvers = cutOvers;
        this.inquiry = inquiry;
        this.loans = loans;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Settles a row if its end can be found out now, and if no other gateway is at it. */
    void settle(long id, LibrarySystem system) {
        claims.take(id).ifPresent(claim -> {
            boolean unheard = true;
            try {
                // What it was before the claim may be history: another gateway may have settled it since.
                unheard = journal.find(id)
                        .filter(row -> settle(row, claim, system))
                        .isPresent();
            } finally {
                claims.release(id, unheard);
            }
        });
    }

    /** Whether something was sent of whose answer nothing is known. */
    private boolean settle(JournalRow row, Claim claim, LibrarySystem system) {
        boolean mayBeUnderWay = row.state() == State.OPEN && row.live();
        if (mayBeUnderWay || row.state() == State.SETTLED || row.state() == State.WITH_STAFF) {
            return false;
        }
        if (row.request().isEmpty()) {
            journal.notDone(row.id(), Optional.empty());
            return false;
        }
        if (row.request().get() instanceof Checkin checkin && !checkin.cancel().orElse(false)) {
            return redo(row, checkin, claim, system);
        }
        if (row.state() == State.WAITING) {
            return !elsewhereByNow(row, row.request().get(), system)
                    && loans.tell(row, row.request().get(), claim, system);
        }
        if (Change.of(row.request().get()).filter(Change::comesAfterReturns).isPresent()
                && journal.behindReturns(row.id())) {
            journal.notDone(row.id(), Optional.empty());
            LOG.info("Journal row {}: it was not sent, for a return of the same thing waits", row.id());
        } else if (row.request().get() instanceof FeePaid && !claim.noted()) {
            if (journal.notSent(row.id())) {
                LOG.info("Journal row {}: it was not sent, for nobody has noted what was owed", row.id());
            }
        } else {
            inquire(row, row.request().get(), claim, system);
        }
        return false;
    }

    // ---- what is asked about -----------------------------------------------------------------------------

    private void inquire(JournalRow row, Request request, Claim claim, LibrarySystem system) {
        Terminal terminal = row.terminal();
        List<LaterPayment> later = request instanceof FeePaid ? journal.paymentsAfter(row.id()) : List.of();
        Finding finding = inquiry.about(request, new Known(row.owed(), later, claim.dueBefore()), system, terminal);
        if (finding instanceof Finding.Later) {
            return;
        }
        claims.answers(row.id(), !(finding instanceof Finding.Silent));
        if (claim.young() && !(finding instanceof Finding.Done)) {
            return;
        }
        switch (finding) {
            case Finding.Done(Response answer) -> {
                journal.done(row.id(), Optional.of(answer), late(answer, terminal));
                LOG.info("Journal row {}: asked, it was done", row.id());
            }
            case Finding.NotDone _ -> {
                journal.notDone(row.id(), Optional.empty());
                LOG.info("Journal row {}: asked, it was not done", row.id());
            }
            case Finding.Unclear _ -> {
                String fee = Change.of(request).map(Change::item).orElse("");
                journal.withStaff(row.id(), new PaymentUnclear(clock.instant(), terminal, fee));
                LOG.warn("Journal row {}: nobody can tell whether the payment was booked; staff must look", row.id());
            }
            case Finding.Later _, Finding.Silent _ -> {}
        }
    }

    private Optional<CirculationEvent> late(Response answer, Terminal terminal) {
        return answer instanceof CheckoutResponse lent
                ? Optional.of(new CheckoutSettledLate(clock.instant(), terminal, lent.itemIdentifier()))
                : Optional.empty();
    }

    /**
     * Notes what must be known before a change, so that it can be found out after a lost answer whether it was made.
     *
     * @return false if the library system is silent or the row has ended, and then the change must not be made
     */
    boolean note(long id, Request request, LibrarySystem system, Terminal terminal) {
        return switch (request) {
            case FeePaid payment -> {
                Optional<PatronInformationResponse> patron = inquiry.debtor(payment, system, terminal);
                yield patron.isPresent() && journal.owed(id, patron.get().feeAmount());
            }
            case Renew renewal -> loans.noteDue(id, renewal, system, terminal);
            default -> true;
        };
    }

    // ---- returns -----------------------------------------------------------------------------------------

    /** Whether it was sent and nothing was heard. */
    private boolean redo(JournalRow row, Checkin original, Claim claim, LibrarySystem system) {
        if (row.history()) {
            // The item has moved on since: the return is history, and doing it now would undo what came after.
            journal.done(row.id(), Optional.empty(), Optional.empty());
            return false;
        }
        // What came after has no end yet: if it changes nothing, this return is still to be done. And one that was
        // promised can wait until no earlier copy of it can arrive any more, for that would undo what comes after this
        // one; where the library system has just stood still, so must one that a machine waits for. A loan of the same
        // thing that waits since before it comes first.
        if (row.disputed() || journal.inLine(row.id())) {
            return false;
        }
        boolean canWait = row.state() == State.WAITING || !system.steady(deadlines.settle());
        if (canWait && claim.sent() && claim.young()) {
            claims.answers(
                    row.id(),
                    inquiry.lent(original.itemIdentifier(), system, row.terminal())
                            .isPresent());
            return false;
        }
        if (elsewhereByNow(row, original, system)) {
            return false;
        }
        if (row.restored() && !system.backend().sharesOurDatabase() && !harmless(row, original, system)) {
            return false;
        }
        Checkin replay = again(original, row.cameBack(original, clock.getZone()));
        return switch (system.call(backend -> backend.checkin(replay, row.terminal()))) {
            case Outcome.Answered<CheckinResponse>(CheckinResponse said) -> {
                redone(row, original, said, claim, system);
                yield false;
            }
            case Outcome.NotDone<CheckinResponse> _ -> false;
            case Outcome.Unknown<CheckinResponse> _ -> true;
        };
    }

    private void redone(JournalRow row, Checkin original, CheckinResponse said, Claim claim, LibrarySystem system) {
        if (said.ok()) {
            taken(row, original, said);
        } else if (!claim.sent()) {
            refused(row, original, said);
        } else {
            // The second of two: some library systems refuse it, since the first has arrived.
            switch (inquiry.returned(original, said, system, row.terminal())) {
                case Finding.Done(CheckinResponse answer) -> taken(row, original, answer);
                case Finding.Silent _ -> {}
                default -> refused(row, original, said);
            }
        }
    }

    private void taken(JournalRow row, Checkin original, CheckinResponse said) {
        Terminal terminal = row.terminal();
        CheckinResponse answer = router.onward(said, original, terminal);
        String branch = router.branchOf(original.currentLocation(), terminal);
        journal.done(row.id(), Optional.of(answer), Optional.of(returned(answer, branch, terminal)));
        LOG.info("Journal row {}: the return is done", row.id());
    }

    private void refused(JournalRow row, Checkin original, CheckinResponse said) {
        Terminal terminal = row.terminal();
        boolean promised = row.state() == State.WAITING;
        if (promised && owners.nobodyHas(original.itemIdentifier(), original.itemProperties(), terminal)) {
            journal.noOwner(
                    row.id(), Optional.empty(), new NoOwnerFound(clock.instant(), terminal, original.itemIdentifier()));
            LOG.info("Journal row {}: nobody owns what was taken; staff have it", row.id());
        } else if (promised) {
            journal.withStaff(row.id(), new ReturnRefused(clock.instant(), terminal, original.itemIdentifier()));
            LOG.warn(
                    "Journal row {}: the backend refused a return that was accepted for it; staff must look", row.id());
        } else if (original.noBlock()) {
            journal.refusedAfterwards(
                    row.id(),
                    router.onward(said, original, terminal),
                    Optional.of(new ReturnRefused(clock.instant(), terminal, original.itemIdentifier())));
        } else {
            journal.notDone(row.id(), Optional.empty());
        }
    }

    /**
     * Whether a return of before a restore may be done again: the same return may have been done and the thing been lent since, which
     * only the library system's own people can see. If so, they have it as a task.
     *
     * @return false also while the library system is silent
     */
    private boolean harmless(JournalRow row, Checkin original, LibrarySystem system) {
        Optional<Boolean> lent = inquiry.lent(original.itemIdentifier(), system, row.terminal());
        if (lent.orElse(false)) {
            journal.withStaff(row.id(), new ReturnRefused(clock.instant(), row.terminal(), original.itemIdentifier()));
            LOG.warn(
                    "Journal row {}: it is of before the restore and its thing is lent now; staff must look", row.id());
        }
        return lent.filter(now -> !now).isPresent();
    }

    /** The same return as one that has happened then. */
    static Checkin again(Checkin original, Timestamp cameBack) {
        return new Checkin(
                true,
                original.transactionDate(),
                cameBack,
                original.currentLocation(),
                original.institutionId(),
                original.itemIdentifier(),
                Optional.empty(),
                original.itemProperties(),
                original.cancel(),
                original.extras());
    }

    /**
     * Whether what waits is for another library system by now than it was when it was taken, or for none until the cut-over: nothing is
     * changed in a system that is being left. It is done when its row is looked at next.
     */
    private boolean elsewhereByNow(JournalRow row, Request original, LibrarySystem system) {
        if (!cutOvers.concerns(system.name())) {
            return false;
        }
        Optional<LibrarySystem> now = owners.of(original, row.terminal()).system();
        if (now.filter(system::equals).isPresent()) {
            return false;
        }
        journal.reassign(row.id(), now.map(LibrarySystem::name));
        return true;
    }

    /** The event of a return. */
    ItemReturned returned(CheckinResponse answer, String branch, Terminal terminal) {
        return new ItemReturned(
                clock.instant(),
                terminal,
                answer.itemIdentifier(),
                branch,
                answer.permanentLocation(),
                answer.destinationLocation(),
                answer.sortBin().orElse(""));
    }
}
