package fi.kimppa.kiosk.screen;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Buttons side by side of which each opens a page; one lies open. FX thread.
 *
 * @param <P> the pages
 */
final class Tabs<P> {
    private final Room room;
    private final Map<P, Button> buttons = new LinkedHashMap<>();
    private final HBox line;

    Tabs(Room room) {
        this.room = room;
        this.line = new HBox(room.em(0.3));
        line.setMinHeight(Region.USE_PREF_SIZE);
    }

    /** Adds the button of a page at the right; no word on it is broken. */
    void add(P page, Button button) {
        button.getStyleClass().add("tab");
        button.setMaxWidth(Double.MAX_VALUE);
        button.minWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Words.widest(button.getText(), button.getFont())
                                + button.getInsets().getLeft()
                                + button.getInsets().getRight(),
                        button.textProperty(),
                        button.fontProperty(),
                        button.insetsProperty()));
        HBox.setHgrow(button, Priority.ALWAYS);
        buttons.put(page, button);
        line.getChildren().add(button);
    }

    /** The tabs over what they turn, and below it where things are touched in the lower half. */
    VBox over(Region list) {
        VBox.setVgrow(list, Priority.ALWAYS);
        return room.look().reach() ? new VBox(room.gap(), list, line) : new VBox(room.em(0.3), line, list);
    }

    /** Shows which page lies open. */
    void open(P page) {
        buttons.forEach((other, button) -> {
            button.getStyleClass().remove("chosen");
            if (other.equals(page)) {
                button.getStyleClass().add("chosen");
            }
        });
    }

    /** What stands on the button of a page. */
    void name(P page, String text) {
        Button button = buttons.get(page);
        if (button == null) {
            throw new IllegalStateException("no button for " + page);
        }
        button.setText(text);
        button.setAccessibleText(text);
    }

    /** Forgets what stands on the buttons. */
    void forget() {
        buttons.values().forEach(button -> button.setText(""));
    }
}
