package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the keypad does in the account: a page for each loan, hold or fee, and what the whole list offers. Pure. */
final class AccountKeys {
    private AccountKeys() {}

    static List<Keypad.Page> rows(Account state) {
        boolean up = up(state);
        return switch (state.page()) {
            case LOANS ->
                state.shownLoans().stream()
                        .map(loan -> new Keypad.Page(loan.number(), choices(loan, up)))
                        .toList();
            case HOLDS ->
                state.shownHolds().stream()
                        .map(hold -> new Keypad.Page(hold.number(), choices(hold, up)))
                        .toList();
            case FEES ->
                IntStream.rangeClosed(1, state.fees().size())
                        .mapToObj(number -> new Keypad.Page(number, List.of()))
                        .toList();
        };
    }

    private static List<Choice> choices(AccountLoan loan, boolean up) {
        return up && loan.mayBeRenewed() && loan.read() ? List.of(new Choice.Renew(loan.number())) : List.of();
    }

    private static List<Choice> choices(AccountHold hold, boolean up) {
        int number = hold.number();
        if (hold.state() instanceof AccountHold.State.Asking) {
            return List.of(new Choice.InAccount.KeepHold(number), new Choice.InAccount.ReallyCancel(number));
        }
        return up && hold.mayBeCancelled() && hold.read()
                ? List.of(new Choice.InAccount.CancelHold(number))
                : List.of();
    }

    /** "Renew all", the other pages, and the way on. */
    static List<Choice> whole(Account state) {
        List<Choice> choices = new ArrayList<>();
        boolean mayRenew = up(state)
                && state.page() == Account.Page.LOANS
                && state.all() == Account.All.NOT_ASKED
                && !state.renewing()
                && state.loans().stream().anyMatch(AccountLoan::mayBeRenewed);
        if (mayRenew) {
            choices.add(new Choice.InAccount.RenewAll());
        }
        for (Account.Page page : Account.Page.values()) {
            if (page != state.page()) {
                choices.add(new Choice.InAccount.Turn(page));
            }
        }
        if (state.around().settings().offers(Offering.BORROW) && state.around().lends()) {
            choices.add(new Choice.Borrow());
        }
        choices.add(new Choice.Finish());
        return choices;
    }

    private static boolean up(Account state) {
        return state.around().line() == Surroundings.Line.UP;
    }
}
