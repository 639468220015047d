package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/**
 * Rows one below the other, whole ones only; what does not fit is reached by two buttons, never by dragging. The buttons
 * stand at the right of the rows, on the smallest display in the lower bar.
 * FX thread.
 */
final class RowList extends Region {
    private final double gap;
    private final Button up;
    private final Button down;
    private final boolean beside;
    private List<Region> rows = List.of();
    private int first;
    private int inHand = -1;
    private boolean reveal;

    RowList(Room room) {
        this.gap = room.em(0.2);
        this.up = button(room, "rows-up", Icon.UP, "common.up");
        this.down = button(room, "rows-down", Icon.DOWN, "common.down");
        up.addEventHandler(ActionEvent.ACTION, _ -> move(-1));
        down.addEventHandler(ActionEvent.ACTION, _ -> move(1));
        beside = !room.profile().compact();
        if (beside) {
            getChildren().addAll(up, down);
        }
        setMinHeight(0);
    }

    /** Where a list stands is no business of the session, but that somebody is here is. */
    private static Button button(Room room, String id, Icon icon, String key) {
        Button button = room.touch().faced(id, icon.node(), room.texts().say(key), new Choice.StillHere());
        double side = room.em(1.95);
        button.setMinSize(side, side);
        button.setPrefSize(side, side);
        return button;
    }

    /** The buttons where they stand elsewhere. */
    List<Button> paging() {
        return beside ? List.of() : List.of(up, down);
    }

    /** Height of the row that is always shown, in pixels. */
    double leastHeight(double width) {
        return rows.isEmpty() ? 0 : rows.get(first).prefHeight(width);
    }

    private void move(int by) {
        first = Math.clamp(first + by, 0, Math.max(0, rows.size() - 1));
        requestLayout();
    }

    /** Shows these rows; nodes that were there before keep their state. A new row on top is brought into view. */
    void set(List<? extends Region> next) {
        if (next.equals(rows)) {
            return;
        }
        if (rows.isEmpty() || next.isEmpty() || !next.getFirst().equals(rows.getFirst())) {
            first = 0;
        }
        rows = List.copyOf(next);
        first = Math.clamp(first, 0, Math.max(0, rows.size() - 1));
        getChildren().setAll(rows);
        if (beside) {
            getChildren().addAll(up, down);
        }
        requestLayout();
    }

    /** Brings the row into view that the keypad has in hand; -1 for none. */
    void hand(int index) {
        for (int i = 0; i < rows.size(); i++) {
            List<String> classes = rows.get(i).getStyleClass();
            boolean marked = classes.contains(KeyHints.IN_HAND);
            if (marked && i != index) {
                classes.remove(KeyHints.IN_HAND);
            } else if (!marked && i == index) {
                classes.add(KeyHints.IN_HAND);
            }
        }
        if (index != inHand) {
            inHand = index;
            reveal = index >= 0;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        boolean all = rows.size() < 2 || height(getWidth(), 0) <= getHeight();
        double side = up.getPrefWidth();
        double width = all || !beside ? getWidth() : getWidth() - side - gap;
        if (all) {
            first = 0;
        }
        while (!all && first > 0 && height(width, first - 1) <= getHeight()) {
            first--;
        }
        double y = 0;
        int last = -1;
        for (int i = 0; i < rows.size(); i++) {
            Region row = rows.get(i);
            double height = row.prefHeight(width);
            boolean fits = i >= first && (y + height <= getHeight() || i == first);
            row.setVisible(i == first || (fits && last == i - 1));
            if (row.isVisible()) {
                row.resizeRelocate(0, y, width, Math.min(height, getHeight() - y));
                y += height + gap;
                last = i;
            }
        }
        offer(up, !all, first > 0);
        offer(down, !all, last < rows.size() - 1);
        if (beside) {
            up.resizeRelocate(width + gap, 0, side, side);
            down.resizeRelocate(width + gap, getHeight() - side, side, side);
        }
        boolean hidden = reveal && inHand < rows.size() && !rows.get(inHand).isVisible();
        reveal = false;
        if (hidden) {
            first = inHand;
            layoutChildren();
        }
    }

    private static void offer(Button button, boolean there, boolean usable) {
        button.setVisible(there);
        button.setDisable(!usable);
        // Layout comes after styles in a pulse; without this a button would look enabled for one frame more.
        button.applyCss();
    }

    private double height(double width, int from) {
        double sum = -gap;
        for (Region row : rows.subList(from, rows.size())) {
            sum += row.prefHeight(width) + gap;
        }
        return sum;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.max(0, height(width, 0));
    }
}
