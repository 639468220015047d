package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreferencesTest {
    private static final PadTag BOOK = Play.tag(1, "3000000011");

    private final Play play = new Play();

    private void prefer(Preference what) {
        play.touch(new Choice.Prefer(what, true));
    }

    private Preferences preferences() {
        return play.state.around().preferences();
    }

    private Patience patience() {
        return play.state.waiting().orElseThrow();
    }

    @Test
    void asksForNothingUntilSomebodyDoes() {
        assertThat(preferences()).isEqualTo(Preferences.NONE);
        assertThat(Preference.values()).noneMatch(preferences()::has);
    }

    @ParameterizedTest
    @EnumSource(Preference.class)
    void holdsOverAWholeVisitAndNotLonger(Preference what) {
        prefer(what);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        play.login();
        assertThat(preferences().has(what)).isTrue();
        play.lay(BOOK);
        play.answer(play.lent());
        play.verified();
        play.lift(BOOK);
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
        assertThat(preferences().has(what)).isTrue();
        play.touch(new Choice.NoReceipt());
        assertThat(preferences().has(what)).as("farewell").isTrue();
        play.seconds(6);
        assertThat(play.state).isEqualTo(new KioskState.Idle(play.state.around()));
        assertThat(preferences()).isEqualTo(Preferences.NONE);
    }

    @Test
    void canBeDoneWithoutAgain() {
        prefer(Preference.REACH);
        prefer(Preference.LARGE_TEXT);
        play.touch(new Choice.Prefer(Preference.REACH, false));
        assertThat(preferences().chosen()).containsExactly(Preference.LARGE_TEXT);
    }

    @Test
    void goBackOnAKioskThatIsLeftAlone() {
        prefer(Preference.HIGH_CONTRAST);
        play.seconds(29);
        assertThat(preferences().has(Preference.HIGH_CONTRAST)).isTrue();
        play.touch(new Choice.Prefer(Preference.LARGE_TEXT, true));
        play.seconds(29);
        assertThat(preferences().has(Preference.HIGH_CONTRAST)).isTrue();
        play.seconds(1);
        assertThat(preferences()).isEqualTo(Preferences.NONE);
    }

    @Test
    void goBackOutOfServiceToo() {
        play.line(Surroundings.Line.REFUSED);
        play.touch(new Choice.ShowPreferences(true));
        prefer(Preference.LARGE_TEXT);
        play.touch(new Choice.Speak(Language.ENGLISH));
        assertThat(play.state.language()).isEqualTo(Language.ENGLISH);
        play.seconds(119);
        assertThat(preferences().has(Preference.LARGE_TEXT)).isTrue();
        play.seconds(1);
        assertThat(preferences()).isEqualTo(Preferences.NONE);
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
    }

    @Test
    void areNotThereForTheNextCard() {
        prefer(Preference.LARGE_TEXT);
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.touch(new Choice.Speak(Language.SWEDISH));
        play.on(new KioskEvent.Scanned("2000099999"));
        assertThat(play.state).isInstanceOf(KioskState.AskingPin.class);
        assertThat(preferences()).isEqualTo(Preferences.NONE);
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
    }

    @Test
    void changeWhileTheLibraryIsAsked() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        assertThat(play.state).isInstanceOf(KioskState.Identifying.class);
        play.touch(new Choice.ShowPreferences(true));
        prefer(Preference.HIGH_CONTRAST);
        play.answer(Play.patron(List.of()));
        assertThat(play.borrowing().around().preferences())
                .isEqualTo(Preferences.NONE.with(Preference.HIGH_CONTRAST, true).opened(true));
    }

    @Test
    void lieOverAScreenWithoutLosingAnything() {
        play.login();
        play.lay(BOOK);
        List<LoanRow> before = play.borrowing().rows();
        play.touch(new Choice.ShowPreferences(true));
        assertThat(play.borrowing().rows()).isEqualTo(before);
        play.answer(play.lent());
        play.verified();
        play.touch(new Choice.ShowPreferences(false));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(preferences()).isEqualTo(Preferences.NONE);
    }

    @Test
    void areClosedByACardThatIsRead() {
        play.touch(new Choice.ShowPreferences(true));
        prefer(Preference.LARGE_TEXT);
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(preferences()).isEqualTo(Preferences.NONE.with(Preference.LARGE_TEXT, true));
    }

    @Test
    void giveTheLongerWaitsWhileTheyLieOverAScreen() {
        play.login();
        play.touch(new Choice.ShowPreferences(true));
        play.seconds(119);
        assertThat(patience().warned()).isFalse();
        play.seconds(1);
        assertThat(patience().secondsLeft(play.now)).isEqualTo(60);
        play.seconds(60);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
    }

    // ---- kiosk-ux.md A.10 --------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "borrowing, false, 30, 20",
        "borrowing, true, 120, 60",
        "card, false, 20, 20",
        "card, true, 90, 60",
        "pin, false, 20, 20",
        "pin, true, 90, 60",
        "returning, false, 20, 20",
        "returning, true, 60, 60"
    })
    void waitsAsTheTableSays(String where, boolean moreTime, int idle, int warning) {
        switch (where) {
            case "borrowing" -> play.login();
            case "card" -> play.touch(new Choice.Borrow());
            case "pin" -> play.on(new KioskEvent.Scanned(Play.CARD));
            default -> play.touch(new Choice.Return());
        }
        if (moreTime) {
            prefer(Preference.MORE_TIME);
        }
        play.seconds(idle - 1);
        assertThat(patience().warned()).isFalse();
        play.seconds(1);
        assertThat(patience().secondsLeft(play.now)).isEqualTo(warning);
        play.seconds(warning - 1);
        assertThat(play.state.waiting()).isPresent();
        play.seconds(1);
        assertThat(play.state.waiting()).isEmpty();
    }

    @Test
    void waitsLongerForAnAnswerToTheReceiptAndWithTheFarewell() {
        prefer(Preference.MORE_TIME);
        play.login();
        play.lay(BOOK);
        play.answer(play.lent());
        play.verified();
        play.lift(BOOK);
        play.touch(new Choice.Finish());
        play.seconds(39);
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
        play.seconds(1);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
        play.seconds(5);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
        play.seconds(1);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void hasNoLongestSessionForSomebodyWhoNeedsMoreTime() {
        play.login();
        prefer(Preference.MORE_TIME);
        for (int i = 0; i < 20; i++) {
            play.seconds(100);
            assertThat(patience().warned()).isFalse();
            play.touch(new Choice.StillHere());
        }
    }

    @Test
    void warnsAMinuteBeforeItEndsALongSession() {
        play.login();
        for (int i = 0; i < 29; i++) {
            play.seconds(20);
            play.touch(new Choice.StillHere());
        }
        play.seconds(20);
        assertThat(patience().secondsLeft(play.now)).isEqualTo(60);
    }

    @Test
    void countsNoTimeInWhichTheKioskIsAtWork() {
        play.login();
        play.lay(BOOK);
        play.after(Duration.ofMillis(250));
        play.seconds(60);
        assertThat(patience().warned()).isFalse();
        play.answer(play.lent());
        play.verified();
        play.after(Duration.ofMillis(250));
        play.seconds(29);
        assertThat(patience().warned()).isFalse();
        play.seconds(1);
        assertThat(patience().warned()).isTrue();
    }

    @Test
    void stopsAWarningWhileTheKioskIsAtWork() {
        Instant start = Play.EVENING;
        Surroundings around = Surroundings.start(Play.settings(false, true), Upkeep.NONE, start);
        Wait idle = around.settings().timeouts().borrowing();
        Patience warned = Patience.from(start).tick(around.at(start.plusSeconds(30)), idle);
        assertThat(warned.secondsLeft(start.plusSeconds(35))).isEqualTo(15);
        Patience stopped = warned.stopped(start.plusSeconds(35));
        assertThat(stopped.secondsLeft(start.plusSeconds(90))).isEqualTo(15);
        assertThat(stopped.over(start.plusSeconds(90))).isFalse();
        Patience going = stopped.tick(around.at(start.plusSeconds(90)), idle);
        assertThat(going)
                .isEqualTo(new Patience(start.plusSeconds(55), Optional.of(start.plusSeconds(105)), Optional.empty()));
        assertThat(going.over(start.plusSeconds(104))).isFalse();
        assertThat(going.over(start.plusSeconds(105))).isTrue();
    }

    @Test
    void waitsForThePrinter() {
        play.login();
        play.lay(BOOK);
        play.answer(play.lent());
        play.verified();
        play.lift(BOOK);
        play.touch(new Choice.Finish());
        play.touch(new Choice.PrintReceipt());
        play.seconds(30);
        assertThat(((KioskState.Farewell) play.state).printing()).isTrue();
        assertThat(play.state.around().usable(DeviceKind.PRINTER)).isTrue();
    }
}
