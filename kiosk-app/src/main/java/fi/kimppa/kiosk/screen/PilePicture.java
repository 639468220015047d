package fi.kimppa.kiosk.screen;

import javafx.scene.Group;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Ellipse;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import javafx.scene.transform.Scale;

/** Books on a pad: what the sentence beside it asks for. */
final class PilePicture {
    private static final double WIDTH = 400;

    private PilePicture() {}

    /**
     * The picture.
     *
     * @param side of the square it stands in, pixels
     */
    static Region of(double side) {
        var pad = new Ellipse(200, 330, 195, 42);
        pad.getStyleClass().add("picture-pad");
        var rim = new Ellipse(200, 322, 150, 29);
        rim.getStyleClass().add("picture-wave");
        rim.setStrokeWidth(5);
        var group = new Group(
                pad,
                rim,
                book(70, 262, 262, 58, "picture-a"),
                band(95, 262, 58, "picture-line"),
                book(92, 206, 226, 52, "picture-b"),
                band(280, 206, 52, "picture-dark-line"),
                book(60, 158, 250, 44, "picture-c"),
                band(84, 158, 44, "picture-line"),
                book(104, 104, 206, 50, "picture-d"),
                band(270, 104, 50, "picture-line"));
        double scale = side / WIDTH;
        group.getTransforms().add(new Scale(scale, scale));
        var picture = new StackPane(new Group(group));
        picture.setMinSize(side, side);
        picture.setMaxSize(side, side);
        picture.setMouseTransparent(true);
        return picture;
    }

    private static Shape book(double x, double y, double width, double height, String styleClass) {
        var book = new Rectangle(x, y, width, height);
        book.setArcWidth(16);
        book.setArcHeight(16);
        book.getStyleClass().add(styleClass);
        return book;
    }

    private static Shape band(double x, double y, double height, String styleClass) {
        var band = new Rectangle(x, y + height * 0.2, 8, height * 0.6);
        band.setArcWidth(8);
        band.setArcHeight(8);
        band.getStyleClass().add(styleClass);
        return band;
    }
}
