package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After five seconds every wait for the library says that it takes longer than usual, and at what. */
class SlowAnswerTest {
    private static final String ONE = "3000000011";

    private final Play play = new Play();

    private void isSlowAfterFiveSeconds() {
        play.seconds(4);
        assertThat(play.state.slow()).isFalse();
        play.seconds(1);
        assertThat(play.state.slow()).isTrue();
    }

    @Test
    void whileSomebodyIsIdentified() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        isSlowAfterFiveSeconds();
    }

    @Test
    void whileSomethingIsLent() {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.lay(Play.tag(2, "3000000028"));
        isSlowAfterFiveSeconds();
        assertThat(play.borrowing().rows()).extracting(play.borrowing()::slow).containsExactly(true, false);
        play.answer(play.lent());
        assertThat(play.state.slow()).as("the next one has just been asked for").isFalse();
    }

    @Test
    void whileSomethingIsRenewedAtThePile() {
        play.login(ONE);
        play.lay(Play.unsecured(Play.tag(1, ONE)));
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
        isSlowAfterFiveSeconds();
        assertThat(play.borrowing().slow(play.borrowing().rows().getFirst())).isTrue();
    }

    @Test
    void whileSomethingIsReturned() {
        play.touch(new Choice.Return());
        play.lay(Play.tag(1, ONE));
        isSlowAfterFiveSeconds();
        assertThat(play.returning().slow(play.returning().rows().getFirst())).isTrue();
        play.answer(play.returned("1", "", Optional.empty()));
        assertThat(play.state.slow()).isFalse();
    }

    @Test
    void whileALoanOfTheAccountIsRenewedButNotWhileItIsRead() {
        play.openAccount(Play.loans(ONE));
        play.seconds(6);
        assertThat(play.state.slow()).isFalse();
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
        isSlowAfterFiveSeconds();
    }
}
