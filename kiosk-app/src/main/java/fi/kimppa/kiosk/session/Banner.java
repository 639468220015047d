package fi.kimppa.kiosk.session;

/** A lasting notice across the screen about what does not work just now. */
public enum Banner {
    /** The gateway or the library system does not answer: returns are still taken. */
    OFFLINE,
    /** The same, and some things are lent all the same. */
    OFFLINE_LENDS,
    /** The pad is away: scan the bar code instead. */
    PAD_LOST,
    /** The same, and nothing is lent meanwhile: it would set off the gates. */
    PAD_LOST_RETURNS,
    /** The paper has run out, so that no receipt can be printed. */
    PAPER_OUT,
    /** No receipt can be printed for another reason, which is not the patron's matter. */
    NO_RECEIPTS,
    /** A receipt that nobody took is in the printer's mouth. */
    TICKET_LEFT
}
