package fi.kimppa.kiosk.screen;

import fi.kimppa.device.card.KeypadKey;
import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** The screens of a door. FX thread. */
final class DoorScreens {
    private static final char NO_BREAK_SPACE = '\u00A0';

    private final DeviceProfile profile;
    private final Look look;
    private final String phone;
    private final Touch touch;
    private final StackPane root = new StackPane();
    private Optional<InOneLanguage> current = Optional.empty();
    private Language language = Language.FINNISH;
    private DoorScene scene = new DoorScene.OutOfOrder();

    /**
     * The screens.
     *
     * @param keys takes what is typed, on the FX thread
     * @param phone the help number
     */
    DoorScreens(DeviceProfile profile, Look look, Consumer<KeypadKey> keys, String phone) {
        this.profile = profile;
        this.look = look;
        this.phone = phone.replace(' ', NO_BREAK_SPACE);
        this.touch = new Touch(event -> {
            if (event instanceof KioskEvent.Touched(Choice choice)) {
                touched(choice, keys);
            }
        });
    }

    /** A door knows keys only; the language is a matter of its glass. */
    private void touched(Choice choice, Consumer<KeypadKey> keys) {
        switch (choice) {
            case Choice.Digit(int value) -> keys.accept(new KeypadKey.Digit(value));
            case Choice.Ok _ -> keys.accept(new KeypadKey.Enter());
            case Choice.Erase _, Choice.Cancel _ -> keys.accept(new KeypadKey.Clear());
            case Choice.Speak(Language chosen) -> speak(chosen);
            default -> throw new IllegalStateException("A door has no button for " + choice);
        }
    }

    private void speak(Language chosen) {
        language = chosen;
        show(scene);
    }

    StackPane root() {
        return root;
    }

    /** Shows a scene. When a visit is over, the next visitor is spoken to in Finnish again. */
    void show(DoorScene next) {
        if (next instanceof DoorScene.Idle && !(scene instanceof DoorScene.Idle)) {
            language = Language.FINNISH;
        }
        scene = next;
        InOneLanguage screens = current.filter(
                        there -> there.room.texts().language().equals(language))
                .orElseGet(this::open);
        screens.show(next);
    }

    private InOneLanguage open() {
        var opened = new InOneLanguage(new Room(Texts.in(language), profile, look, touch, Branding.NONE), phone);
        current = Optional.of(opened);
        Theme.wear(root, look);
        root.getChildren().setAll(opened.whole);
        return opened;
    }

    private static final class InOneLanguage {
        private final Room room;
        private final String phone;
        private final Message message;
        private final DigitEntry pin;
        private final StackPane middle = new StackPane();
        private final HBox languages;
        private final Button cancel;
        private final HBox below;
        private final BorderPane whole = new BorderPane();

        InOneLanguage(Room room, String phone) {
            this.room = room;
            this.phone = phone;
            message = new Message(room);
            pin = DigitEntry.ofPin(room);
            cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
            cancel.setMinWidth(Region.USE_PREF_SIZE);
            middle.getStyleClass().add("content");
            middle.setMinSize(0, 0);
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            languages = Languages.of(room, Texts.usual());
            below = new HBox(languages, gap, cancel);
            below.getStyleClass().add("actions");
            below.setAlignment(Pos.CENTER_LEFT);
            whole.getStyleClass().add("frame");
            whole.setCenter(middle);
            whole.setBottom(below);
        }

        void show(DoorScene scene) {
            Screen.present(cancel, scene instanceof DoorScene.AskingPin);
            Screen.present(languages, true);
            below.applyCss();
            Screen.present(languages, below.minWidth(-1) <= room.profile().width());
            put(scene instanceof DoorScene.AskingPin ? pin.whole() : message.whole());
            switch (scene) {
                case DoorScene.Idle() ->
                    message.say(
                            Tone.PLAIN,
                            Icon.CARD,
                            room.texts().say("door.idle"),
                            room.texts().say("auth.card.brief"),
                            List.of(room.texts().say("door.one")));
                case DoorScene.OutOfOrder() ->
                    message.say(
                            Tone.ATTENTION,
                            Icon.ATTENTION,
                            room.texts().say("err.out"),
                            List.of(room.texts().say("door.fault", "phone", phone)));
                case DoorScene.AskingPin asking -> pin.show(asking.digits(), asking.digits() > 0, Optional.empty());
                case DoorScene.Deciding _, DoorScene.Unlocking _ ->
                    say(Tone.PLAIN, Icon.WAIT, "auth.checking", "common.wait");
                case DoorScene.Welcome _ -> say(Tone.DONE, Icon.DOOR, "door.welcome", "door.open");
                case DoorScene.Refused refused ->
                    message.say(
                            Tone.STOP,
                            Icon.STOP,
                            room.texts().say("door.refused"),
                            List.of(Wording.door(room.texts(), refused, phone)));
            }
        }

        private void say(Tone tone, Icon icon, String headline, String sentence) {
            message.say(
                    tone, icon, room.texts().say(headline), List.of(room.texts().say(sentence)));
        }

        private void put(Region content) {
            if (!middle.getChildren().contains(content)) {
                middle.getChildren().setAll(content);
            }
        }
    }
}
