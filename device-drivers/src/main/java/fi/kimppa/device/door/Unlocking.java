package fi.kimppa.device.door;

import java.time.Instant;

/** What the relay board answered to the wish to open. */
public sealed interface Unlocking {
    /** The lock is released; it catches again by itself. */
    record Released(Instant until) implements Unlocking {}

    /**
     * The board said no.
     *
     * @param modbusException its exception code, for example 2 for an address that it does not have
     */
    record Refused(int modbusException) implements Unlocking {}
}
