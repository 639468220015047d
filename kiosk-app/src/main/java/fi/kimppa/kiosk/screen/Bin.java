package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.ReturnState.Kind;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

/** The number of a bin, legible from 2 m, on a shape and a colour of its kind. */
final class Bin {
    private static final double NORMAL_EM = 3.5;
    private static final double GIANT_EM = 5.2;

    private Bin() {}

    /** The tone in which a kind of return is told. */
    static Tone tone(Kind kind) {
        return switch (kind) {
            case STAYS -> Tone.DONE;
            case TRANSFER -> Tone.TRANSFER;
            case HOLD_HERE, HOLD_ELSEWHERE -> Tone.HOLD;
            case STAFF, LATER -> Tone.ATTENTION;
        };
    }

    /**
     * A badge.
     *
     * @param giant for the newest result
     */
    static StackPane badge(Room room, Kind kind, String number, boolean giant) {
        double side = room.em(giant && !room.profile().compact() ? GIANT_EM : NORMAL_EM);
        Shape shape = shape(kind, side / 2);
        shape.getStyleClass().add("badge-shape");
        Node digits = Words.of("badge-number", number);
        if (giant && !room.profile().compact()) {
            digits.getStyleClass().add("giant");
        }
        var badge = new StackPane(shape, digits);
        badge.getStyleClass().add("badge");
        badge.setMinSize(side, side);
        badge.setPrefSize(side, side);
        badge.setMaxSize(side, side);
        return badge;
    }

    private static Shape shape(Kind kind, double radius) {
        return switch (kind) {
            case STAYS -> new Circle(radius);
            case TRANSFER -> {
                var square = new Rectangle(radius * 1.9, radius * 1.9);
                square.setArcWidth(radius * 0.5);
                square.setArcHeight(radius * 0.5);
                yield square;
            }
            case HOLD_HERE, HOLD_ELSEWHERE -> polygon(6, radius, Math.PI / 2);
            case STAFF, LATER -> polygon(8, radius, Math.PI / 8);
        };
    }

    private static Polygon polygon(int corners, double radius, double turn) {
        return new Polygon(IntStream.range(0, corners)
                .mapToDouble(i -> turn + i * 2 * Math.PI / corners)
                .flatMap(angle -> DoubleStream.of(radius * Math.cos(angle), radius * Math.sin(angle)))
                .toArray());
    }
}
