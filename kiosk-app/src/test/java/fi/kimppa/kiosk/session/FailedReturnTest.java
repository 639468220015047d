package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.sip2.message.Checkin;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A return that reached neither the library nor the disk can be tried again, and is told of at the end. */
class FailedReturnTest {
    private static final PadTag BOOK = Play.unsecured(Play.tag(1, "3000000042"));

    private final Play play = new Play();

    @BeforeEach
    void fail() {
        play.touch(new Choice.Return());
        play.lay(BOOK);
        play.noAnswer(false);
        play.on(new KioskEvent.Spooled(play.all(Effect.Spool.class).getLast().request(), false));
    }

    @Test
    void canBeTriedAgainByTouchAndByKeypad() {
        assertThat(play.returning().rows().getFirst().mayBeTriedAgain()).isTrue();
        assertThat(Keypad.pages(play.state).getFirst().choices()).first().isEqualTo(new Choice.Retry(1));
        play.touch(new Choice.Retry(1));
        assertThat(play.sent(Checkin.class)).hasSize(2);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        assertThat(play.back(0)).isInstanceOf(ReturnState.Returned.class);
        assertThat(play.returning().rows().getFirst().mayBeTriedAgain()).isFalse();
    }

    @Test
    void isCountedAtTheEnd() {
        play.touch(new Choice.Finish());
        KioskState.Result result = ((KioskState.Farewell) play.state).result();
        assertThat(result).isEqualTo(new KioskState.Result(KioskState.Result.Task.RETURNED, 0, 1, 0, 0));
    }
}
