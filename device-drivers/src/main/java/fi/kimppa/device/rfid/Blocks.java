package fi.kimppa.device.rfid;

import java.util.HashSet;
import java.util.Set;

/** Whole blocks of a tag's memory. Immutable. */
final class Blocks {
    private final int size;
    private final byte[] bytes;
    private final Set<Integer> locked;

    /**
     * Blocks of equal size of which nobody says that they are locked.
     *
     * @param size bytes of one block, at least 1
     * @param bytes of all blocks, one after the other
     */
    Blocks(int size, byte[] bytes) {
        this(size, bytes, Set.of());
    }

    /** The same. {@code locked} has the numbers, from 0 on, of those that are locked for good. */
    Blocks(int size, byte[] bytes, Set<Integer> locked) {
        if (size < 1 || bytes.length % size != 0) {
            throw new IllegalArgumentException("Expected whole blocks of " + size + " bytes, found " + bytes.length);
        }
        this.size = size;
        this.bytes = bytes.clone();
        this.locked = Set.copyOf(locked);
    }

    /**
     * Blocks that stand in {@code data} from {@code at} on, each behind a byte of its status, as readers give them. The lowest bit of
     * the status says that the block is locked (ISO/IEC 15693-3, block security status).
     */
    static Blocks behindStatus(byte[] data, int at, int count, int size) {
        byte[] bytes = new byte[count * size];
        Set<Integer> locked = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int status = at + i * (size + 1);
            System.arraycopy(data, status + 1, bytes, i * size, size);
            if ((data[status] & 0x01) != 0) {
                locked.add(i);
            }
        }
        return new Blocks(size, bytes, locked);
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

    /** Which of them are locked for good, from 0 on; none where the reader does not tell. */
    Set<Integer> locked() {
        return locked;
    }

    /** The same blocks, each last byte first. */
    Blocks reversed() {
        return new Blocks(size, reversed(bytes, size), locked);
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
