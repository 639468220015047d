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
        return of("headline", fitted(text, Theme.strong(room.em(Theme.HEADLINE_EM)), room, width));
    }

    /** A headline for whoever stands close by, where a display has no room for the large one. */
    static Label closeHeadline(String text, Room room, double width) {
        Label label = of("headline", fitted(text, Theme.strong(room.em(Theme.CLOSE_HEADLINE_EM)), room, width));
        label.getStyleClass().add("close");
        return label;
    }

    /** The large headline if it is no higher than {@code height}, else the one for close by. */
    static Label headlineWithin(String text, Room room, double width, double height) {
        Font large = Theme.strong(room.em(Theme.HEADLINE_EM));
        return height(fitted(text, large, room, width), large, width) <= height
                ? headline(text, room, width)
                : closeHeadline(text, room, width);
    }

    private static double height(String text, Font font, double width) {
        var measured = new Text(text);
        measured.setFont(font);
        measured.setWrappingWidth(width);
        // The theme sets lines closer than the font asks for.
        return measured.getLayoutBounds().getHeight() * 0.8;
    }

    /** How many lines a sentence of running text takes. */
    static int lines(String text, Room room, double width) {
        return (int) Math.ceil(width(text, Theme.strong(room.em(room.textScale()))) / width);
    }

    private static String fitted(String text, Font font, Room room, double width) {
        return Arrays.stream(text.split(" "))
                .map(word -> width(word, font) <= width
                        ? word
                        : String.join("-\n", room.texts().parts(word)))
                .collect(Collectors.joining(" "));
    }

    /** Whether a headline needs no second line. */
    static boolean onOneLine(String text, Room room, double width) {
        return width(text, Theme.strong(room.em(Theme.HEADLINE_EM))) <= width;
    }

    private static double width(String text, Font font) {
        var measured = new Text(text);
        measured.setFont(font);
        return measured.getLayoutBounds().getWidth();
    }
}
