package fi.kimppa.device.rfid;

import java.io.ByteArrayOutputStream;

/**
 * One frame of FEIG's ISO-Host protocol, a request or a response (system manuals H60301, H01113, H40801, H20411).
 *
 * <p>Standard: {@code LEN ADR CMD rest CRCL CRCH}; advanced: {@code 02 LENH LENL ADR CMD rest CRCL CRCH}. The length counts every byte.
 * The rest of a response begins with its status. The check sum: reflected polynomial 8408, initial value FFFF, over all that
 * precedes it. Immutable.
 */
public final class FeigFrame extends ReaderFrame {
    /** The address that every reader answers to. */
    public static final int ANY_READER = 0xFF;

    static final int ADVANCED_START = 0x02;
    static final int STANDARD_OVERHEAD = 5;
    static final int ADVANCED_OVERHEAD = 7;

    private final Format format;
    private final int address;

    /** The two envelopes. A reader answers in the one it was asked in. */
    public enum Format {
        /** One byte of length. */
        STANDARD,
        /** A start byte and two bytes of length. */
        ADVANCED
    }

    /**
     * A frame to send.
     *
     * @param address 00 to FF
     * @param command 00 to FF
     * @param rest at most 250 bytes in the standard format
     */
    public FeigFrame(Format format, int address, int command, byte[] rest) {
        super(command, rest);
        if (format == Format.STANDARD && rest.length + STANDARD_OVERHEAD > 0xFF) {
            throw new IllegalArgumentException("Expected at most 250 bytes in a standard frame, found " + rest.length);
        }
        this.format = format;
        this.address = address & 0xFF;
    }

    /** The envelope. */
    public Format format() {
        return format;
    }

    /** The reader, 00 to FF. */
    public int address() {
        return address;
    }

    @Override
    public byte[] bytes() {
        byte[] rest = rest();
        var out = new ByteArrayOutputStream();
        if (format == Format.STANDARD) {
            out.write(rest.length + STANDARD_OVERHEAD);
        } else {
            int length = rest.length + ADVANCED_OVERHEAD;
            out.write(ADVANCED_START);
            out.write(length >> 8);
            out.write(length);
        }
        out.write(address);
        out.write(command());
        out.writeBytes(rest);
        int crc = crc(out.toByteArray(), out.size());
        out.write(crc);
        out.write(crc >> 8);
        return out.toByteArray();
    }

    /** The check sum of the first {@code length} bytes. */
    static int crc(byte[] bytes, int length) {
        int crc = 0xFFFF;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x8408 : crc >> 1;
            }
        }
        return crc;
    }

    @Override
    FeigFrame with(byte[] otherRest) {
        return new FeigFrame(format, address, command(), otherRest);
    }
}
