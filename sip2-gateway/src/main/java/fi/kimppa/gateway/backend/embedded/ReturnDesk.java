package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.Store.Locked;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.circulation.Router;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Answers 09: return anywhere. Harmless when done twice: a second return of the same item finds no loan and the same
 * hold, and gets the same answer. Says nothing about who had the item. Who waits is this desk's to say; where a thing goes
 * is decided by the consortium's rules over the answer, and written down here in the same transaction.
 */
@Component
class ReturnDesk {
    /** A machine whose clock is further off does not work off-line. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private final Store store;
    private final Undo undo;
    private final OverdueFees overdue;
    private final Router router;
    private final Answers answers;
    private final Work work;
    private final Clock clock;
    private final MachineDates dates;

    ReturnDesk(Store store, Undo undo, OverdueFees overdue, Router router, Answers answers, Work work, Clock clock) {
        this.store = store;
        this.undo = undo;
        this.overdue = overdue;
        this.router = router;
        this.answers = answers;
        this.work = work;
        this.clock = clock;
        this.dates = new MachineDates(clock);
    }

    CheckinResponse checkin(Checkin request, Terminal terminal) {
        return work.inTransaction(() -> {
            Optional<Locked> found = store.locked(request.itemIdentifier(), clock.instant());
            if (found.isEmpty()) {
                return refused(request, terminal, "item.unknown");
            }
            String branch = router.branchOf(request.currentLocation(), terminal);
            if (request.cancel().orElse(false)) {
                return undoCheckout(request, terminal, found.get().item());
            }
            return takeBack(request, terminal, found.get(), branch);
        });
    }

    private CheckinResponse takeBack(Checkin request, Terminal terminal, Locked found, String branch) {
        ItemRow item = found.item();
        Instant now = clock.instant();
        Instant cameBack = dates.happened(request.returnDate());
        // Both by the machines' own dates: ours may have been wrong when the loan was written, or may be now.
        Instant saidToBeBack = request.returnDate().instant(clock.getZone()).orElse(now);
        Optional<LoanRow> loan = found.loan();
        if (request.noBlock()
                && loan.filter(open -> open.since().isAfter(saidToBeBack.plus(CLOCKS_DIFFER)))
                        .isPresent()) {
            // A return that waited; the item has been lent again since, and that loan stands.
            return returned(request, terminal, item, Way.STAYS, true, Optional.empty());
        }
        undo.keep(Undo.RETURN, found, terminal);
        loan.ifPresent(open -> {
            overdue.fix(open, item, cameBack);
            store.closeLoan(open, cameBack, branch);
        });
        Optional<String> words = loan.isPresent() ? Optional.empty() : Optional.of(CirculationBackend.NOT_ON_LOAN);
        CheckinResponse answer = returned(request, terminal, item, caught(found, branch, now), true, words);
        store.place(item, branch, router.destination(answer, request, terminal).orElse(null));
        return answer;
    }

    /** Catches it for whoever waits for it. */
    private Way caught(Locked found, String branch, Instant now) {
        ItemRow item = found.item();
        Optional<HoldRow> claim = found.wanted() && item.forLoan() ? store.lockClaim(item, now) : Optional.empty();
        if (claim.isPresent()) {
            HoldRow hold = claim.get();
            boolean here = hold.pickupBranch().equals(branch);
            store.trap(hold, item, here ? HoldRow.State.READY : HoldRow.State.IN_TRANSIT, now);
            return here
                    ? new Way(Optional.of(AlertType.HOLD_HERE), Optional.empty(), hold.alias())
                    : new Way(Optional.of(AlertType.HOLD_ELSEWHERE), Optional.of(hold.pickupBranch()), hold.alias());
        }
        return Way.STAYS;
    }

    /** As if this terminal had never lent the item: nothing is caught anew, and it goes where it went before. */
    private CheckinResponse undoCheckout(Checkin request, Terminal terminal, ItemRow item) {
        if (!undo.possible(Undo.LOAN, item, terminal, Optional.empty())) {
            return refused(request, terminal, "undo.none");
        }
        undo.restore(item);
        ItemRow restored = store.item(item.number()).orElseThrow();
        // What was renewed, or taken over from somebody else, is a loan again: its security stays off.
        boolean lent = store.openLoan(restored.number()).isPresent();
        Optional<HoldRow> caught =
                store.claim(restored, clock.instant()).filter(hold -> !lent && hold.state() != HoldRow.State.WAITING);
        Optional<String> destination = Optional.ofNullable(restored.destination());
        return returned(
                request,
                terminal,
                restored,
                new Way(
                        caught.map(hold -> hold.state() == HoldRow.State.READY
                                        ? AlertType.HOLD_HERE
                                        : AlertType.HOLD_ELSEWHERE)
                                .or(() -> destination.map(_ -> AlertType.SEND_ELSEWHERE)),
                        destination,
                        caught.flatMap(HoldRow::alias)),
                !lent,
                Optional.empty());
    }

    private CheckinResponse refused(Checkin request, Terminal terminal, String sentence) {
        return (CheckinResponse) Refusal.of(
                request,
                terminal.institutionId(),
                answers.now(),
                Optional.of(answers.text(Language.UNSPECIFIED, sentence)));
    }

    private CheckinResponse returned(
            Checkin request, Terminal terminal, ItemRow item, Way way, boolean resensitize, Optional<String> words) {
        return new CheckinResponse(
                true,
                resensitize,
                MagneticMedia.N,
                way.alert.isPresent(),
                answers.now(),
                terminal.institutionId(),
                request.itemIdentifier(),
                item.homeBranch(),
                Optional.of(item.titleIdentifier()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(item.mediaType()),
                words,
                Optional.of(item.collection()).filter(code -> !code.isEmpty()),
                Optional.of(item.callNumber()).filter(mark -> !mark.isEmpty()),
                way.destination,
                way.alert,
                Optional.empty(),
                way.alias,
                List.of(),
                List.of(),
                List.of());
    }

    /** CV, CT and DA of the answer. */
    private record Way(Optional<AlertType> alert, Optional<String> destination, Optional<String> alias) {
        private static final Way STAYS = new Way(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
