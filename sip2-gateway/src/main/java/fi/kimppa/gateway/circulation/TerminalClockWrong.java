package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import java.time.Instant;

/**
 * A terminal's clock cannot be trusted. Published once per terminal, fault and day by each gateway that notices it.
 *
 * @param at when it was noticed, by the gateway's clock
 * @param terminal whose clock it is
 * @param fault what is wrong with it
 */
public record TerminalClockWrong(Instant at, Terminal terminal, Fault fault) {
    /** What is wrong with a clock. */
    public enum Fault {
        /** Different requests carry the same transaction date, although time has passed: repeats look like new ones. */
        STANDS_STILL,
        /** Its time differs from the gateway's by more than ten minutes. */
        FAR_OFF
    }
}
