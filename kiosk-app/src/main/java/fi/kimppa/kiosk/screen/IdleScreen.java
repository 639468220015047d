package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Offering;
import java.util.List;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Nobody is here: what this machine does, in a word each. */
final class IdleScreen implements Screen<KioskState.Idle> {
    private final VBox content;
    private final Button search;

    IdleScreen(Room room, Set<Offering> offerings) {
        Region actions = GreatActions.withAccount(room, offerings);
        VBox.setVgrow(actions, Priority.ALWAYS);
        content = new VBox(room.em(1), actions);
        search = GreatActions.search(room);
        String title = room.texts().say("home.title");
        if (room.look().reach()) {
            // What is touched has gone to the lower half; the upper one is for the greeting.
            VBox.setVgrow(actions, Priority.NEVER);
            Region greeting = greeting(room, title);
            VBox.setVgrow(greeting, Priority.ALWAYS);
            content.getChildren().addFirst(greeting);
            content.setSpacing(0);
        } else if (room.profile().upright()) {
            content.getChildren().addFirst(Words.headline(title, room, room.contentWidth()));
        }
    }

    private static Region greeting(Room room, String title) {
        var large = new VBox(Words.headline(title, room, room.contentWidth()));
        var small = new VBox(Words.of("question", title));
        List.of(large, small).forEach(way -> way.setAlignment(Pos.CENTER_LEFT));
        return new FirstThatFits(List.of(large, small, new VBox()));
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(search);
    }

    @Override
    public void show(KioskState.Idle state) {
        // The rest is the same whatever lies around it; the frame shows what is out of order.
        Screen.present(search, state.around().searchable());
    }
}
