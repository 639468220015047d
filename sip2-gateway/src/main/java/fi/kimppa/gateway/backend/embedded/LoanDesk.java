package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.Store.Locked;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Agreement;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers 11, in a transaction that holds the patron's and the item's row. */
@Component
class LoanDesk {
    private final Store store;
    private final Undo undo;
    private final OverdueFees overdue;
    private final DueDates dueDates;
    private final RenewDesk renewals;
    private final Border border;
    private final Fees fees;
    private final Pins pins;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Work work;
    private final LateWrites writes;
    private final Clock clock;
    private final MachineDates dates;

    LoanDesk(
            Store store,
            Undo undo,
            OverdueFees overdue,
            DueDates dueDates,
            RenewDesk renewals,
            Border border,
            Fees fees,
            Pins pins,
            PatronSessions sessions,
            Answers answers,
            Work work,
            LateWrites writes,
            Clock clock) {
        this.store = store;
        this.undo = undo;
        this.overdue = overdue;
        this.dueDates = dueDates;
        this.renewals = renewals;
        this.border = border;
        this.fees = fees;
        this.pins = pins;
        this.sessions = sessions;
        this.answers = answers;
        this.work = work;
        this.writes = writes;
        this.clock = clock;
        this.dates = new MachineDates(clock);
    }

    CheckoutResponse checkout(Checkout request, Terminal terminal) {
        // A PIN takes its time, and so before anything is locked.
        if (request.patronPassword().isPresent() && !knows(request, terminal)) {
            return refused(request, terminal, Optional.empty(), Refused.because("card.unknown"));
        }
        return work.inTransaction(() -> {
            Optional<PatronRow> patron = store.lockedPatron(request.patronIdentifier(), clock.instant());
            if (patron.isEmpty()) {
                return refused(request, terminal, Optional.empty(), Refused.because("card.unknown"));
            }
            Optional<Locked> found = store.locked(request.itemIdentifier(), clock.instant());
            if (found.isEmpty()) {
                return refused(request, terminal, Optional.empty(), Refused.because("item.unknown"));
            }
            if (request.cancel().orElse(false)) {
                return undoCheckin(request, terminal, found.get().item());
            }
            return lend(request, terminal, patron.get(), found.get());
        });
    }

    private boolean knows(Checkout request, Terminal terminal) {
        return store.patron(request.patronIdentifier(), clock.instant())
                .filter(holder ->
                        !pins.check(terminal, holder, request.patronPassword()).isWrong())
                .isPresent();
    }

    private CheckoutResponse lend(Checkout request, Terminal terminal, PatronRow patron, Locked found) {
        ItemRow item = found.item();
        Optional<LoanRow> loan = found.loan();
        Optional<HoldRow> claim = found.wanted() ? store.lockClaim(item, clock.instant()) : Optional.empty();
        if (request.noBlock()) {
            return record(request, terminal, patron, found, claim);
        }
        if (loan.isPresent()) {
            if (!loan.get().card().equals(patron.card())) {
                return refused(request, terminal, Optional.of(item), Refused.because("item.lent"));
            }
            return again(request, terminal, patron, found, loan.get(), claim);
        }
        List<Agreement> agreements = border.between(patron, item);
        Optional<Refused> refused =
                LoanRules.againstCheckout(patron, item, claim, today()).or(() -> border.againstLoan(agreements));
        if (refused.isPresent()) {
            return refused(request, terminal, Optional.of(item), refused.get());
        }
        int fee = agreements.stream().mapToInt(Agreement::loanFee).sum();
        if (fee > 0 && !request.feeAcknowledged().orElse(false)) {
            return notAccepted(request, terminal, item, euros(fee), "agreement.loan.fee");
        }
        OffsetDateTime due = dueDates.of(item, terminal.branchCode());
        undo.keep(Undo.LOAN, found, terminal);
        fulfilOwnHold(found, patron);
        store.lend(
                item,
                patron.card(),
                clock.instant(),
                dates.justNow(request.transactionDate()),
                terminal.branchCode(),
                due);
        if (fee == 0) {
            return lent(request, terminal, item, due, false, List.of());
        }
        writes.flush();
        long made = store.openLoan(item.number()).orElseThrow().id();
        fees.makeForLoan(made, patron, item, euros(fee), terminal.branchCode(), clock.instant());
        return lent(request, terminal, item, due, false, charged(terminal, patron, euros(fee)));
    }

    private List<String> charged(Terminal terminal, PatronRow patron, BigDecimal fee) {
        return fee.signum() == 0
                ? List.of()
                : List.of(answers.charged(sessions.language(terminal, patron.card()), fee));
    }

