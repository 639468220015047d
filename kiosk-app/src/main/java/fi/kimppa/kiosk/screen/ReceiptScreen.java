package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Would you like a receipt? */
final class ReceiptScreen implements Screen<KioskState.OfferingReceipt> {
    private final Room room;
    private final Message message;
    private final Button none;
    private final Button print;

    ReceiptScreen(Room room) {
        this.room = room;
        this.message = new Message(room);
        this.none = room.touch().button("no-receipt", room.texts().say("rc.none"), new Choice.NoReceipt());
        this.print =
                room.touch().main("print-receipt", Icon.PRINT, room.texts().say("rc.print"), new Choice.PrintReceipt());
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(none, print);
    }

    @Override
    public void show(KioskState.OfferingReceipt state) {
        List<String> sentences = new ArrayList<>(Summary.of(room.texts(), state.result()));
        long left = Math.max(
                0,
                Duration.between(state.around().now(), state.until())
                        .plusMillis(999)
                        .toSeconds());
        sentences.add(room.texts().say("rc.countdown", "n", room.seconds(left)));
        message.say(
                Tone.PLAIN, Icon.PRINT, room.texts().say("rc.ask"), room.texts().say("rc.ask.brief"), sentences);
    }
}
