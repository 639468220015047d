package fi.kimppa.kiosk.screen;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The shape of a screen that says one thing: a sign, a headline for the room, sentences for the person. */
final class Message {
    private static final double SEAL_EM = 5;
    private static final double SMALL_SEAL_EM = 2.2;
    /** As the padding of {@code .message} in {@code theme.css}. */
    private static final double SIDE_EM = 0.7;

    /** What the smallest display has left between its bars. */
    private static final double COMPACT_HEIGHT_EM = 9.2;

    private final Room room;
    private final StackPane seal = new StackPane();
    private final VBox words;
    private final Pane whole;

    Message(Room room) {
        this.room = room;
        this.words = new VBox(room.em(room.brief() ? 0.15 : 0.45));
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        seal.getStyleClass().add("seal");
        double side = room.em(room.profile().compact() ? SMALL_SEAL_EM : SEAL_EM);
        seal.setMinSize(side, side);
        seal.setPrefSize(side, side);
        seal.setMaxSize(side, side);
        if (room.profile().upright()) {
            var column = new VBox(room.em(1.2), seal, words);
            column.setAlignment(Pos.CENTER_LEFT);
            whole = column;
        } else {
            var row = new HBox(room.em(1.2));
            row.setAlignment(Pos.CENTER_LEFT);
            if (!room.profile().compact()) {
                row.getChildren().add(seal);
            }
            row.getChildren().add(words);
            whole = row;
        }
        whole.getStyleClass().add("message");
    }

    Region whole() {
        return whole;
    }

    /** Room for the headline in pixels. */
    private double headlineRoom() {
        boolean beside = !room.profile().upright() && !room.profile().compact();
        return room.contentWidth() - room.em(2 * SIDE_EM + (beside ? SEAL_EM + 1.2 : 0));
    }

    /** Says it. */
    void say(Tone tone, Icon icon, String headline, List<String> sentences) {
        tone.on(whole);
        seal.getChildren().setAll(icon.node());
        var lines = new VBox(room.em(room.brief() ? 0.05 : 0.3));
        lines.setAlignment(Pos.CENTER_LEFT);
        for (String sentence : sentences) {
            lines.getChildren().add(Words.of(room.profile().compact() ? "body" : "lead", sentence));
        }
        if (!room.profile().compact()) {
            words.getChildren().setAll(Words.headline(headline, room, headlineRoom()), lines);
            return;
        }
        HBox.setHgrow(lines, Priority.ALWAYS);
        var below = new HBox(room.em(0.5), seal, lines);
        below.setAlignment(Pos.CENTER_LEFT);
        double left = room.em(COMPACT_HEIGHT_EM) - Math.max(room.em(SMALL_SEAL_EM), height(sentences));
        words.getChildren().setAll(Words.headlineWithin(headline, room, headlineRoom(), left), below);
    }

    private double height(List<String> sentences) {
        double width = headlineRoom() - room.em(SMALL_SEAL_EM + 0.5);
        return sentences.stream()
                        .mapToInt(sentence -> Words.lines(sentence, room, width))
                        .sum()
                * room.em(1.25 * room.textScale());
    }
}
