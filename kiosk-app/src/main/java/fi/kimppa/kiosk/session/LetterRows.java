package fi.kimppa.kiosk.session;

import java.util.List;

/**
 * The letters of the keyboard on the glass, row by row: as on every Finnish keyboard, and behind them digits, the letters of the
 * Sámi languages and those of neighbours. Each of them is on a key of a keypad too ({@link SearchAct.Letter#types}).
 */
public final class LetterRows {
    /** The longest row. */
    public static final int COLUMNS = 11;

    /** What is seen first. The last row leaves four places for other keys. */
    public static final List<String> LETTERS = List.of("qwertyuiopå", "asdfghjklöä", "zxcvbnm");

    /** What is behind. */
    public static final List<String> OTHERS = List.of("1234567890-", "áâčđŋšŧžǧǥǩ", "éüæøõʒǯ");

    private LetterRows() {}
}
