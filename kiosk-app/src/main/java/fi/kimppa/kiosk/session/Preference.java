package fi.kimppa.kiosk.session;

/** What a person can ask for to see, reach and follow the screens better. */
public enum Preference {
    /** Running text half as large again. */
    LARGE_TEXT,
    /** Black, white and yellow. */
    HIGH_CONTRAST,
    /** Everything that is touched is in the lower half of the display. */
    REACH,
    /** Nothing moves, not even the seconds of a countdown. */
    CALM,
    /** Longer waits, and a second touch in the same half second does not count. */
    MORE_TIME
}
