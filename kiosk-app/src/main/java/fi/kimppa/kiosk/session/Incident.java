package fi.kimppa.kiosk.session;

/**
 * Something that staff must know. Never names a patron.
 *
 * @param detail an item number, or another detail for staff; may be empty
 */
public record Incident(Kind kind, String detail) {
    /** The names go to the staff page as they are. */
    public enum Kind {
        /** The library answered a checkout after the kiosk had given up waiting; the answer was settled by asking. */
        CHECKOUT_ANSWERED_LATE,
        /** The session ended before it was known whether an item became a loan. */
        CHECKOUT_OUTCOME_UNKNOWN,
        /** A loan whose tag could not be switched off. */
        SECURITY_NOT_OFF,
        /** A returned item whose tag could not be switched on. */
        SECURITY_NOT_ON,
        /** Somebody has gone and left a thing on the pad. */
        LEFT_ON_PAD,
        /** A set was returned although parts were missing. */
        PARTS_MISSING,
        /** The library gave a due date that is today or past. */
        DUE_DATE_SUSPICIOUS,
        /** The library refused a return that the kiosk had accepted while the line was down. */
        REPLAY_REFUSED,
        /** A return could not be written to disk. */
        SPOOL_FAILED,
        /** What waits on disk cannot be read: it is not told, and nothing is lent that might be among it. */
        SPOOL_UNREADABLE,
        /** A loan without connection could not be written to disk, and was not made. */
        LOAN_NOT_STORED,
        /** The library refused a loan that the kiosk had made without connection. */
        LOAN_REPLAY_REFUSED,
        /** Whether the library has heard of a loan that was made without connection cannot be found out. */
        LOAN_REPLAY_UNCLEAR,
        /** A printout did not come out, or may not have. */
        NOT_PRINTED,
        /** The library refused a return. */
        RETURN_REFUSED,
        /** Whoever returned something that somebody waits for has gone without a word on whether it lies in its bin. */
        RETURN_NOT_PLACED,
        /** The kiosk cannot speak: engine, voice or sound card is missing. */
        SPEECH_FAILED,
        /** A door was opened without a grant. */
        DOOR_FORCED,
        /** A door stands open for too long. */
        DOOR_HELD_OPEN,
        /** Somebody has opened the staff menu; the detail names whose card it was. */
        STAFF_ENTERED,
        /** A wrong PIN for a staff card; the detail names the card and how many were wrong in a row. */
        STAFF_PIN_WRONG,
        /** What somebody has done in the staff menu. */
        STAFF_ACT,
        /** The kiosk's clock and the library's disagree by more than a minute; the detail is by how many seconds. */
        CLOCK_WRONG
    }
}
