package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.Summary;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;

/** Goodbye, and what came of the visit. */
final class FarewellScreen implements Screen<KioskState.Farewell> {
    private final Room room;
    private final Message message;

    FarewellScreen(Room room) {
        this.room = room;
        this.message = new Message(room);
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public void show(KioskState.Farewell state) {
        List<String> sentences = new ArrayList<>(Summary.of(room.texts(), state.result()));
        if (state.takeItems()) {
            sentences.add(room.texts().say("end.takeitems"));
        }
        Summary.receipt(room.texts(), state).ifPresent(sentences::add);
        message.say(Tone.DONE, Icon.DONE, room.texts().say("common.thanks"), sentences);
    }
}
