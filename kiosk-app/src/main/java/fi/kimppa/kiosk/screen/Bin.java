package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.BinMark;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import java.util.Optional;
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
            case STAYS, NOT_ON_LOAN -> Tone.DONE;
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
        Optional<BinMark> mark = room.branding().bin(number);
        Shape shape = shape(mark.flatMap(BinMark::shape).orElse(usual(kind)), side / 2);
        shape.getStyleClass().add("badge-shape");
        Node digits = Words.of("badge-number", number);
        if (giant && !room.profile().compact()) {
            digits.getStyleClass().add("giant");
        }
        var badge = new StackPane(shape, digits);
        badge.getStyleClass().add("badge");
        mark.ifPresent(_ -> badge.getStyleClass().add(Palette.binClass(number)));
        badge.setMinSize(side, side);
        badge.setPrefSize(side, side);
        badge.setMaxSize(side, side);
        return badge;
    }

    /** Where nobody has said how this bin is told from others. */
    private static BinMark.Shape usual(Kind kind) {
        return switch (kind) {
            case STAYS, NOT_ON_LOAN -> BinMark.Shape.CIRCLE;
            case TRANSFER -> BinMark.Shape.SQUARE;
            case HOLD_HERE, HOLD_ELSEWHERE -> BinMark.Shape.HEXAGON;
            case STAFF, LATER -> BinMark.Shape.OCTAGON;
        };
    }

    private static Shape shape(BinMark.Shape shape, double radius) {
        return switch (shape) {
            case CIRCLE -> new Circle(radius);
            case SQUARE -> {
                var square = new Rectangle(radius * 1.9, radius * 1.9);
                square.setArcWidth(radius * 0.5);
                square.setArcHeight(radius * 0.5);
                yield square;
            }
            case HEXAGON -> polygon(6, radius, Math.PI / 2);
            case OCTAGON -> polygon(8, radius, Math.PI / 8);
        };
    }

    private static Polygon polygon(int corners, double radius, double turn) {
        return new Polygon(IntStream.range(0, corners)
                .mapToDouble(i -> turn + i * 2 * Math.PI / corners)
                .flatMap(angle -> DoubleStream.of(radius * Math.cos(angle), radius * Math.sin(angle)))
                .toArray());
    }
}
