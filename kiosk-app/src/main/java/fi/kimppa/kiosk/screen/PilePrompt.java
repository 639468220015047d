package fi.kimppa.kiosk.screen;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Asks for a pile on the pad, in words for the room and, where there is space, a picture. */
final class PilePrompt {
    private PilePrompt() {}

    /**
     * The prompt.
     *
     * @param brief the headline where the display has no room for the other
     */
    static Region of(Room room, String headline, String brief, List<String> sentences) {
        if (room.profile().compact()) {
            double width = room.contentWidth();
            List<String> all = new ArrayList<>(List.of(headline));
            all.addAll(sentences);
            return new FirstThatFits(List.of(
                    words(room, headline, sentences, width),
                    words(room, brief, all, width),
                    words(room, brief, sentences, width),
                    words(room, brief, sentences.stream().limit(1).toList(), width),
                    words(room, brief, List.of(), width)));
        }
        return new FirstThatFits(
                List.of(roomy(room, headline, sentences), Words.dense(roomy(room, headline, sentences))));
    }

    /** Asks for the bar codes instead, while the pad is away. The banner says so too. */
    static Region byBarCode(Room room) {
        return withoutPad(
                room,
                Icon.BAR_CODE,
                room.texts().say("out.scan"),
                List.of(room.texts().say("auth.card.how")));
    }

    /** Says that nothing is lent while the pad is away; what can be done stands in the banner. */
    static Region noLoans(Room room) {
        String headline = room.texts().say(room.profile().compact() ? "block.title.brief" : "block.title");
        return withoutPad(room, Icon.STOP, headline, List.of());
    }

    private static Region withoutPad(Room room, Icon icon, String headline, List<String> how) {
        if (room.profile().compact()) {
            double width = room.contentWidth();
            return new FirstThatFits(
                    List.of(words(room, headline, how, width), words(room, headline, List.of(), width)));
        }
        var message = new Message(room);
        message.say(Tone.PLAIN, icon, headline, how);
        return message.whole();
    }

    private static Region roomy(Room room, String headline, List<String> sentences) {
        boolean upright = room.profile().upright();
        double side = room.em(upright ? 16 : 9);
        double width = room.contentWidth() - (upright ? 0 : side + room.em(1));
        VBox words = words(room, headline, sentences, width);
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

    private static VBox words(Room room, String headline, List<String> sentences, double width) {
        boolean compact = room.profile().compact();
        var words = new VBox(room.em(compact ? 0.1 : 0.4), Words.headline(headline, room, width));
        sentences.forEach(sentence -> words.getChildren().add(Words.of(compact ? "body" : "lead", sentence)));
        words.setAlignment(Pos.CENTER_LEFT);
        return words;
    }
}
