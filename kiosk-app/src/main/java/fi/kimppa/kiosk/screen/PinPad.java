package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** Telephone order, 1-2-3 on top, 5 marked, never lit up by a touch that can be read from behind. */
final class PinPad {
    /** Keys are at least 18 mm. */
    private static final double LEAST_MM = 18;

    private static final double MOST_MM = 26;
    private static final double MOST_COMPACT_MM = 20;
    private static final double GAP_MM = 3.2;
    private static final int ROWS = 4;

    private final GridPane keys = new GridPane();
    private final Button ok;
    private final double size;

    /**
     * A pad.
     *
     * @param height room for it in pixels
     */
    PinPad(Room room, double height) {
        double gap = room.profile().px(GAP_MM);
        double most = room.profile().px(room.profile().compact() ? MOST_COMPACT_MM : MOST_MM);
        size = Math.max(room.profile().px(LEAST_MM), Math.min(most, (height - (ROWS - 1) * gap) / ROWS));
        keys.setHgap(gap);
        keys.setVgap(gap);
        keys.setAlignment(Pos.CENTER);
        for (int digit = 1; digit <= 9; digit++) {
            keys.add(digit(room, digit), (digit - 1) % 3, (digit - 1) / 3);
        }
        Button erase =
                room.touch().faced("pin-erase", Icon.ERASE.node(), room.texts().say("auth.erase"), new Choice.Erase());
        ok = room.touch().button("ok", room.texts().say("auth.ok"), new Choice.Ok());
        ok.getStyleClass().add("main");
        keys.add(key(erase), 0, 3);
        keys.add(digit(room, 0), 1, 3);
        keys.add(key(ok), 2, 3);
    }

    private Node digit(Room room, int digit) {
        Button button = room.touch().button("pin-" + digit, Integer.toString(digit), new Choice.Digit(digit));
        if (digit != 5) {
            return key(button);
        }
        var mark = new Region();
        mark.getStyleClass().add("five-mark");
        mark.setMouseTransparent(true);
        var marked = new StackPane(key(button), mark);
        marked.getStyleClass().add("pin-key-five");
        StackPane.setAlignment(mark, Pos.BOTTOM_CENTER);
        mark.setTranslateY(-size * 0.1);
        return marked;
    }

    private Button key(Button button) {
        button.getStyleClass().add("pin-key");
        button.setMinSize(size, size);
        button.setPrefSize(size, size);
        button.setMaxSize(size, size);
        return button;
    }

    double width() {
        return 3 * size + 2 * keys.getHgap();
    }

    GridPane keys() {
        return keys;
    }

    void allowOk(boolean allowed) {
        ok.setDisable(!allowed);
    }
}
