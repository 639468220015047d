package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Another patron's card in the middle of a visit is a question, and nothing that was begun is lost over it. */
class ChangeOfCustomerTest {
    private static final String OTHER = "2000099999";
    private static final PadTag SINUHE = Play.tag(1, "3000000011");

    private final Play play = new Play();

    private void another() {
        play.on(new KioskEvent.Scanned(OTHER));
    }

    private void answer(boolean yes) {
        play.touch(new Choice.Answer(yes));
    }

    private void borrowOne() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent());
        play.verified();
    }

    private String cardAskedAbout() {
        return ((KioskState.AskingPin) play.state).card().text();
    }

    @Test
    void asksAndChangesNothingYet() {
        borrowOne();
        another();
        assertThat(play.state.question()).contains(new Question.ChangeCustomer(new CardNumber(OTHER)));
        assertThat(play.borrowing().done()).isEqualTo(1);
        assertThat(play.borrowing().leaving()).isFalse();
        assertThat(play.state.toString()).doesNotContain(OTHER);
    }

    @Test
    void theSameCardIsNoQuestion() {
        borrowOne();
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(play.state.question()).isEmpty();
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
    }

    @Test
    void yesEndsTheFirstVisitWithoutAReceiptAndAsksForThePinOfTheNewCard() {
        borrowOne();
        play.touch(new Choice.Speak(Language.SWEDISH));
        play.touch(new Choice.Prefer(Preference.LARGE_TEXT, true));
        another();
        answer(true);
        assertThat(cardAskedAbout()).isEqualTo(OTHER);
        assertThat(play.sent(EndPatronSession.class))
                .extracting(EndPatronSession::patronIdentifier)
                .containsExactly(Play.CARD);
        assertThat(play.all(Effect.Erase.class)).isNotEmpty();
        assertThat(play.all(Effect.Print.class)).isEmpty();
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
        assertThat(play.state.around().preferences()).isEqualTo(Preferences.NONE);
        assertThat(play.state.around().stay()).isEqualTo(Stay.NONE);
    }

    @Test
    void theNewCustomerBorrowsOnTheNewCard() {
        borrowOne();
        another();
        answer(true);
        play.lift(SINUHE);
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of()));
        play.lay(Play.tag(2, "3000000028"));
        assertThat(play.sent(Checkout.class).getLast().patronIdentifier()).isEqualTo(OTHER);
    }

    @Test
    void noStays() {
        borrowOne();
        another();
        answer(false);
        assertThat(play.state.question()).isEmpty();
        assertThat(play.borrowing().done()).isEqualTo(1);
        assertThat(play.borrowing().leaving()).isFalse();
        assertThat(play.state.toString()).doesNotContain(OTHER);
    }

    @Test
    void noAnswerStaysToo() {
        borrowOne();
        another();
        play.seconds(19);
        assertThat(play.state.question()).isPresent();
        play.seconds(1);
        assertThat(play.state.question()).isEmpty();
        assertThat(play.borrowing().done()).isEqualTo(1);
        play.seconds(10);
        assertThat(play.borrowing().patience().warned())
                .as("idle since the card was shown")
                .isTrue();
    }

    @Test
    void whoeverTouchesSomethingThinksLonger() {
        borrowOne();
        another();
        play.seconds(19);
        play.touch(new Choice.Speak(Language.ENGLISH));
        play.seconds(19);
        assertThat(play.state.question()).isPresent();
    }

    @Test
    void whatLiesBeneathCannotBeTouched() {
        borrowOne();
        another();
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.touch(new Choice.Finish());
        assertThat(play.borrowing().leaving()).isFalse();
        assertThat(play.state.question()).isPresent();
    }

    @Test
    void whatIsInWorkGoesOnBeneathTheQuestion() {
        play.login();
        play.lay(SINUHE);
        another();
        play.answer(play.lent());
        assertThat(play.writes()).hasSize(1);
        play.verified();
        assertThat(play.loan(0).isLoan()).isTrue();
        assertThat(play.state.question()).isPresent();
    }

    @Test
    void yesWaitsForWhatIsInWork() {
        play.login();
        play.lay(SINUHE);
        play.lay(Play.tag(2, "3000000028"));
        another();
        answer(true);
        assertThat(play.borrowing().leaving()).isTrue();
        play.answer(play.lent());
        play.verified();
        assertThat(play.state).as("the second is still to be lent").isInstanceOf(KioskState.Borrowing.class);
        play.answer(play.lent());
        play.verified();
        assertThat(cardAskedAbout()).isEqualTo(OTHER);
        assertThat(play.sent(Checkout.class))
                .allMatch(asked -> asked.patronIdentifier().equals(Play.CARD));
        assertThat(play.writes()).hasSize(2);
    }

    @Test
    void aLoanInDoubtIsSettledBeforeTheNextComes() {
        play.login();
        play.lay(SINUHE);
        play.noAnswer(false);
        another();
        answer(true);
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.answer(Play.loans("3000000011"));
        play.answer(play.onLoan("20261222"));
        play.verified();
        assertThat(cardAskedAbout()).isEqualTo(OTHER);
    }

    @Test
    void aRenewalIsWaitedFor() {
        play.openAccount(Play.loans("3000000011"));
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
        another();
        answer(true);
        assertThat(play.account().leaving()).isTrue();
        play.answer(play.renewed(true));
        assertThat(cardAskedAbout()).isEqualTo(OTHER);
    }

    @Test
    void aThirdCardIsTheOneThatIsAskedAbout() {
        borrowOne();
        another();
        play.on(new KioskEvent.Scanned("2000011111"));
        answer(true);
        assertThat(cardAskedAbout()).isEqualTo("2000011111");
    }

    @Test
    void whoeverMayNotBorrowIsAskedToo() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(), Flag.EXCESSIVE_OUTSTANDING_FEES));
        another();
        assertThat(play.state).isInstanceOf(KioskState.Blocked.class);
        answer(true);
        assertThat(cardAskedAbout()).isEqualTo(OTHER);
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void aCardOnThePadCountsLikeOneThatIsScanned() {
        borrowOne();
        ItemTag card = new ItemTag(
                OTHER, Optional.of("FI-Turku"), 1, 1, Optional.of(TypeOfUsage.PATRON), TagModel.ISO_28560_2);
        play.lay(new PadTag(new Uid(9), 6, new TagContent.Decoded(card, false), Optional.empty()));
        assertThat(play.state.question()).isPresent();
    }

    @Test
    void theQuestionFallsWithTheVisit() {
        borrowOne();
        play.touch(new Choice.Finish());
        another();
        assertThat(play.state.question()).isEmpty();
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
    }

    @Test
    void theKeypadAnswers() {
        borrowOne();
        play.on(new KioskEvent.Pressed(new Key.Digit(5)));
        another();
        assertThat(Keypad.page(play.state).choices()).startsWith(new Choice.Answer(false), new Choice.Answer(true));
        play.on(new KioskEvent.Pressed(new Key.Back()));
        assertThat(play.state.question()).isEmpty();
        another();
        play.on(new KioskEvent.Pressed(new Key.Digit(2)));
        assertThat(cardAskedAbout()).isEqualTo(OTHER);
    }

    @Test
    void theChoicesOfPreferencesDoNotHideIt() {
        borrowOne();
        play.touch(new Choice.ShowPreferences(true));
        another();
        assertThat(play.state.around().preferences().open()).isFalse();
    }

    @Test
    void anotherCardWhileNobodyAnswersEndsNothingByItself() {
        borrowOne();
        play.line(Surroundings.Line.DOWN);
        another();
        assertThat(play.borrowing().done()).isEqualTo(1);
        answer(true);
        assertThat(((KioskState.Blocked) play.state).reason()).isEqualTo(KioskState.Blocked.Reason.OFFLINE);
    }
}
