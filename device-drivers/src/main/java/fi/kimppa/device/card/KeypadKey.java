package fi.kimppa.device.card;

import java.util.Optional;

/** A key of a telephone keypad: ten digits, {@code *} to clear and {@code #} to confirm. */
public sealed interface KeypadKey {
    /**
     * A digit.
     *
     * @param value 0 to 9
     */
    record Digit(int value) implements KeypadKey {
        public Digit {
            if (value < 0 || value > 9) {
                throw new IllegalArgumentException("Expected a digit from 0 to 9, found " + value);
            }
        }

        /** A digit of a PIN is nobody's business. */
        @Override
        public String toString() {
            return "Digit[*]";
        }
    }

    /** Starts again, or gives up. */
    record Clear() implements KeypadKey {}

    /** The number is complete. */
    record Enter() implements KeypadKey {}

    /**
     * The key that types this character, on a serial line or on a keyboard: digits, {@code #} or carriage return to confirm,
     * {@code *}, backspace or escape to clear. A line feed is no key, for it follows a carriage return.
     */
    static Optional<KeypadKey> of(char character) {
        return switch (character) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Optional.of(new Digit(character - '0'));
            case '#', '\r' -> Optional.of(new Enter());
            case '*', '\b', '\u001B' -> Optional.of(new Clear());
            default -> Optional.empty();
        };
    }
}
