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

    /**
     * Writes a text that is the same in every agreed charset, as nearly all are.
     *
     * @param delimiter what may not stand in it, besides line ends
     * @return false, with nothing written, if the text has something else than plain ASCII in it
     */
    boolean writePlain(String text, char delimiter) {
        room(text.length());
        int at = length;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next >= 0x80 || next == delimiter || next == '\r' || next == '\n') {
                return false;
            }
            bytes[at++] = (byte) next;
        }
        length = at;
        return true;
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
