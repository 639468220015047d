package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * Telephone order, 1-2-3 on top, 5 marked, never lit up by a touch that can be read from behind. Where four rows are too
 * high, in reach mode on a low display, there are three or two of them, still in the order of counting.
 */
final class PinPad {
    /** Keys are at least 18 mm. */
    private static final double LEAST_MM = 18;

    private static final double MOST_MM = 26;
    private static final double MOST_COMPACT_MM = 20;
    private static final double GAP_MM = 3.2;
    private static final int MOST_ROWS = 4;
    private static final int LEAST_ROWS = 2;
    private static final int KEYS = 12;

    /** Keys lower than this have no room for digits of the usual size; the smallest display has its own. */
    private static final double LOW_EM = 2.4;

    private final GridPane keys = new GridPane();
    private final Button ok;
    private final double size;
    private final int columns;

    /**
     * A pad.
     *
     * @param height room for it in pixels
     */
    PinPad(Room room, double height) {
        double gap = room.profile().px(GAP_MM);
        double most = room.profile().px(room.profile().compact() ? MOST_COMPACT_MM : MOST_MM);
        double least = room.profile().px(LEAST_MM);
        int rows = MOST_ROWS;
        while (rows > LEAST_ROWS && rows * least + (rows - 1) * gap > height) {
            rows--;
        }
        columns = KEYS / rows;
        // Where they stand in few rows, the words beside them need the width.
        size = rows < MOST_ROWS ? least : Math.max(least, Math.min(most, (height - (rows - 1) * gap) / rows));
        if (!room.profile().compact() && size < room.em(LOW_EM)) {
            keys.getStyleClass().add("low");
        }
        keys.setHgap(gap);
        keys.setVgap(gap);
        keys.setAlignment(room.look().reach() ? Pos.BOTTOM_CENTER : Pos.CENTER);
        Button erase =
                room.touch().faced("pin-erase", Icon.ERASE.node(), room.texts().say("auth.erase"), new Choice.Erase());
        ok = room.touch().button("ok", room.texts().say("auth.ok"), new Choice.Ok());
        ok.getStyleClass().add("main");
        List<Node> order = order(room, key(erase), key(ok));
        for (int i = 0; i < order.size(); i++) {
            keys.add(order.get(i), i % columns, i / columns);
        }
    }

    /** Row by row. Erase and OK stand below each other at the right where they do not stand in the last row. */
    private List<Node> order(Room room, Node erase, Node okay) {
        List<Node> order = new ArrayList<>();
        for (int digit = 1; digit <= 9; digit++) {
            order.add(digit(room, digit));
        }
        if (columns == 3) {
            order.addAll(List.of(erase, digit(room, 0), okay));
        } else {
            order.add(columns - 1, erase);
            order.add(columns == 4 ? 2 * columns - 1 : order.size(), digit(room, 0));
            order.add(okay);
        }
        return order;
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
        return columns * size + (columns - 1) * keys.getHgap();
    }

    GridPane keys() {
        return keys;
    }

    void allowOk(boolean allowed) {
        ok.setDisable(!allowed);
    }
}
