package fi.kimppa.device.simulator;

import fi.kimppa.device.rfid.Uid;
import java.util.Arrays;

/** A tag with its memory, as it lies in a drawer or on the virtual pad. Immutable. */
public final class VirtualTag {
    /** Bytes of a block. */
    static final int BLOCK = 4;

    private final Uid uid;
    private final int dsfid;
    private final int afi;
    private final byte[] memory;

    /**
     * A tag with these contents.
     *
     * @param dsfid 00 to FF
     * @param afi 00 to FF
     * @param memory user memory in blocks of 4 bytes, memory order
     */
    public VirtualTag(Uid uid, int dsfid, int afi, byte[] memory) {
        if (memory.length == 0 || memory.length % 4 != 0 || memory.length > 1024) {
            throw new IllegalArgumentException("Expected 4 to 1024 bytes in blocks of 4, found " + memory.length);
        }
        this.uid = uid;
        this.dsfid = dsfid & 0xFF;
        this.afi = afi & 0xFF;
        this.memory = memory.clone();
    }

    /** Its identifier on the air. */
    public Uid uid() {
        return uid;
    }

    /** Data storage format identifier, 00 to FF. */
    public int dsfid() {
        return dsfid;
    }

    /** Application family identifier, 00 to FF; carries the security. */
    public int afi() {
        return afi;
    }

    /** A copy of the memory. */
    public byte[] memory() {
        return memory.clone();
    }

    int blocks() {
        return memory.length / BLOCK;
    }

    byte[] block(int number) {
        return Arrays.copyOfRange(memory, number * BLOCK, (number + 1) * BLOCK);
    }

    /** The same tag with another AFI. */
    public VirtualTag withAfi(int newAfi) {
        return new VirtualTag(uid, dsfid, newAfi, memory);
    }

    /** The same tag with another DSFID. */
    public VirtualTag withDsfid(int newDsfid) {
        return new VirtualTag(uid, newDsfid, afi, memory);
    }

    /** The same tag with other bytes from {@code offset} on. */
    public VirtualTag withMemory(int offset, byte[] bytes) {
        byte[] changed = memory.clone();
        System.arraycopy(bytes, 0, changed, offset, bytes.length);
        return new VirtualTag(uid, dsfid, afi, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualTag tag
                && tag.uid.equals(uid)
                && tag.dsfid == dsfid
                && tag.afi == afi
                && Arrays.equals(tag.memory, memory);
    }

    @Override
    public int hashCode() {
        return uid.hashCode();
    }

    @Override
    public String toString() {
        return "VirtualTag[" + uid + ", AFI " + Integer.toHexString(afi) + "]";
    }
}
