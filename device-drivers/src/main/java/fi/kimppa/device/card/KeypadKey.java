package fi.kimppa.device.card;

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
}
