package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.event.ActionEvent;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/**
 * Rows one below the other, whole ones only; what does not fit is reached by two buttons, never by dragging. The buttons
 * stand at the right of the rows, on the smallest display and in reach mode in the lower bar. In reach mode the answers to
 * the topmost row that asks something stand below the list. FX thread.
 */
final class RowList extends Region {
    /** So many rows at least are seen at once in reach mode, where there are so many. */
    private static final int LEAST_IN_REACH = 3;

    private final Room room;
    private final double gap;
    private final Button up;
    private final Button down;
    private final boolean beside;
    private final HBox answers = new HBox();
    private List<Region> rows = List.of();
    private int first;
    /** The row whose answers stand below the list; -1 if there is none. */
    private int asked = -1;
    /** The row that the keypad has in hand; -1 if there is none. */
    private int inHand = -1;

    private boolean reveal;

    RowList(Room room) {
        this.room = room;
        this.gap = room.em(0.2);
        this.up = button(room, "rows-up", Icon.UP, "common.up");
        this.down = button(room, "rows-down", Icon.DOWN, "common.down");
        up.addEventHandler(ActionEvent.ACTION, _ -> move(-1));
        down.addEventHandler(ActionEvent.ACTION, _ -> move(1));
        beside = !room.profile().compact() && !room.look().reach();
        answers.getStyleClass().add("answers");
        answers.setSpacing(room.gap());
        answers.setAlignment(Pos.CENTER_RIGHT);
        place();
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

    /** Height of the rows that are always shown, in pixels; where there are more of them, their buttons take of the width. */
    double leastHeight(double width) {
        int most = room.look().reach() ? LEAST_IN_REACH : 1;
        double narrow = beside && rows.size() > most ? width - up.getPrefWidth() - gap : width;
        double sum = answersHeight(width);
        for (Region row : rows.stream().skip(first).limit(most).toList()) {
            sum += row.prefHeight(narrow) + gap;
        }
        return Math.max(0, sum - gap);
    }

    private double answersHeight(double width) {
        return answers.getChildren().isEmpty() ? 0 : answers.prefHeight(width) + room.gap();
    }

    private void move(int by) {
        int next = nextAsking(by);
        if (next >= 0 && rows.get(next).isVisible()) {
            asked = next;
        } else {
            first = Math.clamp(first + by, 0, Math.max(0, rows.size() - 1));
        }
        ask();
        requestLayout();
    }

    private boolean asks(int row) {
        return Asking.in(rows.get(row)).isPresent();
    }

    private int nextAsking(int by) {
        for (int i = asked + by; i >= 0 && i < rows.size(); i += by) {
            if (asks(i)) {
                return i;
            }
        }
        return -1;
    }

    /** Shows these rows; nodes that were there before keep their state. A new row on top is brought into view. */
    void set(List<? extends Region> next) {
        if (next.equals(rows)) {
            return;
        }
        if (rows.isEmpty() || next.isEmpty() || !next.getFirst().equals(rows.getFirst())) {
            first = 0;
            asked = -1;
            inHand = -1;
        }
        rows = List.copyOf(next);
        first = Math.clamp(first, 0, Math.max(0, rows.size() - 1));
        ask();
        place();
        requestLayout();
    }

    private void place() {
        List<Node> children = new ArrayList<>(rows);
        if (beside) {
            children.addAll(List.of(up, down));
        }
        children.add(answers);
        getChildren().setAll(children);
    }

    /** One row has its answers below the list: the topmost that asks something, until somebody goes on to another. */
    private void ask() {
        if (asked < first || asked >= rows.size() || !asks(asked)) {
            asked = IntStream.range(first, rows.size())
                    .filter(this::asks)
                    .findFirst()
                    .orElse(-1);
        }
        rows.forEach(row -> row.getStyleClass().remove("asked"));
        Optional<Region> row = asked < 0 ? Optional.empty() : Optional.of(rows.get(asked));
        row.ifPresent(there -> there.getStyleClass().add("asked"));
        List<Node> shown = new ArrayList<>();
        row.flatMap(Asking::in).ifPresent(asking -> {
            // Without room for it beside the answers, the mark of the row says which one is meant.
            if (!room.brief() && !(room.profile().upright() && room.look().largeText())) {
                Label title = Words.of("row-title", asking.title());
                title.setMaxWidth(Double.MAX_VALUE);
                HBox.setHgrow(title, Priority.ALWAYS);
                shown.add(title);
            }
            asking.buttons().forEach(button -> button.setMinWidth(Region.USE_PREF_SIZE));
            shown.addAll(asking.buttons());
        });
        if (!shown.equals(answers.getChildren())) {
            answers.getChildren().setAll(shown);
        }
    }

    /** Brings the row into view that the keypad has in hand, and its answers below the list; -1 for none. */
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
        reveal(index);
    }

    /** Brings a row into view; -1 for none. */
    void reveal(int index) {
        if (index != inHand) {
            inHand = index;
            reveal = index >= 0;
            if (index >= 0 && asks(index)) {
                first = Math.min(first, index);
                asked = index;
                ask();
            }
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double foot = answersHeight(getWidth());
        double bottom = getHeight() - foot;
        boolean all = rows.size() < 2 || height(getWidth(), 0) <= bottom;
        double side = up.getPrefWidth();
        double width = all || !beside ? getWidth() : getWidth() - side - gap;
        if (all) {
            first = 0;
        }
        while (!all && first > 0 && height(width, first - 1) <= bottom) {
            first--;
        }
        double y = 0;
        int last = -1;
        boolean shortened = false;
        for (int i = 0; i < rows.size(); i++) {
            Region row = rows.get(i);
            double height = row.prefHeight(width);
            // A headline alone would look as if nothing came after it: the row below it may say less.
            boolean mayBeShort = last == first && i == first + 1;
            double least = mayBeShort && row instanceof FirstThatFits ways ? ways.leastHeight(width) : height;
            boolean fits = i >= first && (y + least <= bottom || i == first);
            row.setVisible(i == first || (fits && last == i - 1));
            shortened |= row.isVisible() && i > first && y + height > bottom;
            if (row.isVisible()) {
                row.resizeRelocate(0, y, width, Math.min(height, bottom - y));
                y += height + gap;
                last = i;
            }
        }
        boolean several = IntStream.range(0, rows.size()).filter(this::asks).count() > 1;
        offer(up, !all || several, first > 0 || nextAsking(-1) >= 0);
        offer(down, !all || several, shortened || last < rows.size() - 1 || nextAsking(1) >= 0);
        if (beside) {
            up.resizeRelocate(width + gap, 0, side, side);
            down.resizeRelocate(width + gap, getHeight() - side, side, side);
        }
        answers.resizeRelocate(0, bottom + room.gap(), getWidth(), Math.max(0, foot - room.gap()));
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
        return Math.max(0, height(width, 0) + answersHeight(width));
    }
}
