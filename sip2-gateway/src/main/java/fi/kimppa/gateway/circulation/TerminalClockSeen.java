package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a terminal's clock said with a change. Published for each that says something of it, on the connection's own
 * thread, so listeners must be quick.
 *
 * @param at when it came, by the gateway's clock
 * @param terminal whose clock it is
 * @param says the transaction date; empty if it is none
 * @param fault what is wrong with the clock; empty if nothing is seen to be
 */
public record TerminalClockSeen(Instant at, Terminal terminal, Optional<Instant> says, Optional<Fault> fault) {
    /** What is wrong with a clock. */
    public enum Fault {
        /** Different requests carry the same transaction date, although time has passed: repeats look like new ones. */
        STANDS_STILL,
        /** Its time differs from the gateway's by more than ten minutes. */
        FAR_OFF
    }
}
