package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.AccountLoan.State;
import fi.kimppa.kiosk.session.AccountLoan.Why;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.Account.All;
import fi.kimppa.kiosk.session.KioskState.Account.Page;
import fi.kimppa.kiosk.session.KioskState.Account.Part;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Accounts as they stand after some minutes, for pictures. */
public record SampleAccounts(Surroundings around, Patience patience) {
    private static final Money FEE = new Money(new BigDecimal("1.50"), "EUR");
    private static final List<String> TITLES = List.of(
            "Sinuhe egyptiläinen / Mika Waltari",
            "Tuntematon sotilas / Väinö Linna",
            "Kalevala / Elias Lönnrot",
            "Seitsemän veljestä / Aleksis Kivi",
            "Muumipappa ja meri / Tove Jansson",
            "Juoksuhaudantie / Kari Hotakainen");

    private static final Standing STANDING = new Standing(
            1,
            2,
            2,
            Optional.of(money("12.50")),
            Optional.of(money("30.00")),
            Optional.of("KOIVU 4711"),
            Optional.empty(),
            false,
            List.of());

    private static Money money(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }

    private static Patron patron(Standing standing) {
        return new Patron(
                new CardNumber("2000012345"),
                Secret.of("1234"),
                List.of(),
                standing,
                Optional.of(standing.ready() > 0 ? List.of("3000000011", "3000000028") : List.of()));
    }

    private static AccountLoan loan(int number, String due, Optional<Integer> left, boolean awaited, State state) {
        return new AccountLoan(
                number,
                ItemKey.scanned("30000000" + (10 + number)),
                Optional.of(TITLES.get((number - 1) % TITLES.size())),
                DueDate.of(due),
                false,
                left,
                awaited,
                true,
                state);
    }

    private static List<AccountLoan> kept() {
        return List.of(
                loan(1, "20261120", Optional.of(2), false, new State.Kept()),
                loan(2, "20261130", Optional.of(3), false, new State.Kept()),
                loan(3, "20261205", Optional.of(0), false, new State.Kept()),
                loan(4, "20261222", Optional.of(1), true, new State.Kept()),
                loan(5, "20261222", Optional.empty(), false, new State.Kept()));
    }

    private static AccountHold hold(int number, boolean ready, AccountHold.State state) {
        return new AccountHold(
                number,
                "30000000" + (10 + number),
                ready,
                Optional.of(TITLES.get(number % TITLES.size())),
                ready ? Optional.of("14") : Optional.empty(),
                ready ? Optional.of("NAANTALI") : Optional.empty(),
                ready ? Optional.of(LocalDate.of(2026, 11, 28)) : Optional.empty(),
                true,
                state);
    }

    private Account account(
            Standing standing,
            Page page,
            List<AccountLoan> loans,
            List<AccountHold> holds,
            List<AccountFee> fees,
            Set<Part> unread,
            All all) {
        return new Account(
                around,
                patron(standing),
                page,
                loans,
                holds,
                fees,
                unread,
                all,
                Optional.empty(),
                Visit.fresh(around.now()),
                around.now(),
                false,
                patience);
    }

    /** Loans of every kind that stay as they are. */
    public KioskState loans() {
        return account(
                STANDING, Page.LOANS, kept(), List.of(), List.of(), Set.of(Part.READY, Part.WAITING), All.NOT_ASKED);
    }

    /** After "renew all". */
    public KioskState renewed() {
        return account(
                STANDING,
                Page.LOANS,
                List.of(
                        loan(1, "20261222", Optional.of(1), false, new State.Renewed()),
                        loan(2, "20261130", Optional.of(3), true, notRenewed(Why.HELD)),
                        loan(3, "20261205", Optional.of(0), false, notRenewed(Why.LIMIT)),
                        loan(4, "20261222", Optional.of(0), false, new State.Renewed())),
                List.of(),
                List.of(),
                Set.of(),
                All.DONE);
    }

    /** After "renew all", where renewing one of them costs something. */
    public KioskState renewedButWhatCosts() {
        return account(
                STANDING,
                Page.LOANS,
                List.of(
                        loan(1, "20261222", Optional.of(1), false, new State.Renewed()),
                        loan(2, "20261130", Optional.of(3), false, new State.Costs(FEE)),
                        loan(3, "20261205", Optional.of(0), false, notRenewed(Why.LIMIT)),
                        loan(4, "20261222", Optional.of(0), false, new State.Renewed())),
                List.of(),
                List.of(),
                Set.of(),
                All.DONE);
    }

    private static State notRenewed(Why why) {
        return new State.NotRenewed(Optional.of(why), List.of());
    }

    /** Before the library has answered. */
    public KioskState loading() {
        return account(
                STANDING,
                Page.LOANS,
                List.of(AccountLoan.unread(1, "3000000011"), AccountLoan.unread(2, "3000000028")),
                List.of(),
                List.of(),
                Set.of(Part.OVERDUE),
                All.NOT_ASKED);
    }

    /** Nothing on loan. */
    public KioskState nothing() {
        return account(Standing.UNKNOWN, Page.LOANS, List.of(), List.of(), List.of(), Set.of(), All.NOT_ASKED);
    }

