package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.Holds.Own;
import fi.kimppa.gateway.backend.embedded.Holds.Title;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Agreement;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Answers 15. A patron has one hold on a title. BY 3 is for the copy that AB names, 4 for the copies of the pick-up
 * branch, everything else, also no BY, for any copy of the title. BS is the pick-up branch; without it the terminal's
 * own, or the patron's home where the terminal's is none.
 */
@Component
class HoldDesk {
    private static final String THIS_COPY = "3";
    private static final String COPIES_OF_A_BRANCH = "4";

    private final Store store;
    private final Holds holds;
    private final Border border;
    private final Fees fees;
    private final Pins pins;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Work work;
    private final Clock clock;

    HoldDesk(
            Store store,
            Holds holds,
            Border border,
            Fees fees,
            Pins pins,
            PatronSessions sessions,
            Answers answers,
            Work work,
            Clock clock) {
        this.store = store;
        this.holds = holds;
        this.border = border;
        this.fees = fees;
        this.pins = pins;
        this.sessions = sessions;
        this.answers = answers;
        this.work = work;
        this.clock = clock;
    }

    HoldResponse hold(Hold request, Terminal terminal) {
        Optional<PatronRow> holder = store.patron(request.patronIdentifier(), clock.instant());
        if (holder.isEmpty()
                || pins.check(terminal, holder.get(), request.patronPassword()).isWrong()) {
            return refused(request, terminal, Refused.because("card.unknown"));
        }
        return work.inTransaction(() -> {
            PatronRow patron = store.lockedPatron(request.patronIdentifier(), clock.instant())
                    .orElseThrow();
            Optional<ItemRow> item =
                    request.itemIdentifier().filter(number -> !number.isEmpty()).flatMap(store::item);
            Optional<Title> title = item.flatMap(holds::titleOf)
                    .or(() -> request.itemIdentifier()
                                    .filter(number -> !number.isEmpty())
                                    .isPresent()
                            ? Optional.empty()
                            : request.titleIdentifier().map(String::strip).flatMap(holds::title));
            if (title.isEmpty()) {
                return refused(request, terminal, Refused.because("hold.unknown"));
            }
            Optional<Own> own = holds.own(patron.card(), title.get(), clock.instant());
            return switch (request.holdMode()) {
                case ADD -> place(request, terminal, patron, item, title.get(), own);
                case CHANGE -> change(request, terminal, title.get(), own);
                case DELETE -> delete(request, terminal, item.map(ItemRow::number), title.get(), own);
            };
        });
    }

    private HoldResponse place(
            Hold request, Terminal terminal, PatronRow patron, Optional<ItemRow> item, Title title, Optional<Own> own) {
        String type = request.holdType().orElse("");
        Optional<String> pickup = pickup(request, terminal, patron);
        Optional<String> copy = item.map(ItemRow::number).filter(_ -> type.equals(THIS_COPY));
        Optional<String> branch = pickup.filter(_ -> type.equals(COPIES_OF_A_BRANCH));
        Optional<Instant> expires = expires(request);
        List<Agreement> agreements = border.ofHold(patron, item.filter(_ -> copy.isPresent()));
        BigDecimal fee = BigDecimal.valueOf(
                agreements.stream().mapToLong(Agreement::holdFee).sum(), 2);
        Optional<Refused> refused = LoanRules.againstHold(patron, today())
                .or(() -> when(own.isPresent(), "hold.already"))
                .or(() -> when(holds.onLoan(patron.card(), title), "hold.yours"))
                .or(() -> when(patron.age(today()) < title.ageLimit(), "item.age"))
                .or(() -> when(pickup.isEmpty(), "hold.place"))
                .or(() -> when(past(expires), "hold.date"))
                .or(() -> when(!holds.hasCopies(title, copy, branch), "hold.copies"))
                .or(() -> border.againstHold(agreements));
        if (refused.isPresent() || pickup.isEmpty()) {
            return refused(request, terminal, refused.orElseGet(() -> Refused.because("hold.place")));
        }
        if (fee.signum() > 0 && !request.feeAcknowledged().orElse(false)) {
            return notAccepted(request, terminal, fee);
        }
        boolean free = holds.free(title, item.map(ItemRow::number), branch, clock.instant());
        holds.place(patron.card(), title, copy, branch, pickup.get(), expires, clock.instant());
        if (fee.signum() > 0) {
            fees.makeForHold(patron, item, fee, terminal.branchCode(), clock.instant());
        }
        Own placed = holds.own(patron.card(), title, clock.instant()).orElseThrow();
        return done(request, terminal, title, placed, free, "hold.placed");
    }

