package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.screen.KeptRows.Made;
import fi.kimppa.kiosk.session.AccountFee;
import fi.kimppa.kiosk.session.AccountHold;
import fi.kimppa.kiosk.session.AccountLoan;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.Standing;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.text.AccountWording;
import fi.kimppa.kiosk.text.AccountWording.Where;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/**
 * The rows of an account. What stands over a list, with its great button, is its first row, so that it has the same place on
 * every display.
 */
final class AccountRows {
    private final Room room;
    private final KeptRows kept = new KeptRows();

    AccountRows(Room room) {
        this.room = room;
    }

    /** Forgets them all. */
    List<Region> none() {
        return kept.none();
    }

    /** The rows of the page that lies open. */
    List<Region> of(Account state) {
        SequencedMap<Made, Supplier<Region>> wanted = new LinkedHashMap<>();
        switch (state.page()) {
            case LOANS -> loans(state, wanted);
            case HOLDS -> holds(state, wanted);
            case FEES -> fees(state, wanted);
        }
        return kept.of(wanted);
    }

    // ---- loans -------------------------------------------------------------------------------------------

    private void loans(Account state, Map<Made, Supplier<Region>> wanted) {
        LocalDate today = state.around().today();
        Said head = loansHead(state, today);
        boolean mayRenew = up(state)
                && state.all() == Account.All.NOT_ASKED
                && !state.renewing()
                && state.loans().stream().anyMatch(AccountLoan::mayBeRenewed);
        Supplier<List<Button>> buttons = () ->
                mayRenew ? List.of(main("renew-all", "acc.renewall", new Choice.InAccount.RenewAll())) : List.of();
        Tone tone = state.all() == Account.All.DONE && !state.renewing() ? Tone.DONE : Tone.PLAIN;
        Icon done = state.all() == Account.All.DONE ? Icon.RENEW : Icon.ACCOUNT;
        Icon icon = state.renewing() ? Icon.WORKING : done;
        wanted.put(
                new Made(head, mayRenew + tone.name() + icon.name()), () -> row(tone, icon, "", head, false, buttons));
        List<String> notices = state.patron().standing().notices();
        if (!notices.isEmpty()) {
            wanted.put(new Made(notices, "notice"), () -> LibraryNotice.row(room, notices));
        }
        for (AccountLoan loan : state.shownLoans()) {
            wanted.put(new Made(loan, up(state)), () -> loan(loan, today, up(state)));
        }
    }

    private Said loansHead(Account state, LocalDate today) {
        List<String> lines = new ArrayList<>();
        String fetch = AccountWording.toFetch(room.texts(), state.patron());
        if (state.renewing()) {
            return new Said(
                    room.texts().say("out.renewing"),
                    List.of(room.texts().say(state.slow() ? "common.wait.long" : "common.wait")));
        }
        if (state.all() == Account.All.DONE) {
            return new Said(
                    room.texts()
                            .say(
                                    "acc.renewed.n",
                                    "a",
                                    state.renewed(),
                                    "b",
                                    state.loans().size()),
                    List.of());
        }
        AccountWording.late(room.texts(), state.loans(), today).ifPresent(lines::add);
        if (!fetch.isEmpty() && !room.brief()) {
            lines.add(fetch);
        }
        String word = state.awaits(Account.Page.LOANS)
                ? room.texts().say("acc.loading")
                : room.texts().count("out.count", state.loans().size());
        return new Said(word, lines);
    }

    private Region loan(AccountLoan loan, LocalDate today, boolean up) {
        Said full = AccountWording.loan(room.texts(), loan, today, false);
        Said brief = AccountWording.loan(room.texts(), loan, today, true);
        return room.brief() && !brief.equals(full)
                ? new FirstThatFits(List.of(loan(loan, full, today, up), loan(loan, brief, today, up)))
                : loan(loan, full, today, up);
    }

    private Region loan(AccountLoan loan, Said said, LocalDate today, boolean up) {
        return row(
                tone(loan, today),
                icon(loan, today),
                loan.name(),
                said,
                loan.overdue(today) && loan.state() instanceof AccountLoan.State.Kept,
                () -> up && loan.mayBeRenewed() && loan.read()
                        ? List.of(button("renew-" + loan.number(), "acc.renew", new Choice.Renew(loan.number())))
                        : List.of());
    }

