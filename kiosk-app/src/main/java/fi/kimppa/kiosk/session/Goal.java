package fi.kimppa.kiosk.session;

/** What somebody shows a card for. */
public enum Goal {
    /** To borrow what lies on the pad. */
    BORROW,
    /** To see loans, holds and fees. */
    ACCOUNT
}
