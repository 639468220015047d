package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One visit with more than one errand: who it is and what was done go along, and there is one receipt at the end. */
class TurningTest {
    private static final String ONE = "3000000011";
    private static final String TWO = "3000000028";
    private static final PadTag FIRST = Play.tag(1, ONE);
    private static final PadTag SECOND = Play.tag(2, TWO);

    private final Play play = new Play();

    private void borrow(PadTag tag) {
        play.lay(tag);
        play.answer(play.lent());
        play.verified();
    }

    private void giveBack(PadTag tag) {
        play.lay(tag);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
    }

    private void identify() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of()));
    }

    private Printout.LoanReceipt receipt() {
        return (Printout.LoanReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
    }

    @Test
    void returnsBorrowsAndLooksAtTheAccountWithOneCardAndOneReceipt() {
        play.touch(new Choice.Return());
        giveBack(FIRST);
        play.lift(FIRST);
        play.touch(new Choice.Borrow());
        assertThat(play.state).isInstanceOf(KioskState.AskingCard.class);
        identify();
        borrow(SECOND);
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(KioskState.Account.class);
        play.touch(new Choice.Finish());
        assertThat(receipt().loans()).extracting(Printout.Loan::title).containsExactly("Nimeke " + TWO);
        assertThat(receipt().returned()).extracting(Printout.Return::title).containsExactly("Nimeke " + ONE);
        assertThat(((KioskState.OfferingReceipt) play.state).result().returned())
                .isEqualTo(1);
        play.touch(new Choice.PrintReceipt());
        assertThat(play.all(Effect.Print.class)).hasSize(1);
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void aPatronTurnsToReturningAndBackWithoutACard() {
        play.login();
        borrow(FIRST);
        play.touch(new Choice.Return());
        assertThat(play.returning().visitor()).isPresent();
        play.lift(FIRST);
        giveBack(SECOND);
        play.touch(new Choice.Borrow());
        assertThat(play.borrowing().done()).isEqualTo(1);
        assertThat(play.sent(EndPatronSession.class)).isEmpty();
        play.touch(new Choice.Finish());
        assertThat(receipt().loans()).hasSize(1);
        assertThat(receipt().returned()).hasSize(1);
    }

    /** No answer to the return, and no room on the disk: nobody knows whether the library heard it. */
    @Test
    void whetherWhatMayHaveComeBackIsStillALoanIsFoundOutAndNotBelievedEarly() {
        play.login();
        borrow(FIRST);
        play.touch(new Choice.Return());
        play.lift(FIRST);
        play.lay(Play.unsecured(FIRST));
        play.noAnswer(false);
        play.on(new KioskEvent.Spooled(play.all(Effect.Spool.class).getLast().request(), false));
        play.touch(new Choice.Borrow());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        play.answer(Play.patron(List.of(ONE)));
        assertThat(play.loan(0)).as("the library may still be at the return").isInstanceOf(LoanState.Checking.class);
        play.seconds(12);
        play.answer(Play.patron(List.of(ONE)));
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    @Test
    void whatWasJustLentDoesNotComeBackUntilItIsLaidDownAgain() {
        play.login();
        borrow(FIRST);
        play.touch(new Choice.Return());
        assertThat(play.returning().rows()).isEmpty();
        assertThat(play.sent(Checkin.class)).isEmpty();
        play.lift(FIRST);
        giveBack(FIRST);
        assertThat(play.returning().done()).isEqualTo(1);
        play.touch(new Choice.Finish());
        assertThat(receipt().loans()).as("it is no loan any more").isEmpty();
        assertThat(receipt().returned()).hasSize(1);
    }

    @Test
    void whatHasJustComeBackIsNotLentUntilItIsLaidDownAgain() {
        play.touch(new Choice.Return());
        giveBack(FIRST);
        identify();
        assertThat(play.sent(Checkout.class)).isEmpty();
        assertThat(play.borrowing().rows()).isEmpty();
        play.lift(FIRST);
        borrow(FIRST);
        assertThat(play.borrowing().done()).isEqualTo(1);
    }

    @Test
    void whatThePatronHadBeforeComesBackWhereItLies() {
        play.login(ONE);
        play.lay(Play.unsecured(FIRST));
        play.answer(play.onLoan("20261222"));
        assertThat(play.loan(0)).isInstanceOf(LoanState.RenewOffer.class);
        play.touch(new Choice.Return());
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        assertThat(play.writes().getLast().target()).isEqualTo(TagSecurity.SECURED);
        play.touch(new Choice.Borrow());
        assertThat(play.borrowing().rows()).isEmpty();
    }

    @Test
    void whoeverMayNotBorrowReturnsAndIsAskedAboutAnew() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(ONE), Flag.TOO_MANY_ITEMS_OVERDUE));
        play.touch(new Choice.Return());
        giveBack(FIRST);
        play.touch(new Choice.Borrow());
        assertThat(play.state).isInstanceOf(KioskState.Identifying.class);
        play.answer(Play.patron(List.of()));
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.touch(new Choice.Finish());
        assertThat(receipt().returned()).hasSize(1);
    }

    @Test
    void nothingIsTurnedToWhileSomethingIsInWork() {
        play.login();
        play.lay(FIRST);
        play.touch(new Choice.Return());
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.answer(play.lent());
        play.verified();
        play.lift(FIRST);
        play.touch(new Choice.Return());
        play.lay(SECOND);
        play.touch(new Choice.Borrow());
        assertThat(play.state).isInstanceOf(KioskState.Returning.class);
        assertThat(play.returning().onward()).contains(new Choice.Borrow());
        assertThat(play.returning().settled()).isFalse();
    }

    @Test
    void whoeverDoesWithoutTheCardAfterAReturnLeavesWithItsReceipt() {
        play.touch(new Choice.Return());
        giveBack(FIRST);
        play.touch(new Choice.Borrow());
        play.touch(new Choice.Cancel());
        Printout paper = ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(paper).isInstanceOf(Printout.ReturnReceipt.class);
        play.touch(new Choice.NoReceipt());
        play.lift(FIRST);
        play.seconds(4);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(play.state.around().asForTheNext()).isTrue();
    }

    @Test
    void nobodyIsOfferedAReceiptWhoHasGoneAway() {
        play.touch(new Choice.Return());
        giveBack(FIRST);
        play.touch(new Choice.Borrow());
        play.seconds(20);
        play.seconds(20);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
    }

    @Test
    void aVisitorWhoReturnsWaitsAsLongAsOneWhoBorrows() {
        play.login();
        play.touch(new Choice.Return());
        play.seconds(29);
        assertThat(play.returning().patience().warned()).isFalse();
        play.seconds(1);
        assertThat(play.returning().patience().warned()).isTrue();
        play.seconds(20);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
        assertThat(play.all(Effect.Erase.class)).isNotEmpty();
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void anotherCardWhileAVisitorReturnsIsAQuestionToo() {
        play.login();
        borrow(FIRST);
        play.touch(new Choice.Return());
        play.on(new KioskEvent.Scanned("2000099999"));
        assertThat(play.state.question()).isPresent();
        play.touch(new Choice.Answer(true));
        assertThat(((KioskState.AskingPin) play.state).card().text()).isEqualTo("2000099999");
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void theKeypadTurnsToo() {
        play.login();
        play.on(new KioskEvent.Pressed(new Key.Digit(5)));
        assertThat(Keypad.page(play.state).choices())
                .startsWith(new Choice.Account(), new Choice.Return(), new Choice.Finish());
        play.on(new KioskEvent.Pressed(new Key.Digit(2)));
        assertThat(Keypad.page(play.state).choices()).startsWith(new Choice.Borrow(), new Choice.Finish());
        giveBack(FIRST);
        assertThat(Keypad.pages(play.state)).anyMatch(page -> page.choices().contains(new Choice.Borrow()));
    }

    @Test
    void theReceiptIsSpokenToTheEnd() {
        play.login();
        borrow(FIRST);
        play.touch(new Choice.Return());
        play.lift(FIRST);
        giveBack(SECOND);
        play.touch(new Choice.Finish());
        assertThat(Keypad.pages(play.state).stream().flatMap(page -> page.row().stream()))
                .containsExactly(1, 2);
    }

    @Test
    void withoutAPrinterTheVisitStillSaysWhatCameBack() {
        play.absent(DeviceKind.PRINTER);
        play.login();
        borrow(FIRST);
        play.touch(new Choice.Return());
        play.lift(FIRST);
        giveBack(SECOND);
        play.touch(new Choice.Finish());
        KioskState.Result result = ((KioskState.Farewell) play.state).result();
        assertThat(result.done()).isEqualTo(1);
        assertThat(result.returned()).isEqualTo(1);
    }
}
