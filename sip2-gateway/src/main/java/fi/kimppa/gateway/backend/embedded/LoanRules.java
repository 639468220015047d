package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;

/** Who may borrow and renew what, and until when: pure functions over rows. The first reason found is the one told. */
final class LoanRules {
    private static final LocalTime DUE_TIME = LocalTime.of(23, 59);

    /** How long a thing stands on the hold shelf. */
    private static final int SHELF_DAYS = 7;

    private LoanRules() {}

    /** Why this card is good for nothing. */
    static Optional<Refused> againstCard(PatronRow patron, LocalDate today) {
        if (patron.reportedLost()) {
            return Optional.of(Refused.because("card.lost"));
        }
        if (patron.blocked()) {
            return Optional.of(Refused.because("card.blocked"));
        }
        if (patron.expired(today)) {
            return Optional.of(Refused.because("card.expired"));
        }
        return Optional.empty();
    }

    /** Why this patron may borrow nothing at all. */
    static Optional<Refused> againstPatron(PatronRow patron, LocalDate today) {
        Optional<Refused> card = againstCard(patron, today);
        if (card.isPresent()) {
            return card;
        }
        if (patron.owesTooMuch()) {
            return Optional.of(Refused.because("fees.block"));
        }
        if (patron.overdue() > patron.overdueLimit()) {
            return Optional.of(Refused.because("overdue.limit"));
        }
        return Optional.empty();
    }

    /**
     * Why this patron may not borrow this item, which nobody has on loan.
     *
     * @param heldFor the hold that has a claim on the item, if any
     */
    static Optional<Refused> againstCheckout(
            PatronRow patron, ItemRow item, Optional<HoldRow> heldFor, LocalDate today) {
        Optional<Refused> patronBlock = againstPatron(patron, today);
        if (patronBlock.isPresent()) {
            return patronBlock;
        }
        if (patron.loans() >= patron.loanLimit()) {
            return Optional.of(Refused.because("loans.limit", patron.loanLimit()));
        }
        if (!item.forLoan()) {
            return Optional.of(Refused.because("item.reference"));
        }
        if (patron.age(today) < item.ageLimit()) {
            return Optional.of(Refused.because("item.age"));
        }
        if (heldFor.filter(hold -> !hold.card().equals(patron.card())).isPresent()) {
            return Optional.of(Refused.because("item.held"));
        }
        return Optional.empty();
    }

    /**
     * Why this patron may not renew this loan.
     *
     * @param heldFor the hold that waits for the item, if any
     */
    static Optional<Refused> againstRenewal(
            PatronRow patron, ItemRow item, LoanRow loan, Optional<HoldRow> heldFor, LocalDate today) {
        Optional<Refused> patronBlock = againstPatron(patron, today);
        if (patronBlock.isPresent()) {
            return patronBlock;
        }
        if (heldFor.filter(hold -> !hold.card().equals(patron.card())).isPresent()) {
            return Optional.of(Refused.because("renew.held"));
        }
        if (loan.renewals() >= item.renewalLimit()) {
            return Optional.of(Refused.because("renew.limit"));
        }
        return Optional.empty();
    }

    /**
     * The end of the last day of a loan made today, local time.
     *
     * @param branch where it was made; a loan is due on a day on which that is open
     */
    static OffsetDateTime due(ItemRow item, LocalDate today, Optional<Branch> branch, ZoneId zone) {
        return endOf(open(today.plusDays(item.loanDays()), branch), zone);
    }

    /**
     * CM: the end of the last day on the hold shelf, local time.
     *
     * @param branch where the shelf is; nothing leaves it on a day on which nobody can come for it
     */
    static OffsetDateTime lastOnShelf(OffsetDateTime readyAt, Optional<Branch> branch, ZoneId zone) {
        return endOf(open(readyAt.atZoneSameInstant(zone).toLocalDate().plusDays(SHELF_DAYS), branch), zone);
    }

    private static LocalDate open(LocalDate day, Optional<Branch> branch) {
        return branch.map(one -> one.opensFrom(day)).orElse(day);
    }

    private static OffsetDateTime endOf(LocalDate day, ZoneId zone) {
        return day.atTime(DUE_TIME).atZone(zone).toOffsetDateTime();
    }

    /** Why this patron may place no more holds. */
    static Optional<Refused> againstHold(PatronRow patron, LocalDate today) {
        return againstCard(patron, today)
                .or(() -> patron.holds() >= patron.holdLimit()
                        ? Optional.of(Refused.because("hold.limit", patron.holdLimit()))
                        : Optional.empty());
    }

    /** The 14 positions. A card that a machine has blocked is out of use like a lost one. */
    static PatronStatus status(PatronRow patron, LocalDate today) {
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        if (patron.reportedLost() || patron.blocked()) {
            flags.addAll(PatronStatus.UNKNOWN_CARD.flags());
            flags.add(Flag.CARD_REPORTED_LOST);
        }
        if (patron.expired(today)) {
            flags.addAll(PatronStatus.UNKNOWN_CARD.flags());
        }
        if (patron.owesTooMuch()) {
            flags.add(Flag.CHARGE_PRIVILEGES_DENIED);
            flags.add(Flag.RENEWAL_PRIVILEGES_DENIED);
            flags.add(Flag.EXCESSIVE_OUTSTANDING_FEES);
        }
        if (patron.overdue() > patron.overdueLimit()) {
            flags.add(Flag.CHARGE_PRIVILEGES_DENIED);
            flags.add(Flag.RENEWAL_PRIVILEGES_DENIED);
            flags.add(Flag.TOO_MANY_ITEMS_OVERDUE);
        }
        if (patron.loans() >= patron.loanLimit()) {
            flags.add(Flag.CHARGE_PRIVILEGES_DENIED);
            flags.add(Flag.TOO_MANY_ITEMS_CHARGED);
        }
        if (patron.holds() >= patron.holdLimit()) {
            flags.add(Flag.HOLD_PRIVILEGES_DENIED);
        }
        return new PatronStatus(flags);
    }
}
