package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.kiosk.speech.Script;
import fi.kimppa.kiosk.speech.Utterance;
import fi.kimppa.kiosk.text.HelpWording;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.message.CirculationStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Help is about what one is doing when one asks for it, and stops nothing. */
class HelpTest {
    private static final PadTag BOOK = Play.tag(1, "3000000011");

    private final Play play = new Play();

    private void says(String key) {
        Texts texts = Texts.in(play.state.language());
        assertThat(HelpWording.here(texts, play.state)).isEqualTo(texts.say(key));
    }

    private boolean open() {
        return play.state.around().preferences().help();
    }

    @Test
    void followsAVisit() {
        says("help.idle");
        play.touch(new Choice.Borrow());
        says("help.card");
        play.on(new KioskEvent.Scanned(Play.CARD));
        says("help.pin");
        play.type("1234");
        play.touch(new Choice.Ok());
        says("help.wait");
        play.answer(Play.patron(List.of()));
        says("help.borrow");
        play.touch(new Choice.Account());
        says("help.loans");
    }

    @Test
    void knowsWhatDoesNotWork() {
        play.line(Surroundings.Line.DOWN);
        says("err.offline");
        play.line(Surroundings.Line.UP);
        play.touch(new Choice.Return());
        says("help.return");
        play.absent(DeviceKind.PAD);
        play.seconds(60);
        says("help.return.scan");
    }

    @Test
    void pointsAtWhatNeedsThePatron() {
        play.login();
        play.lay(BOOK);
        play.answer(play.lent());
        says("help.borrow");
        play.lift(BOOK);
        play.write(new SecurityWrite.TagGone());
        assertThat(play.loan(0)).isInstanceOf(LoanState.PutBack.class);
        says("help.rows");
        play.lay(BOOK);
        play.verified();
        says("help.borrow");
    }

    @Test
    void stopsNothing() {
        play.login();
        play.lay(BOOK);
        play.touch(new Choice.ShowHelp(true));
        assertThat(open()).isTrue();
        play.answer(play.lent());
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(open()).isTrue();
        play.touch(new Choice.ShowHelp(false));
        assertThat(open()).isFalse();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
    }

    private String heard(KioskState before) {
        return Script.say(Optional.of(before), play.state).map(Utterance::text).orElse("");
    }

    /** What goes on beneath help changes it: that is heard at once, and what has happened when help is gone. */
    @Test
    void isHeardAgainWhenItBecomesAnotherOne() {
        Texts texts = Texts.in(Language.FINNISH);
        play.on(new KioskEvent.Headphones(true));
        play.login();
        play.touch(new Choice.ShowHelp(true));
        play.lay(BOOK);
        play.answer(play.refused());
        KioskState before = play.state;
        assertThat(heard(before)).as("time alone changes nothing").isEmpty();
        play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF));
        assertThat(heard(before)).contains(texts.say("help.rows")).doesNotContain(texts.say("out.hold.other"));
        before = play.state;
        play.seconds(1);
        assertThat(heard(before)).isEmpty();
        play.touch(new Choice.ShowHelp(false));
        assertThat(heard(before)).contains(texts.say("out.hold.other"));
    }

    @Test
    void runsOutOfTimeWithItsCountdownAsEveryScreen() {
        play.login();
        play.touch(new Choice.ShowHelp(true));
        while (!play.state.waiting().orElseThrow().warned()) {
            play.seconds(1);
        }
        assertThat(open()).isTrue();
        while (play.state instanceof KioskState.Borrowing) {
            play.seconds(1);
        }
        assertThat(open()).isFalse();
    }
}
