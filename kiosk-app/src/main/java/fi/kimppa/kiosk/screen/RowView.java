package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.text.Wording.Said;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** One item: a picture, its title, the state in a word, and what it means. */
final class RowView {
    private static final int LONGEST_TITLE = 90;
    private static final int SHORT_TITLE = 32;

    /** Words beside buttons get this much at least, or the buttons stand below them. */
    private static final double LEAST_WORDS_EM = 6.5;

    /** What stands at the left of the words and right of the list, with the air around them. */
    private static final double MARK_EM = 6.2;

    /** What a button has beside its word: a sign, and air. */
    private static final double BUTTON_EM = 3;

    private RowView() {}

    /**
     * A row.
     *
     * @param mark picture or bin at the left
     * @param pinned whether the patron must read it
     */
    static Region of(Room room, Tone tone, Region mark, String title, Said said, boolean pinned, List<Button> buttons) {
        return row(
                room, tone, mark, title, said, pinned, buttons, room.profile().widthEm() < 40);
    }

    private static HBox row(
            Room room,
            Tone tone,
            Region mark,
            String title,
            Said said,
            boolean pinned,
            List<Button> buttons,
            boolean below) {
        VBox words = words(room, title, said);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(mark, words);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("row");
        if (pinned) {
            row.getStyleClass().add("pinned");
        }
        tone.on(row);
        if (room.look().reach() && !buttons.isEmpty()) {
            // In reach mode the buttons of a row stand below the list.
            new Asking(covered(room, shortTitle(title)), buttons).on(row);
        } else if (!buttons.isEmpty()) {
            place(room, row, words, buttons, below);
        }
        return row;
    }

    /** A row whose buttons stand beside its words where that makes it lower and leaves them room, and else below them. */
    static Region lowest(
            Room room, Tone tone, Icon icon, String title, Said said, boolean pinned, Supplier<List<Button>> buttons) {
        HBox below = row(room, tone, disc(icon), title, said, pinned, buttons.get(), true);
        if (room.look().reach()) {
            return below;
        }
        HBox beside = row(room, tone, disc(icon), title, said, pinned, buttons.get(), false);
        // The mark is the first, the words are the second.
        ((Region) beside.getChildren().get(1)).setMinWidth(room.em(LEAST_WORDS_EM));
        return new LowestForm(List.of(beside, below));
    }

    /** A row whose few short buttons stand beside its words, so that many rows fit. */
    static Region flat(Room room, Tone tone, Icon icon, String title, Said said, boolean pinned, List<Button> buttons) {
        return flat(room, tone, disc(icon), title, said, pinned, buttons);
    }

    /** The same with another mark at the left. */
    static Region flat(
            Room room, Tone tone, Region mark, String title, Said said, boolean pinned, List<Button> buttons) {
        boolean below = (buttons.size() > 1 && !room.profile().wide()) || breaks(room, title, said, buttons);
        return row(room, tone, mark, title, said, pinned, buttons, below);
    }

    /** Whether a word would have to be broken beside these buttons. */
    private static boolean breaks(Room room, String title, Said said, List<Button> buttons) {
        if (buttons.isEmpty()) {
            return false;
        }
        Font font = Theme.strong(room.em(room.textScale()));
        double taken = buttons.stream()
                .mapToDouble(button -> Words.width(button.getText(), font) + room.em(BUTTON_EM * room.textScale()))
                .sum();
        double left = room.contentWidth() - room.em(MARK_EM) - taken;
        return Stream.concat(Stream.of(title, said.word()), said.lines().stream())
                .flatMap(words -> Stream.of(words.split("[\\s-]+")))
                .anyMatch(word -> Words.width(word, font) > left);
    }

    private static void place(Room room, HBox row, VBox words, List<Button> buttons, boolean below) {
        buttons.forEach(button -> button.setMinWidth(Region.USE_PREF_SIZE));
        if (below) {
            var line = new FlowPane(room.em(0.3), room.em(0.3));
            line.getChildren().setAll(buttons);
            line.setPadding(new Insets(room.em(0.12), 0, 0, 0));
            words.getChildren().add(line);
        } else {
            row.getChildren().addAll(buttons);
        }
    }

    /** Title, then word and first line together, then the rest. */
    static VBox words(Room room, String title, Said said) {
        var words = new VBox(room.em(0.02));
        words.setAlignment(Pos.CENTER_LEFT);
        if (!title.isBlank()) {
            words.getChildren().add(titled(room, "row-title", title(room, title)));
        }
        var first = new TextFlow(text("row-word", said.word()));
        if (!said.lines().isEmpty()) {
            first.getChildren().add(text("row-line", "   " + said.lines().getFirst()));
        }
        words.getChildren().add(first);
        for (String line : said.lines().stream().skip(1).toList()) {
            Label label = Words.of("row-line", line);
            words.getChildren().add(label);
        }
        return words;
    }

    private static Text text(String styleClass, String words) {
        var text = new Text(words);
        text.getStyleClass().add(styleClass);
        return text;
    }

    /**
     * A title. Where titles are covered its first word stands for it until somebody presses it; it takes as much room then as before, so
     * that nothing moves under a finger.
     */
    static Region titled(Room room, String styleClass, String title) {
        Label open = Words.of(styleClass, title);
        String first = covered(room, title);
        if (first.equals(title)) {
            return open;
        }
        Label shut = Words.of(styleClass, first);
        open.setVisible(false);
        var both = new StackPane(open, shut);
        both.getStyleClass().add("covered");
        StackPane.setAlignment(open, Pos.TOP_LEFT);
        StackPane.setAlignment(shut, Pos.TOP_LEFT);
        both.setOnMousePressed(_ -> turn(open, shut, true));
        both.setOnMouseReleased(_ -> turn(open, shut, false));
        both.setOnMouseExited(_ -> turn(open, shut, false));
        return both;
    }

    private static void turn(Label open, Label shut, boolean revealed) {
        open.setVisible(revealed);
        shut.setVisible(!revealed);
    }

    /** What of a title may be seen by whoever passes by. */
    static String covered(Room room, String title) {
        String first = title.split("[ /]", 2)[0];
        return room.branding().covered() && first.length() < title.length() ? first + " …" : title;
    }

    /** The title as far as there is room: without its author on the smallest display, and never a whole paragraph. */
    static String title(Room room, String title) {
        return shortened(room.brief() ? title.split(" / ", 2)[0] : title, LONGEST_TITLE);
    }

    /** The title on one line. */
    static String shortTitle(String title) {
        return shortened(title.split(" / ", 2)[0], SHORT_TITLE);
    }

    private static String shortened(String title, int most) {
        if (title.length() <= most) {
            return title;
        }
        int space = title.lastIndexOf(' ', most);
        return title.substring(0, space > most / 2 ? space : most) + " …";
    }

    /** A picture on a disc. */
    static Pane disc(Icon icon) {
        var disc = new StackPane(icon.node());
        disc.getStyleClass().add("disc");
        return disc;
    }
}
