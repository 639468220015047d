package fi.kimppa.device.rfid;

import java.util.Arrays;
import java.util.HexFormat;

/** A frame of one make of readers, a request or a response: a command and what follows it. Equal when their bytes are. Immutable. */
public abstract sealed class ReaderFrame permits FeigFrame, BibliothecaFrame {
    private final int command;
    private final byte[] rest;

    ReaderFrame(int command, byte[] rest) {
        this.command = command & 0xFF;
        this.rest = rest.clone();
    }

    /** The command, 00 to FF. */
    public final int command() {
        return command;
    }

    /** What follows the command: the data of a request, or the status and the data of a response. A copy. */
    public final byte[] rest() {
        return rest.clone();
    }

    /** The bytes on the wire. */
    public abstract byte[] bytes();

    /** The same frame with something else behind the command. */
    abstract ReaderFrame with(byte[] otherRest);

    @Override
    public final boolean equals(Object other) {
        return other instanceof ReaderFrame frame
                && frame.getClass() == getClass()
                && Arrays.equals(frame.bytes(), bytes());
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** The bytes in hexadecimal. */
    @Override
    public final String toString() {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes());
    }
}
