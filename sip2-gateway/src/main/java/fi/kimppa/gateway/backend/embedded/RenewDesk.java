package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewAllResponse.Price;
import fi.kimppa.sip2.message.RenewResponse;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers 29 and 65, in a transaction that holds the patron's row and those of the items. */
@Component
class RenewDesk {
    private final Store store;
    private final Undo undo;
    private final OverdueFees overdue;
    private final DueDates dueDates;
    private final Border border;
    private final Fees fees;
    private final Pins pins;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Work work;
    private final Clock clock;

    RenewDesk(
            Store store,
            Undo undo,
            OverdueFees overdue,
            DueDates dueDates,
            Border border,
            Fees fees,
            Pins pins,
            PatronSessions sessions,
            Answers answers,
            Work work,
            Clock clock) {
        this.store = store;
        this.undo = undo;
        this.overdue = overdue;
        this.dueDates = dueDates;
        this.border = border;
        this.fees = fees;
        this.pins = pins;
        this.sessions = sessions;
        this.answers = answers;
        this.work = work;
        this.clock = clock;
    }

    // ---- 29 ----------------------------------------------------------------------------------------------

    RenewResponse renew(Renew request, Terminal terminal) {
        Optional<PatronRow> holder = store.patron(request.patronIdentifier(), clock.instant());
        if (holder.isEmpty()
                || pins.check(terminal, holder.get(), request.patronPassword()).isWrong()) {
            return refused(request, terminal, Optional.empty(), Refused.because("card.unknown"));
        }
        if (request.itemIdentifier().isEmpty()) {
            return refused(request, terminal, Optional.empty(), Refused.because("renew.which"));
        }
        String number = request.itemIdentifier().get();
        return work.inTransaction(() -> {
            PatronRow patron = store.lockedPatron(request.patronIdentifier(), clock.instant())
                    .orElseThrow();
            Optional<Store.Locked> found = store.locked(number, clock.instant());
            Optional<ItemRow> item = found.map(Store.Locked::item);
            if (item.isEmpty()) {
                return refused(request, terminal, item, Refused.because("item.unknown"));
            }
            Optional<LoanRow> loan =
                    found.get().loan().filter(open -> open.card().equals(patron.card()));
            if (loan.isEmpty()) {
                return refused(request, terminal, item, Refused.because("renew.none"));
            }
            Optional<Refused> refused = request.noBlock() ? Optional.empty() : against(patron, item.get(), loan.get());
            if (refused.isPresent()) {
                return refused(request, terminal, item, refused.get());
            }
            BigDecimal fee = request.noBlock() ? BigDecimal.ZERO : fee(patron, item.get(), loan.get());
            if (fee.signum() > 0 && !request.feeAcknowledged().orElse(false)) {
                return notAccepted(request, terminal, item.get(), fee);
            }
            undo.forget(number);
            RenewResponse renewed =
                    renewed(request, terminal, item.get(), renewed(loan.get(), patron, item.get(), fee));
            return fee.signum() == 0
                    ? renewed
                    : renewed.saying(List.of(answers.charged(language(terminal, patron.card()), fee)));
        });
    }

    private Optional<Refused> against(PatronRow patron, ItemRow item, LoanRow loan) {
        return renewedToday(loan)
                ? Optional.empty()
                : LoanRules.againstRenewal(patron, item, loan, store.claim(item, clock.instant()), today())
                        .or(() -> border.againstRenewal(patron, item));
    }

    /** What a renewal costs; the second on a day changes nothing, and so costs nothing. */
    BigDecimal fee(PatronRow patron, ItemRow item, LoanRow loan) {
        return renewedToday(loan) ? BigDecimal.ZERO : Border.renewalFee(border.between(patron, item));
    }

    /**
     * The new due date. A second renewal on the same day changes nothing, so that a repeat after a lost answer does
     * no harm; a renewal never shortens a loan. What was late until then is to be paid.
     *
     * @param fee what it costs, which the patron has agreed to
     */
    OffsetDateTime renewed(LoanRow loan, PatronRow patron, ItemRow item, BigDecimal fee) {
        if (renewedToday(loan)) {
            return loan.dueAt();
        }
        OffsetDateTime due = dueDates.of(item, loan.lentBranch());
        OffsetDateTime later = due.isAfter(loan.dueAt()) ? due : loan.dueAt();
        overdue.fix(loan, item, clock.instant());
        if (fee.signum() > 0) {
            fees.makeForLoan(loan.id(), patron, item, fee, loan.lentBranch(), clock.instant());
        }
        store.renew(loan, later, clock.instant());
        return later;
    }

    private boolean renewedToday(LoanRow loan) {
        return loan.renewedAt() != null
                && loan.renewedAt()
                        .atZoneSameInstant(clock.getZone())
                        .toLocalDate()
                        .equals(today());
    }

