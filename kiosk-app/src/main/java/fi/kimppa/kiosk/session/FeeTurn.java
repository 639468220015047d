package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.AccountLoan.Manner;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Searching;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the library does for a fee only, be it a loan, a renewal or a hold. It is refused, and true from the start; whoever wanted it is
 * asked over that, about one thing at a time, and with a yes the library is asked once more.
 */
final class FeeTurn {
    private FeeTurn() {}

    /** What something would have cost, by its refusal. A fee that was agreed to is not what it was refused for. */
    static Optional<Money> named(Optional<BigDecimal> amount, Optional<String> currency, boolean agreed) {
        return Money.fee(amount, currency).filter(_ -> !agreed);
    }

    /** Whether somebody is asked just now: what comes after it may cost something too, and waits. */
    static boolean asks(Surroundings around) {
        return around.stay()
                .asked()
                .filter(open -> open.question() instanceof Question.Costs)
                .isPresent();
    }

    /** With the question; empty for whoever is on the way out, or is asked something else and sees afterwards that it was not done. */
    static Optional<Surroundings> asking(Surroundings around, boolean leaving, Question.Costs question) {
        return leaving || around.stay().asked().isPresent()
                ? Optional.empty()
                : Optional.of(VisitTurn.asking(around, question));
    }

    /** Whoever was asked has agreed: it has its turn again, if it is still there. */
    static Step agreed(KioskState state, Question.Costs question) {
        return switch (question) {
            case Question.LoanCosts(int row, var _, var _) ->
                state instanceof Borrowing pile ? lend(pile, row) : Step.to(state);
            case Question.RenewalCosts(int row, var _, var _) ->
                switch (state) {
                    case Borrowing pile -> renew(pile, row);
                    case Account account -> renew(account, row);
                    default -> Step.to(state);
                };
            case Question.HoldCosts _ ->
                state instanceof Searching search ? SearchTurn.accepted(search) : Step.to(state);
        };
    }

    private static Step lend(Borrowing pile, int number) {
        Surroundings around = pile.around();
        Stay agreed = pile.rows().stream()
                .filter(row -> row.number() == number && row.state() instanceof LoanState.Refused)
                .flatMap(row -> row.item().stream())
                .findFirst()
                .map(around.stay()::agreeing)
                .orElse(around.stay());
        return BorrowingTurn.goOn(
                pile,
                around.with(agreed),
                number,
                row -> row.state() instanceof LoanState.Refused ? row.with(new LoanState.Queued()) : row);
    }

    private static Step renew(Borrowing pile, int number) {
        return BorrowingTurn.goOn(
                pile, pile.around(), number, row -> row.mayBeRenewed() ? row.with(new LoanState.Renewing(true)) : row);
    }

    private static Step renew(Account account, int number) {
        return AccountTurn.goOn(
                account,
                number,
                loan -> loan.state() instanceof AccountLoan.State.Costs
                        ? loan.with(new AccountLoan.State.Wanted(Manner.FOR_ITS_PRICE))
                        : loan);
    }
}
