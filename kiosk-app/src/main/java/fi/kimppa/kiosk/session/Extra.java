package fi.kimppa.kiosk.session;

/** What a kiosk may have beside borrowing, returning and the account; each needs our own gateway behind it. */
public enum Extra {
    /** The catalogue is searched. */
    SEARCH,
    /** Receipts go by e-mail. */
    MAIL,
    /** Tips and new titles stand on the front page. */
    NEWS,
    /** Electronic collections are shown. */
    COLLECTIONS,
    /** People may say how they liked what they bring back. */
    STARS
}
