package fi.kimppa.device.printer;

import java.lang.Character.UnicodeScript;

/** How many cells of a line letters take. Pure. */
final class Cells {
    private static final int FIRST_FULL_WIDTH = 0xFF01;
    private static final int LAST_FULL_WIDTH = 0xFF60;
    private static final int FIRST_IDEOGRAPHIC_MARK = 0x3000;
    private static final int LAST_IDEOGRAPHIC_MARK = 0x303E;

    private Cells() {}

    static int of(String text) {
        return text.codePoints().map(Cells::of).sum();
    }

    static int of(int letter) {
        int type = Character.getType(letter);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return switch (UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
            default -> fullWidth(letter) ? 2 : 1;
        };
    }

    private static boolean fullWidth(int letter) {
        return (letter >= FIRST_FULL_WIDTH && letter <= LAST_FULL_WIDTH)
                || (letter >= FIRST_IDEOGRAPHIC_MARK && letter <= LAST_IDEOGRAPHIC_MARK);
    }

    /** Where the letters end that fit into {@code cells}; an index into {@code text}, at least past its first letter. */
    static int end(String text, int cells) {
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int letter = text.codePointAt(at);
            used += of(letter);
            if (used > cells && at > 0) {
                return at;
            }
            at += Character.charCount(letter);
        }
        return at;
    }
}
