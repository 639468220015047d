package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.Returning;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeypadTest {
    private final Play play = new Play();

    private void press(String keys) {
        keys.chars()
                .forEach(
                        key -> play.on(new KioskEvent.Pressed(Key.of((char) key).orElseThrow())));
    }

    private void plug(boolean in) {
        play.on(new KioskEvent.Headphones(in));
    }

    private Aids aids() {
        return play.state.around().aids();
    }

    @Test
    void theFirstKeyShowsTheNumbersAndDoesNothingElse() {
        press("1");
        assertThat(play.state).isInstanceOf(Idle.class);
        assertThat(Keypad.numbers(play.state)).containsEntry(new Choice.Borrow(), 1);
        press("1");
        assertThat(play.state).isInstanceOf(AskingCard.class);
    }

    @Test
    void whoListensHasBeenToldAndTheFirstKeyCounts() {
        plug(true);
        assertThat(aids().speaking()).isTrue();
        assertThat(Keypad.numbers(play.state)).isEmpty();
        press("2");
        assertThat(play.state).isInstanceOf(Returning.class);
    }

    @Test
    void theFirstDigitOfAPinCountsToo() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        press("1234#");
        play.answer(Play.patron(List.of()));
        assertThat(play.state).isInstanceOf(Borrowing.class);
    }

    @Test
    void aWholeVisitNeedsTheKeypadAlone() {
        plug(true);
        press("1");
        play.on(new KioskEvent.Scanned(Play.CARD));
        press("99**1234#");
        play.answer(Play.patron(List.of()));
        assertThat(play.state).isInstanceOf(Borrowing.class);
        play.on(new KioskEvent.Scanned("3000000011"));
        play.answer(play.lent());
        press("#");
        assertThat(play.state).isInstanceOf(OfferingReceipt.class);
        press("9");
        assertThat(Keypad.page(play.state).row()).contains(1);
        press("#");
        assertThat(play.state).isInstanceOf(Farewell.class);
        assertThat(play.all(Effect.Print.class)).hasSize(1);
    }

    @Test
    void theStarTakesDigitsBackAndThenOpensTheOtherActions() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        press("12**");
        assertThat(((AskingPin) play.state).digits()).isZero();
        press("*");
        assertThat(Keypad.page(play.state).choices())
                .containsExactly(
                        new Choice.Cancel(), new Choice.Speak(Language.SWEDISH), new Choice.Speak(Language.ENGLISH));
        press("#12");
        assertThat(((AskingPin) play.state).digits()).isEqualTo(2);
        press("***2");
        assertThat(play.state.language()).isEqualTo(Language.SWEDISH);
        press("7");
        assertThat(((AskingPin) play.state).digits()).as("typing again").isOne();
        press("***");
        assertThat(play.state).isInstanceOf(Idle.class);
    }

    @Test
    void everyKeyStopsTheWarningAndTwoGivesMoreTime() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        press("1");
        play.seconds(25);
        assertThat(play.state.waiting().orElseThrow().warned()).isTrue();
        press("5");
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        assertThat(((AskingPin) play.state).digits())
                .as("not a digit of the PIN")
                .isOne();
        play.seconds(25);
        press("2");
        assertThat(play.state.waiting().orElseThrow().moreTime()).isTrue();
    }

    @Test
    void nineGoesThroughTheRowsAndTheStarGoesBack() {
        play.login();
        play.on(new KioskEvent.Scanned("3000000011"));
        play.answer(play.lent());
        play.on(new KioskEvent.Scanned("3000000028"));
        play.answer(play.lent());
        press("9");
        assertThat(Keypad.page(play.state).row()).as("the newest first").contains(2);
        press("9");
        assertThat(Keypad.page(play.state).row()).contains(1);
        press("9");
        assertThat(Keypad.page(play.state).choices()).contains(new Choice.Speak(Language.SWEDISH));
        press("*");
        assertThat(Keypad.page(play.state).row()).contains(2);
        assertThat(play.state).isInstanceOf(Borrowing.class);
    }

    @Test
    void theVolumeStaysInItsRangeAndEndsWithTheSession() {
        plug(true);
        press("888+");
        assertThat(aids().volume()).isEqualTo(Aids.LOUDEST);
        press("7777-");
        assertThat(aids().volume()).isZero();
        plug(false);
        assertThat(aids().volume()).isEqualTo(Aids.USUAL);
        assertThat(aids().speaking()).isFalse();
    }

    @Test
    void nothingOfItOutlivesTheSessionButTheHeadphones() {
        plug(true);
        press("18");
        assertThat(play.state).isInstanceOf(AskingCard.class);
        play.after(Duration.ofMinutes(2));
        play.after(Duration.ofMinutes(2));
        assertThat(play.state).isInstanceOf(Idle.class);
        assertThat(aids()).isEqualTo(new Aids(true, false, false, Aids.USUAL, 0, 0));
    }

    @Test
    void whoListensHasLongerWaitsFromTheStart() {
        plug(true);
        press("1");
        play.seconds(79);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(2);
        assertThat(play.state.waiting().orElseThrow().warned()).isTrue();
    }

    @Test
    void headphonesInTheMiddleOfAWarningAreASignOfLife() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.seconds(25);
        plug(true);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
    }

    @Test
    void blockedOffersReturnAndEnd() {
        play.line(Surroundings.Line.DOWN);
        press("11");
        assertThat(play.state).isInstanceOf(Blocked.class);
        press("1");
        assertThat(play.state).isInstanceOf(Returning.class);
    }

    @Test
    void digitsAreNobodysBusiness() {
        assertThat(new KioskEvent.Pressed(new Key.Digit(7)).toString()).doesNotContain("7");
    }

    @Test
    void aKeyThatWasStruckTwiceCountsOnce() {
        KeyStrikes strikes = new KeyStrikes(Duration.ofMillis(500));
        Key one = new Key.Digit(1);
        long second = 1_000_000_000L;
        assertThat(strikes.counts(one, 0)).isTrue();
        assertThat(strikes.counts(one, second * 4 / 10)).isFalse();
        assertThat(strikes.counts(one, second * 8 / 10)).as("held, repeated").isFalse();
        assertThat(strikes.counts(new Key.Digit(2), second)).isTrue();
        assertThat(strikes.counts(one, second + 1)).isTrue();
        assertThat(strikes.counts(one, second * 2)).isTrue();
    }
}
