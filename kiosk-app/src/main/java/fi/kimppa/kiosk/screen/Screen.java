package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/**
 * One screen of the kiosk, in one language. Its nodes stay the same while it is shown, so that a touch that began on a
 * button ends on that button although states come and go. FX thread.
 *
 * @param <S> the states that it shows
 */
interface Screen<S extends KioskState> {
    /** What fills the middle. */
    Region content();

    /** What stands at the bottom right, the one to finish with last. */
    default List<Button> actions() {
        return List.of();
    }

    /** What stands at the bottom left and moves through rows that do not fit. */
    default List<Button> paging() {
        return List.of();
    }

    /** Shows a state. */
    void show(S state);

    /** Forgets what it showed. */
    default void hide() {}

    /** Sets whether a node is seen and takes up room. */
    static void present(Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }
}
