package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Asks for the PIN of a staff card. */
final class StaffPinScreen implements Screen<KioskState.StaffPin> {
    private final Room room;
    private final PinEntry entry;
    private final Button cancel;

    StaffPinScreen(Room room) {
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
    public void show(KioskState.StaffPin state) {
        entry.show(state.digits(), state.complete(), complaint(state));
    }

    private Optional<String> complaint(KioskState.StaffPin state) {
        Duration pause = state.pause();
        if (!pause.isZero()) {
            return Optional.of(room.texts()
                    .say("staff.pin.wait", "n", pause.plusMillis(999).toSeconds()));
        }
        if (state.checking().isPresent()) {
            return Optional.of(room.texts().say("auth.checking"));
        }
        return state.wrong() > 0 ? Optional.of(room.texts().say("auth.fail")) : Optional.empty();
    }

    @Override
    public void hide() {
        entry.show(0, false, Optional.empty());
    }
}
