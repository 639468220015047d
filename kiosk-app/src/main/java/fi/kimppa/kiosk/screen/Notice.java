package fi.kimppa.kiosk.screen;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A sentence that must be seen, at the place it is about. */
final class Notice {
    private final Label sentence = Words.of("body", "");
    private final HBox whole;

    Notice(Room room, Tone tone, Icon icon) {
        whole = new HBox(icon.node(), sentence);
        whole.setSpacing(room.em(0.4));
        whole.setAlignment(Pos.CENTER_LEFT);
        whole.getStyleClass().add("notice");
        HBox.setHgrow(sentence, Priority.ALWAYS);
        tone.on(whole);
        hide();
    }

    HBox whole() {
        return whole;
    }

    void say(String text) {
        sentence.setText(text);
        Screen.present(whole, true);
    }

    void hide() {
        Screen.present(whole, false);
    }
}
