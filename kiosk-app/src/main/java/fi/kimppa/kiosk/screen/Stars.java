package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Rating;
import fi.kimppa.kiosk.session.ReturnRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** One to five stars for a thing that has come back. FX thread. */
final class Stars {
    private Stars() {}

    /** A button for each number of stars; none where nobody is asked. */
    static List<Button> buttons(Room room, ReturnRow row) {
        return row.mayBeRated()
                ? IntStream.rangeClosed(1, Rating.MOST_STARS)
                        .mapToObj(stars -> button(room, row.number(), stars))
                        .toList()
                : List.of();
    }

    private static Button button(Room room, int row, int stars) {
        Button button = room.touch()
                .faced(
                        "stars-" + row + "-" + stars,
                        Icon.STAR.node(),
                        room.texts().count("rate.stars", stars),
                        new Choice.Rate(row, stars));
        button.getStyleClass().add("star");
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** The question and its five answers, in a line where there is room. */
    static Region asked(Room room, ReturnRow row) {
        var answers = new HBox(room.gap());
        answers.getChildren().setAll(buttons(room, row));
        answers.setAlignment(Pos.CENTER_LEFT);
        if (room.profile().compact()) {
            return answers;
        }
        var line = new FlowPane(
                room.em(0.5), room.em(0.15), Words.of("body", room.texts().say("rate.ask")), answers);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    /** What was answered, and the thanks for it. */
    static Region given(Room room, int stars) {
        List<Region> icons = new ArrayList<>();
        for (int i = 1; i <= Rating.MOST_STARS; i++) {
            Region icon = Icon.STAR.node();
            if (i <= stars) {
                icon.getStyleClass().add("full");
            }
            icons.add(icon);
        }
        var line = new HBox(room.em(0.1));
        line.getChildren().setAll(icons);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("given");
        line.setAccessibleText(room.texts().count("rate.stars", stars));
        var whole = new FlowPane(
                room.em(0.5), 0, line, Words.of("body", room.texts().say("rate.thanks")));
        whole.setAlignment(Pos.CENTER_LEFT);
        return whole;
    }
}
