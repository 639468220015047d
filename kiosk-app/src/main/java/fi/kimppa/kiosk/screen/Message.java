package fi.kimppa.kiosk.screen;

import java.util.ArrayList;
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

    private final Room room;
    private final StackPane whole = new StackPane();

    Message(Room room) {
        this.room = room;
        whole.getStyleClass().add("message");
        whole.setMinSize(0, 0);
    }

    Region whole() {
        return whole;
    }

    /** Says it. */
    void say(Tone tone, Icon icon, String headline, List<String> sentences) {
        say(tone, icon, headline, headline, sentences);
    }

    /**
     * Says it.
     *
     * @param brief the headline where the display has no room for the other
     */
    void say(Tone tone, Icon icon, String headline, String brief, List<String> sentences) {
        tone.on(whole);
        whole.getChildren()
                .setAll(
                        room.profile().compact()
                                ? compact(icon, headline, brief, sentences)
                                : new FirstThatFits(List.of(
                                        roomy(icon, headline, sentences),
                                        Words.dense(roomy(icon, headline, sentences)),
                                        Words.dense(roomy(icon, brief, sentences)))));
    }

    private Region roomy(Icon icon, String headline, List<String> sentences) {
        boolean upright = room.profile().upright();
        double width = room.contentWidth() - room.em(2 * SIDE_EM + (upright ? 0 : SEAL_EM + 1.2));
        var words = new VBox(
                room.em(room.brief() ? 0.15 : 0.45), Words.headline(headline, room, width), lines("lead", sentences));
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        StackPane seal = seal(icon, SEAL_EM);
        if (upright) {
            var column = new VBox(room.em(1.2), seal, words);
            column.setAlignment(Pos.CENTER_LEFT);
            return column;
        }
        var row = new HBox(room.em(1.2), seal, words);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /** The sentence of a brief headline stands below it, unless it begins alike; it goes first when there is no room. */
    private Region compact(Icon icon, String headline, String brief, List<String> sentences) {
        List<String> all = new ArrayList<>(List.of(headline));
        all.addAll(sentences);
        List<Pane> ways = new ArrayList<>(List.of(compact(icon, headline, sentences)));
        if (!headline.startsWith(brief)) {
            ways.add(compact(icon, brief, all));
        }
        ways.add(compact(icon, brief, sentences));
        ways.add(compact(icon, brief, List.of(String.join(" ", sentences))));
        ways.add(Words.dense(compact(icon, brief, List.of(String.join(" ", sentences)))));
        return new FirstThatFits(ways);
    }

    private Pane compact(Icon icon, String headline, List<String> sentences) {
        VBox lines = lines("body", sentences);
        HBox.setHgrow(lines, Priority.ALWAYS);
        var below = new HBox(room.em(0.5), seal(icon, SMALL_SEAL_EM), lines);
        below.setAlignment(Pos.CENTER_LEFT);
        double width = room.contentWidth() - room.em(2 * SIDE_EM);
        var words = new VBox(room.em(0.1), Words.headline(headline, room, width), below);
        words.setAlignment(Pos.CENTER_LEFT);
        return words;
    }

    private VBox lines(String styleClass, List<String> sentences) {
        var lines = new VBox(room.em(room.brief() ? 0 : 0.3));
        lines.setAlignment(Pos.CENTER_LEFT);
        sentences.forEach(sentence -> lines.getChildren().add(Words.of(styleClass, sentence)));
        return lines;
    }

    private StackPane seal(Icon icon, double sideEm) {
        double side = room.em(sideEm);
        var seal = new StackPane(icon.node());
        seal.getStyleClass().add("seal");
        seal.setMinSize(side, side);
        seal.setPrefSize(side, side);
        seal.setMaxSize(side, side);
        return seal;
    }
}
