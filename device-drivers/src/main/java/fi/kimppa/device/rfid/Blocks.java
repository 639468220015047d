package fi.kimppa.device.rfid;

/** Whole blocks of a tag's memory. Immutable. */
final class Blocks {
    private final int size;
    private final byte[] bytes;

    /**
     * Blocks of equal size.
     *
     * @param size bytes of one block, at least 1
     * @param bytes of all blocks, one after the other
     */
    Blocks(int size, byte[] bytes) {
        if (size < 1 || bytes.length % size != 0) {
            throw new IllegalArgumentException("Expected whole blocks of " + size + " bytes, found " + bytes.length);
        }
        this.size = size;
        this.bytes = bytes.clone();
    }

    /** Blocks that stand in {@code data} from {@code at} on, each behind a byte of its status, as readers give them. */
    static Blocks behindStatus(byte[] data, int at, int count, int size) {
        byte[] bytes = new byte[count * size];
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, at + i * (size + 1) + 1, bytes, i * size, size);
        }
        return new Blocks(size, bytes);
    }

    /** Puts these blocks where {@link #behindStatus} takes them from. */
    void putBehindStatus(byte[] data, int at) {
        for (int i = 0; i < count(); i++) {
            System.arraycopy(bytes, i * size, data, at + i * (size + 1) + 1, size);
        }
    }

    int size() {
        return size;
    }

    int count() {
        return bytes.length / size;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** The same blocks, each last byte first. */
    Blocks reversed() {
        return new Blocks(size, reversed(bytes, size));
    }

    /** Turns each block of {@code size} bytes round. */
    static byte[] reversed(byte[] bytes, int size) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[i - i % size + size - 1 - i % size];
        }
        return turned;
    }
}
