package fi.kimppa.device.simulator;

/** What goes wrong with one answer of a relay board. */
public sealed interface RelayTrouble {
    /**
     * The board refuses and does nothing.
     *
     * @param code Modbus exception code, 1 to 255
     */
    record Refusal(int code) implements RelayTrouble {}

    /** The board does what it is asked, but its answer does not come as it should. */
    enum Answer implements RelayTrouble {
        /** It never comes. */
        LOST,
        /** It comes together with the next one, before it. */
        LATE,
        /** It comes twice. */
        TWICE,
        /** An answer of another unit comes before it. */
        AFTER_ANOTHER_UNIT,
        /** Noise comes before it; on TCP the board is silent for it, because noise cannot get into a segment. */
        AFTER_NOISE
    }
}
