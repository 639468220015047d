package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Asks for the library card. */
final class CardScreen implements Screen<KioskState.AskingCard> {
    private final Message message;
    private final Button cancel;

    CardScreen(Room room) {
        message = new Message(room);
        message.say(
                Tone.PLAIN,
                Icon.CARD,
                room.texts().say("auth.card"),
                room.texts().say("auth.card.brief"),
                List.of(room.texts().say("auth.card.how")));
        cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(cancel);
    }

    @Override
    public void show(KioskState.AskingCard state) {
        // The request is the same for everybody.
    }
}
