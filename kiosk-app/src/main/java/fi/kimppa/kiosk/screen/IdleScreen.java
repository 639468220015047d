package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Nobody is here: what this machine does, in a word each. */
final class IdleScreen implements Screen<KioskState.Idle> {
    private final VBox content;

    IdleScreen(Room room, boolean returnOnly) {
        Region actions = GreatActions.withAccount(room, returnOnly);
        VBox.setVgrow(actions, Priority.ALWAYS);
        content = new VBox(room.em(1), actions);
        if (room.profile().upright()) {
            content.getChildren().addFirst(Words.headline(room.texts().say("home.title"), room, room.contentWidth()));
        }
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of();
    }

    @Override
    public void show(KioskState.Idle state) {
        // The front page is the same whatever lies around it; the frame shows what is out of order.
    }
}
