package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.ReceiptMail;
import fi.kimppa.kiosk.text.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Would you like a receipt? */
final class ReceiptScreen implements Screen<KioskState.OfferingReceipt> {
    /** The style of the button that most people want next: without paper it is the mail. */
    private static final String MAIN = "main";

    private final Room room;
    private final Message message;
    private final Button none;
    private final Button mail;
    private final Button print;

    ReceiptScreen(Room room) {
        this.room = room;
        this.message = new Message(room);
        this.none = room.touch().button("no-receipt", room.texts().say("rc.none"), new Choice.NoReceipt());
        this.mail =
                room.touch().button("mail-receipt", Icon.MAIL, room.texts().say("rc.mail"), new Choice.MailReceipt());
        // Three stand side by side where there is room for short words alone.
        this.print = room.touch()
                .main("print-receipt", Icon.PRINT, room.texts().say("rc.print.brief"), new Choice.PrintReceipt());
        print.setAccessibleText(room.texts().say("rc.print"));
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(none, mail, print);
    }

    @Override
    public void show(KioskState.OfferingReceipt state) {
        List<Choice> answers = state.answers();
        for (Button button : actions()) {
            Screen.present(
                    button, Touch.choice(button).filter(answers::contains).isPresent());
        }
        print.setText(room.texts().say(state.mailable() ? "rc.print.brief" : "rc.print"));
        mail.getStyleClass().remove(MAIN);
        if (!state.printable()) {
            mail.getStyleClass().add(MAIN);
        }
        if (state.mail() instanceof ReceiptMail.Asked) {
            message.say(
                    Tone.PLAIN,
                    Icon.WAIT,
                    room.texts().say("rc.mail.asked"),
                    List.of(room.texts().say("common.wait")));
            return;
        }
        message.say(
                Tone.PLAIN,
                state.printable() ? Icon.PRINT : Icon.MAIL,
                room.texts().say("rc.ask"),
                room.texts().say("rc.ask.brief"),
                sentences(state));
    }

    private List<String> sentences(KioskState.OfferingReceipt state) {
        List<String> sentences = new ArrayList<>();
        Summary.mail(room.texts(), state.mail()).ifPresent(sentences::add);
        sentences.addAll(Summary.of(room.texts(), state.result()));
        if (state.mailable() && state.mail() instanceof ReceiptMail.Possible(CardNumber _, String mailbox)) {
            sentences.add(room.texts().say("rc.mail.to", "mailbox", mailbox));
        }
        long left = Math.max(
                0,
                Duration.between(state.around().now(), state.until())
                        .plusMillis(999)
                        .toSeconds());
        sentences.add(room.texts().say("rc.countdown", "n", room.seconds(left)));
        return sentences;
    }
}
