package fi.kimppa.kiosk.session;

import java.util.List;

/**
 * Which letters are on which key of a keypad: those of every telephone, then the other letters of Finnish, Swedish, the Sámi
 * languages and their neighbours beside the letter that they come from, the digit last. The same key again is the next of them, so
 * nothing depends on how fast somebody is. Pure.
 */
final class TelephoneKeys {
    /** The key that says "the next letter is another one". */
    static final int ANOTHER = 1;

    private static final List<String> KEYS = List.of(
            " 0",
            "1-'",
            "abcåäáâæčç2",
            "defđðéèë3",
            "ghiǧǥíî4",
            "jklǩ5",
            "mnoöŋñõóøô6",
            "pqrsšß7",
            "tuvŧüú8",
            "wxyzžʒǯý9");

    private TelephoneKeys() {}

    /** What a key types, in turn. */
    static String on(int key) {
        return KEYS.get(key);
    }

    /** What follows a letter on its key; the first one follows the last, and what is not on it. */
    static char after(int key, char letter) {
        String letters = on(key);
        return letters.charAt((letters.indexOf(letter) + 1) % letters.length());
    }

    /** Whether some key types this. */
    static boolean type(char letter) {
        return KEYS.stream().anyMatch(letters -> letters.indexOf(letter) >= 0);
    }
}
