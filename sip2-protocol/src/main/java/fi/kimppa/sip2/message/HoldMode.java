package fi.kimppa.sip2.message;

import java.util.Arrays;

/** What a Hold message asks for (SIP2 2.00, "Hold mode"). */
public enum HoldMode {
    ADD("+"),
    DELETE("-"),
    CHANGE("*");

    private final String wire;

    HoldMode(String wire) {
        this.wire = wire;
    }

    /** The character on the wire. */
    public String wire() {
        return wire;
    }

    /** The mode of this character; what is none of the three asks for nothing new and reads as a change. */
    static HoldMode parse(String wire) {
        return Arrays.stream(values())
                .filter(mode -> mode.wire.equals(wire))
                .findFirst()
                .orElse(CHANGE);
    }
}
