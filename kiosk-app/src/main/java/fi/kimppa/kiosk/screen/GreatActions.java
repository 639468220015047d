package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Offering;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private static final double THIRD_EM = 5.4;

    private GreatActions() {}

    /** How much stands on a button. */
    private enum Form {
        /** Picture, word, and how it is done. */
        EXPLAINED,
        /** Picture over word. */
        PLAIN,
        /** Picture beside word. */
        LOW,
        /** Picture over a word that is not read from 2 m: whoever needs it low is near. */
        NEAR
    }

    /** The great ones and "My account", as far as they are on, as roomy as what else is on the display allows. */
    static Region withAccount(Room room, Set<Offering> offerings) {
        if (!offerings.contains(Offering.ACCOUNT)) {
            return of(room, offerings, true);
        }
        boolean all = offerings.size() == Offering.values().length;
        if (near(room) || offerings.size() == 1 || (room.profile().compact() && !all)) {
            Button account = account(room, near(room, Icon.ACCOUNT, room.texts().say("home.account")));
            account.getStyleClass().add("low");
            List<Button> buttons = new ArrayList<>(great(room, offerings, near(room) ? Form.NEAR : Form.LOW));
            buttons.add(account);
            return low(room, stack(room, buttons));
        }
        if (room.profile().compact()) {
            return besideTheShorterWord(room);
        }
        if (!room.profile().wide()) {
            return low(room, above(room, of(room, offerings, room.look().reach() ? Form.LOW : Form.EXPLAINED), 0));
        }
        return new FirstThatFits(List.of(
                above(room, of(room, offerings, Form.EXPLAINED), room.look().largeText() ? 11 : 10.4),
                above(room, of(room, offerings, Form.PLAIN), 8.2),
                above(room, of(room, offerings, Form.LOW), 3.4)));
    }

    /**
     * On the smallest display two rows of large words take all the height; the third stands beside the shorter word, which in
     * Northern Sámi is the second.
     */
    private static Region besideTheShorterWord(Room room) {
        Label label = Words.of("third-word", room.texts().say("home.account"));
        label.setAlignment(Pos.CENTER);
        label.setPrefWidth(room.em(THIRD_EM - 0.3));
        Button account = account(room, label);
        account.setMinWidth(room.em(THIRD_EM));
        account.setMaxSize(room.em(THIRD_EM), Double.MAX_VALUE);
        Button borrow = borrow(room, Form.LOW);
        Button back = giveBack(room, Form.LOW);
        int below = room.texts().say("home.return").length();
        boolean shorterBelow = below < room.texts().say("home.checkout").length();
        Button shorter = shorterBelow ? back : borrow;
        var shared = new HBox(room.em(0.3), shorter, account);
        HBox.setHgrow(shorter, Priority.ALWAYS);
        List<Region> rows = shorterBelow ? List.of(borrow, shared) : List.of(shared, back);
        for (Region row : rows) {
            row.setPrefHeight(0);
            VBox.setVgrow(row, Priority.ALWAYS);
        }
        var whole = new VBox(room.em(0.35));
        whole.getChildren().setAll(rows);
        for (Button button : List.of(borrow, back)) {
            button.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            button.setPrefWidth(0);
        }
        return whole;
    }

    /** The two over the third, with at least so many ems of their own. */
    private static Region above(Room room, Pane two, double leastEm) {
        VBox.setVgrow(two, Priority.ALWAYS);
        two.setPrefHeight(room.em(leastEm));
        Label label = Words.of("third-word", room.texts().say("home.account"));
        label.setMinWidth(Region.USE_PREF_SIZE);
        var face = new HBox(room.em(0.5), Icon.ACCOUNT.node(), label);
        face.setAlignment(Pos.CENTER);
        Button account = account(room, face);
        account.setMaxWidth(Double.MAX_VALUE);
        return new VBox(room.em(0.6), two, account);
    }

    private static Button account(Room room, Region face) {
        Button button = room.touch().faced("account", face, room.texts().say("home.account"), new Choice.Account());
        button.getStyleClass().addAll("great", "third");
        return button;
    }

    /** The way to the catalogue, for the bar below: fewer people come for it, and those must find it low. */
    static Button search(Room room) {
        String word = room.texts().say("find.search");
        return room.profile().compact()
                ? room.touch().button("search", word, new Choice.Search())
                : room.touch().button("search", Icon.SEARCH, word, new Choice.Search());
    }

    /** The great ones that are on, side by side where they fit, else one above the other. */
    static Pane of(Room room, Set<Offering> offerings, boolean explained) {
        Form large = room.profile().compact() ? Form.LOW : explained ? Form.EXPLAINED : Form.PLAIN;
        Form form = near(room) ? Form.NEAR : large;
        return low(room, of(room, offerings, form));
    }

    /** Whether half the display has no room for words that are read from 2 m. */
    private static boolean near(Room room) {
        return room.look().reach() && !room.profile().upright();
    }

    /** In reach mode what is touched ends at the middle of the display. */
    private static <R extends Region> R low(Room room, R actions) {
        if (room.look().reach()) {
            actions.setMinHeight(room.lowerHalf());
            actions.setMaxHeight(room.lowerHalf());
        }
        return actions;
    }

    private static Region near(Room room, Icon icon, String word) {
        Label label = Words.of("lead", word);
        label.getStyleClass().add("strong");
        var face = room.profile().compact() ? new VBox(label) : new VBox(icon.node(), label);
        face.getStyleClass().add("near");
        face.setAlignment(Pos.CENTER);
        return face;
    }

    private static Pane of(Room room, Set<Offering> offerings, Form form) {
        return stack(room, great(room, offerings, form));
    }

    private static List<Button> great(Room room, Set<Offering> offerings, Form form) {
        List<Button> buttons = new ArrayList<>();
        if (offerings.contains(Offering.BORROW)) {
            buttons.add(borrow(room, form));
        }
        if (offerings.contains(Offering.RETURN)) {
            buttons.add(giveBack(room, form));
        }
        return buttons;
    }

    private static Button borrow(Room room, Form form) {
        return great(
                room,
                "borrow",
                Icon.BORROW,
                room.texts().say("home.checkout"),
                room.texts().say("home.checkout.how"),
                form,
                new Choice.Borrow());
    }

    private static Button giveBack(Room room, Form form) {
        return great(
                room,
                "return",
                Icon.RETURN,
                room.texts().say("home.return"),
                room.texts().say("home.return.how"),
                form,
                new Choice.Return());
    }

    private static Pane stack(Room room, List<Button> buttons) {
        boolean sideBySide = room.profile().wide() || near(room);
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

    private static Button great(Room room, String id, Icon icon, String word, String how, Form form, Choice choice) {
        Button button = room.touch().faced(id, face(room, icon, word, how, form), word, choice);
        button.getStyleClass().addAll("great", id);
        if (form == Form.LOW || form == Form.NEAR) {
            button.getStyleClass().add("low");
        }
        return button;
    }

    private static Region face(Room room, Icon icon, String word, String how, Form form) {
        if (form == Form.NEAR) {
            return near(room, icon, word);
        }
        Label headline = Words.headline(word, room, room.contentWidth());
        headline.setMinWidth(Region.USE_PREF_SIZE);
        if (form == Form.LOW) {
            var row = new HBox(room.em(0.6), icon.node(), headline);
            row.setAlignment(Pos.CENTER);
            return row;
        }
        var column = new VBox(room.em(0.4), icon.node(), headline);
        if (form == Form.EXPLAINED) {
            column.getChildren().add(Words.of("lead", how));
        }
        column.setAlignment(Pos.CENTER);
        return column;
    }
}
