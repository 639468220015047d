package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.Wording;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Asks for the library card. */
final class CardScreen implements Screen<KioskState.AskingCard> {
    private final Room room;
    private final Message message;
    private final Button type;
    private final Button cancel;

    CardScreen(Room room) {
        this.room = room;
        message = new Message(room);
        type = room.touch().button("type-card", room.texts().say("auth.card.type"), new Choice.TypeCard());
        cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(type, cancel);
    }

    @Override
    public void show(KioskState.AskingCard state) {
        Optional<String> complaint = state.notTaken().map(what -> Wording.notTaken(room.texts(), what));
        message.say(
                complaint.isPresent() ? Tone.ATTENTION : Tone.PLAIN,
                complaint.isPresent() ? Icon.ATTENTION : Icon.CARD,
                room.texts().say("auth.card"),
                room.texts().say("auth.card.brief"),
                Stream.concat(complaint.stream(), Stream.of(Wording.card(room.texts(), state.around())))
                        .toList());
        Screen.present(type, state.around().cardMayBeTyped());
    }
}
