package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Asks for the PIN. */
final class PinScreen implements Screen<KioskState.AskingPin> {
    private final Room room;
    private final PinEntry entry;
    private final Button cancel;

    PinScreen(Room room) {
        this.room = room;
        this.entry = new PinEntry(room);
        this.cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
    }

    @Override
    public Region content() {
        return entry.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(cancel);
    }

    @Override
    public void show(KioskState.AskingPin state) {
        entry.show(state.digits(), state.complete(), complaint(state));
    }

    private Optional<String> complaint(KioskState.AskingPin state) {
        if (state.unreachable()) {
            return Optional.of(room.texts().say("auth.unreachable"));
        }
        return state.wrong() > 0 ? Optional.of(room.texts().say("auth.fail")) : Optional.empty();
    }

    @Override
    public void hide() {
        entry.show(0, false, Optional.empty());
    }
}
