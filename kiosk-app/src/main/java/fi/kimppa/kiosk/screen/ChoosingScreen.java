package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Offering;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Items lie on the pad and nobody has said why. */
final class ChoosingScreen implements Screen<KioskState.Choosing> {
    private final Room room;
    private final Label asked;
    private final VBox content;
    private final Button search;
    private final Button cancel;

    ChoosingScreen(Room room, Set<Offering> offerings) {
        this.room = room;
        String question = room.texts().say("home.prompt.pad");
        asked = room.profile().upright()
                ? Words.headline(question, room, room.contentWidth())
                : Words.of(room.profile().compact() ? "body" : "question", question);
        asked.getStyleClass().add("strong");
        boolean upright = room.profile().upright();
        // Somebody with a pile wants one of two things; a third is offered where it takes nothing from them.
        Region actions = upright
                ? GreatActions.withAccount(room, offerings, Optional.empty())
                : GreatActions.of(room, offerings);
        content = new VBox(room.em(room.profile().compact() ? 0.3 : 0.7), asked, actions);
        if (room.look().reach()) {
            content.setAlignment(Pos.BOTTOM_LEFT);
        } else {
            VBox.setVgrow(actions, Priority.ALWAYS);
        }
        search = GreatActions.search(room);
        cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(search, cancel);
    }

    @Override
    public void show(KioskState.Choosing state) {
        Screen.present(search, state.around().searchable());
        // Where a banner needs the height, the two answers are question enough.
        Screen.present(
                asked, room.profile().upright() || state.around().banners().isEmpty());
    }
}
