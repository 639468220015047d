package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;

/**
 * Where digits are typed: a PIN, at the kiosk and at the door, of which it shows one dot per digit and nothing else, or the number
 * of a card, which is shown so that it can be compared.
 */
final class DigitEntry {
    /**
     * What is asked for.
     *
     * @param what in a sentence
     * @param brief the same where there is no room
     * @param how what to do in the end
     * @param field width of the field when it is full, pixels
     */
    private record Asks(String what, String brief, String how, double field) {}

    /** Ems of a field with as many dots as a PIN has digits. */
    private static final double DOTS_EM = 7.2;

    /** Ems on both sides of a number. */
    private static final double PADDING_EM = 1.2;

    private static final String LONGEST_NUMBER = "0".repeat(14);

    private final Room room;
    private final PinPad pad;
    private final HBox field;
    private final Label asked;
    private final Label how;
    private final Notice wrong;
    private final Region whole;

    /** For a PIN. */
    static DigitEntry ofPin(Room room) {
        Texts texts = room.texts();
        return new DigitEntry(
                room,
                new Asks(
                        texts.say("auth.pin"),
                        texts.say("auth.pin.brief"),
                        texts.say("auth.pin.how"),
                        room.em(DOTS_EM)));
    }

    /** For the number of a card. */
    static DigitEntry ofCard(Room room) {
        Texts texts = room.texts();
        double digits = Words.width(LONGEST_NUMBER, Theme.strong(room.em(room.textScale())));
        return new DigitEntry(
                room,
                new Asks(
                        texts.say("auth.number"),
                        texts.say("auth.number.brief"),
                        texts.say("auth.pin.how"),
                        digits + room.em(PADDING_EM * room.textScale())));
    }

    private DigitEntry(Room room, Asks asks) {
        this.room = room;
        DeviceProfile profile = room.profile();
        boolean reach = room.look().reach();
        boolean beside = !profile.upright() && !(reach && profile.compact());
        pad = new PinPad(room, reach ? room.lowerHalf() : profile.height() - room.em(profile.compact() ? 3.6 : 5.6));
        field = new HBox();
        field.setId("pin-field");
        field.getStyleClass().add("pin-field");
        field.setAlignment(Pos.CENTER_LEFT);
        field.setMaxWidth(room.em(9));
        how = Words.of("body", asks.how());
        wrong = new Notice(room, Tone.STOP, Icon.STOP);
        double padWidth = pad.width() + room.em(0.8);
        double width = room.contentWidth() - (beside ? padWidth : 0);
        asked = Words.of("body", asks.what());
        var words = new VBox(room.em(profile.compact() ? 0.1 : 0.5));
        if (profile.compact() && reach) {
            // The keys lie below, so there is width for the field and no height.
            var beneath = new VBox(asked, field);
            beneath.setAlignment(Pos.CENTER_LEFT);
            double apart = room.em(0.6);
            var head = new HBox(apart, beneath);
            if (Words.onOneLine(asks.brief(), room, width - apart - asks.field())) {
                head.getChildren().addFirst(Words.headline(asks.brief(), room, width));
            }
            head.setAlignment(Pos.CENTER_LEFT);
            words.getChildren().setAll(head, how, wrong.whole());
        } else if (profile.compact() || (reach && room.brief())) {
            words.getChildren().setAll(Words.headline(asks.brief(), room, width), asked, how, field, wrong.whole());
        } else {
            words.getChildren().setAll(Words.headline(asked.getText(), room, width), how, field, wrong.whole());
        }
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        if (beside) {
            var row = new HBox(room.em(0.8), words, pad.keys());
            row.setAlignment(Pos.CENTER);
            whole = row;
        } else {
            var column = new VBox(room.em(reach ? 0.2 : 1.2), words, pad.keys());
            // Within reach from a wheelchair: the lower half of an upright display.
            column.setAlignment(Pos.BOTTOM_CENTER);
            column.setPadding(new Insets(0, 0, reach ? 0 : room.em(3), 0));
            if (reach) {
                VBox.setVgrow(words, Priority.ALWAYS);
            }
            whole = column;
        }
    }

    Region whole() {
        return whole;
    }

    /**
     * Shows how far it is with a PIN.
     *
     * @param complete whether OK does something
     * @param complaint what was wrong with the last try
     */
    void show(int digits, boolean complete, Optional<String> complaint) {
        show(Stream.<Node>generate(this::dot).limit(digits).toList(), digits, complete, complaint);
    }

    /**
     * Shows the digits of a number.
     *
     * @param complaint what is wrong with it
     */
    void show(String typed, Optional<String> complaint) {
        show(List.of(number(typed)), typed.length(), !typed.isEmpty(), complaint);
    }

    private void show(List<Node> digits, int count, boolean complete, Optional<String> complaint) {
        field.getChildren().setAll(digits);
        field.setAccessibleText(room.texts().count("auth.pin.typed", count));
        pad.allowOk(complete);
        complaint.ifPresentOrElse(wrong::say, wrong::hide);
        boolean tight = room.brief() || room.look().largeText() || room.look().reach();
        boolean told = !(tight && complaint.isPresent());
        Screen.present(asked, told);
        Screen.present(how, told);
    }

    private static Label number(String typed) {
        Label number = Words.of("typed", typed);
        number.setWrapText(false);
        return number;
    }

    private Circle dot() {
        var dot = new Circle(room.em(0.24));
        dot.getStyleClass().add("pin-dot");
        return dot;
    }
}
