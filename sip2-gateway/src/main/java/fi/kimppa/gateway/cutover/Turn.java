package fi.kimppa.gateway.cutover;

import java.time.Instant;

/** Whose turn it is to be asked about what belongs to a municipality that changes its library system. */
public sealed interface Turn {
    /** This system's alone. */
    record One(String system) implements Turn {}

    /** The new system's, and for what it does not know the old one's. */
    record Both(String system, String then) implements Turn {}

    /**
     * Nobody's: a return is promised and waits, everything else is refused.
     *
     * @param until when the new system is asked
     */
    record Nobody(Instant until) implements Turn {}
}
