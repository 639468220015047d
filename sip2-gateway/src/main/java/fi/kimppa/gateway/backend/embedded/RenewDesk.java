package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
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
            undo.forget(number);
            return renewed(request, terminal, item.get(), renewed(loan.get(), item.get()));
        });
    }

    private Optional<Refused> against(PatronRow patron, ItemRow item, LoanRow loan) {
        return renewedToday(loan)
                ? Optional.empty()
                : LoanRules.againstRenewal(patron, item, loan, store.claim(item, clock.instant()), today())
                        .or(() -> border.againstRenewal(patron, item));
    }

    /**
     * The new due date. A second renewal on the same day changes nothing, so that a repeat after a lost answer does
     * no harm; a renewal never shortens a loan. What was late until then is to be paid.
     */
    OffsetDateTime renewed(LoanRow loan, ItemRow item) {
        if (renewedToday(loan)) {
            return loan.dueAt();
        }
        OffsetDateTime due = dueDates.of(item, loan.lentBranch());
        OffsetDateTime later = due.isAfter(loan.dueAt()) ? due : loan.dueAt();
        overdue.fix(loan, item, clock.instant());
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
        return RenewResponse.of(CheckoutResponse.refused(
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier().orElse(""),
                item.map(ItemRow::titleIdentifier)
                        .orElseGet(() -> request.titleIdentifier().orElse("")),
                Optional.empty(),
                answers.screen(sessions.language(terminal, request.patronIdentifier()), why)));
    }

    // ---- 65 ----------------------------------------------------------------------------------------------

    /** Every loan is tried; BM and BN are bare item numbers, and AF says why something was not renewed. */
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
                    : renewed(terminal, patron, loans);
        });
    }

    private RenewAllResponse renewed(Terminal terminal, PatronRow patron, List<LoanRow> loans) {
        List<String> renewed = new ArrayList<>();
        List<String> unrenewed = new ArrayList<>();
        List<String> screen = new ArrayList<>();
        Language language = language(terminal, patron.card());
        for (LoanRow loan : loans) {
            ItemRow item = store.item(loan.item()).orElseThrow();
            Optional<Refused> refused = against(patron, item, loan);
            if (refused.isEmpty()) {
                undo.forget(item.number());
                renewed(loan, item);
                renewed.add(item.number());
            } else {
                unrenewed.add(item.number());
                for (String why : answers.screen(language, refused.get())) {
                    screen.add(answers.text(language, "renew.all.refused", item.number(), why));
                }
            }
        }
        return answer(terminal, true, renewed, unrenewed, screen);
    }

    private RenewAllResponse answer(
            Terminal terminal, boolean ok, List<String> renewed, List<String> unrenewed, List<String> screen) {
        return RenewAllResponse.of(ok, answers.now(), terminal.institutionId(), renewed, unrenewed, screen);
    }

    private List<String> text(Terminal terminal, String card, String key) {
        return List.of(answers.text(language(terminal, card), key));
    }

    // ---- both --------------------------------------------------------------------------------------------

    private Language language(Terminal terminal, String card) {
        return sessions.language(terminal, card);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
