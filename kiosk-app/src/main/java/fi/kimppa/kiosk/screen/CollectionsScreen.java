package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.Elsewhere;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the library has elsewhere, its rooms and electronic collections, each with a code for the patron's own telephone. */
final class CollectionsScreen extends ListScreen<KioskState.ElectronicCollections> {
    private static final double CODE_EM = 4.6;

    /** Two of them, one below the other, on the smallest display, and where the em itself is larger. */
    private static final double SMALL_CODE_EM = 3.8;

    private final int columns;
    private final HeadedList content;
    private final Button cancel;
    private Optional<Elsewhere> called = Optional.empty();
    private List<EResource> shown = List.of();
    private List<HBox> tiles = List.of();

    CollectionsScreen(Room room) {
        super(room);
        int most = !room.profile().wide() ? 1 : room.profile().widthEm() < 40 ? 2 : 3;
        // In large text a long word has no room beside a code on half the width.
        this.columns = Math.max(1, room.look().largeText() ? most - 1 : most);
        this.content = new HeadedList(new VBox(), list, room.em(0.3));
        this.cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
    }

    private Region head(String title) {
        String how = room.texts().say("coll.how");
        if (room.profile().upright()) {
            return new VBox(room.em(0.3), Words.headline(title, room, room.contentWidth()), Words.of("lead", how));
        }
        if (room.profile().compact()) {
            Label sentence = Words.of("body", how);
            sentence.getStyleClass().add("strong");
            return sentence;
        }
        var line = new HBox(room.em(1), Words.of("question", title), Words.of("lead", how));
        line.setAlignment(Pos.BASELINE_LEFT);
        return line;
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(cancel);
    }

    @Override
    public void show(KioskState.ElectronicCollections state) {
        Optional<Elsewhere> place = Elsewhere.of(room.texts(), state.around());
        if (!place.equals(called)) {
            called = place;
            place.ifPresent(known -> content.head(head(known.name())));
        }
        List<EResource> resources = state.around().feed().resources();
        if (!resources.equals(shown)) {
            shown = resources;
            tiles = resources.stream().map(this::tile).toList();
            list.set(rows());
        }
        int inHand = KeyHints.row(
                state, IntStream.rangeClosed(1, resources.size()).boxed().toList());
        for (int i = 0; i < tiles.size(); i++) {
            List<String> classes = tiles.get(i).getStyleClass();
            classes.remove(KeyHints.IN_HAND);
            if (i == inHand) {
                classes.add(KeyHints.IN_HAND);
            }
        }
        list.reveal(inHand < 0 ? inHand : inHand / columns);
    }

    private List<HBox> rows() {
        List<HBox> rows = new ArrayList<>();
        for (int i = 0; i < tiles.size(); i += columns) {
            var row = new HBox(room.gap());
            row.getChildren().setAll(tiles.subList(i, Math.min(tiles.size(), i + columns)));
            while (row.getChildren().size() < columns) {
                row.getChildren().add(wide(new HBox()));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Code, name, and the address for whoever has no camera. */
    private HBox tile(EResource resource) {
        String name = resource.name().in(room.texts().language());
        var words = new FirstThatFits(List.of(
                words(name, resource.shortAddress()),
                Words.dense(words(name, resource.shortAddress())),
                Words.dense(words(name, ""))));
        HBox.setHgrow(words, Priority.ALWAYS);
        var tile = new HBox();
        boolean small = room.profile().compact() || room.look().largeText();
        QrCode.of(resource.address(), room.em(small ? SMALL_CODE_EM : CODE_EM)).ifPresent(code -> {
            code.setAccessibleText(room.texts().say("coll.code", "name", name));
            tile.getChildren().add(code);
        });
        tile.getChildren().add(words);
        tile.setAlignment(Pos.CENTER_LEFT);
        tile.getStyleClass().add("tile");
        return wide(tile);
    }

    private VBox words(String name, String address) {
        Label title = Words.of("row-title", name);
        var words = new VBox(room.em(0.05), title);
        if (!address.isEmpty()) {
            words.getChildren().add(Words.of("note", address));
        }
        words.setAlignment(Pos.CENTER_LEFT);
        return words;
    }

    /** As wide as each of a row. */
    private HBox wide(HBox place) {
        place.setPrefWidth((room.contentWidth() - (columns - 1) * room.gap()) / columns);
        return place;
    }
}
