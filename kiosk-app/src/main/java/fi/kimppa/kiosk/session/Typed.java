package fi.kimppa.kiosk.session;

import java.util.Optional;

/**
 * What somebody has typed to look for, in small letters.
 *
 * @param tapped the key of the keypad that typed the last letter and would make the next of its letters of it; empty when a letter
 *     is complete
 */
public record Typed(String text, Optional<Integer> tapped) {
    /** Characters that fit. */
    public static final int MOST = 40;

    /** Nothing yet. */
    public static final Typed NOTHING = new Typed("", Optional.empty());

    /** Whether there is something to look for. */
    public boolean complete() {
        return !text.isBlank();
    }

    /** One more letter. A blank at the beginning, or after another, is none. */
    Typed letter(char letter) {
        boolean needless = letter == ' ' && (text.isEmpty() || text.endsWith(" "));
        return needless || text.length() >= MOST
                ? new Typed(text, Optional.empty())
                : new Typed(text + letter, Optional.empty());
    }

    /** A key of the keypad: the next of its letters in place of the last one, or another letter. */
    Typed tap(int key) {
        if (tapped.equals(Optional.of(key)) && !text.isEmpty()) {
            char last = text.charAt(text.length() - 1);
            return new Typed(withoutLast() + TelephoneKeys.after(key, last), tapped);
        }
        if (key == TelephoneKeys.ANOTHER && tapped.isPresent()) {
            return new Typed(text, Optional.empty());
        }
        Typed longer = letter(TelephoneKeys.on(key).charAt(0));
        return longer.text.equals(text) ? longer : new Typed(longer.text, Optional.of(key));
    }

    /** Takes the last letter back. */
    Typed erased() {
        return text.isEmpty() ? NOTHING : new Typed(withoutLast(), Optional.empty());
    }

    private String withoutLast() {
        return text.substring(0, text.length() - 1);
    }

    /** What somebody looks for is nobody's business. */
    @Override
    public String toString() {
        return "Typed[***]";
    }
}
