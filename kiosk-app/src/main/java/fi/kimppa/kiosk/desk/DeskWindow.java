package fi.kimppa.kiosk.desk;

import fi.kimppa.device.simulator.DemoItem;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskSnapshot;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.kiosk.screen.Windows;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    private static final double WIDTH = 1180;
    private static final double HEIGHT = 820;
    private static final double PAPER_WIDTH = 300;

    private final Desk desk;
    private final Stage stage;
    private final FlowPane books = new FlowPane(8, 8);
    private final VBox paper = new VBox(14);
    private final Label pad = state();
    private final Label printer = state();
    private final Label door = state();
    private final ToggleButton padPlug = new ToggleButton("Pull the pad's plug");
    private final ComboBox<DemoCard> atDoor = new ComboBox<>(FXCollections.observableList(DemoCard.ALL));
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
            desk.kiosk().onChange(seen -> Platform.runLater(() -> window.show(seen)));
            window.show(desk.kiosk().snapshot());
            return window;
        });
    }

    void snapshot(Path png) {
        Windows.snapshot(stage.getScene(), png);
    }

    private Region build() {
        books.getStyleClass().add("books");
        var left = new VBox(14, cards(), section("Books", pad, books, bookTools()), door(), breakage());
        HBox.setHgrow(left, Priority.ALWAYS);
        paper.getStyleClass().add("paper-rail");
        paper.setAlignment(Pos.TOP_CENTER);
        var rail = new ScrollPane(paper);
        rail.setFitToWidth(true);
        rail.setMinWidth(PAPER_WIDTH + 40);
        VBox.setVgrow(rail, Priority.ALWAYS);
        var right = section(
                "Printer",
                printer,
                rail,
                button(
                        "tear",
                        "Tear off the paper",
                        () -> desk.kiosk().printer().tear()));
        VBox.setVgrow(rail, Priority.ALWAYS);
        var whole = new HBox(14, left, right);
        whole.getStyleClass().add("desk");
        return whole;
    }

    private Region cards() {
        var row = new FlowPane(8, 8);
        for (DemoCard card : DemoCard.ALL) {
            Button lay = button(
                    "card-" + card.number(),
                    card.holder() + "\n" + card.number() + ", PIN " + card.pin() + "\n" + card.about(),
                    () -> desk.kiosk().scanner().scan(card.number()));
            lay.getStyleClass().add("card");
            row.getChildren().add(lay);
        }
        return section("Library cards: show one to the kiosk's scanner", row);
    }

    private Region bookTools() {
        var row = new HBox(
                8,
                button(
                        "lay-pile",
                        "Lay the pile of five",
                        () -> DemoTags.items().stream()
                                .filter(item -> List.of(
                                                "3000000011", "3000000028", "3000000035", "3000000059", "853N06240600")
                                        .contains(item.identifier()))
                                .forEach(this::lay)),
                button("clear-pad", "Lift everything", () -> desk.kiosk().pad().clear()));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Region door() {
        atDoor.setId("door-card");
        atDoor.setCellFactory(_ -> new CardCell());
        atDoor.setButtonCell(new CardCell());
        atDoor.getSelectionModel().selectLast();
        pin.setId("door-pin");
        pin.setPromptText("PIN");
        pin.setPrefColumnCount(8);
        var row = new FlowPane(
                8,
                8,
                atDoor,
                button(
                        "door-read",
                        "Show the card at the door",
                        () -> desk.porch().scanner().scan(atDoor.getValue().number())),
                pin,
                button("door-type", "Type the PIN and OK", () -> {
                    desk.keypad().press(pin.getText().replaceAll("\\D", "") + "#");
                    pin.clear();
                }),
                button("door-pull", "Pull the door", () -> desk.kiosk().door().pull()),
                button(
                        "door-shut",
                        "Let it fall shut",
                        () -> desk.kiosk().door().shut()),
                button("door-force", "Break it open", () -> desk.kiosk().door().force()));
        return section("Door", door, row);
    }

    private Region breakage() {
        var level = new ComboBox<>(FXCollections.observableArrayList(Paper.values()));
        level.setId("paper-level");
        level.setValue(Paper.ENOUGH);
        level.setOnAction(_ -> desk.kiosk().printer().setPaper(level.getValue()));
        padPlug.setId("pad-plug");
        padPlug.setOnAction(_ -> {
            if (padPlug.isSelected()) {
                desk.kiosk().pad().unplug();
            } else {
                desk.kiosk().pad().replug();
            }
        });
        var row = new FlowPane(
                8,
                8,
                padPlug,
                button("block-writes", "Let the next three security writes fail", this::failWrites),
                new Label("Paper"),
                level);
        return section("Break things", row);
    }

    private void failWrites() {
        desk.kiosk().snapshot().pad().tags().forEach(tag -> desk.kiosk().pad().failSecurityWrites(tag.uid(), 3));
    }

    private void show(DeskSnapshot seen) {
        pad.setText(
                seen.pad().plugged()
                        ? seen.pad().tags().size() + " tags on the pad, "
                                + hosts(seen.pad().hosts())
                        : "unplugged");
        padPlug.setSelected(!seen.pad().plugged());
        printer.setText("paper " + seen.printer().paper().name().toLowerCase(Locale.ROOT) + ", "
                + hosts(seen.printer().hosts()));
        door.setText((seen.door().released() ? "lock released" : "locked") + ", "
                + (seen.door().open() ? "door open" : "door shut") + ", "
                + hosts(seen.door().hosts()));
        books.getChildren()
                .setAll(DemoTags.items().stream()
                        .map(item -> book(item, seen.pad().tags()))
                        .toList());
        paper.getChildren()
                .setAll(seen.printer().slips().reversed().stream()
                        .map(DeskWindow::sheet)
                        .toList());
    }

    private static String hosts(int hosts) {
        return hosts == 0 ? "nobody connected" : "connected";
    }

    private Node book(DemoItem item, List<VirtualTag> lying) {
        Optional<VirtualTag> tag = lying.stream()
                .filter(there -> item.tags().stream().anyMatch(own -> own.uid().equals(there.uid())))
                .findFirst();
        var book = new ToggleButton(item.title() + "\n" + item.identifier()
                + tag.map(there -> "\non the pad, AFI %02X".formatted(there.afi()))
                        .orElse("\n"));
        book.setId("book-" + item.identifier());
        book.getStyleClass().add("book");
        book.setSelected(tag.isPresent());
        book.setOnAction(_ -> {
            if (tag.isPresent()) {
                item.tags().forEach(own -> desk.kiosk().pad().lift(own.uid()));
            } else {
                lay(item);
            }
        });
        return book;
    }

    private void lay(DemoItem item) {
        item.tags().forEach(desk.kiosk().pad()::lay);
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

    private static VBox section(String title, Node... content) {
        var heading = new Label(title);
        heading.getStyleClass().add("heading");
        var section = new VBox(8, heading);
        section.getChildren().addAll(content);
        section.getStyleClass().add("section");
        return section;
    }
}
