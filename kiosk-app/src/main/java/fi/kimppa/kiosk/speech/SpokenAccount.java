package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.AccountFee;
import fi.kimppa.kiosk.session.AccountHold;
import fi.kimppa.kiosk.session.AccountLoan;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.text.AccountWording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.function.UnaryOperator;

/** Loans, holds and fees for the ear. All of it is for the person alone. */
final class SpokenAccount {
    private static final String BETWEEN = " · ";

    private SpokenAccount() {}

    /** What stands over the list of the page that lies open. */
    static void head(Telling telling, Spoken spoken, Account state) {
        switch (state.page()) {
            case LOANS -> loans(telling, spoken, state);
            case HOLDS -> holds(telling, spoken, state);
            case FEES ->
                telling.whisper(state.patron()
                        .standing()
                        .owed()
                        .filter(owed -> owed.amount().signum() > 0)
                        .map(owed -> spoken.say("acc.total", "sum", spoken.money(owed)))
                        .orElseGet(() -> spoken.say("acc.nofees")));
        }
    }

    private static void holds(Telling telling, Spoken spoken, Account state) {
        if (state.awaits(Account.Page.HOLDS)) {
            telling.say(spoken.say("acc.loading"));
        } else if (state.holds().isEmpty()) {
            telling.whisper(spoken.say("acc.noholds"));
        } else {
            telling.whisper(spoken.say("acc.holds", "n", state.holdCount()));
        }
    }

    private static void loans(Telling telling, Spoken spoken, Account state) {
        if (state.renewing()) {
            telling.say(spoken.say("out.renewing")).say(spoken.say("common.wait"));
            return;
        }
        int count = state.loans().size();
        if (state.all() == Account.All.DONE) {
            telling.whisper(spoken.say("acc.renewed.n", "a", state.renewed(), "b", count));
            return;
        }
        telling.whisper(
                state.awaits(Account.Page.LOANS)
                        ? spoken.say("acc.loading")
                        : spoken.texts().count("out.count", count));
        AccountWording.late(spoken.texts(), state.loans(), spoken.today()).ifPresent(telling::whisper);
        telling.whisper(AccountWording.toFetch(spoken.texts(), state.patron()));
        Scenes.notices(telling, spoken, state.patron());
    }

    /** The row of this number on the page that lies open. */
    static void row(Telling telling, Spoken spoken, Account state, int number) {
        switch (state.page()) {
            case LOANS ->
                state.loans().stream()
                        .filter(loan -> loan.number() == number)
                        .forEach(loan -> loan(telling, spoken, loan));
            case HOLDS ->
                state.holds().stream()
                        .filter(hold -> hold.number() == number)
                        .forEach(hold -> hold(telling, spoken, state, hold));
            case FEES -> fee(telling, spoken, state.fees().get(number - 1));
        }
    }

    private static void loan(Telling telling, Spoken spoken, AccountLoan loan) {
        loan.title().ifPresent(title -> telling.whisper(Spoken.title(title)));
        Said said = AccountWording.loan(spoken.texts(), loan, spoken.today(), false);
        tell(
                telling,
                said,
                line -> loan.due()
                        .filter(due -> line.equals(seen(spoken, due)))
                        .map(spoken::due)
                        .orElseGet(() -> loan.state() instanceof AccountLoan.State.Costs(Money fee)
                                ? spoken.sum(line, fee)
                                : line));
    }

    /** The due date as it stands on the screen. */
    private static String seen(Spoken spoken, DueDate due) {
        return spoken.texts().onDay("out.due", due);
    }

    private static void hold(Telling telling, Spoken spoken, Account state, AccountHold hold) {
        hold.title().ifPresent(title -> telling.whisper(Spoken.title(title)));
        Said said = AccountWording.hold(
                spoken.texts(),
                hold,
                state.patron().standing(),
                spoken.today(),
                code -> state.around().settings().nameOf(code),
                AccountWording.Where.FULL);
        tell(
                telling,
                said,
                line -> hold.until()
                        .map(day -> line.replace(spoken.texts().day(day), spoken.day(day)))
                        .orElse(line));
    }

    private static void fee(Telling telling, Spoken spoken, AccountFee fee) {
        fee.title().ifPresent(title -> telling.whisper(Spoken.title(title)));
        telling.whisper(spoken.money(fee.open()));
        Said said = AccountWording.fee(spoken.texts(), fee);
        said.lines()
                .forEach(line -> telling.whisper(fee.made()
                        .map(day -> line.replace(spoken.texts().date(day), spoken.day(day)))
                        .orElse(line)
                        .replace(BETWEEN, ", ")));
    }

    private static void tell(Telling telling, Said said, UnaryOperator<String> heard) {
        telling.whisper(heard.apply(said.word()));
        said.lines().forEach(line -> telling.whisper(heard.apply(line).replace(BETWEEN, ", ")));
    }

    /** What has changed since. */
    static void news(Telling telling, Spoken spoken, Account before, Account now) {
        if (before.page() != now.page() || before.awaits(before.page()) != now.awaits(now.page())) {
            head(telling, spoken, now);
            Scenes.row(telling, spoken, now);
            return;
        }
        if (now.renewing() != before.renewing() || now.all() != before.all()) {
            head(telling, spoken, now);
        }
        if (now.page() == Account.Page.LOANS && !now.renewing()) {
            now.loans().stream()
                    .filter(loan -> before.loans().stream()
                            .anyMatch(old -> old.number() == loan.number()
                                    && !old.state().equals(loan.state())))
                    .forEach(loan -> loan(telling, spoken, loan));
        }
        if (now.page() == Account.Page.HOLDS) {
            now.holds().stream()
                    .filter(hold -> before.holds().stream()
                            .anyMatch(old -> old.number() == hold.number()
                                    && !old.state().equals(hold.state())))
                    .forEach(hold -> hold(telling, spoken, now, hold));
        }
    }
}
