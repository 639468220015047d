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
import javafx.scene.text.TextFlow;

/** Everything on a glass that can be read or touched, with its place in pixels. */
record Glimpse(Node node, String what, Bounds at) {
    /** What is seen now; beneath a veil nothing counts. */
    static List<Glimpse> of(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        List<Glimpse> found = new ArrayList<>();
        Node veil = scene.lookup(".veil");
        collect(veil != null && veil.isVisible() ? veil : scene.getRoot(), found);
        return found;
    }

    private static void collect(Node node, List<Glimpse> found) {
        if (!node.isVisible()) {
            return;
        }
        switch (node) {
            case Button button -> found.add(new Glimpse(button, "button " + button.getId(), place(button)));
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

    /** A label may be wider than its words; only words can hide something. */
    private static Bounds inked(Label label) {
        Node words = label.lookup(".text");
        return inked(place(words == null ? label : words), label.getFont());
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
}
