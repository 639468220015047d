package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Preference;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Are you still there? Lies over the screen until somebody answers or the time is over. */
final class TimeoutWarning {
    /** As much as the {@code .panel} of the theme takes at both sides. */
    private static final double PADDING_EM = 1.6;

    private final Room room;
    private final Label seconds;
    private final StackPane veil;

    TimeoutWarning(Room room) {
        this.room = room;
        this.seconds = Words.headline("", room, room.contentWidth());
        seconds.setId("seconds-left");
        Label question = Words.of("lead", room.texts().say("time.warn"));
        question.getStyleClass().add("strong");
        Button more = room.touch()
                .button("more-time", room.texts().say("a11y.moretime"), new Choice.Prefer(Preference.MORE_TIME, true));
        Button stay =
                room.touch().main("continue", Icon.DONE, room.texts().say("time.continue"), new Choice.StillHere());
        var buttons = new FlowPane(room.em(0.4), room.em(0.4), more, stay);
        buttons.setAlignment(Pos.CENTER);
        buttons.setPrefWrapLength(Math.min(room.contentWidth() - room.em(PADDING_EM), room.em(24)));
        var panel = new VBox(question, seconds, Words.of("body", room.texts().say("time.warn.what")), buttons);
        panel.getStyleClass().add("panel");
        panel.setAlignment(Pos.CENTER);
        panel.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        veil = new StackPane(panel);
        if (room.look().reach()) {
            veil.setAlignment(Pos.BOTTOM_CENTER);
            veil.setPadding(new Insets(0, 0, room.em(room.profile().compact() ? 0.15 : 0.4), 0));
        }
        veil.getStyleClass().add("veil");
        Screen.present(veil, false);
    }

    StackPane whole() {
        return veil;
    }

    /** Stands there with so many seconds left. */
    void show(long secondsLeft) {
        seconds.setText(room.texts().say("time.seconds", "n", room.seconds(secondsLeft)));
        Screen.present(veil, true);
    }

    void hide() {
        Screen.present(veil, false);
    }
}
