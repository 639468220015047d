package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.StaffPin;
import fi.kimppa.kiosk.session.KioskState.TypingCard;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypedCardTest {
    private final Play play = new Play();

    private void begin() {
        play.absent(DeviceKind.SCANNER);
        play.touch(new Choice.Borrow());
        play.touch(new Choice.TypeCard());
    }

    private TypingCard typing() {
        return (TypingCard) play.state;
    }

    @Test
    void whileTheScannerIsLostANumberIsTypedAndThePinIsAsked() {
        begin();
        play.type(Play.CARD);
        play.touch(new Choice.Ok());
        assertThat(((AskingPin) play.state).card().text()).isEqualTo(Play.CARD);
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of()));
        assertThat(play.state).isInstanceOf(Borrowing.class);
    }

    @Test
    void aReaderOfContactlessCardsIsNamedBesideTheScannerAndInItsPlace() {
        Texts texts = Texts.in(Language.ENGLISH);
        play.touch(new Choice.Borrow());
        assertThat(Wording.card(texts, play.state.around())).doesNotContain("reader");
        play.on(new KioskEvent.DeviceChanged(
                DeviceKind.CARD, new DeviceStatus.Ready(play.state.around().now())));
        assertThat(Wording.card(texts, play.state.around()))
                .isEqualTo("Scan the bar code or hold the card to the reader.");
        play.absent(DeviceKind.SCANNER);
        assertThat(Wording.card(texts, play.state.around())).isEqualTo("Hold the card to the card reader.");
        play.on(new KioskEvent.CardHeld(Optional.of(Play.CARD), false));
        assertThat(((AskingPin) play.state).card().text()).isEqualTo(Play.CARD);
    }

    @Test
    void whileTheScannerWorksNothingIsTyped() {
        play.touch(new Choice.Borrow());
        assertThat(play.state.around().cardMayBeTyped()).isFalse();
        play.touch(new Choice.TypeCard());
        assertThat(play.state).isInstanceOf(AskingCard.class);
    }

    @Test
    void anUnknownNumberStaysToBeMended() {
        begin();
        play.type("300001234");
        play.touch(new Choice.Ok());
        assertThat(typing().notTaken()).contains(new NotTaken(NotTaken.Reason.NUMBER, 1));
        assertThat(typing().typed().text()).isEqualTo("300001234");
        play.touch(new Choice.Erase());
        assertThat(typing().notTaken()).isEmpty();
        assertThat(typing().digits()).isEqualTo(8);
    }

    @Test
    void aNumberHasAnEnd() {
        begin();
        play.type("2".repeat(40));
        assertThat(typing().digits()).isEqualTo(14);
    }

    @Test
    void whatIsReadMeanwhileGoesBeforeWhatIsTyped() {
        begin();
        play.type("29999");
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(((AskingPin) play.state).card().text()).isEqualTo(Play.CARD);
    }

    @Test
    void nothingOfItIsLeftWhenNobodyGoesOn() {
        begin();
        play.type("20000");
        play.seconds(21);
        play.seconds(21);
        assertThat(play.state).isInstanceOf(Idle.class);
        assertThat(play.state.around().asForTheNext()).isTrue();
    }

    @Test
    void theNumberOfAStaffCardIsReadAndNeverTyped() {
        begin();
        play.type(Play.STAFF_CARD);
        play.touch(new Choice.Ok());
        assertThat(play.state).isInstanceOf(TypingCard.class);
        play.on(new KioskEvent.Scanned(Play.STAFF_CARD));
        assertThat(play.state).isInstanceOf(StaffPin.class);
    }

    @Test
    void theKeypadTypesItWithoutSight() {
        play.absent(DeviceKind.SCANNER);
        play.on(new KioskEvent.Headphones(true));
        for (char key : ("11" + Play.CARD + "#").toCharArray()) {
            play.on(new KioskEvent.Pressed(Key.of(key).orElseThrow()));
        }
        assertThat(((AskingPin) play.state).card().text()).isEqualTo(Play.CARD);
    }

    @Test
    void itPrintsAsStars() {
        begin();
        play.type(Play.CARD);
        assertThat(play.state.toString()).doesNotContain(Play.CARD);
    }
}
