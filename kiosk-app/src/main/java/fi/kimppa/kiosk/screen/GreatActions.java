package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** "Borrow" and "Return", as large as the display allows and legible from 2 m, and below them what fewer people come for. */
final class GreatActions {
    private GreatActions() {}

    /** The two and "My account" below them, unless things can only be returned here. */
    static Pane withAccount(Room room, boolean returnOnly, boolean explained) {
        Pane two = of(room, returnOnly, explained);
        if (returnOnly) {
            return two;
        }
        Button account = account(room);
        VBox.setVgrow(two, Priority.ALWAYS);
        two.setPrefHeight(0);
        return new VBox(room.em(room.profile().compact() ? 0.3 : 0.6), two, account);
    }

    private static Button account(Room room) {
        String word = room.texts().say("home.account");
        Label label = Words.of("third-word", word);
        label.setMinWidth(Region.USE_PREF_SIZE);
        var face = new HBox(room.em(0.5), Icon.ACCOUNT.node(), label);
        face.setAlignment(Pos.CENTER);
        Button button = room.touch().faced("account", face, word, new Choice.Account());
        button.getStyleClass().addAll("great", "third");
        button.setMaxWidth(Double.MAX_VALUE);
        return button;
    }

    /** Both, side by side where they fit, else one above the other. */
    static Pane of(Room room, boolean returnOnly, boolean explained) {
        Button back = great(
                room,
                "return",
                Icon.RETURN,
                room.texts().say("home.return"),
                explained ? room.texts().say("home.return.how") : "",
                new Choice.Return());
        if (returnOnly) {
            return stack(room, List.of(back));
        }
        Button borrow = great(
                room,
                "borrow",
                Icon.BORROW,
                room.texts().say("home.checkout"),
                explained ? room.texts().say("home.checkout.how") : "",
                new Choice.Borrow());
        return stack(room, List.of(borrow, back));
    }

    private static Pane stack(Room room, List<Button> buttons) {
        boolean sideBySide = room.profile().wide();
        Pane pane = sideBySide
                ? new HBox(room.em(0.6))
                : new VBox(room.em(room.profile().compact() ? 0.35 : 0.6));
        for (Button button : buttons) {
            button.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            HBox.setHgrow(button, Priority.ALWAYS);
            VBox.setVgrow(button, Priority.ALWAYS);
            button.setPrefWidth(room.contentWidth() / (sideBySide ? buttons.size() : 1));
            button.setPrefHeight(0);
        }
        pane.getChildren().setAll(buttons);
        return pane;
    }

    private static Button great(Room room, String id, Icon icon, String word, String how, Choice choice) {
        Button button = room.touch().faced(id, face(room, icon, word, how), word, choice);
        button.getStyleClass().addAll("great", id);
        if (room.profile().compact()) {
            button.getStyleClass().add("low");
        }
        return button;
    }

    private static Region face(Room room, Icon icon, String word, String how) {
        Label headline = Words.headline(word, room, room.contentWidth());
        headline.setMinWidth(Region.USE_PREF_SIZE);
        if (room.profile().compact()) {
            var row = new HBox(room.em(0.6), icon.node(), headline);
            row.setAlignment(Pos.CENTER);
            return row;
        }
        var column = new VBox(room.em(0.4), icon.node(), headline);
        if (!how.isEmpty()) {
            column.getChildren().add(Words.of("lead", how));
        }
        column.setAlignment(Pos.CENTER);
        return column;
    }
}
