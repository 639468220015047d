package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.Wording;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Asks for the number of a library card that cannot be read. */
final class TypedCardScreen implements Screen<KioskState.TypingCard> {
    private final Room room;
    private final DigitEntry entry;
    private final Button cancel;

    TypedCardScreen(Room room) {
        this.room = room;
        this.entry = DigitEntry.ofCard(room);
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
    public void show(KioskState.TypingCard state) {
        entry.show(state.typed().text(), state.notTaken().map(what -> Wording.notTaken(room.texts(), what)));
    }

    @Override
    public void hide() {
        entry.show("", Optional.empty());
    }
}
