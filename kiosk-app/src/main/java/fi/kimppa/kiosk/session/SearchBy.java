package fi.kimppa.kiosk.session;

/** Where the words of a search are looked for. */
public enum SearchBy {
    /** Everywhere. */
    ANY,
    TITLE,
    AUTHOR,
    SUBJECT
}
