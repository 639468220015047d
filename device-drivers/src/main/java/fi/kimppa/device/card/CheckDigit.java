package fi.kimppa.device.card;

/** The check characters that library numbers end with. Pure. */
public enum CheckDigit {
    /** No check character. */
    NONE,
    /** Modulus 10 after Luhn: every other digit is doubled, from the last one before the check digit on; 14-digit Codabar. */
    LUHN,
    /** Modulus 43 over the 43 characters of Code 39. */
    CODE_39,
    /** Modulus 10 with the weights 3 and 1, from the last one before the check digit on; EAN-13, ISBN-13. */
    EAN;

    private static final String CODE_39_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

    /** Whether the last character of the text is the check character of what stands before it. */
    public boolean holds(String text) {
        if (this == NONE) {
            return true;
        }
        String payload = text.substring(0, Math.max(0, text.length() - 1));
        return accepts(text) && !payload.isEmpty() && text.charAt(text.length() - 1) == of(payload);
    }

    /**
     * The check character.
     *
     * @throws IllegalArgumentException when there is none, or none for such characters
     */
    public char of(String payload) {
        if (this == NONE || !accepts(payload)) {
            throw new IllegalArgumentException("No check character " + this + " for these characters");
        }
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) {
            char c = payload.charAt(payload.length() - 1 - i);
            boolean first = i % 2 == 0;
            sum += switch (this) {
                case CODE_39 -> CODE_39_CHARACTERS.indexOf(c);
                case EAN -> (c - '0') * (first ? 3 : 1);
                case LUHN -> (c - '0') * (first ? 2 : 1) - (first && c >= '5' ? 9 : 0);
                case NONE -> 0;
            };
        }
        return this == CODE_39 ? CODE_39_CHARACTERS.charAt(sum % 43) : (char) ('0' + (10 - sum % 10) % 10);
    }

    private boolean accepts(String text) {
        return text.chars().allMatch(c -> this == CODE_39 ? CODE_39_CHARACTERS.indexOf(c) >= 0 : c >= '0' && c <= '9');
    }
}
