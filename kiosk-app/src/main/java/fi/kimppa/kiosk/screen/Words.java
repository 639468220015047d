package fi.kimppa.kiosk.screen;

import java.util.Arrays;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** Labels in the sizes of the theme, which wrap and are never cut. FX thread. */
final class Words {
    private Words() {}

    /** A label of a style class of the theme. */
    static Label of(String styleClass, String text) {
        var label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /**
     * What is read from 2 m. A word that is wider than the room is broken where the bundle allows it.
     *
     * @param width pixels
     */
    static Label headline(String text, Room room, double width) {
        return of("headline", fitted(text, room, width));
    }

    /** Whether a headline stands on one line of this width. */
    static boolean onOneLine(String headline, Room room, double width) {
        return width(headline, Theme.strong(room.em(Theme.HEADLINE_EM))) <= width;
    }

    /** Makes large text as small as usual in here. */
    static <R extends Region> R dense(R region) {
        region.getStyleClass().add("dense");
        return region;
    }

    static boolean isDense(Region region) {
        return region.getStyleClass().contains("dense");
    }

    private static String fitted(String text, Room room, double width) {
        Font font = Theme.strong(room.em(Theme.HEADLINE_EM));
        return Arrays.stream(text.split(" "))
                .map(word -> width(word, font) <= width
                        ? word
                        : String.join("-\n", room.texts().parts(word)))
                .collect(Collectors.joining(" "));
    }

    /** Width of its widest word, in whole pixels. */
    static double widest(String text, Font font) {
        return Arrays.stream(text.split(" "))
                .mapToDouble(word -> Math.ceil(width(word, font)))
                .max()
                .orElse(0);
    }

    /** Width of text in pixels. */
    static double width(String text, Font font) {
        var measured = new Text(text);
        measured.setFont(font);
        return measured.getLayoutBounds().getWidth();
    }
}
