package fi.kimppa.gateway.fleet;

import java.util.UUID;

/**
 * How an order to write a tag stands.
 *
 * @param terminal login of the staff pad
 * @param part which one, from 1 on
 * @param parts how many there are
 * @param state {@link #WAITING}, {@link #GIVEN}, {@link #EXPIRED}, {@link #UNKNOWN}, {@link #WRITTEN}, or another word that the
 *     terminal said
 * @param uid of the tag; empty if none was touched
 */
public record TagOrder(UUID id, String terminal, int part, int parts, String state, String uid) {
    /** The terminal has not looked yet. */
    public static final String WAITING = "WAITING";

    /** The terminal has got it. */
    public static final String GIVEN = "GIVEN";

    /** The terminal did not look in time; certainly nothing was written. */
    public static final String EXPIRED = "EXPIRED";

    /** The terminal has got it and has not said what came of it. */
    public static final String UNKNOWN = "UNKNOWN";

    /** Memory and security are written and read back. */
    public static final String WRITTEN = "WRITTEN";

    /** The memory is written and read back, the security is not. */
    static final String NOT_SECURED = "NOT_SECURED";

    /** Whether it may still change by itself. */
    public boolean moves() {
        return state.equals(WAITING) || state.equals(GIVEN);
    }
}
