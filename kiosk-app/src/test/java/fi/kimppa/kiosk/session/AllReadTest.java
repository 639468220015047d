package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.kiosk.session.PileRules.AskForAll;
import fi.kimppa.sip2.message.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thing in a metal case is not read, and only whoever has laid it down knows: where a branch wants it, they are asked. */
class AllReadTest {
    private static final PadTag ONE = Play.tag(1, "3000000011");
    private static final PadTag TWO = Play.tag(2, "3000000028");

    private Play play = at(AskForAll.ALWAYS);

    private static Play at(AskForAll when) {
        return new Play(Play.settings(new PileRules(false, false, when)));
    }

    private void borrowOne() {
        play.login();
        play.lay(ONE);
        play.answer(play.lent());
        play.verified();
    }

    private void finish() {
        play.touch(new Choice.Finish());
    }

    private void isOver() {
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
        assertThat(play.state.question()).isEmpty();
    }

    private void isAsked(int read) {
        assertThat(play.state.question()).contains(new Question.AllRead(read));
        assertThat(play.borrowing().leaving()).isFalse();
    }

    @Test
    void yesEndsTheVisit() {
        borrowOne();
        play.seconds(10);
        finish();
        isAsked(1);
        play.touch(new Choice.Answer(true));
        isOver();
    }

    @Test
    void noStaysAndWhatIsReadByItsBarCodeCounts() {
        borrowOne();
        finish();
        play.touch(new Choice.Answer(false));
        assertThat(play.state.question()).isEmpty();
        play.on(new KioskEvent.Scanned("3000000028"));
        assertThat(play.sent(Checkout.class)).hasSize(2);
        play.answer(play.lent());
        finish();
        isAsked(2);
        play.touch(new Choice.Answer(true));
        isOver();
    }

    @Test
    void noAnswerIsNoYes() {
        borrowOne();
        finish();
        play.seconds(20);
        assertThat(play.state.question()).isEmpty();
        assertThat(play.borrowing().leaving()).isFalse();
    }

    @Test
    void countsWhatIsReadWhileItIsAsked() {
        borrowOne();
        finish();
        play.lay(TWO);
        isAsked(2);
        assertThat(play.sent(Checkout.class)).hasSize(2);
        play.lift(TWO);
        isAsked(2);
    }

    @Test
    void asksNothingOfWhoeverHasNothing() {
        play.login();
        finish();
        assertThat(play.state.question()).isEmpty();
        assertThat(play.state).isNotInstanceOf(KioskState.Borrowing.class);
    }

    @Test
    void whoeverGoesAwayIsNotWaitedFor() {
        borrowOne();
        play.seconds(30);
        play.seconds(20);
        assertThat(play.state).isNotInstanceOf(KioskState.Borrowing.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "UNSETTLED"})
    void asksNothingElsewhereOfAPileThatLiesStill(AskForAll when) {
        play = at(when);
        borrowOne();
        play.seconds(2);
        finish();
        isOver();
    }

    @Test
    void asksWhenSomethingCameAMomentAgo() {
        play = at(AskForAll.UNSETTLED);
        borrowOne();
        finish();
        isAsked(1);
    }

    @Test
    void asksWhenSomethingThatWasNotLentWentAMomentAgo() {
        play = at(AskForAll.UNSETTLED);
        borrowOne();
        play.lay(Play.tag(3, "3000000035"));
        play.answer(play.refused());
        play.seconds(5);
        play.lift(Play.tag(3, "3000000035"));
        finish();
        assertThat(play.state.question()).isPresent();
    }

    @Test
    void takingAwayWhatWasLentRaisesNoQuestion() {
        play = at(AskForAll.UNSETTLED);
        borrowOne();
        play.seconds(5);
        play.lift(ONE);
        finish();
        isOver();
    }

    @Test
    void theCardOfAnotherTakesItsPlaceAndYesThenEndsTheVisit() {
        borrowOne();
        finish();
        play.on(new KioskEvent.Scanned("2000099999"));
        assertThat(play.state.question()).contains(new Question.ChangeCustomer(new CardNumber("2000099999")));
        play.touch(new Choice.Answer(true));
        assertThat(play.state).isInstanceOf(KioskState.AskingPin.class);
    }

    @Test
    void theKeypadAnswersToo() {
        borrowOne();
        play.on(new KioskEvent.Pressed(new Key.Digit(5)));
        finish();
        play.on(new KioskEvent.Pressed(new Key.Digit(2)));
        isOver();
    }
}