    private RenewResponse renewed(Renew request, Terminal terminal, ItemRow item, OffsetDateTime due) {
        return RenewResponse.renewed(
                MagneticMedia.N,
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                item.number(),
                item.titleIdentifier(),
                answers.dueDate(due),
                Optional.of(item.mediaType()));
    }

    private RenewResponse refused(Renew request, Terminal terminal, Optional<ItemRow> item, Refused why) {
        return RenewResponse.of(refusal(request, terminal, item, why));
    }

    /** A renewal that costs something is made when the patron has accepted that (BO): the machine is told how much it is. */
    private RenewResponse notAccepted(Renew request, Terminal terminal, ItemRow item, BigDecimal fee) {
        return RenewResponse.of(refusal(
                        request,
                        terminal,
                        Optional.of(item),
                        costs(fee, language(terminal, request.patronIdentifier())))
                .costing(Fees.RENTAL, FeeDesk.CURRENCY, fee));
    }

    private CheckoutResponse refusal(Renew request, Terminal terminal, Optional<ItemRow> item, Refused why) {
        return CheckoutResponse.refused(
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier().orElse(""),
                item.map(ItemRow::titleIdentifier)
                        .orElseGet(() -> request.titleIdentifier().orElse("")),
                Optional.empty(),
                answers.screen(language(terminal, request.patronIdentifier()), why));
    }

    // ---- 65 ----------------------------------------------------------------------------------------------

    /**
     * Every loan is tried; BM and BN are bare item numbers, and AF says why something was not renewed. What costs something is left alone, and
     * told with its price, unless the patron has agreed (BO).
     */
    RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        String card = request.patronIdentifier();
        Optional<PatronRow> holder = store.patron(card, clock.instant());
        if (holder.isEmpty()
                || pins.check(terminal, holder.get(), request.patronPassword()).isWrong()) {
            return answer(terminal, false, List.of(), List.of(), text(terminal, card, "card.unknown"));
        }
        return work.inTransaction(() -> {
            store.lockPatron(card);
            // All items before anything else, in one order, so that two terminals never wait for each other.
            store.openLoans(card).stream().map(LoanRow::item).sorted().forEach(store::lockItem);
            PatronRow patron = store.patron(card, clock.instant()).orElseThrow();
            List<LoanRow> loans = store.openLoans(card);
            Optional<Refused> block = LoanRules.againstPatron(patron, today());
            if (block.isPresent()) {
                return answer(
                        terminal,
                        false,
                        List.of(),
                        loans.stream().map(LoanRow::item).toList(),
                        answers.screen(language(terminal, card), block.get()));
            }
            return loans.isEmpty()
                    ? answer(terminal, true, List.of(), List.of(), text(terminal, card, "renew.all.none"))
                    : renewed(terminal, patron, loans, request.feeAcknowledged().orElse(false));
        });
    }

    private RenewAllResponse renewed(Terminal terminal, PatronRow patron, List<LoanRow> loans, boolean agreed) {
        List<String> renewed = new ArrayList<>();
        List<String> unrenewed = new ArrayList<>();
        List<String> screen = new ArrayList<>();
        List<Price> prices = new ArrayList<>();
        BigDecimal charged = BigDecimal.ZERO;
        Language language = language(terminal, patron.card());
        for (LoanRow loan : loans) {
            ItemRow item = store.item(loan.item()).orElseThrow();
            BigDecimal fee = fee(patron, item, loan);
            boolean dear = fee.signum() > 0 && !agreed;
            Optional<Refused> against = against(patron, item, loan);
            if (against.isEmpty() && dear) {
                prices.add(new Price(item.number(), Fees.RENTAL, FeeDesk.CURRENCY, fee));
            }
            Optional<Refused> refused = against.or(() -> dear ? Optional.of(costs(fee, language)) : Optional.empty());
            if (refused.isEmpty()) {
                undo.forget(item.number());
                renewed(loan, patron, item, fee);
                charged = charged.add(fee);
                renewed.add(item.number());
            } else {
                unrenewed.add(item.number());
                for (String why : answers.screen(language, refused.get())) {
                    screen.add(answers.text(language, "renew.all.refused", item.number(), why));
                }
            }
        }
        if (charged.signum() > 0) {
            screen.add(answers.charged(language, charged));
        }
        return answer(terminal, true, renewed, unrenewed, screen).pricing(prices);
    }

    private RenewAllResponse answer(
            Terminal terminal, boolean ok, List<String> renewed, List<String> unrenewed, List<String> screen) {
        return RenewAllResponse.of(ok, answers.now(), terminal.institutionId(), renewed, unrenewed, screen);
    }

    private List<String> text(Terminal terminal, String card, String key) {
        return List.of(answers.text(language(terminal, card), key));
    }

    // ---- both --------------------------------------------------------------------------------------------

    private static Refused costs(BigDecimal fee, Language language) {
        return Refused.because("agreement.renewal.fee", Answers.money(fee, language));
    }

    private Language language(Terminal terminal, String card) {
        return sessions.language(terminal, card);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
