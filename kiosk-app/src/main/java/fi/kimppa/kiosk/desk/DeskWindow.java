package fi.kimppa.kiosk.desk;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.simulator.DemoItem;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskSnapshot;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.kiosk.screen.Windows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/**
 * One window on the virtual desk, for people who try the demo: it shows what a desk shows and moves what a hand moves. In
 * English only, since no patron ever sees it.
 */
final class DeskWindow {
    /** The one distance: between what belongs together; twice as much between sections and at their edges. */
    private static final double UNIT = 8;

    private static final double WIDTH = 1180;
    private static final double HEIGHT = 704;
    private static final double PAPER_WIDTH = 300;
    private static final double PRINTER_WIDTH = PAPER_WIDTH + 9 * UNIT;
    private static final List<String> PILE =
            List.of("3000000011", "3000000028", "3000000035", "3000000059", "853N06240600");

    private final Desk desk;
    private final Stage stage;
    private final Map<DemoItem, ToggleButton> books = new LinkedHashMap<>();
    private final VBox paper = new VBox(2 * UNIT);
    private final Label reader = state();
    private final Label pad = state();
    private final Label printer = state();
    private final Label door = state();
    private final ComboBox<DemoCard> onReader = cards("reader-card");
    private final ToggleButton laid = toggle(
            "reader-lay",
            "Lay it on the contactless reader",
            this::layCard,
            () -> kiosk().card().lift());
    private final ToggleButton padPlug = toggle(
            "pad-plug",
            "Pull the pad's plug",
            () -> kiosk().pad().unplug(),
            () -> kiosk().pad().replug());
    private final ToggleButton cover = toggle(
            "cover",
            "Open the cover",
            () -> kiosk().printer().setCoverOpen(true),
            () -> kiosk().printer().setCoverOpen(false));
    private final ToggleButton tamper = toggle(
            "door-tamper",
            "Open the relay box",
            () -> kiosk().door().tamper(true),
            () -> kiosk().door().tamper(false));
    private final ComboBox<Paper> level = new ComboBox<>(FXCollections.observableArrayList(Paper.values()));
    private final ComboBox<DemoCard> atDoor = cards("door-card");
    private final TextField pin = new TextField();

    private DeskWindow(Desk desk, Stage stage) {
        this.desk = desk;
        this.stage = stage;
    }

