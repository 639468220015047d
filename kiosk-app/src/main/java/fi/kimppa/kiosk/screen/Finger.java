package fi.kimppa.kiosk.screen;

import java.util.Optional;
import java.util.Set;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;

/**
 * Touches a node at its centre. Events go through the scene and not through a robot: the headless display is only
 * 1000 pixels wide, and a robot cannot reach what lies beyond. FX thread.
 */
final class Finger {
    private Finger() {}

    static void press(Scene scene, String nodeId) {
        obstacle(scene, nodeId).ifPresent(why -> {
            throw new IllegalStateException("'" + nodeId + "' cannot be pressed: " + why);
        });
        Node node = find(scene, nodeId).orElseThrow();
        send(node, MouseEvent.MOUSE_PRESSED);
        send(node, MouseEvent.MOUSE_RELEASED);
        send(node, MouseEvent.MOUSE_CLICKED);
    }

    /** One event of a finger at the centre of a node, whether it can be seen there or not. */
    static void send(Node node, EventType<MouseEvent> type) {
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        var at = new Point2D(bounds.getCenterX(), bounds.getCenterY());
        Point2D local = node.sceneToLocal(at);
        boolean down = type == MouseEvent.MOUSE_PRESSED;
        Event.fireEvent(
                node,
                new MouseEvent(
                        type,
                        local.getX(),
                        local.getY(),
                        at.getX(),
                        at.getY(),
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        down,
                        false,
                        false,
                        true,
                        false,
                        true,
                        new PickResult(node, at.getX(), at.getY())));
    }

    /** Why a node cannot be pressed; empty when it can. */
    static Optional<String> obstacle(Scene scene, String nodeId) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        Optional<Node> found = find(scene, nodeId);
        if (found.isEmpty()) {
            return Optional.of("it is not on this screen");
        }
        Node node = found.get();
        if (!seen(node)) {
            return Optional.of("it is hidden");
        }
        if (node.isDisabled()) {
            return Optional.of("it is disabled");
        }
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        if (!scene.getRoot().getLayoutBounds().contains(bounds.getCenterX(), bounds.getCenterY())) {
            return Optional.of("it lies outside the window");
        }
        Node hit = topmost(scene.getRoot(), new Point2D(bounds.getCenterX(), bounds.getCenterY()));
        return within(hit, node) || within(node, hit) ? Optional.empty() : Optional.of("it is covered by " + hit);
    }

    /** The node of this name that is seen, or else one that is hidden: what is said in several ways has its button in each. */
    private static Optional<Node> find(Scene scene, String nodeId) {
        Set<Node> named = scene.getRoot().lookupAll("#" + nodeId);
        return named.stream()
                .filter(Finger::seen)
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    private static boolean seen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** The last child at a point is the one on top. */
    private static Node topmost(Node node, Point2D inScene) {
        if (node instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable().reversed()) {
                if (child.isVisible() && !child.isMouseTransparent() && child.contains(child.sceneToLocal(inScene))) {
                    return topmost(child, inScene);
                }
            }
        }
        return node;
    }

    private static boolean within(Node inner, Node outer) {
        for (Node at = inner; at != null; at = at.getParent()) {
            if (at.equals(outer)) {
                return true;
            }
        }
        return false;
    }
}
