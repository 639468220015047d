package fi.kimppa.kiosk.screen;

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

/** Where a PIN is typed, at the kiosk and at the door. Shows one dot per digit and nothing else of it. */
final class PinEntry {
    private final Room room;
    private final PinPad pad;
    private final HBox dots;
    private final Label asked;
    private final Label how;
    private final Notice wrong;
    private final Region whole;

    PinEntry(Room room) {
        this.room = room;
        DeviceProfile profile = room.profile();
        boolean reach = room.look().reach();
        boolean beside = !profile.upright() && !(reach && profile.compact());
        pad = new PinPad(room, reach ? room.lowerHalf() : profile.height() - room.em(profile.compact() ? 3.6 : 5.6));
        dots = new HBox();
        dots.setId("pin-field");
        dots.getStyleClass().add("pin-field");
        dots.setAlignment(Pos.CENTER_LEFT);
        dots.setMaxWidth(room.em(9));
        how = Words.of("body", room.texts().say("auth.pin.how"));
        wrong = new Notice(room, Tone.STOP, Icon.STOP);
        double padWidth = pad.width() + room.em(0.8);
        double width = room.contentWidth() - (beside ? padWidth : 0);
        asked = Words.of("body", room.texts().say("auth.pin"));
        var words = new VBox(room.em(profile.compact() ? 0.15 : 0.5));
        if (profile.compact() && reach) {
            // The keys lie below, so there is width for the dots and no height.
            var field = new VBox(asked, dots);
            field.setAlignment(Pos.CENTER_LEFT);
            var head = new HBox(room.em(0.6), Words.headline(room.texts().say("auth.pin.brief"), room, width), field);
            head.setAlignment(Pos.CENTER_LEFT);
            words.getChildren().setAll(head, how, wrong.whole());
        } else if (profile.compact() || (reach && room.brief())) {
            words.getChildren()
                    .setAll(
                            Words.headline(room.texts().say("auth.pin.brief"), room, width),
                            asked,
                            how,
                            dots,
                            wrong.whole());
        } else {
            words.getChildren().setAll(Words.headline(asked.getText(), room, width), how, dots, wrong.whole());
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
     * Shows how far it is.
     *
     * @param complete whether OK does something
     * @param complaint what was wrong with the last try
     */
    void show(int digits, boolean complete, Optional<String> complaint) {
        dots.getChildren().setAll(Stream.<Node>generate(this::dot).limit(digits).toList());
        dots.setAccessibleText(room.texts().count("auth.pin.typed", digits));
        pad.allowOk(complete);
        complaint.ifPresentOrElse(wrong::say, wrong::hide);
        boolean told = !(room.brief() && complaint.isPresent());
        Screen.present(asked, told);
        Screen.present(how, told);
    }

    private Circle dot() {
        var dot = new Circle(room.em(0.24));
        dot.getStyleClass().add("pin-dot");
        return dot;
    }
}
