package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fi.kimppa.kiosk.session.AccountLoan.Manner;
import fi.kimppa.kiosk.session.AccountLoan.State;
import fi.kimppa.kiosk.session.AccountLoan.Why;
import fi.kimppa.kiosk.session.KioskState.Account.All;
import fi.kimppa.kiosk.session.KioskState.Account.Page;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Secret;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {
    private static final String ONE = "3000000011";
    private static final String TWO = "3000000028";

    private final Play play = new Play();

    private AccountLoan loan(String item) {
        return play.account().loans().stream()
                .filter(loan -> loan.item().identifier().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private AccountHold hold(int index) {
        return play.account().shownHolds().get(index);
    }

    private void readLoans(String... due) {
        for (String date : due) {
            play.answer(play.onLoan(date));
        }
    }

    // ---- the way in --------------------------------------------------------------------------------------

    @Test
    void opensWithCardAndPinAndReadsTheRowsOneAfterTheOther() {
        play.openAccount(Play.loans(ONE, TWO));
        assertThat(play.account().page()).isEqualTo(Page.LOANS);
        assertThat(play.sends()).hasSize(2);
        readLoans("20261205", "20261130");
        assertThat(play.sends()).hasSize(3);
        assertThat(play.account().shownLoans())
                .extracting(AccountLoan::name)
                .containsExactly("Nimeke " + TWO, "Nimeke " + ONE);
        assertThat(play.sent(Checkout.class)).isEmpty();
    }

    @Test
    void showsWhatIsOverdueFirstAlsoBeforeItsDateIsKnown() {
        play.openAccount(Play.listed(
                Map.of(ItemList.CHARGED, 2, ItemList.OVERDUE, 1),
                Map.of(ItemList.CHARGED, List.of(ONE, TWO)),
                List.of()));
        play.answer(Play.listed(Map.of(), Map.of(ItemList.OVERDUE, List.of(TWO)), List.of()));
        AccountLoan first = play.account().shownLoans().getFirst();
        assertThat(first.item().identifier()).isEqualTo(TWO);
        assertThat(first.overdue(LocalDate.of(2026, 11, 24))).isTrue();
        assertThat(((ItemInformation) play.lastSend().message()).itemIdentifier())
                .isEqualTo(TWO);
        play.answer(play.onLoan("20261120"));
        assertThat(play.account().shownLoans().getFirst().due()).isPresent();
    }

    @Test
    void isOpenToSomebodyWhoMayNotBorrowAndAsksAnewBeforeTheyDo() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(ONE), Flag.CHARGE_PRIVILEGES_DENIED, Flag.TOO_MANY_ITEMS_OVERDUE));
        assertThat(play.state).isInstanceOf(KioskState.Blocked.class);
        assertThat(play.sent(EndPatronSession.class)).isEmpty();
        play.touch(new Choice.Account());
        assertThat(play.account().loans()).hasSize(1);
        play.touch(new Choice.Borrow());
        assertThat(play.state).isInstanceOf(KioskState.Identifying.class);
        play.answer(Play.patron(List.of(ONE)));
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        assertThat(play.all(Effect.Erase.class)).hasSize(4);
    }

    @Test
    void isNotOpenToWhoeverHoldsALostCard() {
        play.openAccount(Play.patron(List.of(ONE), Flag.CARD_REPORTED_LOST));
        KioskState.Blocked blocked = (KioskState.Blocked) play.state;
        assertThat(blocked.patron()).isEmpty();
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(KioskState.Blocked.class);
    }

    @Test
    void staysWithSomebodyBlockedWhoReturnsUntilTheyEnd() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        Secret pin = ((KioskState.Identifying) play.state).pin();
        play.answer(Play.patron(List.of(), Flag.CHARGE_PRIVILEGES_DENIED));
        play.touch(new Choice.Return());
        assertThat(play.returning().visitor()).isPresent();
        assertThat(play.sent(EndPatronSession.class)).isEmpty();
        List<Effect> effects = play.touch(new Choice.Finish());
        assertThat(effects).contains(new Effect.Erase(pin));
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void isOfferedToNobodyWithoutALine() {
        play.line(Surroundings.Line.DOWN);
        play.touch(new Choice.Account());
        assertThat(((KioskState.Blocked) play.state).reason()).isEqualTo(KioskState.Blocked.Reason.OFFLINE);
    }

    @Test
    void isNoMatterOfAReturnOnlyKiosk() {
        Play station = new Play(Play.settings(true, true));
        station.touch(new Choice.Account());
        assertThat(station.state).isInstanceOf(KioskState.Returning.class);
    }

    // ---- renewals ----------------------------------------------------------------------------------------

    @Test
    void renewsOneAndTakesTheDateFromTheAnswer() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        assertThat(loan(ONE).state()).isEqualTo(new State.Renewing(Manner.ALONE));
        play.answer(play.renewed(true));
        assertThat(loan(ONE).state()).isEqualTo(new State.Renewed());
        assertThat(loan(ONE).due().flatMap(DueDate::date)).contains(LocalDate.of(2027, 1, 5));
        play.touch(new Choice.Renew(1));
        assertThat(play.sent(Renew.class)).hasSize(1);
    }

    @Test
    void readsTheDateAgainWhereTheAnswerHasNone() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        play.answer(play.renewedWithoutADate());
        assertThat(loan(ONE).due()).as("the old date").isEmpty();
        readLoans("20261228");
        assertThat(loan(ONE).due().flatMap(DueDate::date)).contains(LocalDate.of(2026, 12, 28));
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', false, HELD",
        "0, renewals=0, false, LIMIT",
        "0, renewals=2, true, BAN",
        "0, renewals=2, false, OTHER",
        "0, '', false, OTHER"
    })
    void saysWhyALoanWasNotRenewed(String queue, String properties, boolean denied, Why why) {
        Flag[] flags = denied ? new Flag[] {Flag.RENEWAL_PRIVILEGES_DENIED} : new Flag[0];
        play.openAccount(
                Play.listed(Map.of(ItemList.CHARGED, 1), Map.of(ItemList.CHARGED, List.of(ONE)), List.of(), flags));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        play.answer(play.renewed(false));
        play.answer(play.item(CirculationStatus.CHARGED, "20261130", queue, properties, Optional.empty()));
        assertThat(loan(ONE).state()).isEqualTo(new State.NotRenewed(Optional.of(why), List.of("Varattu")));
    }

    @Test
    void asksWhetherALoanWasRenewedWhenNobodyAnsweredAndNeverTwice() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        play.noAnswer(false);
        assertThat(loan(ONE).state()).isInstanceOf(State.Checking.class);
        play.touch(new Choice.Renew(1));
        play.touch(new Choice.InAccount.RenewAll());
        readLoans("20261228");
        assertThat(loan(ONE).state()).isEqualTo(new State.Renewed());
        assertThat(play.sent(Renew.class)).hasSize(1);
        assertThat(play.sent(RenewAll.class)).isEmpty();
    }

    @Test
    void takesOurGatewaysUnknownOutcomeForNoAnswer() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        play.answer(play.renewalUnknown());
        assertThat(loan(ONE).state()).isInstanceOf(State.Checking.class);
    }

    @Test
    void believesThatALoanWasNotRenewedAfterAWhileOnlyAndThenOffersItAgain() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        play.noAnswer(false);
        for (int i = 0; i < 5; i++) {
            assertThat(loan(ONE).state()).isInstanceOf(State.Checking.class);
            readLoans("20261130");
            play.seconds(2);
        }
        readLoans("20261130");
        assertThat(loan(ONE).state()).isEqualTo(new State.NotRenewed(Optional.of(Why.FAILED), List.of()));
        play.touch(new Choice.Renew(1));
        assertThat(play.sent(Renew.class)).hasSize(2);
    }

    @Test
    void renewsAllAtOnceAndReadsTheDatesAndReasons() {
        play.openAccount(Play.loans(ONE, TWO, "3000000035"));
        readLoans("20261130", "20261201", "20261202");
        play.touch(new Choice.InAccount.RenewAll());
        assertThat(play.account().renewing()).isTrue();
        play.answer(Play.renewedAll(
                true, List.of(ONE, "3000000035"), List.of(TWO), TWO + ": Varattu toiselle, ei voi uusia."));
        assertThat(play.account().all()).isEqualTo(All.DONE);
        play.answer(play.onLoan("20261228"));
        play.answer(play.onLoan("20261229"));
        play.answer(play.item(CirculationStatus.CHARGED, "20261201", "2", "", Optional.empty()));
        assertThat(play.account().renewed()).isEqualTo(2);
        assertThat(play.account().loans()).hasSize(3);
        assertThat(loan(ONE).due().flatMap(DueDate::date)).contains(LocalDate.of(2026, 12, 28));
        assertThat(loan(TWO).state())
                .isEqualTo(new State.NotRenewed(Optional.of(Why.HELD), List.of("Varattu toiselle, ei voi uusia.")));
        play.touch(new Choice.InAccount.RenewAll());
        assertThat(play.sent(RenewAll.class)).hasSize(1);
        assertThat(play.sent(Renew.class)).isEmpty();
    }

    /** A library that leaves something out without a word may do so for its price, or for a reason that a 30 has. */
    @Test
    void asksByItselfForWhatWasLeftOutWithoutAReason() {
        play.openAccount(Play.loans(ONE, TWO));
        play.answer(play.onLoan("20261130"));
        play.answer(play.item(CirculationStatus.CHARGED, "20261201", "2", "", Optional.empty()));
        play.touch(new Choice.InAccount.RenewAll());
        play.answer(Play.renewedAll(true, List.of(), List.of(ONE, TWO)));
        assertThat(play.account().renewing()).isTrue();
        assertThat(play.sent(Renew.class))
                .as("of the other the reason is known")
                .singleElement()
                .satisfies(renewal -> {
                    assertThat(renewal.itemIdentifier()).contains(ONE);
                    assertThat(renewal.feeAcknowledged()).isEmpty();
                });
        play.answer(play.renewed(false));
        play.answer(play.onLoan("20261130"));
        play.answer(play.item(CirculationStatus.CHARGED, "20261201", "2", "", Optional.empty()));
        assertThat(loan(ONE).state()).isEqualTo(new State.NotRenewed(Optional.of(Why.OTHER), List.of("Varattu")));
        assertThat(loan(TWO).state()).isEqualTo(new State.NotRenewed(Optional.of(Why.HELD), List.of()));
        assertThat(play.account().renewing()).isFalse();
        assertThat(play.sent(Renew.class)).as("once").hasSize(1);
    }

    @Test
    void renewsOneByOneWhereTheLibraryCannotRenewAllAtOnce() {
        play.openAccount(Play.loans(ONE, TWO));
        readLoans("20261130", "20261201");
        play.touch(new Choice.InAccount.RenewAll());
        play.answer(Play.renewedAll(false, List.of(), List.of(), "Ei onnistu"));
        play.answer(play.renewed(true));
        play.answer(play.renewed(true));
        assertThat(play.account().renewed()).isEqualTo(2);
        assertThat(play.account().renewing()).isFalse();
        assertThat(play.sent(Renew.class)).hasSize(2);
    }

    @Test
    void asksAboutEveryLoanWhenRenewAllWasNotAnswered() {
        play.openAccount(Play.loans(ONE, TWO));
        readLoans("20261130", "20261201");
        play.touch(new Choice.InAccount.RenewAll());
        play.noAnswer(false);
        readLoans("20261228");
        play.seconds(2);
        for (int i = 0; i < 5; i++) {
            readLoans("20261201");
            play.seconds(2);
        }
        assertThat(loan(ONE).state()).isEqualTo(new State.Renewed());
        assertThat(loan(TWO).state()).isEqualTo(new State.NotRenewed(Optional.of(Why.FAILED), List.of()));
        assertThat(play.sent(RenewAll.class)).hasSize(1);
        assertThat(play.sent(Renew.class)).isEmpty();
    }

    @Test
    void worksWithAHundredLoansWhileTheyAreStillBeingRead() {
        String[] items =
                IntStream.range(0, 100).mapToObj(i -> "3000001" + (100 + i)).toArray(String[]::new);
        play.openAccount(Play.loans(items));
        assertThat(play.account().loans()).hasSize(100);
        readLoans("20261130", "20261130", "20261130");
        play.touch(new Choice.InAccount.Turn(Page.FEES));
        play.touch(new Choice.InAccount.Turn(Page.LOANS));
        play.touch(new Choice.InAccount.RenewAll());
        play.answer(play.onLoan("20261130"));
        assertThat(play.sent(RenewAll.class)).hasSize(1);
        play.answer(Play.renewedAll(true, List.of(items), List.of()));
        for (int i = 0; i < 100; i++) {
            play.answer(play.onLoan("20261228"));
        }
        assertThat(play.account().loans()).allMatch(AccountLoan::read);
        assertThat(play.account().renewed()).isEqualTo(100);
        assertThat(play.sends()).as("one question each").hasSize(1 + 4 + 1 + 100);
    }

    @Test
    void renewsEverythingWhicheverWaySomebodyComesToTheAccount() {
        play.openAccount(Play.loans(ONE));
        play.touch(new Choice.InAccount.RenewAll());
        play.answer(play.onLoan("20261130"));
        assertThat(play.sent(RenewAll.class)).hasSize(1);

        Play borrower = new Play().login(ONE);
        borrower.touch(new Choice.Account());
        borrower.answer(Play.loans(ONE));
        borrower.touch(new Choice.InAccount.RenewAll());
        borrower.answer(borrower.onLoan("20261130"));
        assertThat(borrower.sent(RenewAll.class)).hasSize(1);
    }

    // ---- holds -------------------------------------------------------------------------------------------

    private void openHolds(List<String> ready, List<String> waiting) {
        play.openAccount(Play.listed(
                Map.of(ItemList.HOLD, ready.size(), ItemList.UNAVAILABLE_HOLDS, waiting.size()),
                Map.of(),
                List.of(new CodedField.Text("PN", "KOIVU 4711"))));
        assertThat(play.sends())
                .as("holds are read when somebody looks at them")
                .hasSize(1);
        assertThat(play.account().holdCount()).isEqualTo(ready.size() + waiting.size());
        play.touch(new Choice.InAccount.Turn(Page.HOLDS));
        if (!ready.isEmpty()) {
            play.answer(Play.listed(Map.of(), Map.of(ItemList.HOLD, ready), List.of()));
        }
        if (!waiting.isEmpty()) {
            play.answer(Play.listed(Map.of(), Map.of(ItemList.UNAVAILABLE_HOLDS, waiting), List.of()));
        }
    }

    private static Optional<Timestamp> lastDay() {
        return Optional.of(Timestamp.of(LocalDateTime.of(2026, 11, 28, 23, 59)));
    }

    @Test
    void tellsWhereAHoldStandsAndUntilWhen() {
        openHolds(List.of(ONE), List.of("Kalevala / Elias Lönnrot"));
        play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF, "", "1", "shelf=14", lastDay()));
        AccountHold ready = hold(0);
        assertThat(ready.ready()).isTrue();
        assertThat(ready.place()).contains("14");
        assertThat(ready.library()).contains("NAANTALI");
        assertThat(ready.until()).contains(LocalDate.of(2026, 11, 28));
        assertThat(ready.lapsed(LocalDate.of(2026, 11, 28))).isFalse();
        assertThat(ready.lapsed(LocalDate.of(2026, 11, 29))).isTrue();
        assertThat(play.account().patron().standing().pickupName()).contains("KOIVU 4711");
        assertThat(hold(1).name()).isEqualTo("Kalevala / Elias Lönnrot");
        assertThat(play.sent(ItemInformation.class)).as("a title needs no 17").hasSize(1);
    }

    @Test
    void cancelsAHoldOnlyWhenAskedTwice() {
        openHolds(List.of(), List.of("Kalevala / Elias Lönnrot"));
        play.touch(new Choice.InAccount.ReallyCancel(1));
        play.touch(new Choice.InAccount.CancelHold(1));
        play.touch(new Choice.InAccount.KeepHold(1));
        assertThat(play.sent(Hold.class)).isEmpty();
        play.touch(new Choice.InAccount.CancelHold(1));
        play.touch(new Choice.InAccount.ReallyCancel(1));
        Hold asked = play.sent(Hold.class).getFirst();
        assertThat(asked.holdMode()).isEqualTo(HoldMode.DELETE);
        assertThat(asked.titleIdentifier()).contains("Kalevala / Elias Lönnrot");
        assertThat(asked.itemIdentifier()).isEmpty();
        play.answer(Play.cancelled(true));
        assertThat(hold(0).state()).isEqualTo(new AccountHold.State.Cancelled());
        assertThat(play.account().holdCount()).isZero();
    }

    @Test
    void asksWhetherAHoldStillStandsWhenNobodyAnswered() {
        openHolds(List.of(ONE), List.of());
        play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF, "", "1", "", lastDay()));
        play.touch(new Choice.InAccount.CancelHold(1));
        play.touch(new Choice.InAccount.ReallyCancel(1));
        play.noAnswer(false);
        assertThat(((PatronInformation) play.lastSend().message()).wantedList()).contains(ItemList.HOLD);
        play.answer(Play.listed(Map.of(), Map.of(ItemList.HOLD, List.of(ONE)), List.of()));
        assertThat(hold(0).state()).isInstanceOf(AccountHold.State.Checking.class);
        play.seconds(2);
        play.answer(Play.listed(Map.of(), Map.of(), List.of()));
        assertThat(hold(0).state()).isEqualTo(new AccountHold.State.Cancelled());
        assertThat(play.sent(Hold.class)).hasSize(1);
    }

    @Test
    void lendsAPatronsOwnHoldLikeAnythingElseAndSaysWhoseItIs() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.listed(Map.of(ItemList.HOLD, 1), Map.of(), List.of()));
        assertThat(play.borrowing().patron().standing().ready()).isEqualTo(1);
        play.answer(Play.listed(Map.of(), Map.of(ItemList.HOLD, List.of(ONE)), List.of()));
        play.lay(Play.tag(1, ONE));
        play.answer(play.lent());
        play.verified();
        LoanRow row = play.borrowing().rows().getFirst();
        assertThat(row.state()).isInstanceOf(LoanState.Done.class);
        assertThat(row.item().map(play.borrowing().patron()::awaits)).contains(true);
    }

    @Test
    void collectsAHoldThatLiesOnThePadBeforeTheCardIsShown() {
        play.lay(Play.tag(1, ONE));
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.listed(Map.of(ItemList.HOLD, 1), Map.of(), List.of()));
        play.answer(Play.listed(Map.of(), Map.of(ItemList.HOLD, List.of(ONE)), List.of()));
        play.answer(play.lent());
        play.verified();
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
    }

    @Test
    void lendsAllTheSameWhenTheListOfHoldsDoesNotCome() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.listed(Map.of(ItemList.HOLD, 1), Map.of(), List.of()));
        play.noAnswer(false);
        play.lay(Play.tag(1, ONE));
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    // ---- fees --------------------------------------------------------------------------------------------

    @Test
    void listsWhatIsOwedWithoutAnythingThatStaffWrote() {
        play.openAccount(Play.patron(List.of()));
        play.touch(new Choice.InAccount.Turn(Page.FEES));
        assertThat(((PatronInformation) play.lastSend().message()).summary()).isEqualTo("      Y   ");
        play.answer(Play.listed(
                Map.of(),
                Map.of(ItemList.FINE, List.of("staff: was rude")),
                List.of(
                        new CodedField.Text("CG", "17"),
                        new CodedField.Text("FA", "4.50"),
                        new CodedField.Text("FB", ONE),
                        new CodedField.Text("FC", "2026-10-03"),
                        new CodedField.Text("FD", "Kalevala / Elias Lönnrot"),
                        new CodedField.Text("FF", "04"),
                        new CodedField.Text("CG", "18"),
                        new CodedField.Text("FA", "nonsense"),
                        new CodedField.Text("CG", "19"),
                        new CodedField.Text("FA", "8,00"))));
        assertThat(play.account().fees())
                .extracting(AccountFee::kind, fee -> fee.open().amount().toPlainString())
                .containsExactly(tuple(AccountFee.Kind.OVERDUE, "4.50"), tuple(AccountFee.Kind.OTHER, "8.00"));
        assertThat(play.account().fees().getFirst().made()).contains(LocalDate.of(2026, 10, 3));
        assertThat(play.account().toString()).doesNotContain("rude");
    }

    @Test
    void aListThatComesLateDoesNotUndoWhatWasRenewedMeanwhile() {
        play.login(TWO);
        play.lay(Play.tag(1, ONE));
        play.answer(play.lent("20261222"));
        play.verified();
        play.touch(new Choice.Account());
        play.noAnswer(false);
        play.touch(new Choice.InAccount.RenewAll());
        play.answer(Play.renewedAll(true, List.of(ONE, TWO), List.of()));
        play.seconds(6);
        while (play.lastSend().message() instanceof ItemInformation) {
            play.answer(play.onLoan("20270105"));
            play.seconds(6);
        }
        play.answer(Play.loans(ONE, TWO));
        assertThat(play.account().renewed()).isEqualTo(2);
        play.touch(new Choice.Finish());
        while (play.state instanceof KioskState.Account) {
            play.noAnswer(false);
        }
        assertThat(((Printout.LoanReceipt) ((KioskState.OfferingReceipt) play.state).receipt()).loans())
                .hasSize(2);
    }

    // ---- from one to the other, and out ------------------------------------------------------------------

    @Test
    void turnsFromThePileToTheAccountAndBackWithoutCardOrPinAndPrintsOneReceipt() {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.answer(play.lent("20261222"));
        play.touch(new Choice.Account());
        assertThat(play.state).as("while a tag is written").isInstanceOf(KioskState.Borrowing.class);
        play.verified();
        Secret pin = play.borrowing().patron().pin();
        play.touch(new Choice.Account());
        play.answer(Play.loans(ONE, TWO));
        readLoans("20261222", "20261130");
        play.touch(new Choice.Renew(2));
        play.answer(play.renewed(true));
        play.touch(new Choice.Borrow());
        assertThat(play.borrowing().patron().pin()).isSameAs(pin);
        assertThat(play.borrowing().rows())
                .extracting(LoanRow::state)
                .hasSize(2)
                .last()
                .isInstanceOf(LoanState.Renewed.class);
        play.lay(Play.tag(3, "3000000035"));
        play.answer(play.lent("20261222"));
        play.verified();
        assertThat(play.sent(Checkout.class)).hasSize(2);
        play.touch(new Choice.Account());
        play.answer(Play.loans(ONE, TWO, "3000000035"));
        readLoans("20261222");
        play.touch(new Choice.Renew(1));
        play.answer(play.onLoan("20270105"));
        play.answer(play.renewed(true));
        List<Effect> effects = play.touch(new Choice.Finish());
        assertThat(effects).contains(new Effect.Erase(pin));
        KioskState.OfferingReceipt offer = (KioskState.OfferingReceipt) play.state;
        assertThat(((Printout.LoanReceipt) offer.receipt()).loans())
                .extracting(Printout.Loan::title)
                .containsExactly("Nimeke " + ONE, "Nimeke " + TWO, "Nimeke 3000000035");
        assertThat(((Printout.LoanReceipt) offer.receipt())
                        .loans()
                        .getFirst()
                        .due()
                        .flatMap(DueDate::date))
                .as("the date after the renewal")
                .contains(LocalDate.of(2027, 1, 5));
    }

    @Test
    void countsRenewalsAloneAsRenewalsAndForgetsEverything() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        play.answer(play.renewed(true));
        play.touch(new Choice.Finish());
        KioskState.OfferingReceipt offer = (KioskState.OfferingReceipt) play.state;
        assertThat(offer.result().task()).isEqualTo(KioskState.Result.Task.RENEWED);
        assertThat(offer.result().done()).isEqualTo(1);
        play.touch(new Choice.NoReceipt());
        play.seconds(3);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(play.state.toString()).doesNotContain(ONE).doesNotContain("Nimeke");
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void waitsLongerThanAPileDoesAndThenForgets() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.seconds(44);
        assertThat(play.account().patience().warned()).isFalse();
        play.seconds(1);
        assertThat(play.account().patience().warned()).isTrue();
        play.seconds(20);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
    }

    @Test
    void waitsForARenewalBeforeItEnds() {
        play.openAccount(Play.loans(ONE));
        readLoans("20261130");
        play.touch(new Choice.Renew(1));
        play.touch(new Choice.Finish());
        assertThat(play.account().leaving()).isTrue();
        play.answer(play.renewedWithoutADate());
        assertThat(play.state).as("no receipt without a date").isInstanceOf(KioskState.Account.class);
        readLoans("20261228");
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
    }
}
