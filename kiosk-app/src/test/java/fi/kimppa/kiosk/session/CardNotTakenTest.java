package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.TypingCard;
import fi.kimppa.kiosk.session.NotTaken.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is shown in place of a library card, or is one that cannot be read, is told of where a card is waited for. */
class CardNotTakenTest {
    private static final KioskEvent TRAVEL_CARD = new KioskEvent.CardHeld(Optional.of("04A2B3C4D5E680"), false);
    private static final KioskEvent TELEPHONE = new KioskEvent.CardHeld(Optional.empty(), false);
    private static final KioskEvent LIFTED = new KioskEvent.CardHeld(Optional.empty(), true);
    private static final KioskEvent GOOD = new KioskEvent.CardHeld(Optional.of(Play.CARD), false);
    private static final PadTag SINUHE = Play.tag(1, "3000000011");

    private final Play play = new Play();

    private AskingCard asking() {
        return (AskingCard) play.state;
    }

    @Test
    void isToldEachTimeWhereACardIsAskedFor() {
        play.touch(new Choice.Borrow());
        assertThat(asking().notTaken()).isEmpty();
        play.on(TRAVEL_CARD);
        assertThat(asking().notTaken()).contains(new NotTaken(Reason.NO_CARD, 1));
        play.on(TELEPHONE);
        assertThat(asking().notTaken()).contains(new NotTaken(Reason.NO_CARD, 2));
        play.seconds(2);
        play.on(LIFTED);
        assertThat(asking().notTaken()).contains(new NotTaken(Reason.LIFTED, 3));
        play.on(GOOD);
        assertThat(((AskingPin) play.state).card().text()).isEqualTo(Play.CARD);
    }

    @Test
    void soIsABarCodeThatIsNoCards() {
        play.touch(new Choice.Account());
        play.on(new KioskEvent.Scanned("3000000011"));
        assertThat(asking().notTaken()).contains(new NotTaken(Reason.NO_CARD, 1));
        assertThat(asking().goal()).isEqualTo(Goal.ACCOUNT);
    }

    @Test
    void whoeverTypesANumberIsToldTooAndKeepsIt() {
        play.absent(DeviceKind.SCANNER);
        play.touch(new Choice.Borrow());
        play.touch(new Choice.TypeCard());
        play.type("2000");
        play.on(LIFTED);
        TypingCard typing = (TypingCard) play.state;
        assertThat(typing.notTaken()).contains(new NotTaken(Reason.LIFTED, 1));
        assertThat(typing.digits()).isEqualTo(4);
        play.touch(new Choice.Digit(0));
        assertThat(((TypingCard) play.state).notTaken()).isEmpty();
    }

    @Test
    void whoeverShowsItOnTheFrontPageIsAskedForACardAndTold() {
        play.on(LIFTED);
        assertThat(asking().notTaken()).contains(new NotTaken(Reason.LIFTED, 1));
        assertThat(asking().goal()).isEqualTo(Goal.BORROW);
        play.touch(new Choice.Cancel());
        play.lay(SINUHE);
        assertThat(play.state).isInstanceOf(KioskState.Choosing.class);
        play.on(TELEPHONE);
        assertThat(asking().notTaken()).contains(new NotTaken(Reason.NO_CARD, 1));
    }

    @Test
    void aBarCodeOnTheFrontPageMayBeAThings() {
        play.on(new KioskEvent.Scanned("3000000011"));
        assertThat(play.state).isInstanceOf(Idle.class);
    }

    @Test
    void whereACardWouldBeOfNoUseItIsTreatedAsOne() {
        play.line(Surroundings.Line.DOWN);
        play.on(TELEPHONE);
        assertThat(((Blocked) play.state).reason()).isEqualTo(Blocked.Reason.OFFLINE);
        Play station = new Play(Play.settings(true, true));
        station.on(TELEPHONE);
        assertThat(station.state).isInstanceOf(Idle.class);
    }

    @Test
    void changesNothingElsewhere() {
        play.on(GOOD);
        KioskState pin = play.state;
        play.on(TELEPHONE);
        assertThat(play.state.getClass()).isEqualTo(pin.getClass());
        play.touch(new Choice.Cancel());
        play.login();
        play.on(TRAVEL_CARD);
        play.on(LIFTED);
        assertThat(play.borrowing().rows()).as("a card is no thing").isEmpty();
        assertThat(play.borrowing().question()).isEmpty();
        play.on(new KioskEvent.CardHeld(Optional.of("2000099999"), false));
        assertThat(play.borrowing().question()).as("another patron").isPresent();
        Play back = new Play();
        back.touch(new Choice.Return());
        back.on(TRAVEL_CARD);
        assertThat(back.returning().rows()).isEmpty();
    }
}
