package fi.kimppa.kiosk.screen;

import java.util.List;
import java.util.stream.Stream;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableDoubleProperty;
import javafx.css.Styleable;
import javafx.css.StyleableDoubleProperty;
import javafx.css.StyleableProperty;
import javafx.css.converter.SizeConverter;
import javafx.scene.layout.Region;
import javafx.scene.shape.SVGPath;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;

/** Our pictograms, drawn as strokes on a grid of 24 by 24. They always stand beside a word. */
enum Icon {
    BORROW(
            "M6 3H19V21H6A2 2 0 0 1 4 19V5A2 2 0 0 1 6 3ZM4 19A2 2 0 0 1 6 17H19M11.5 13.5V6.5M8.5 9.3L11.5 6.3L14.5 9.3"),
    RETURN(
            "M6 3H19V21H6A2 2 0 0 1 4 19V5A2 2 0 0 1 6 3ZM4 19A2 2 0 0 1 6 17H19M11.5 6.5V13.5M8.5 10.7L11.5 13.7L14.5 10.7"),
    BOOK("M6 3H19V21H6A2 2 0 0 1 4 19V5A2 2 0 0 1 6 3ZM4 19A2 2 0 0 1 6 17H19"),
    ACCOUNT("M12 3.5A4 4 0 1 1 11.99 3.5ZM4 20.5C4 16 7 14 12 14C17 14 20 16 20 20.5"),
    FEE("M17.5 6.5A7 7 0 1 0 17.5 17.5M4 10.3H13.5M4 13.7H12.5"),
    CARD(
            "M4 5.5H20A1.8 1.8 0 0 1 21.8 7.3V16.7A1.8 1.8 0 0 1 20 18.5H4A1.8 1.8 0 0 1 2.2 16.7V7.3A1.8 1.8 0 0 1 4 5.5ZM6 9.5V14.5M9 9.5V14.5M11.5 9.5V14.5M15 9.5V14.5M18 9.5V14.5"),
    BAR_CODE("M3 5.5V18.5M6 5.5V18.5M8.5 5.5V18.5M12 5.5V18.5M15.5 5.5V18.5M18 5.5V18.5M21 5.5V18.5"),
    DONE("M4.5 12.5L9.8 17.8L19.8 6.8"),
    STOP("M6 6L18 18M18 6L6 18"),
    WAIT("M12 3.5A8.5 8.5 0 1 1 11.99 3.5ZM12 7.5V12.3L15.5 14.2"),
    WORKING("M12 3V7M12 17V21M3 12H7M17 12H21M5.6 5.6L8.5 8.5M15.5 15.5L18.4 18.4M18.4 5.6L15.5 8.5M8.5 15.5L5.6 18.4"),
    ATTENTION("M12 4L21.5 20H2.5ZM12 10V14.5M12 17.3V17.31"),
    PUT_BACK("M12 3V13.5M7.5 9.5L12 14L16.5 9.5M3.5 18H20.5"),
    QUESTION("M8.5 9A3.6 3.6 0 1 1 13.8 12.1C12.5 12.9 12 13.6 12 15M12 18.8V18.81"),
    RENEW("M20 12A8 8 0 1 1 17.3 6L20 8.5M20 3.5V8.5H15"),
    STAFF("M12 4A3.8 3.8 0 1 1 11.99 4ZM4.5 20.5C4.5 16.5 7.5 14.5 12 14.5C16.5 14.5 19.5 16.5 19.5 20.5"),
    OFFLINE("M4 4L20 20M5 12.5A10 10 0 0 1 8.5 10.2M15 10A10 10 0 0 1 19 12.5M8.5 16A5 5 0 0 1 15 15.7M12 19.5V19.51"),
    NO_PAPER("M7 9V3.5H17V9M7 17H4.5V9H19.5V17H17M7 14.5H17V20.5H7ZM10 17.5H14"),
    PAD("M3 17.5L6 12.5H18L21 17.5ZM12 3V9.5M8.5 6.5L15.5 6.5"),
    ERASE("M9 5.5H20.5V18.5H9L3 12ZM11.8 9.5L16.8 14.5M16.8 9.5L11.8 14.5"),
    INFO("M12 3.5A8.5 8.5 0 1 1 11.99 3.5ZM12 11V16.5M12 7.7V7.71"),
    BIN("M3 8H21M4.5 8L6 20.5H18L19.5 8M9.5 12V16.5M14.5 12V16.5"),
    SPACE("M4 10V15.5H20V10"),
    SEARCH("M10.5 3.5A7 7 0 1 1 10.49 3.5ZM15.6 15.6L21 21"),
    UP("M5 15L12 8L19 15"),
    DOWN("M5 9L12 16L19 9"),
    MAIL("M3.5 5.5H20.5V18.5H3.5ZM3.5 6.5L12 13L20.5 6.5"),
    DOOR("M6 21V3.5H18V21M3 21H21M14.5 12.3V12.31"),
    ACCESS("M12 3A1.7 1.7 0 1 1 11.99 3ZM4 8.6L9.6 9.9H14.4L20 8.6M9.6 9.9V14L7.2 21M14.4 9.9V14L16.8 21M9.6 14H14.4"),
    STAR("M12 3L14.8 9.1L21.5 9.9L16.5 14.4L17.8 21L12 17.7L6.2 21L7.5 14.4L2.5 9.9L9.2 9.1Z"),
    PHONE(
            "M7.5 2.5H16.5A1.5 1.5 0 0 1 18 4V20A1.5 1.5 0 0 1 16.5 21.5H7.5A1.5 1.5 0 0 1 6 20V4A1.5 1.5 0 0 1 7.5 2.5ZM11 18.5H13"),
    PRINT("M7 9V3.5H17V9M7 17H4.5V9H19.5V17H17M7 14H17V20.5H7Z");

    private static final double GRID = 24;

    private final String path;

    Icon(String path) {
        this.path = path;
    }

    /** A node of this picture that takes the size its style gives it and the colour of its surroundings. */
    Region node() {
        return new Picture(path);
    }

    private static final class Picture extends Region {
        /** Width and height in the theme. */
        private static final CssMetaData<Picture, Number> SIDE =
                new CssMetaData<>("-side", SizeConverter.getInstance(), 0) {
                    @Override
                    public boolean isSettable(Picture picture) {
                        return true;
                    }

                    @Override
                    public StyleableProperty<Number> getStyleableProperty(Picture picture) {
                        return picture.side;
                    }
                };

        private static final List<CssMetaData<? extends Styleable, ?>> STYLES = Stream.concat(
                        Region.getClassCssMetaData().stream(), Stream.<CssMetaData<? extends Styleable, ?>>of(SIDE))
                .toList();

        private final SVGPath strokes = new SVGPath();
        private final StyleableDoubleProperty side = new SimpleStyleableDoubleProperty(SIDE) {
            @Override
            protected void invalidated() {
                setMinSize(get(), get());
                setPrefSize(get(), get());
                setMaxSize(get(), get());
            }
        };

        Picture(String path) {
            getStyleClass().add("icon");
            strokes.getStyleClass().add("icon-stroke");
            strokes.setContent(path);
            strokes.setManaged(false);
            getChildren().add(strokes);
        }

        @Override
        public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
            return STYLES;
        }

        @Override
        protected void layoutChildren() {
            double scale = Math.min(getWidth(), getHeight()) / GRID;
            strokes.getTransforms()
                    .setAll(
                            new Translate((getWidth() - scale * GRID) / 2, (getHeight() - scale * GRID) / 2),
                            new Scale(scale, scale));
        }
    }
}
