package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * What the keypad has in hand: a number on the corner of each button that it chooses, and a ring around the row. Lies over the
 * screen, takes no room there and catches no touch. FX thread.
 */
final class KeyHints extends Pane {
    /** Style class of the row that is in hand. */
    static final String IN_HAND = "in-hand";

    private final List<Parent> below;
    private final List<Label> labels;
    private final Region ring = new Region();
    private Map<Choice, Integer> numbers = Map.of();

    /**
     * Hints.
     *
     * @param most how many actions are numbered at once
     * @param below what they lie over
     */
    KeyHints(int most, Parent... below) {
        this.below = List.of(below);
        labels = Stream.generate(KeyHints::label).limit(most).toList();
        ring.getStyleClass().add("focus-ring");
        ring.setManaged(false);
        ring.setVisible(false);
        setMouseTransparent(true);
        getChildren().add(ring);
        getChildren().addAll(labels);
    }

    private static Label label() {
        var label = new Label();
        label.getStyleClass().add("key-number");
        label.setManaged(false);
        label.setVisible(false);
        return label;
    }

    /** The place of the row that is in hand among these rows; -1 when there is none. */
    static int row(KioskState state, List<Integer> rows) {
        return state.around().aids().keys()
                ? Keypad.page(state).row().map(rows::indexOf).orElse(-1)
                : -1;
    }

    /** Shows the numbers of a state once what lies below has been laid out. */
    void show(KioskState state) {
        numbers = Keypad.numbers(state);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        Map<Choice, Button> buttons = new HashMap<>();
        Set<Node> rows = new HashSet<>();
        below.forEach(parent -> collect(parent, buttons, rows));
        labels.forEach(label -> label.setVisible(false));
        numbers.forEach((choice, number) -> Optional.ofNullable(buttons.get(choice))
                .ifPresent(button -> place(labels.get(number - 1), number, button)));
        ring.setVisible(!numbers.isEmpty() && !rows.isEmpty());
        rows.forEach(row -> {
            Bounds bounds = sceneToLocal(row.localToScene(row.getLayoutBounds()));
            ring.resizeRelocate(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight());
        });
    }

    /** Where two buttons choose the same, the number stands on the one that lies above, or comes last. */
    private void collect(Node node, Map<Choice, Button> buttons, Set<Node> rows) {
        if (!node.isVisible()) {
            return;
        }
        if (node.getStyleClass().contains(IN_HAND)) {
            rows.add(node);
        }
        if (node instanceof Button button) {
            Touch.choice(button).ifPresent(choice -> buttons.put(choice, button));
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, buttons, rows));
        }
    }

    private void place(Label label, int number, Button button) {
        label.setText(Integer.toString(number));
        label.applyCss();
        label.autosize();
        Bounds bounds = sceneToLocal(button.localToScene(button.getLayoutBounds()));
        // In the corner, where no button has a word.
        label.relocate(
                Math.max(0, bounds.getMinX() - label.getWidth() * 2 / 3),
                Math.max(0, bounds.getMinY() - label.getHeight() / 3));
        label.setVisible(true);
    }
}
