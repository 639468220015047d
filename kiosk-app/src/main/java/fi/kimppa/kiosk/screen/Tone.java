package fi.kimppa.kiosk.screen;

import java.util.Arrays;
import java.util.Locale;
import javafx.scene.Node;

/** What something means, as a role of the theme. Never the only sign: a word and a picture stand beside it. */
enum Tone {
    PLAIN,
    DONE,
    STOP,
    ATTENTION,
    WORKING,
    HOLD,
    TRANSFER;

    private String styleClass() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }

    /** Sets this tone on a node in place of any other. */
    void on(Node node) {
        node.getStyleClass()
                .removeAll(Arrays.stream(values()).map(Tone::styleClass).toList());
        node.getStyleClass().add(styleClass());
    }
}
