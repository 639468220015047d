package fi.kimppa.gateway.sip;

import java.time.Duration;
import java.time.Instant;

/**
 * What a terminal has just done on its SIP2 connection; published as an event on the connection's own thread, so
 * listeners must be quick.
 *
 * @param terminal login of the terminal
 * @param connection number of the connection within this gateway's life
 * @param at when
 * @param what kind of activity
 * @param detail the status code of a 99, the two digits of a transaction, else empty
 */
public record TerminalActivity(String terminal, long connection, Instant at, What what, String detail) {
    /** Whether this and what came later are the same but for the time, which is less than this long. */
    boolean sameAs(TerminalActivity later, Duration within) {
        return what == later.what
                && detail.equals(later.detail)
                && terminal.equals(later.terminal)
                && later.at.isBefore(at.plus(within));
    }

    /** Kinds of activity. */
    public enum What {
        /** A login was accepted. */
        LOGGED_IN,
        /** A 99 was answered. */
        STATUS,
        /** Any other request was answered. */
        TRANSACTION,
        /** The connection has ended. */
        CLOSED
    }
}
