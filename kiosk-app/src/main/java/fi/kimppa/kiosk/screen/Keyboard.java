package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.SearchAct;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * A keypad on USB is a keyboard to the window system: its keys become keys of the kiosk. A key that is held counts once. Letters of a larger
 * keyboard are letters while somebody types what to look for. Beside a
 * {@link KeyboardScanner} it hears what a person types and no codes. FX thread.
 */
final class Keyboard {
    private final Consumer<KioskEvent> events;
    private final BooleanSupplier spelling;
    private final Set<KeyCode> down = EnumSet.noneOf(KeyCode.class);

    private Keyboard(Consumer<KioskEvent> events, BooleanSupplier spelling) {
        this.events = events;
        this.spelling = spelling;
    }

    /** @param spelling whether letters and blanks are wanted now; else they are left to the button with the focus */
    static void listen(Scene scene, Consumer<KioskEvent> events, BooleanSupplier spelling) {
        var keyboard = new Keyboard(events, spelling);
        // Filters of the broadest type have their turn last: what a KeyboardScanner takes for a code is consumed by
        // then.
        scene.addEventFilter(InputEvent.ANY, keyboard::heard);
    }

    private void heard(InputEvent event) {
        if (event.isConsumed() || !(event instanceof KeyEvent key)) {
            return;
        }
        if (key.getEventType().equals(KeyEvent.KEY_PRESSED)) {
            pressed(key);
        } else if (key.getEventType().equals(KeyEvent.KEY_RELEASED)) {
            down.remove(key.getCode());
        } else if (spelling.getAsBoolean()) {
            letter(key.getCharacter()).ifPresent(letter -> {
                key.consume();
                events.accept(new KioskEvent.Touched(new Choice.InSearch(new SearchAct.Letter(letter))));
            });
        }
    }

    /** What is typed is a letter where it is no key of a keypad. */
    private static Optional<Character> letter(String typed) {
        return typed.toLowerCase(Locale.ROOT)
                .chars()
                .mapToObj(letter -> (char) letter)
                .filter(letter -> Key.of(letter).isEmpty())
                .filter(SearchAct.Letter::types)
                .findFirst();
    }

    private void pressed(KeyEvent event) {
        if (spelling.getAsBoolean() && event.getCode() == KeyCode.SPACE) {
            // It types a blank and presses no button.
            event.consume();
            return;
        }
        key(event).ifPresent(key -> {
            event.consume();
            if (down.add(event.getCode())) {
                events.accept(new KioskEvent.Pressed(key));
            }
        });
    }

    private static Optional<Key> key(KeyEvent event) {
        KeyCode code = event.getCode();
        return switch (code) {
            case ENTER, NUMBER_SIGN, POUND -> Optional.of(new Key.Enter());
            case MULTIPLY, ASTERISK, STAR, BACK_SPACE, ESCAPE -> Optional.of(new Key.Back());
            case ADD, PLUS, VOLUME_UP -> Optional.of(new Key.Louder());
            case SUBTRACT, MINUS, VOLUME_DOWN -> Optional.of(new Key.Softer());
            default -> {
                // What a shifted key types differs from keyboard to keyboard; a digit is named in its code.
                String typed = code.isDigitKey() && !event.isShiftDown() ? code.getName() : event.getText();
                yield typed.isEmpty() ? Optional.empty() : Key.of(typed.charAt(typed.length() - 1));
            }
        };
    }
}
