package fi.kimppa.kiosk.screen;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;
import javafx.scene.text.TextFlow;

/** Everything on a glass that can be read or touched, with its place in pixels. */
record Glimpse(Node node, String what, Bounds at) {
    private static final List<String> CARDS = List.of(".row", ".hero", ".message", ".notice", ".banner", ".pin-field");

    /** What is seen now; beneath a veil nothing counts. */
    static List<Glimpse> of(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        List<Glimpse> found = new ArrayList<>();
        Node veil = scene.lookup(".veil");
        collect(veil != null && veil.isVisible() ? veil : scene.getRoot(), found);
        return found;
    }

    /** What is shown between the bars of the frame: words, buttons and the cards they stand on. */
    static List<Glimpse> content(Scene scene) {
        List<Glimpse> found = new ArrayList<>();
        scene.getRoot().lookupAll(".content").forEach(content -> collect(content, found));
        for (String card : CARDS) {
            scene.getRoot().lookupAll(card).stream()
                    .filter(Glimpse::seen)
                    .forEach(node -> found.add(new Glimpse(node, "card " + node.getStyleClass(), place(node))));
        }
        return found;
    }

    /** The buttons of the lower bar. */
    static List<Glimpse> actions(Scene scene) {
        List<Glimpse> found = new ArrayList<>();
        scene.getRoot().lookupAll(".actions").forEach(bar -> collect(bar, found));
        return found;
    }

    /** The numbers of the keypad. */
    static List<Glimpse> numbers(Scene scene) {
        return scene.getRoot().lookupAll(".key-number").stream()
                .filter(Glimpse::seen)
                .map(node -> new Glimpse(node, "number " + ((Label) node).getText(), place(node)))
                .toList();
    }

    /** The words on buttons, as far as there is ink. */
    static List<Glimpse> wordsOnButtons(Scene scene) {
        return scene.getRoot().lookupAll(".button").stream()
                .filter(Glimpse::seen)
                .map(button -> (Button) button)
                .filter(button -> !button.getText().isBlank() && button.lookup(".text") instanceof Text)
                .map(button -> {
                    Text words = (Text) button.lookup(".text");
                    return new Glimpse(words, "words of " + button.getId(), inked(place(words), words.getFont()));
                })
                .toList();
    }

    /** The large words on the face of a button. */
    static List<Glimpse> face(Button button) {
        return button.lookupAll(".headline").stream()
                .map(Label.class::cast)
                .map(label -> new Glimpse(label, "label '" + label.getText() + "'", inked(label)))
                .toList();
    }

    private static boolean seen(Node node) {
        return node.isVisible() && (node.getParent() == null || seen(node.getParent()));
    }

    private static void collect(Node node, List<Glimpse> found) {
        if (!node.isVisible()) {
            return;
        }
        switch (node) {
            case Button button -> found.add(new Glimpse(button, "button " + button.getId(), place(button)));
            // Numbers of the keypad lie over corners on purpose; what they may not hide is measured on its own.
            case KeyHints _ -> {}
            case Label label when label.getText().isBlank() -> {}
            case Label label -> found.add(new Glimpse(label, "label '" + label.getText() + "'", inked(label)));
            case TextFlow flow -> {
                Text first = (Text) flow.getChildrenUnmodifiable().getFirst();
                found.add(new Glimpse(first, "text '" + first.getText() + "'", inked(place(flow), first.getFont())));
            }
            case Parent parent -> parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
            default -> {}
        }
    }

    /** A label may be wider and higher than its words; only ink can hide something. */
    private static Bounds inked(Label label) {
        if (!(label.lookup(".text") instanceof Text words)) {
            return inked(place(label), label.getFont());
        }
        var copy = new Text(words.getText());
        copy.setFont(words.getFont());
        // A label makes its words exactly as wide as they need; measured anew, the last one may be too wide by a
        // rounding.
        copy.setWrappingWidth(words.getWrappingWidth() > 0 ? words.getWrappingWidth() + 1 : 0);
        copy.setLineSpacing(words.getLineSpacing());
        copy.setBoundsType(TextBoundsType.VISUAL);
        Bounds ink = copy.getLayoutBounds();
        copy.setBoundsType(TextBoundsType.LOGICAL);
        Bounds lines = copy.getLayoutBounds();
        Bounds there = place(words);
        return new BoundingBox(
                there.getMinX(), there.getMinY() + ink.getMinY() - lines.getMinY(), there.getWidth(), ink.getHeight());
    }

    /** Above capitals and below descenders a line of our font is empty. */
    private static Bounds inked(Bounds lines, Font font) {
        double above = font.getSize() * 0.22;
        double below = font.getSize() * 0.04;
        return new BoundingBox(
                lines.getMinX(), lines.getMinY() + above, lines.getWidth(), lines.getHeight() - above - below);
    }

    private static Bounds place(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    /** Whether this and another lie over each other by more than rounding. */
    boolean overlaps(Glimpse other, double slack) {
        return at.getMinX() + slack < other.at.getMaxX()
                && other.at.getMinX() + slack < at.getMaxX()
                && at.getMinY() + slack < other.at.getMaxY()
                && other.at.getMinY() + slack < at.getMaxY();
    }

    /** Pixels between this and another, along the axis on which they are farther apart; negative where they overlap. */
    double gapTo(Glimpse other) {
        double across = Math.max(other.at.getMinX() - at.getMaxX(), at.getMinX() - other.at.getMaxX());
        double down = Math.max(other.at.getMinY() - at.getMaxY(), at.getMinY() - other.at.getMaxY());
        return Math.max(across, down);
    }
}
