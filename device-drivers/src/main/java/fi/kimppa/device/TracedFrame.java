package fi.kimppa.device;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that went over a device's line in one direction without a pause, stand-ins in the place of numbers. Immutable.
 *
 * <p>Written {@code 2026-11-27T09:12:01.250Z > 02 00 07 FF 65 6E 61}: to the device; {@code <}: from it.
 */
public final class TracedFrame {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private final Instant at;
    private final boolean toDevice;
    private final byte[] bytes;

    /**
     * A frame.
     *
     * @param at when its first byte went over the line
     */
    public TracedFrame(Instant at, boolean toDevice, byte[] bytes) {
        this.at = at;
        this.toDevice = toDevice;
        this.bytes = bytes.clone();
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static TracedFrame parse(String line) {
        String[] parts = line.strip().split(" ", 3);
        if (parts.length < 3 || !(parts[1].equals(">") || parts[1].equals("<"))) {
            throw new IllegalArgumentException("Expected a time, > or <, and bytes, found '" + line + "'");
        }
        try {
            return new TracedFrame(Instant.parse(parts[0]), parts[1].equals(">"), HEX.parseHex(parts[2].strip()));
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("Expected a time first, found '" + line + "'", e);
        }
    }

    /** When its first byte went over the line. */
    public Instant at() {
        return at;
    }

    /** Whether the host sent it. */
    public boolean toDevice() {
        return toDevice;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TracedFrame frame
                && frame.at.equals(at)
                && frame.toDevice == toDevice
                && Arrays.equals(frame.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return at.hashCode();
    }

    @Override
    public String toString() {
        return at + (toDevice ? " > " : " < ") + HEX.formatHex(bytes);
    }
}
