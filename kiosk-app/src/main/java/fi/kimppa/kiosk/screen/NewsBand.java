package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Feed.News;
import fi.kimppa.kiosk.text.FeedWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One tip or new title at a time, to be read and not touched, in as many words as there is room for. FX thread. */
final class NewsBand {
    /** Height of a line of our font. */
    private static final double LINE = 1.3;

    private static final double PADDING_EM = 0.3;
    private static final double ABOVE_EM = 0.45;

    private final Room room;
    private final StackPane whole = new StackPane();
    private Optional<News> shown = Optional.empty();

    NewsBand(Room room) {
        this.room = room;
        whole.setMinSize(0, 0);
    }

    Region whole() {
        return whole;
    }

    /** How high it may be, pixels: some lines, three, two, one. */
    List<Double> heights() {
        double line = LINE * room.textScale();
        double large = LINE * Math.max(1.25, room.textScale());
        double around = PADDING_EM + ABOVE_EM;
        return List.of(
                room.em(around + 3 * line + large),
                room.em(around + 2 * line + large),
                room.em(around + line + large),
                room.em(line + 0.05));
    }

    /** Says this, and nothing else until it is told something else. */
    void show(Optional<News> news) {
        if (!news.equals(shown)) {
            shown = news;
            whole.getChildren()
                    .setAll(news.map(piece -> says(piece, FeedWording.of(room.texts(), piece))).stream()
                            .toList());
        }
    }

    private Region says(News news, FeedWording words) {
        Icon icon = switch (news) {
            case News.Tip _ -> Icon.STAR;
            case News.NewTitle _ -> Icon.BOOK;
        };
        return new FirstThatFits(List.of(
                stacked(icon, words, words.more()),
                headed(icon, words),
                stacked(icon, words, ""),
                inLine(icon, words, words.more()),
                inLine(icon, words, ""),
                new VBox()));
    }

    /** Kind, heading and sentence one below the other. */
    private Region stacked(Icon icon, FeedWording words, String more) {
        Label what = Words.of("lead", words.what());
        what.getStyleClass().add("strong");
        var lines = new VBox(kind(words), what);
        if (!more.isEmpty()) {
            lines.getChildren().add(Words.of("body", more));
        }
        return raised(icon, lines);
    }

    /** Kind and heading in a line, the sentence below it. */
    private Region headed(Icon icon, FeedWording words) {
        var head = new HBox(room.em(0.5), kind(words), what(words));
        return raised(icon, new VBox(head, Words.of("body", words.more())));
    }

    /** All in one line. */
    private Region inLine(Icon icon, FeedWording words, String more) {
        List<Region> parts = new ArrayList<>(List.of(kind(words), what(words)));
        if (!more.isEmpty()) {
            parts.add(Words.of("body", more));
        }
        return line(icon, parts);
    }

    private static Label kind(FeedWording words) {
        Label kind = Words.of("note", words.kind());
        kind.setMinWidth(Region.USE_PREF_SIZE);
        return kind;
    }

    private static Label what(FeedWording words) {
        Label what = Words.of("body", words.what());
        what.getStyleClass().add("strong");
        return what;
    }

    /** A card of its own, apart from what is touched above it. */
    private Region raised(Icon icon, VBox lines) {
        lines.setAlignment(Pos.CENTER_LEFT);
        HBox card = line(icon, List.of(lines));
        card.getStyleClass().add("card");
        VBox.setVgrow(card, Priority.ALWAYS);
        var apart = new VBox(card);
        apart.setPadding(new Insets(room.em(ABOVE_EM), 0, 0, 0));
        return apart;
    }

    private HBox line(Icon icon, List<? extends Region> parts) {
        var line = new HBox(room.em(0.5), icon.node());
        line.getChildren().addAll(parts);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("news");
        HBox.setHgrow(parts.getLast(), Priority.ALWAYS);
        return line;
    }
}