    /**
     * A hold that costs something is placed when the patron has accepted that (BO): the machine is told how much it is, in the fields
     * that a 12 has for a loan.
     */
    private HoldResponse notAccepted(Hold request, Terminal terminal, BigDecimal fee) {
        return refused(
                request,
                terminal,
                Refused.because("agreement.hold.fee", Answers.money(fee, language(request, terminal))),
                List.of(
                        CodedField.of(Field.BT, Fees.FOR_HOLD),
                        CodedField.of(Field.BH, FeeDesk.CURRENCY),
                        CodedField.of(Field.BV, fee.toPlainString())));
    }

    private HoldResponse change(Hold request, Terminal terminal, Title title, Optional<Own> own) {
        if (own.isEmpty()) {
            return refused(request, terminal, Refused.because("hold.none"));
        }
        Optional<String> wanted = request.pickupLocation().filter(code -> !code.isBlank());
        Optional<String> pickup = wanted.isEmpty()
                ? Optional.of(own.get().pickupBranch())
                : wanted.filter(code -> store.branchName(code).isPresent());
        Optional<Instant> expires = expires(request);
        if (pickup.isEmpty()) {
            return refused(request, terminal, Refused.because("hold.place"));
        }
        if (past(expires)) {
            return refused(request, terminal, Refused.because("hold.date"));
        }
        if (own.get().state() == HoldRow.State.READY
                && !pickup.get().equals(own.get().pickupBranch())) {
            return refused(
                    request,
                    terminal,
                    Refused.because("hold.ready", place(own.get().pickupBranch())));
        }
        holds.change(own.get(), pickup.get(), expires);
        Own changed =
                holds.own(request.patronIdentifier(), title, clock.instant()).orElseThrow();
        return done(request, terminal, title, changed, false, "hold.changed");
    }

    private HoldResponse delete(
            Hold request, Terminal terminal, Optional<String> item, Title title, Optional<Own> own) {
        if (own.isEmpty()) {
            return refused(request, terminal, Refused.because("hold.none"));
        }
        holds.delete(own.get());
        return new HoldResponse(
                true,
                holds.free(title, item, Optional.empty(), clock.instant()),
                answers.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(own.get().pickupBranch()),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                Optional.of(title.titleIdentifier()),
                List.of(answers.text(language(request, terminal), "hold.deleted")),
                List.of(),
                List.of());
    }

    private HoldResponse done(
            Hold request, Terminal terminal, Title title, Own hold, boolean available, String sentence) {
        return new HoldResponse(
                true,
                available,
                answers.now(),
                Optional.ofNullable(hold.expiresAt()).map(answers::moment),
                Optional.of(hold)
                        .filter(waiting -> waiting.state() == HoldRow.State.WAITING)
                        .map(waiting -> Integer.toString(holds.position(waiting, clock.instant()))),
                Optional.of(hold.pickupBranch()),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                Optional.of(title.titleIdentifier()),
                List.of(answers.text(language(request, terminal), sentence, place(hold.pickupBranch()))),
                List.of(),
                List.of());
    }

    private HoldResponse refused(Hold request, Terminal terminal, Refused why) {
        return refused(request, terminal, why, List.of());
    }

    private HoldResponse refused(Hold request, Terminal terminal, Refused why, List<CodedField> extras) {
        return new HoldResponse(
                false,
                false,
                answers.now(),
                Optional.empty(),
                Optional.empty(),
                request.pickupLocation(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                request.titleIdentifier(),
                answers.screen(language(request, terminal), why),
                List.of(),
                extras);
    }

    private Optional<String> pickup(Hold request, Terminal terminal, PatronRow patron) {
        Optional<String> wanted = request.pickupLocation().filter(code -> !code.isBlank());
        return wanted.isPresent()
                ? wanted.filter(code -> store.branchName(code).isPresent())
                : Optional.of(terminal.branchCode())
                        .filter(code -> store.branchName(code).isPresent())
                        .or(() -> Optional.of(patron.homeBranch()));
    }

    private Optional<Instant> expires(Hold request) {
        return request.expirationDate().flatMap(date -> date.instant(clock.getZone()));
    }

    private boolean past(Optional<Instant> expires) {
        return expires.filter(end -> end.isBefore(clock.instant())).isPresent();
    }

    private static Optional<Refused> when(boolean applies, String key) {
        return applies ? Optional.of(Refused.because(key)) : Optional.empty();
    }

    private String place(String branch) {
        return store.branchName(branch).orElse(branch);
    }

    private Language language(Hold request, Terminal terminal) {
        return sessions.language(terminal, request.patronIdentifier());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
