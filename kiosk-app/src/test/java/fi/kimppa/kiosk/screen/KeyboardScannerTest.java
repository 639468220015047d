package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.SearchAct;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scanner that types, in front of the real window. */
class KeyboardScannerTest {
    private final List<KioskEvent> events = new CopyOnWriteArrayList<>();
    private final KioskWindow window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add);
    /** While a scanner types, time goes as for a scanner, however busy this machine is. */
    private final AtomicLong scanning = new AtomicLong();

    @BeforeEach
    void show() {
        window.scanByKeyboard(() -> {
            long held = scanning.get();
            return held == 0 ? System.nanoTime() : held;
        });
        window.show(Objects.requireNonNull(Gallery.states(Language.FINNISH).get("01-idle")));
        Glass.onFxThread(() -> {
            window.glass().scene().lookup("#borrow").requestFocus();
            return true;
        });
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void type(String keys) {
        Glass.onFxThread(() -> {
            scanning.set(System.nanoTime());
            keys.chars().forEach(key -> press(window.glass().scene(), (char) key));
            scanning.set(0);
            return true;
        });
    }

    private static void press(Scene scene, char key) {
        String text = String.valueOf(key);
        KeyCode code = switch (key) {
            case '\r' -> KeyCode.ENTER;
            case ' ' -> KeyCode.SPACE;
            default -> Objects.requireNonNullElse(KeyCode.getKeyCode(text), KeyCode.UNDEFINED);
        };
        var target = scene.getFocusOwner();
        Event.fireEvent(target, event(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, text, code));
        Event.fireEvent(target, event(KeyEvent.KEY_TYPED, text, "", KeyCode.UNDEFINED));
        Event.fireEvent(target, event(KeyEvent.KEY_RELEASED, KeyEvent.CHAR_UNDEFINED, text, code));
    }

    private static KeyEvent event(javafx.event.EventType<KeyEvent> type, String character, String text, KeyCode code) {
        return new KeyEvent(type, character, text, code, false, false, false, false);
    }

    @Test
    void makesACodeOfFastKeysAndPressesNoButtonWithIt() {
        type("2000012345\r");
        assertThat(events).containsExactly(new KioskEvent.Scanned("2000012345"));
    }

    @Test
    void letsAPersonPressTheButtonWithTheFocus() {
        type(" ");
        fi.kimppa.kiosk.Eventually.eventually("the button", () -> !events.isEmpty(), () -> events);
        assertThat(events).containsExactly(new KioskEvent.Touched(new Choice.Borrow()));
    }

    @Test
    void lettersOfAKeyboardAreLettersWhileSomebodyTypesWhatToLookFor() {
        window.show(Objects.requireNonNull(Gallery.states(Language.FINNISH).get("70-search-letters")));
        Glass.onFxThread(() -> {
            window.glass().scene().lookup("#letter-a").requestFocus();
            return true;
        });
        for (String key : List.of("Q", " ", "\u00e4")) {
            int before = events.size();
            type(key);
            fi.kimppa.kiosk.Eventually.eventually("the letter", () -> events.size() > before, () -> events);
        }
        type("2000012345\r");
        assertThat(events)
                .containsExactly(
                        new KioskEvent.Touched(new Choice.InSearch(new SearchAct.Letter('q'))),
                        new KioskEvent.Touched(new Choice.InSearch(new SearchAct.Letter(' '))),
                        new KioskEvent.Touched(new Choice.InSearch(new SearchAct.Letter('ä'))),
                        new KioskEvent.Scanned("2000012345"));
    }

    @Test
    void leavesTheKeysOfAKeypadToThePerson() {
        type("5");
        fi.kimppa.kiosk.Eventually.eventually("the key", () -> !events.isEmpty(), () -> events);
        type("2000012345\r");
        assertThat(events)
                .containsExactly(new KioskEvent.Pressed(new Key.Digit(5)), new KioskEvent.Scanned("2000012345"));
    }
}
