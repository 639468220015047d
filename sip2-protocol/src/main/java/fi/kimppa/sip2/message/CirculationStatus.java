package fi.kimppa.sip2.message;

/** Where an item stands (SIP2 2.00, "Circulation status"); the wire has the two-digit position, 01 to 13. */
public enum CirculationStatus {
    OTHER("01"),
    ON_ORDER("02"),
    AVAILABLE("03"),
    CHARGED("04"),
    CHARGED_NOT_TO_BE_RECALLED_YET("05"),
    IN_PROCESS("06"),
    RECALLED("07"),
    WAITING_ON_HOLD_SHELF("08"),
    WAITING_TO_BE_RESHELVED("09"),
    IN_TRANSIT("10"),
    CLAIMED_RETURNED("11"),
    LOST("12"),
    MISSING("13");

    private final String wire;

    CirculationStatus(String wire) {
        this.wire = wire;
    }

    static CirculationStatus parse(String wire) {
        for (CirculationStatus status : values()) {
            if (status.wire().equals(wire)) {
                return status;
            }
        }
        return OTHER;
    }

    /** The two digits on the wire. */
    public String wire() {
        return wire;
    }
}
