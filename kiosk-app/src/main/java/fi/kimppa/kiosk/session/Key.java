package fi.kimppa.kiosk.session;

import fi.kimppa.device.card.KeypadKey;
import java.util.Optional;

/** A key of the numeric keypad, or of a keyboard that stands in for one. What it does, {@link Keypad} says. */
public sealed interface Key {
    /**
     * A digit.
     *
     * @param value 0 to 9
     */
    record Digit(int value) implements Key {
        /** Checks the range. */
        public Digit {
            if (value < 0 || value > 9) {
                throw new IllegalArgumentException("a digit is 0 to 9, found " + value);
            }
        }

        /** May be a digit of a PIN. */
        @Override
        public String toString() {
            return "Digit[*]";
        }
    }

    /** The star. */
    record Back() implements Key {}

    /** The hash, or enter. */
    record Enter() implements Key {}

    /** A key of its own for a louder voice. */
    record Louder() implements Key {}

    /** A key of its own for a softer voice. */
    record Softer() implements Key {}

    /** What the driver of a keypad calls a key. */
    static Key of(KeypadKey key) {
        return switch (key) {
            case KeypadKey.Digit(int value) -> new Digit(value);
            case KeypadKey.Clear() -> new Back();
            case KeypadKey.Enter() -> new Enter();
        };
    }

    /** The key that types this character; plus and minus, where there are such, are for the voice. */
    static Optional<Key> of(char character) {
        return switch (character) {
            case '+' -> Optional.of(new Louder());
            case '-' -> Optional.of(new Softer());
            default -> KeypadKey.of(character).map(Key::of);
        };
    }
}
