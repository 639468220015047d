package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.kiosk.speech.Chime;
import fi.kimppa.sip2.message.CirculationStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Things that somebody leaves on the pad when they go: a sound calls them back, and then staff are told. */
class LeftOnThePadTest {
    private static final PadTag LENT = Play.tag(1, "3000000011");
    private static final PadTag REFUSED = Play.tag(2, "3000000028");

    private final Play play = new Play();

    private void goes() {
        play.login();
        play.lay(LENT);
        play.answer(play.lent());
        play.verified();
        play.lay(REFUSED);
        play.answer(play.refused());
        play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF));
        play.touch(new Choice.Finish());
        play.touch(new Choice.NoReceipt());
    }

    private List<Chime> sounds(int seconds) {
        List<Chime> sounds = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            KioskState before = play.state;
            play.seconds(1);
            Chime.between(before, play.state).ifPresent(sounds::add);
        }
        return sounds;
    }

    @Test
    void areCalledForUntilThePadIsEmpty() {
        goes();
        assertThat(sounds(2)).as("first there is time to take them").isEmpty();
        assertThat(sounds(10)).isNotEmpty().containsOnly(Chime.LEFT);
        play.lift(LENT);
        play.lift(REFUSED);
        play.seconds(1);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(play.incidents()).isEmpty();
    }

    @Test
    void areToldToStaffWhetherLentOrNotWhenNobodyComesBack() {
        goes();
        play.seconds(22);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
        play.seconds(1);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(play.all(Effect.Report.class))
                .extracting(Effect.Report::incident)
                .containsExactly(
                        new Incident(Incident.Kind.LEFT_ON_PAD, "3000000011"),
                        new Incident(Incident.Kind.LEFT_ON_PAD, "3000000028"));
    }

    @Test
    void nothingIsSaidOfAnEmptyPad() {
        play.login();
        play.touch(new Choice.Finish());
        assertThat(sounds(4)).isEmpty();
        assertThat(play.incidents()).isEmpty();
    }
}