    /** Opens it; {@code closed} runs when a person closes it. */
    static DeskWindow open(Desk desk, Runnable closed) {
        return Windows.onFxThread(() -> {
            var stage = new Stage();
            var window = new DeskWindow(desk, stage);
            var scene = new Scene(window.build(), WIDTH, HEIGHT);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(DeskWindow.class.getResource("desk.css"))
                            .toExternalForm());
            stage.setTitle("Kimppa: the virtual desk");
            stage.setScene(scene);
            stage.setOnHidden(_ -> closed.run());
            stage.show();
            // As it is when it is shown: what was seen before a hand did something more would undo its button.
            desk.kiosk()
                    .onChange(_ ->
                            Platform.runLater(() -> window.show(desk.kiosk().snapshot())));
            window.show(desk.kiosk().snapshot());
            return window;
        });
    }

    void snapshot(Path png) {
        Windows.snapshot(stage.getScene(), png);
    }

    private VirtualDesk kiosk() {
        return desk.kiosk();
    }

    private Region build() {
        var left = new VBox(2 * UNIT, cards(), books(), door());
        HBox.setHgrow(left, Priority.ALWAYS);
        var whole = new HBox(2 * UNIT, left, printer());
        whole.getStyleClass().add("desk");
        return whole;
    }

    private Region cards() {
        var row = new FlowPane(UNIT, UNIT);
        for (DemoCard card : DemoCard.ALL) {
            Button show = button(
                    "card-" + card.number(),
                    card.holder() + "\n" + card.number() + ", PIN " + card.pin() + "\n" + card.about(),
                    () -> kiosk().scanner().scan(card.number()));
            show.getStyleClass().add("card");
            row.getChildren().add(show);
        }
        return section("Library cards: show one to the kiosk's scanner", new Label(), row, row(onReader, laid, reader));
    }

    private Region books() {
        var shelf = new FlowPane(UNIT, UNIT);
        for (DemoItem item : DemoTags.items()) {
            ToggleButton book = toggle(
                    "book-" + item.identifier(),
                    "",
                    () -> lay(item),
                    () -> item.tags().forEach(own -> kiosk().pad().lift(own.uid())));
            book.getStyleClass().add("book");
            books.put(item, book);
            shelf.getChildren().add(book);
        }
        return section(
                "Books",
                pad,
                shelf,
                row(
                        button(
                                "lay-pile",
                                "Lay the pile of five",
                                () -> DemoTags.items().stream()
                                        .filter(item -> PILE.contains(item.identifier()))
                                        .forEach(this::lay)),
                        button(
                                "clear-pad",
                                "Lift everything",
                                () -> kiosk().pad().clear()),
                        button("block-writes", "Let three security writes fail", this::failWrites),
                        padPlug));
    }

    private Region door() {
        atDoor.getSelectionModel().selectLast();
        pin.setId("door-pin");
        pin.setPromptText("PIN");
        pin.setPrefColumnCount(5);
        return section(
                "Door",
                door,
                row(
                        atDoor,
                        button(
                                "door-read",
                                "Show it at the door",
                                () -> desk.porch()
                                        .scanner()
                                        .scan(atDoor.getValue().number())),
                        pin,
                        button("door-type", "Type the PIN and OK", () -> {
                            desk.keypad().press(pin.getText().replaceAll("\\D", "") + "#");
                            pin.clear();
                        })),
                row(
                        button(
                                "door-pull",
                                "Pull the door",
                                () -> kiosk().door().pull()),
                        button(
                                "door-shut",
                                "Let it fall shut",
                                () -> kiosk().door().shut()),
                        button("door-exit", "Press exit", () -> kiosk().door().pressExit()),
                        button(
                                "door-force",
                                "Break it open",
                                () -> kiosk().door().force()),
                        tamper));
    }

    private Region printer() {
        paper.getStyleClass().add("paper-rail");
        paper.setAlignment(Pos.TOP_CENTER);
        var rail = new ScrollPane(paper);
        rail.setFitToWidth(true);
        rail.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(rail, Priority.ALWAYS);
        level.setId("paper-level");
        level.setOnAction(_ -> kiosk().printer().setPaper(level.getValue()));
        var jam = toggle(
                "cutter",
                "Jam the cutter",
                () -> kiosk().printer().setCutterJam(true),
                () -> kiosk().printer().setCutterJam(false));
        VBox section = section(
                "Printer",
                printer,
                rail,
                row(
                        new Label("Paper"),
                        level,
                        button("tear", "Tear it off", () -> kiosk().printer().tear())),
                row(cover, jam));
        // Whatever the state is called, the rest of the window stays where it is.
        section.setMinWidth(PRINTER_WIDTH);
        section.setMaxWidth(PRINTER_WIDTH);
        return section;
    }

    private void lay(DemoItem item) {
        item.tags().forEach(kiosk().pad()::lay);
    }

    private void layCard() {
        try {
            kiosk().card().lay(onReader.getValue().contactless());
            reader.setText("");
        } catch (DeviceException _) {
            laid.setSelected(false);
            reader.setText("no reader: vsmartcard-vpcd does not run");
        }
    }

    private void failWrites() {
        kiosk().snapshot().pad().tags().forEach(tag -> kiosk().pad().failSecurityWrites(tag.uid(), 3));
    }

    private void show(DeskSnapshot seen) {
        pad.setText(
                seen.pad().plugged()
                        ? seen.pad().tags().size() + " tags on the pad, "
                                + hosts(seen.pad().hosts())
                        : "unplugged");
        padPlug.setSelected(!seen.pad().plugged());
        books.forEach((item, book) -> show(item, book, seen.pad().tags()));
        laid.setSelected(seen.card().uid().isPresent());
        show(seen.printer());
        show(seen.door());
    }

    private void show(DeskSnapshot.Printer seen) {
        printer.setText("paper " + seen.paper().name().toLowerCase(Locale.ROOT)
                + (seen.cutterStopped() ? ", cutter stopped, " : ", ") + hosts(seen.hosts()));
        level.setValue(seen.paper());
        cover.setSelected(seen.coverOpen());
        paper.getChildren()
                .setAll(seen.slips().reversed().stream().map(DeskWindow::sheet).toList());
    }

    private void show(DeskSnapshot.Door seen) {
        door.setText((seen.released() ? "lock released" : "locked") + ", "
                + (seen.open() ? "door open" : "door shut")
                + (seen.letOut() ? ", somebody leaves, " : ", ") + hosts(seen.hosts()));
        tamper.setSelected(seen.tampered());
    }

    private static void show(DemoItem item, ToggleButton book, List<VirtualTag> lying) {
        Optional<VirtualTag> tag = lying.stream()
                .filter(there -> item.tags().stream().anyMatch(own -> own.uid().equals(there.uid())))
                .findFirst();
        book.setText(item.title() + "\n"
                + tag.map(there -> "on the pad, AFI %02X".formatted(there.afi()))
                        .orElse(item.identifier()));
        book.setSelected(tag.isPresent());
    }

    private static String hosts(int hosts) {
        return hosts == 0 ? "no host" : "connected";
    }

    private static Node sheet(PrintedSlip slip) {
        var view = new ImageView(SwingFXUtils.toFXImage(slip.picture(), null));
        view.setPreserveRatio(true);
        view.setSmooth(true);
        view.setFitWidth(PAPER_WIDTH);
        var sheet = new VBox(view);
        sheet.getStyleClass().add("sheet");
        sheet.setMaxWidth(Region.USE_PREF_SIZE);
        return sheet;
    }

    private static Label state() {
        var label = new Label();
        label.getStyleClass().add("state");
        return label;
    }

    private static Button button(String id, String text, Runnable action) {
        var button = new Button(text);
        button.setId(id);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private static ToggleButton toggle(String id, String text, Runnable on, Runnable off) {
        var toggle = new ToggleButton(text);
        toggle.setId(id);
        toggle.setOnAction(_ -> (toggle.isSelected() ? on : off).run());
        return toggle;
    }

    private static ComboBox<DemoCard> cards(String id) {
        var cards = new ComboBox<>(FXCollections.observableList(DemoCard.ALL));
        cards.setId(id);
        cards.setCellFactory(_ -> new CardCell());
        cards.setButtonCell(new CardCell());
        cards.getSelectionModel().selectFirst();
        return cards;
    }

    private static HBox row(Node... content) {
        var row = new HBox(UNIT, content);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static VBox section(String title, Label state, Node... content) {
        var heading = new Label(title);
        heading.getStyleClass().add("heading");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        var section = new VBox(UNIT, row(heading, state));
        section.getChildren().addAll(content);
        section.getStyleClass().add("section");
        return section;
    }
}
