package fi.kimppa.gateway.backend.embedded;

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
 * hold, and gets the same answer. Says nothing about who had the item.
 */
@Component
class ReturnDesk {
    /** A machine whose clock is further off does not work off-line. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private final Store store;
    private final Answers answers;
    private final Work work;
    private final Clock clock;

    ReturnDesk(Store store, Answers answers, Work work, Clock clock) {
        this.store = store;
        this.answers = answers;
        this.work = work;
        this.clock = clock;
    }

    CheckinResponse checkin(Checkin request, Terminal terminal) {
        return work.inTransaction(() -> {
            store.lockItem(request.itemIdentifier());
            Optional<ItemRow> item = store.item(request.itemIdentifier());
            if (item.isEmpty()) {
                return (CheckinResponse) Refusal.of(
                        request,
                        terminal.institutionId(),
                        answers.now(),
                        Optional.of(answers.text(Language.UNSPECIFIED, "item.unknown")));
            }
            String branch = store.branchName(request.currentLocation()).isPresent()
                    ? request.currentLocation()
                    : terminal.branchCode();
            if (request.cancel().orElse(false)) {
                undoCheckout(item.get());
                return returned(
                        request, terminal, item.get(), new Way(Optional.empty(), Optional.empty(), Optional.empty()));
            }
            return takeBack(request, terminal, item.get(), branch);
        });
    }

    private CheckinResponse takeBack(Checkin request, Terminal terminal, ItemRow item, String branch) {
        Instant now = clock.instant();
        Instant cameBack = request.returnDate()
                .instant(clock.getZone())
                .filter(moment -> moment.isBefore(now))
                .orElse(now);
        Optional<LoanRow> loan = store.openLoan(item.number());
        if (request.noBlock()
                && loan.filter(open -> open.lentAt().toInstant().isAfter(cameBack.plus(CLOCKS_DIFFER)))
                        .isPresent()) {
            // A return that waited; the item has been lent again since, and that loan stands.
            return returned(request, terminal, item, new Way(Optional.empty(), Optional.empty(), Optional.empty()));
        }
        loan.ifPresent(open -> store.closeLoan(open, cameBack, branch));
        Way way = onward(item, branch, now);
        store.place(item, branch, way.destination.orElse(null));
        return returned(request, terminal, item, way);
    }

    /** Where it goes next: to whoever waits for it, else home. */
    private Way onward(ItemRow item, String branch, Instant now) {
        Optional<HoldRow> claim = item.forLoan() ? store.lockClaim(item) : Optional.empty();
        if (claim.isPresent()) {
            HoldRow hold = claim.get();
            boolean here = hold.pickupBranch().equals(branch);
            store.trap(hold, item, here ? HoldRow.State.READY : HoldRow.State.IN_TRANSIT, now);
            return here
                    ? new Way(Optional.of(AlertType.HOLD_HERE), Optional.empty(), hold.alias())
                    : new Way(Optional.of(AlertType.HOLD_ELSEWHERE), Optional.of(hold.pickupBranch()), hold.alias());
        }
        return item.homeBranch().equals(branch)
                ? new Way(Optional.empty(), Optional.empty(), Optional.empty())
                : new Way(Optional.of(AlertType.SEND_ELSEWHERE), Optional.of(item.homeBranch()), Optional.empty());
    }

    /** As if the item had never been lent: no hold is caught, the patron's own hold has it ready again. */
    private void undoCheckout(ItemRow item) {
        store.openLoan(item.number()).ifPresent(loan -> {
            store.unfulfil(item, loan.card());
            store.dropLoan(loan);
        });
    }

    private CheckinResponse returned(Checkin request, Terminal terminal, ItemRow item, Way way) {
        return new CheckinResponse(
                true,
                true,
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
                Optional.empty(),
                Optional.empty(),
                Optional.of(item.callNumber()).filter(mark -> !mark.isEmpty()),
                way.destination,
                way.alert,
                Optional.empty(),
                way.alias,
                screen(way),
                List.of(),
                List.of());
    }

    private List<String> screen(Way way) {
        String place = way.destination.flatMap(store::branchName).orElse("");
        return way.alert.stream()
                .map(alert -> switch (alert) {
                    case HOLD_HERE -> answers.text(Language.UNSPECIFIED, "return.hold.here");
                    case HOLD_ELSEWHERE, HOLD_ILL -> answers.text(Language.UNSPECIFIED, "return.hold.elsewhere", place);
                    case SEND_ELSEWHERE, UNKNOWN, OTHER ->
                        answers.text(Language.UNSPECIFIED, "return.transport", place);
                })
                .toList();
    }

    /** CV, CT and DA of the answer. */
    private record Way(Optional<AlertType> alert, Optional<String> destination, Optional<String> alias) {}
}
