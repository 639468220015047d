package fi.kimppa.device.rfid;

import java.io.ByteArrayOutputStream;

/**
 * One frame of the Bibliotheca / 3M model 210 pad, a request or a response: {@code D6 LENH LENL CMD rest CRCH CRCL}; at start-up also
 * with {@code D5} in front. The length counts from the command to the end of the check sum. The rest of a response begins with its
 * error byte, 00 when all is well. The check sum: polynomial 1021, initial and final value FFFF, over the length and all that follows
 * it. Immutable.
 *
 * <p>Source: rfid_reader.py of the Signum labelling application of the Helmet libraries, which names "3M RFID Reader Protocol
 * Specification v1.0.0".
 */
public final class BibliothecaFrame extends ReaderFrame {
    static final int OVERHEAD = 6;
    private static final int HEAD = 3;

    private final Start start;

    /** The first byte. */
    public enum Start {
        /** The first question of a host. Not in the specification; the published client sends it. */
        WAKE(0xD5),
        /** Everything else. */
        COMMAND(0xD6);

        private final int code;

        Start(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * A frame to send.
     *
     * @param command 00 to FF
     */
    public BibliothecaFrame(Start start, int command, byte... rest) {
        super(command, rest);
        this.start = start;
    }

    /** The first byte. */
    public Start start() {
        return start;
    }

    @Override
    public byte[] bytes() {
        byte[] rest = rest();
        int length = rest.length + OVERHEAD - HEAD;
        var out = new ByteArrayOutputStream();
        out.write(start.code());
        out.write(length >> 8);
        out.write(length);
        out.write(command());
        out.writeBytes(rest);
        int crc = crc(out.toByteArray(), out.size());
        out.write(crc >> 8);
        out.write(crc);
        return out.toByteArray();
    }

    /** The check sum of a frame's bytes from the length on, up to {@code end}. */
    static int crc(byte[] bytes, int end) {
        int crc = 0xFFFF;
        for (int i = 1; i < end; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
            crc &= 0xFFFF;
        }
        return crc ^ 0xFFFF;
    }

    @Override
    BibliothecaFrame with(byte[] otherRest) {
        return new BibliothecaFrame(start, command(), otherRest);
    }
}
