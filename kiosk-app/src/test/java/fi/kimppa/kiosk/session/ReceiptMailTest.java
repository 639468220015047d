package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.wire.CodedField;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Receipts by e-mail: who is offered one, and what comes of it. */
class ReceiptMailTest {
    private static final PadTag BOOK = Play.tag(1, "3000000011");

    private final Play play = new Play();

    private void borrow() {
        borrow(List.of(new CodedField.Text("PE", "k***@e***.fi")));
    }

    /** Until the receipt is offered, or the farewell comes. */
    private void borrow(List<CodedField> told) {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(), true, true, told));
        play.lay(BOOK);
        play.answer(play.lent());
        play.verified();
        play.touch(new Choice.Finish());
        play.lift(BOOK);
    }

    private OfferingReceipt offer() {
        return (OfferingReceipt) play.state;
    }

    private Effect.Mail handedOver() {
        return play.all(Effect.Mail.class).getLast();
    }

    @Test
    void offersItToWhomTheGatewayCanReachAndShowsTheAddressCovered() {
        borrow();
        assertThat(offer().answers())
                .containsExactly(new Choice.NoReceipt(), new Choice.MailReceipt(), new Choice.PrintReceipt());
        assertThat(offer().mail()).isEqualTo(new ReceiptMail.Possible(new CardNumber(Play.CARD), "k***@e***.fi"));
        assertThat(offer().toString()).doesNotContain(Play.CARD);
    }

    @Test
    void asksForTheAddressOnceAndNeverForIt() {
        borrow();
        assertThat(play.sent(PatronInformation.class))
                .filteredOn(asked -> asked.extras().toString().contains("tell=mail"))
                .hasSize(1);
    }

    @Test
    void offersItToNobodyElse() {
        borrow(List.of());
        assertThat(offer().answers()).containsExactly(new Choice.NoReceipt(), new Choice.PrintReceipt());
        play.touch(new Choice.MailReceipt());
        assertThat(play.all(Effect.Mail.class)).isEmpty();
        assertThat(play.state).isInstanceOf(OfferingReceipt.class);
    }

    @Test
    void offersNothingByItWhileNobodyAnswers() {
        borrow();
        play.line(Surroundings.Line.DOWN);
        assertThat(offer().answers()).containsExactly(new Choice.NoReceipt(), new Choice.PrintReceipt());
        play.touch(new Choice.MailReceipt());
        assertThat(play.all(Effect.Mail.class)).isEmpty();
    }

    @Test
    void offersItWithoutPaperToo() {
        play.absent(DeviceKind.PRINTER);
        borrow();
        assertThat(offer().answers()).containsExactly(new Choice.NoReceipt(), new Choice.MailReceipt());
        play.touch(new Choice.PrintReceipt());
        assertThat(play.all(Effect.Print.class)).isEmpty();
        assertThat(play.state).isInstanceOf(OfferingReceipt.class);
    }

    @Test
    void saysThatItIsSentWhenTheGatewayHasIt() {
        borrow();
        Printout receipt = offer().receipt();
        List<Effect> effects = play.touch(new Choice.MailReceipt());
        assertThat(effects)
                .containsExactly(
                        new Effect.Mail(handedOver().request(), new CardNumber(Play.CARD), receipt, Language.FINNISH));
        assertThat(offer().answers()).isEmpty();
        play.touch(new Choice.NoReceipt());
        play.touch(new Choice.PrintReceipt());
        assertThat(offer().mail()).isInstanceOf(ReceiptMail.Asked.class);
        play.on(new KioskEvent.Mailed(handedOver().request(), true));
        assertThat(((Farewell) play.state).mail()).isEqualTo(new ReceiptMail.Taken());
        assertThat(play.all(Effect.Print.class)).isEmpty();
        play.seconds(3);
        assertThat(play.state)
                .isEqualTo(new KioskState.Idle(play.state.around()))
                .asString()
                .doesNotContain("e***");
    }

    @Test
    void offersPaperWhenTheGatewayDoesNotHaveIt() {
        borrow();
        play.touch(new Choice.MailReceipt());
        play.seconds(5);
        play.on(new KioskEvent.Mailed(handedOver().request(), false));
        assertThat(offer().mail()).isEqualTo(new ReceiptMail.Unconfirmed());
        assertThat(offer().answers()).containsExactly(new Choice.NoReceipt(), new Choice.PrintReceipt());
        play.seconds(9);
        play.touch(new Choice.PrintReceipt());
        assertThat(play.all(Effect.Print.class)).hasSize(1);
    }

    @Test
    void saysSoWithoutPaperAndGoesOn() {
        play.absent(DeviceKind.PRINTER);
        borrow();
        play.touch(new Choice.MailReceipt());
        play.on(new KioskEvent.Mailed(handedOver().request(), false));
        assertThat(((Farewell) play.state).mail()).isEqualTo(new ReceiptMail.Unconfirmed());
        play.seconds(3);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void waitsForNobodyForLong() {
        borrow();
        play.touch(new Choice.MailReceipt());
        play.seconds(9);
        assertThat(offer().mail()).isInstanceOf(ReceiptMail.Asked.class);
        play.seconds(1);
        assertThat(offer().mail()).isEqualTo(new ReceiptMail.Unconfirmed());
        play.on(new KioskEvent.Mailed(handedOver().request(), true));
        assertThat(offer().mail()).as("too late to be believed").isEqualTo(new ReceiptMail.Unconfirmed());
        play.seconds(10);
        assertThat(play.state).isInstanceOf(Farewell.class);
    }

    @Test
    void takesNoAnswerToAnotherReceiptForItsOwn() {
        borrow();
        play.touch(new Choice.MailReceipt());
        play.on(new KioskEvent.Mailed(handedOver().request() - 1, true));
        assertThat(offer().mail()).isInstanceOf(ReceiptMail.Asked.class);
    }

    @Test
    void aReturnHasNobodyToWriteTo() {
        play.touch(new Choice.Return());
        PadTag lent = Play.unsecured(BOOK);
        play.lay(lent);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        play.lift(lent);
        play.touch(new Choice.Finish());
        assertThat(offer().mail()).isEqualTo(new ReceiptMail.Impossible());
    }

    @Test
    void theKeypadHasItWhereItStands() {
        borrow();
        assertThat(Keypad.pages(play.state).getFirst().choices())
                .startsWith(new Choice.NoReceipt(), new Choice.MailReceipt(), new Choice.PrintReceipt());
        play.on(new KioskEvent.Pressed(new Key.Digit(2)));
        assertThat(play.all(Effect.Mail.class)).as("the first key only wakes").isEmpty();
        play.on(new KioskEvent.Pressed(new Key.Digit(2)));
        assertThat(play.all(Effect.Mail.class)).hasSize(1);
        play.on(new KioskEvent.Pressed(new Key.Back()));
        assertThat(offer().mail()).isInstanceOf(ReceiptMail.Asked.class);
    }
}
