package fi.kimppa.kiosk.screen;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/**
 * What a row asks, in reach mode: its buttons do not stand in it but below the list, where they can be reached.
 *
 * @param title of the row, short
 * @param buttons the answers
 */
record Asking(String title, List<Button> buttons) {
    Asking {
        buttons = List.copyOf(buttons);
    }

    /** Remembers with a row what it asks. */
    void on(Region row) {
        row.getProperties().put(Asking.class, this);
    }

    /** What a row asks. */
    static Optional<Asking> in(Region row) {
        return Optional.ofNullable(row.getProperties().get(Asking.class)).map(Asking.class::cast);
    }
}
