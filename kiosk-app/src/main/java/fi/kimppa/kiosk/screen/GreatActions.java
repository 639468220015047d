package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.text.Elsewhere;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final double GAP_EM = 0.6;

    /** As high as every button is at least, as in {@code theme.css}. */
    private static final double FINGER_EM = 1.95;

    /** As in {@code theme.css}. */
    private static final double THIRD_WORD_EM = 1.9;

    /** What stands around the word: a sign, and air. */
    private static final double THIRD_SIGN_EM = 4.5;

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

    /**
     * The great ones and "My account", as far as they are on, as roomy as what else is on the display allows.
     *
     * @param elsewhere the way to what is read elsewhere, where there is any
     */
    static Region withAccount(Room room, Set<Offering> offerings, Optional<Elsewhere> elsewhere) {
        if (!offerings.contains(Offering.ACCOUNT)) {
            return elsewhere
                    .map(place -> low(room, withElsewhere(room, offerings, place)))
                    .orElseGet(() -> alone(room, offerings));
        }
        boolean all = offerings.size() == Offering.values().length;
        if (near(room) || offerings.size() == 1 || (room.profile().compact() && !all)) {
            return low(room, withoutRank(room, offerings, elsewhere));
        }
        if (room.profile().compact()) {
            return besideTheShorterWord(room, elsewhere);
        }
        return room.look().reach()
                ? low(room, above(room, of(room, offerings, Form.LOW), 0, offerings, elsewhere))
                : roomiest(room, offerings, elsewhere);
    }

    /** As much as there is room for, over what fewer people come for. */
    private static Region roomiest(Room room, Set<Offering> offerings, Optional<Elsewhere> elsewhere) {
        return new FirstThatFits(List.of(
                roomy(room, Form.EXPLAINED, room.look().largeText() ? 11 : 10.4, offerings, elsewhere),
                roomy(room, Form.PLAIN, 8.2, offerings, elsewhere),
                roomy(room, Form.LOW, 3.4, offerings, elsewhere)));
    }

    /** In one form, each with at least so many ems of height. */
    private static Region roomy(
            Room room, Form form, double leastEm, Set<Offering> offerings, Optional<Elsewhere> elsewhere) {
        Pane great = of(room, offerings, form);
        int rows = room.profile().wide() ? 1 : great.getChildren().size();
        return above(room, great, rows * leastEm + (rows - 1) * GAP_EM, offerings, elsewhere);
    }

    private static Region alone(Room room, Set<Offering> offerings) {
        return near(room) || room.profile().compact()
                ? of(room, offerings)
                : low(room, roomiest(room, offerings, Optional.empty()));
    }

    private static Region withElsewhere(Room room, Set<Offering> offerings, Elsewhere place) {
        if (near(room)) {
            Button offered = elsewhere(room, near(room, Icon.PHONE, place.brief()), place);
            offered.getStyleClass().add("low");
            List<Button> buttons = new ArrayList<>(great(room, offerings, Form.NEAR));
            buttons.add(offered);
            return stack(room, buttons);
        }
        if (!room.profile().compact()) {
            return roomiest(room, offerings, Optional.of(place));
        }
        Pane great = stack(room, great(room, offerings, Form.LOW));
        VBox.setVgrow(great, Priority.ALWAYS);
        return new VBox(room.em(0.35), great, elsewhere(room, thirdFace(room, place, 1), place));
    }

    /** All alike; side by side on half the smallest display each is as wide as its word. */
    private static Region withoutRank(Room room, Set<Offering> offerings, Optional<Elsewhere> elsewhere) {
        boolean tight = near(room) && room.profile().compact() && elsewhere.isPresent();
        Region mine = tight
                ? closeFace(room.texts().say("home.account.brief"))
                : near(room, Icon.ACCOUNT, room.texts().say("home.account"));
        List<Button> lesser = new ArrayList<>(List.of(account(room, mine)));
        elsewhere.ifPresent(place -> lesser.add(
                elsewhere(room, tight ? closeFace(place.brief()) : near(room, Icon.PHONE, place.brief()), place)));
        lesser.forEach(button -> button.getStyleClass().add("low"));
        List<Button> buttons = new ArrayList<>(great(room, offerings, near(room) ? Form.NEAR : Form.LOW));
        buttons.addAll(lesser);
        Pane row = stack(room, buttons);
        if (tight) {
            buttons.forEach(button -> button.setPrefWidth(Region.USE_COMPUTED_SIZE));
            ((HBox) row).setSpacing(room.gap());
        }
        return row;
    }

    private static Region closeFace(String word) {
        Label label = Words.of("body", word);
        label.getStyleClass().add("strong");
        label.setMinWidth(Region.USE_PREF_SIZE);
        var face = new VBox(label);
        face.getStyleClass().add("near");
        face.setAlignment(Pos.CENTER);
        return face;
    }

    /**
     * On the smallest display two rows of large words take all the height; the others stand beside the shorter word, which in
     * Northern Sámi is the second.
     */
    private static Region besideTheShorterWord(Room room, Optional<Elsewhere> elsewhere) {
        Label name = besideFace(room, room.texts().say(elsewhere.isPresent() ? "home.account.brief" : "home.account"));
        Button mine = account(room, name);
        List<Button> lesser = new ArrayList<>(List.of(mine));
        elsewhere.ifPresent(place -> {
            Label word = besideFace(room, place.brief());
            // Two of them have a line each.
            List.of(name, word).forEach(label -> label.setWrapText(false));
            lesser.add(elsewhere(room, word, place));
        });
        var account = new VBox(room.gap());
        account.getChildren().setAll(lesser);
        for (Button button : lesser) {
            VBox.setVgrow(button, Priority.ALWAYS);
            button.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            button.setPrefHeight(0);
        }
        account.setMinWidth(room.em(THIRD_EM));
        account.setMaxWidth(room.em(THIRD_EM));
        Button borrow = borrow(room, Form.LOW);
        Button back = giveBack(room, Form.LOW);
        int below = room.texts().say("home.return").length();
        boolean shorterBelow = below < room.texts().say("home.checkout").length();
        Button shorter = shorterBelow ? back : borrow;
        var shared = new HBox(room.em(0.3), shorter, account);
        HBox.setHgrow(shorter, Priority.ALWAYS);
        List<Region> rows = shorterBelow ? List.of(across(borrow), shared) : List.of(shared, across(back));
        for (Region row : rows) {
            // Alike, whatever stands in them, but where two buttons of a finger's height do not fit into half of it.
            row.setMinHeight(0);
            row.setPrefHeight(elsewhere.isPresent() ? room.profile().height() : 0);
            VBox.setVgrow(row, Priority.ALWAYS);
        }
        if (elsewhere.isPresent()) {
            shared.setMinHeight(lesser.size() * room.em(FINGER_EM) + (lesser.size() - 1) * room.gap());
        }
        var whole = new VBox(room.em(0.35));
        whole.getChildren().setAll(rows);
        for (Button button : List.of(borrow, back)) {
            button.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            button.setPrefWidth(0);
        }
        return whole;
    }

    private static HBox across(Button button) {
        HBox.setHgrow(button, Priority.ALWAYS);
        return new HBox(button);
    }

    private static Label besideFace(Room room, String word) {
        Label label = Words.of("third-word", word);
        label.setAlignment(Pos.CENTER);
        label.setPrefWidth(room.em(THIRD_EM - 0.3));
        return label;
    }

    /** The great ones over the others, with at least so many ems of their own. */
    private static Region above(
            Room room, Pane great, double leastEm, Set<Offering> offerings, Optional<Elsewhere> elsewhere) {
        VBox.setVgrow(great, Priority.ALWAYS);
        great.setPrefHeight(room.em(leastEm));
        List<Button> lesser = new ArrayList<>();
        if (offerings.contains(Offering.ACCOUNT)) {
            lesser.add(account(room, thirdFace(room, Icon.ACCOUNT, room.texts().say("home.account"))));
        }
        elsewhere.ifPresent(place -> lesser.add(elsewhere(room, thirdFace(room, place, lesser.size() + 1), place)));
        if (lesser.isEmpty()) {
            return great;
        }
        Pane below = room.profile().wide() ? new HBox(room.em(GAP_EM)) : new VBox(room.em(GAP_EM));
        below.getChildren().setAll(lesser);
        for (Button button : lesser) {
            HBox.setHgrow(button, Priority.ALWAYS);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setPrefWidth(room.contentWidth() / (room.profile().wide() ? lesser.size() : 1));
        }
        below.setMinHeight(Region.USE_PREF_SIZE);
        return new VBox(room.em(GAP_EM), great, below);
    }

    /**
     * In full where that fits beside its sign.
     *
     * @param row how many stand side by side on a wide display
     */
    private static Region thirdFace(Room room, Elsewhere place, int row) {
        double width = room.contentWidth() / (room.profile().wide() ? row : 1) - room.em(THIRD_SIGN_EM);
        boolean whole = Words.width(place.name(), Theme.strong(room.em(THIRD_WORD_EM))) <= width;
        return thirdFace(room, Icon.PHONE, whole ? place.name() : place.brief());
    }

    private static Region thirdFace(Room room, Icon icon, String word) {
        Label label = Words.of("third-word", word);
        label.setMinWidth(Region.USE_PREF_SIZE);
        var face = new HBox(room.em(0.5), icon.node(), label);
        face.setAlignment(Pos.CENTER);
        return face;
    }

    private static Button account(Room room, Region face) {
        return third(room, "account", face, room.texts().say("home.account"), new Choice.Account());
    }

    private static Button elsewhere(Room room, Region face, Elsewhere place) {
        return third(room, "collections", face, place.name(), new Choice.ShowCollections());
    }

    private static Button third(Room room, String id, Region face, String spoken, Choice choice) {
        Button button = room.touch().faced(id, face, spoken, choice);
        button.getStyleClass().addAll("great", "third");
        button.setMaxWidth(Double.MAX_VALUE);
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
    static Pane of(Room room, Set<Offering> offerings) {
        Form large = room.profile().compact() ? Form.LOW : Form.PLAIN;
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
        if (!word.contains(" ")) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
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
                ? new HBox(room.em(GAP_EM))
                : new VBox(room.em(room.profile().compact() ? 0.35 : GAP_EM));
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
