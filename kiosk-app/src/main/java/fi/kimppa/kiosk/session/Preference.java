package fi.kimppa.kiosk.session;

/** What a person can ask for to see, reach and follow the screens better, in the order in which it is offered. */
public enum Preference {
    /** Black, white and yellow. */
    HIGH_CONTRAST,
    /** Running text half as large again. */
    LARGE_TEXT,
    /** Nothing moves, not even the seconds of a countdown. */
    CALM,
    /** Everything that is touched is in the lower half of the display. */
    REACH,
    /** Longer waits, and a second strike of the same key or button in the same half second does not count. */
    MORE_TIME
}