    /** Ready, lapsed and waiting. */
    public KioskState holds() {
        AccountHold lapsed = hold(2, true, new AccountHold.State.Kept())
                .told(
                        true,
                        "Kalevala / Elias Lönnrot",
                        Optional.of("9"),
                        Optional.of("TURKU"),
                        Optional.of(LocalDate.of(2026, 11, 20)));
        return account(
                STANDING,
                Page.HOLDS,
                kept(),
                List.of(
                        hold(1, true, new AccountHold.State.Kept()),
                        lapsed,
                        hold(3, false, new AccountHold.State.Kept())),
                List.of(),
                Set.of(),
                All.NOT_ASKED);
    }

    /** "Really cancel it?" */
    public KioskState cancelling() {
        return account(
                STANDING,
                Page.HOLDS,
                kept(),
                List.of(
                        hold(3, true, new AccountHold.State.Asking()),
                        hold(4, false, new AccountHold.State.Cancelled())),
                List.of(),
                Set.of(),
                All.NOT_ASKED);
    }

    /** What is owed, line by line. */
    public KioskState fees() {
        return account(
                STANDING,
                Page.FEES,
                kept(),
                List.of(),
                List.of(
                        new AccountFee(
                                AccountFee.Kind.OVERDUE,
                                Optional.of(TITLES.get(0)),
                                money("4.50"),
                                Optional.of(LocalDate.of(2026, 10, 3))),
                        new AccountFee(AccountFee.Kind.HOLD, Optional.empty(), money("8.00"), Optional.empty())),
                Set.of(),
                All.NOT_ASKED);
    }

    /** Somebody for whom something waits begins to borrow. */
    public KioskState borrowing() {
        return borrowing(List.of());
    }

    private static final List<String> NOTICE = List.of("Tarkistathan yhteystietosi: puhelinnumero puuttuu.");

    private static Patron told() {
        Standing standing = new Standing(
                0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, NOTICE);
        return patron(standing);
    }

    /** The library has a word for somebody who may borrow. */
    public KioskState noticeBeforeThePile() {
        return borrowing(told(), List.of());
    }

    /** The same, once things lie there. */
    public KioskState noticeAmongThePile() {
        return borrowing(
                told(),
                List.of(
                        new LoanRow(
                                1,
                                Optional.of(ItemKey.scanned("3000000011")),
                                List.of(),
                                Optional.of(TITLES.get(0)),
                                new LoanState.Done(DueDate.of("2026-12-22"))),
                        new LoanRow(
                                2,
                                Optional.of(ItemKey.scanned("3000000028")),
                                List.of(),
                                Optional.of(TITLES.get(1)),
                                LoanState.Refused.because(LoanState.Reason.HOLD_OTHER))));
    }

    /** The same, in the account. */
    public KioskState noticeInTheAccount() {
        return account(told().standing(), Page.LOANS, kept(), List.of(), List.of(), Set.of(), All.NOT_ASKED);
    }

    /** Their own hold lies on the pad. */
    public KioskState ownHold() {
        LoanState done = new LoanState.Done(DueDate.of("2026-12-22"));
        return borrowing(List.of(
                new LoanRow(1, Optional.of(ItemKey.scanned("3000000011")), List.of(), Optional.of(TITLES.get(0)), done),
                new LoanRow(
                        2, Optional.of(ItemKey.scanned("3000000099")), List.of(), Optional.of(TITLES.get(1)), done)));
    }

    private KioskState borrowing(List<LoanRow> rows) {
        return borrowing(patron(STANDING), rows);
    }

    private KioskState borrowing(Patron patron, List<LoanRow> rows) {
        return new KioskState.Borrowing(
                around, patron, rows, Optional.empty(), rows.size() + 1, false, around.now(), around.now(), patience);
    }

    /** One account for every kind of row. */
    public Map<String, KioskState> everyRow() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        List<State> kinds = new ArrayList<>(List.of(
                new State.Wanted(AccountLoan.Manner.ALONE),
                new State.Checking(around.now()),
                new State.Renewed(),
                new State.Costs(FEE),
                new State.NotRenewed(Optional.empty(), List.of())));
        for (Why why : Why.values()) {
            kinds.add(notRenewed(why));
        }
        for (State kind : kinds) {
            AccountLoan row = loan(1, "20261120", Optional.of(2), false, kind);
            states.put(
                    "loan " + kind,
                    account(STANDING, Page.LOANS, List.of(row), List.of(), List.of(), Set.of(), All.NOT_ASKED));
        }
        for (AccountHold.State kind : List.of(
                new AccountHold.State.Wanted(),
                new AccountHold.State.Checking(around.now()),
                new AccountHold.State.Cancelled(),
                new AccountHold.State.NotCancelled(List.of()))) {
            states.put(
                    "hold " + kind,
                    account(
                            STANDING,
                            Page.HOLDS,
                            List.of(),
                            List.of(hold(1, true, kind)),
                            List.of(),
                            Set.of(),
                            All.NOT_ASKED));
        }
        states.put("loans", loans());
        states.put("holds", holds());
        states.put("cancelling", cancelling());
        states.put("fees", fees());
        return states;
    }
}