    private static Tone tone(AccountLoan loan, LocalDate today) {
        return switch (loan.state()) {
            case AccountLoan.State.Kept _ -> loan.overdue(today) ? Tone.STOP : Tone.PLAIN;
            case AccountLoan.State.Wanted _, AccountLoan.State.Renewing _, AccountLoan.State.Checking _ -> Tone.WORKING;
            case AccountLoan.State.Renewed _ -> Tone.DONE;
            case AccountLoan.State.Costs _, AccountLoan.State.NotRenewed _ -> Tone.ATTENTION;
        };
    }

    private static Icon icon(AccountLoan loan, LocalDate today) {
        return switch (loan.state()) {
            case AccountLoan.State.Kept _ -> loan.overdue(today) ? Icon.ATTENTION : Icon.BOOK;
            case AccountLoan.State.Wanted _, AccountLoan.State.Renewing _ -> Icon.WORKING;
            case AccountLoan.State.Checking _ -> Icon.QUESTION;
            case AccountLoan.State.Renewed _ -> Icon.RENEW;
            case AccountLoan.State.Costs _ -> Icon.FEE;
            case AccountLoan.State.NotRenewed _ -> Icon.STOP;
        };
    }

    // ---- holds -------------------------------------------------------------------------------------------

    private void holds(Account state, Map<Made, Supplier<Region>> wanted) {
        LocalDate today = state.around().today();
        Standing standing = state.patron().standing();
        // Where there is little room the holds come first; how many there are the tab says too. Who chooses with a
        // keypad sees the number of the button at once.
        boolean headLast = room.brief()
                && !state.awaits(Account.Page.HOLDS)
                && !state.holds().isEmpty()
                && !state.around().aids().keys();
        if (!headLast) {
            holdsHead(state, wanted);
        }
        for (AccountHold hold : state.shownHolds()) {
            boolean slow = state.slow() && hold.state() instanceof AccountHold.State.Cancelling;
            wanted.put(new Made(hold, up(state) + " " + slow), () -> hold(state, hold, slow, standing, today));
        }
        if (headLast) {
            holdsHead(state, wanted);
        }
    }

    private void holdsHead(Account state, Map<Made, Supplier<Region>> wanted) {
        boolean loading = state.awaits(Account.Page.HOLDS);
        boolean ready = state.holds().stream().anyMatch(hold -> hold.ready() && hold.read());
        boolean search = state.around().searchable();
        Supplier<List<Button>> buttons = () -> search
                ? List.of(room.touch()
                        .button("search", Icon.SEARCH, room.texts().say("find.search"), new Choice.Search()))
                : List.of();
        if (loading || state.holds().isEmpty()) {
            Said head = new Said(room.texts().say(loading ? "acc.loading" : "acc.noholds"), List.of());
            wanted.put(new Made(head, search), () -> row(Tone.PLAIN, Icon.WAIT, "", head, false, buttons));
        } else if (ready && !room.brief()) {
            Said head = new Said(room.texts().say("hold.remember"), List.of());
            wanted.put(new Made(head, search), () -> row(Tone.PLAIN, Icon.BORROW, "", head, false, buttons));
        } else if (search) {
            Said head = new Said(room.texts().say("acc.holds", "n", state.holdCount()), List.of());
            wanted.put(new Made(head, true), () -> row(Tone.PLAIN, Icon.BOOK, "", head, false, buttons));
        }
    }

    private Region hold(Account state, AccountHold hold, boolean slow, Standing standing, LocalDate today) {
        Function<Where, Said> said = where -> Wording.slowly(
                room.texts(),
                AccountWording.hold(
                        room.texts(),
                        hold,
                        standing,
                        today,
                        code -> state.around().settings().nameOf(code),
                        where),
                slow);
        if (!room.brief()) {
            return hold(hold, hold.name(), said.apply(Where.FULL), today, up(state));
        }
        Said brief = said.apply(Where.SHORT);
        Said briefest = said.apply(Where.SHORTEST);
        return new FirstThatFits(List.of(
                hold(hold, hold.name(), brief, today, up(state)),
                hold(hold, hold.name(), briefest, today, up(state)),
                Words.dense(hold(hold, RowView.shortTitle(hold.name()), briefest, today, up(state)))));
    }

