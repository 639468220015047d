package fi.kimppa.kiosk.screen;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Asks for a pile on the pad, in words for the room and, where there is space, a picture. */
final class PilePrompt {
    private PilePrompt() {}

    /** The prompt. */
    static Region of(Room room, String headline, List<String> sentences) {
        boolean compact = room.profile().compact();
        boolean upright = room.profile().upright();
        double side = room.em(upright ? 16 : 9);
        double width = room.contentWidth() - (compact || upright ? 0 : side + room.em(1));
        var words = new VBox(
                room.em(compact ? 0.1 : 0.4),
                compact
                        ? Words.headlineWithin(
                                headline, room, width, room.em(room.look().largeText() ? 4 : 6.8))
                        : Words.headline(headline, room, width));
        sentences.forEach(sentence -> words.getChildren().add(Words.of(compact ? "body" : "lead", sentence)));
        words.setAlignment(Pos.CENTER_LEFT);
        if (compact) {
            return words;
        }
        Region picture = PilePicture.of(side);
        if (upright) {
            var column = new VBox(room.em(1), words, picture);
            column.setAlignment(Pos.CENTER);
            return column;
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(room.em(1), words, picture);
        row.setAlignment(Pos.CENTER);
        return row;
    }
}
