package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import java.util.List;
import javafx.scene.layout.Region;

/** The library is being asked who this is. */
final class WaitScreen implements Screen<KioskState.Identifying> {
    private final Room room;
    private final Message message;

    WaitScreen(Room room) {
        this.room = room;
        this.message = new Message(room);
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public void show(KioskState.Identifying state) {
        message.say(
                Tone.PLAIN,
                Icon.WAIT,
                room.texts().say("auth.checking"),
                List.of(room.texts().say(state.slow() ? "common.wait.long" : "common.wait")));
    }
}
