package fi.kimppa.sip2.wire;

import java.util.Arrays;

/** The bytes of one message while they are put together. Not for use by several threads. */
final class LineWriter {
    private byte[] bytes = new byte[256];
    private int length;

    void write(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    void write(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Writes one byte for each character, and a question mark for one that has none in ISO-8859-1. */
    void writeLatin(String text) {
        int more = text.length();
        room(more);
        int at = length;
        for (int i = 0; i < more; i++) {
            char next = text.charAt(i);
            bytes[at++] = next < 0x100 ? (byte) next : (byte) '?';
        }
        length = at;
    }

    /** The AZ value for all that has been written, which ends with the letters AZ. */
    int checksum() {
        return Checksum.of(bytes, length);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