    private Region hold(AccountHold hold, String title, Said said, LocalDate today, boolean up) {
        int number = hold.number();
        Supplier<List<Button>> buttons = () -> hold.state() instanceof AccountHold.State.Asking
                ? List.of(
                        button("keep-hold-" + number, "hold.cancel.no", new Choice.InAccount.KeepHold(number)),
                        button("really-" + number, "hold.cancel.yes", new Choice.InAccount.ReallyCancel(number)))
                : up && hold.mayBeCancelled() && hold.read()
                        ? List.of(
                                button("cancel-hold-" + number, "hold.cancel", new Choice.InAccount.CancelHold(number)))
                        : List.of();
        return row(tone(hold, today), icon(hold, today), title, said, false, buttons);
    }

    private static Tone tone(AccountHold hold, LocalDate today) {
        return switch (hold.state()) {
            case AccountHold.State.Kept _ ->
                hold.lapsed(today) ? Tone.ATTENTION : hold.ready() && hold.read() ? Tone.DONE : Tone.PLAIN;
            case AccountHold.State.Asking _ -> Tone.ATTENTION;
            case AccountHold.State.Wanted _, AccountHold.State.Cancelling _, AccountHold.State.Checking _ ->
                Tone.WORKING;
            case AccountHold.State.Cancelled _ -> Tone.PLAIN;
            case AccountHold.State.NotCancelled _ -> Tone.STOP;
        };
    }

    private static Icon icon(AccountHold hold, LocalDate today) {
        return switch (hold.state()) {
            case AccountHold.State.Kept _ ->
                hold.lapsed(today) ? Icon.ATTENTION : hold.ready() && hold.read() ? Icon.BORROW : Icon.WAIT;
            case AccountHold.State.Asking _, AccountHold.State.Checking _ -> Icon.QUESTION;
            case AccountHold.State.Wanted _, AccountHold.State.Cancelling _ -> Icon.WORKING;
            case AccountHold.State.Cancelled _ -> Icon.DONE;
            case AccountHold.State.NotCancelled _ -> Icon.STOP;
        };
    }

    // ---- fees --------------------------------------------------------------------------------------------

    private void fees(Account state, Map<Made, Supplier<Region>> wanted) {
        Optional<Money> owed = state.patron().standing().owed();
        Said head = owed.filter(money -> money.amount().signum() > 0)
                .map(money -> new Said(
                        room.texts().say("acc.total", "sum", room.texts().money(money.amount())),
                        state.awaits(Account.Page.FEES) ? List.of(room.texts().say("acc.loading")) : List.of()))
                .orElseGet(() -> new Said(room.texts().say("acc.nofees"), List.of()));
        wanted.put(
                new Made(head, ""),
                () -> row(Tone.PLAIN, owed.isPresent() ? Icon.FEE : Icon.DONE, "", head, false, List::of));
        int number = 0;
        for (AccountFee fee : state.fees()) {
            wanted.put(
                    new Made(fee, number++),
                    () -> row(
                            Tone.PLAIN,
                            Icon.FEE,
                            fee.title().orElse(""),
                            AccountWording.fee(room.texts(), fee),
                            false,
                            List::of));
        }
    }

    /** Without a line nothing can be changed, and no button says otherwise. */
    private static boolean up(Account state) {
        return state.around().line() == Surroundings.Line.UP;
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private Region row(Tone tone, Icon icon, String title, Said said, boolean pinned, Supplier<List<Button>> buttons) {
        return room.profile().compact()
                ? RowView.lowest(room, tone, icon, title, said, pinned, buttons)
                : RowView.flat(room, tone, icon, title, said, pinned, buttons.get());
    }

    private Button button(String id, String key, Choice choice) {
        return room.touch().button(id, room.texts().say(key), choice);
    }

    private Button main(String id, String key, Choice choice) {
        return room.touch().main(id, Icon.RENEW, room.texts().say(key), choice);
    }
}