    private static BigDecimal euros(int cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    /** A loan or renewal that costs something is made when the patron has accepted that (BO): the machine is told how much it is. */
    private CheckoutResponse notAccepted(
            Checkout request, Terminal terminal, ItemRow item, BigDecimal fee, String reason) {
        Language language = sessions.language(terminal, request.patronIdentifier());
        return refused(request, terminal, Optional.of(item), Refused.because(reason, Answers.money(fee, language)))
                .costing(Fees.RENTAL, FeeDesk.CURRENCY, fee);
    }

    /** An 11 for what the patron has already: a renewal where the SC's renewal policy allows it, else a refusal. */
    private CheckoutResponse again(
            Checkout request,
            Terminal terminal,
            PatronRow patron,
            Locked found,
            LoanRow loan,
            Optional<HoldRow> claim) {
        ItemRow item = found.item();
        Optional<Refused> refused = request.scRenewalPolicy()
                ? LoanRules.againstRenewal(patron, item, loan, claim, today())
                        .or(() -> border.againstRenewal(patron, item))
                : Optional.of(Refused.because("item.yours"));
        if (refused.isPresent()) {
            return refused(request, terminal, Optional.of(item), refused.get());
        }
        BigDecimal fee = renewals.fee(patron, item, loan);
        if (fee.signum() > 0 && !request.feeAcknowledged().orElse(false)) {
            return notAccepted(request, terminal, item, fee, "agreement.renewal.fee");
        }
        undo.keep(Undo.LOAN, found, terminal);
        OffsetDateTime due = renewals.renewed(loan, patron, item, fee);
        return lent(request, terminal, item, due, true, charged(terminal, patron, fee));
    }

    /**
     * No block: it has happened, and is recorded whatever the rules say. A loan of somebody else is over, since the
     * patron stood there with the item.
     */
    private CheckoutResponse record(
            Checkout request, Terminal terminal, PatronRow patron, Locked found, Optional<HoldRow> claim) {
        ItemRow item = found.item();
        Optional<LoanRow> loan = found.loan();
        Instant when = dates.happened(request.transactionDate());
        OffsetDateTime due = request.nbDueDate()
                .instant(clock.getZone())
                .map(instant -> instant.atZone(clock.getZone()).toOffsetDateTime())
                .orElseGet(() -> dueDates.of(item, terminal.branchCode()));
        if (loan.filter(open -> open.card().equals(patron.card())).isPresent()) {
            return lent(request, terminal, item, loan.get().dueAt(), true, List.of());
        }
        boolean blocked = loan.isPresent()
                || LoanRules.againstCheckout(patron, item, claim, today())
                        .or(() -> border.againstLoan(border.between(patron, item)))
                        .isPresent();
        undo.keep(Undo.LOAN, found, terminal);
        loan.ifPresent(open -> {
            overdue.fix(open, item, when);
            store.closeLoan(open, when, terminal.branchCode());
        });
        if (claim.filter(hold -> hold.state() != HoldRow.State.WAITING).isPresent()) {
            store.release(item);
        }
        fulfilOwnHold(found, patron);
        store.lend(item, patron.card(), when, Optional.empty(), terminal.branchCode(), due);
        Language language = sessions.language(terminal, patron.card());
        return lent(
                request,
                terminal,
                item,
                due,
                false,
                blocked ? List.of(answers.text(language, "recorded.blocked")) : List.of());
    }

    /** As if this terminal had never taken it back: loan and hold are what they were. */
    private CheckoutResponse undoCheckin(Checkout request, Terminal terminal, ItemRow item) {
        if (!undo.possible(Undo.RETURN, item, terminal, Optional.of(request.patronIdentifier()))) {
            return refused(request, terminal, Optional.of(item), Refused.because("undo.none"));
        }
        undo.restore(item);
        LoanRow loan = store.openLoan(item.number()).orElseThrow();
        return lent(request, terminal, item, loan.dueAt(), false, List.of());
    }

    private void fulfilOwnHold(Locked found, PatronRow patron) {
        if (found.wanted()) {
            store.ownHold(found.item(), patron.card(), clock.instant())
                    .ifPresent(hold -> store.fulfil(hold, found.item(), clock.instant()));
        }
    }

    private CheckoutResponse lent(
            Checkout request,
            Terminal terminal,
            ItemRow item,
            OffsetDateTime due,
            boolean renewal,
            List<String> screen) {
        return CheckoutResponse.lent(
                renewal,
                MagneticMedia.N,
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                item.titleIdentifier(),
                answers.dueDate(due),
                Optional.of(item.mediaType()),
                screen);
    }

    private CheckoutResponse refused(Checkout request, Terminal terminal, Optional<ItemRow> item, Refused why) {
        return CheckoutResponse.refused(
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                item.map(ItemRow::titleIdentifier).orElse(""),
                Optional.empty(),
                answers.screen(sessions.language(terminal, request.patronIdentifier()), why));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
