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
                        new Choice.Cancel(),
                        new Choice.ShowHelp(true),
                        new Choice.ShowPreferences(true),
                        new Choice.Speak(Language.SWEDISH),
                        new Choice.Speak(Language.ENGLISH));
        press("#12");
        assertThat(((AskingPin) play.state).digits()).isEqualTo(2);
        press("***4");
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
        assertThat(play.state.around().preferences().has(Preference.MORE_TIME)).isTrue();
        play.seconds(89);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(1);
        assertThat(play.state.waiting().orElseThrow().secondsLeft(play.now)).isEqualTo(60);
    }

    @Test
    void helpIsOpenedAndClosedByTheKeypadAlone() {
        plug(true);
        press("91");
        assertThat(play.state.around().preferences().help()).isTrue();
        assertThat(play.state.around().preferences().open()).isTrue();
        assertThat(Keypad.page(play.state).choices())
                .startsWith(new Choice.ShowHelp(false), new Choice.ShowPreferences(true));
        press("2");
        assertThat(play.state.around().preferences().help())
                .as("the one in place of the other")
                .isFalse();
        assertThat(play.state.around().preferences().open()).isTrue();
        press("*");
        assertThat(play.state.around().preferences().open()).isFalse();
    }

    @Test
    void helpIsBehindEveryScreenOfAVisitAndGoesWithIt() {
        play.login();
        assertThat(Keypad.pages(play.state)).anyMatch(page -> page.choices().contains(new Choice.ShowHelp(true)));
        play.touch(new Choice.ShowHelp(true));
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        assertThat(play.state.around().unhurried()).isTrue();
        play.touch(new Choice.Finish());
        play.seconds(60);
        assertThat(play.state.around().asForTheNext()).isTrue();
    }

    @Test
    void preferencesAreChosenByTheKeypadAlone() {
        press("15");
        assertThat(play.state.around().preferences().open()).isTrue();
        assertThat(Keypad.page(play.state).choices())
                .hasSize(Keypad.MOST_ON_A_PAGE)
                .startsWith(new Choice.Prefer(Preference.HIGH_CONTRAST, true))
                .endsWith(new Choice.Prefer(Preference.MORE_TIME, true), new Choice.ShowPreferences(false));
        press("12");
        assertThat(play.state.around().preferences().chosen())
                .containsExactlyInAnyOrder(Preference.HIGH_CONTRAST, Preference.LARGE_TEXT);
        press("1");
        assertThat(play.state.around().preferences().chosen()).containsExactly(Preference.LARGE_TEXT);
        press("92");
        assertThat(play.state.language()).isEqualTo(Language.SWEDISH);
        press("6");
        assertThat(play.state.around().preferences().open()).isFalse();
        assertThat(play.state).isInstanceOf(Idle.class);
        assertThat(Keypad.page(play.state).choices()).startsWith(new Choice.Borrow());
    }

    @Test
    void starAndHashLeaveThePreferencesAndNothingElse() {
        play.login();
        for (String key : List.of("*", "#", "9*", "9#")) {
            press("94");
            play.touch(new Choice.ShowPreferences(true));
            press(key);
            if (key.equals("9*")) {
                assertThat(play.state.around().preferences().open()).isTrue();
                press("*");
            }
            assertThat(play.state).isInstanceOf(Borrowing.class);
            assertThat(play.state.around().preferences().open()).as(key).isFalse();
        }
    }

    @Test
    void noDigitIsTypedWhilePreferencesLieOverThePin() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        press("1*");
        press("*3");
        assertThat(play.state.around().preferences().open()).isTrue();
        press("2#");
        assertThat(play.state.around().preferences().has(Preference.LARGE_TEXT)).isTrue();
        press("12");
        assertThat(((AskingPin) play.state).digits()).isEqualTo(2);
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
        play.seconds(89);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(1);
        assertThat(play.state.waiting().orElseThrow().secondsLeft(play.now)).isEqualTo(60);
        assertThat(play.state.around().preferences()).isEqualTo(Preferences.NONE);
    }

    @Test
    void whoPlugsInWhereNobodyIsIsForgottenAfterAWhile() {
        plug(true);
        play.seconds(119);
        assertThat(aids().speaking()).isTrue();
        play.seconds(1);
        assertThat(play.state).isEqualTo(new Idle(play.state.around()));
        assertThat(aids()).isEqualTo(new Aids(true, false, false, Aids.USUAL, 0, 0));
    }

    @Test
    void aKioskOutOfServiceSpeaksToo() {
        play.line(Surroundings.Line.REFUSED);
        plug(true);
        play.seconds(60);
        assertThat(aids().speaking()).isTrue();
        press("91");
        assertThat(play.state).isInstanceOf(KioskState.OutOfService.class);
        assertThat(play.state.around().preferences().open()).isTrue();
        play.seconds(120);
        assertThat(play.state.around().asForTheNext()).isTrue();
    }

    @Test
    void anotherCardDoesNotSilenceWhoeverListens() {
        plug(true);
        press("8");
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.on(new KioskEvent.Scanned("2000099999"));
        assertThat(play.state).isInstanceOf(AskingPin.class);
        assertThat(aids().listens()).isTrue();
        assertThat(aids().volume()).isEqualTo(Aids.LOUDEST - 1);
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
        assertThat(strikes.counts(one, 0, Preferences.NONE)).isTrue();
        assertThat(strikes.counts(one, second * 4 / 10, Preferences.NONE)).isFalse();
        assertThat(strikes.counts(one, second * 8 / 10, Preferences.NONE))
                .as("held, repeated")
                .isFalse();
        assertThat(strikes.counts(new Key.Digit(2), second, Preferences.NONE)).isTrue();
        assertThat(strikes.counts(one, second + 1, Preferences.NONE)).isTrue();
        assertThat(strikes.counts(one, second * 2, Preferences.NONE)).isTrue();
    }
}
