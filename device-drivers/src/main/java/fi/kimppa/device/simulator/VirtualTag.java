package fi.kimppa.device.simulator;

import fi.kimppa.device.rfid.TagError;
import fi.kimppa.device.rfid.Uid;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A tag with its memory, as it lies in a drawer or on the virtual pad, and what it answers to the commands of ISO/IEC 15693-3.
 * Immutable.
 */
public final class VirtualTag {
    /** Bytes of a block of most chips. */
    static final int USUAL_BLOCK = 4;

    private static final int MOST_BYTES = 2_048;
    private static final int MOST_BLOCKS = 256;

    private final Uid uid;
    private final int dsfid;
    private final int afi;
    private final boolean eas;
    private final int blockSize;
    private final byte[] memory;
    private final Set<Integer> lockedBlocks;
    private final Set<Guard> guards;

    /** What keeps a part of the tag from being changed, apart from its locked blocks. */
    public enum Guard {
        /** The AFI is locked for good. */
        AFI_LOCK,
        /** The DSFID is locked for good. */
        DSFID_LOCK,
        /** AFI and alarm bit want a password that no reader here knows, as ICODE SLIX can. */
        PASSWORD
    }

    /**
     * A tag with these contents, blocks of 4 bytes, its alarm bit not set, nothing locked.
     *
     * @param dsfid 00 to FF
     * @param afi 00 to FF
     * @param memory user memory in whole blocks, memory order
     */
    public VirtualTag(Uid uid, int dsfid, int afi, byte[] memory) {
        this(uid, dsfid & 0xFF, afi & 0xFF, false, USUAL_BLOCK, memory.clone(), Set.of(), Set.of());
    }

    private VirtualTag(
            Uid uid,
            int dsfid,
            int afi,
            boolean eas,
            int blockSize,
            byte[] memory,
            Set<Integer> lockedBlocks,
            Set<Guard> guards) {
        if (memory.length == 0
                || memory.length % blockSize != 0
                || memory.length > Math.min(MOST_BYTES, MOST_BLOCKS * blockSize)) {
            throw new IllegalArgumentException(
                    "Expected 1 to 256 blocks of " + blockSize + " bytes, found " + memory.length + " bytes");
        }
        this.uid = uid;
        this.dsfid = dsfid;
        this.afi = afi;
        this.eas = eas;
        this.blockSize = blockSize;
        this.memory = memory;
        this.lockedBlocks = lockedBlocks;
        this.guards = guards;
    }

    /** Its identifier on the air. */
    public Uid uid() {
        return uid;
    }

    /** Data storage format identifier, 00 to FF. */
    public int dsfid() {
        return dsfid;
    }

    /** Application family identifier, 00 to FF; carries the security where the gates look at it. */
    public int afi() {
        return afi;
    }

    /** Whether the alarm bit is set; carries the security where the gates look at it. */
    public boolean eas() {
        return eas;
    }

    /** A copy of the memory. */
    public byte[] memory() {
        return memory.clone();
    }

    int blockSize() {
        return blockSize;
    }

    int blocks() {
        return memory.length / blockSize;
    }

    byte[] block(int number) {
        return Arrays.copyOfRange(memory, number * blockSize, (number + 1) * blockSize);
    }

    boolean locked(int block) {
        return lockedBlocks.contains(block);
    }

    // --- the same tag, otherwise

    /** The same tag with another AFI. */
    public VirtualTag withAfi(int newAfi) {
        return new VirtualTag(uid, dsfid, newAfi & 0xFF, eas, blockSize, memory, lockedBlocks, guards);
    }

    /** The same tag with another DSFID. */
    public VirtualTag withDsfid(int newDsfid) {
        return new VirtualTag(uid, newDsfid & 0xFF, afi, eas, blockSize, memory, lockedBlocks, guards);
    }

    /** The same tag with its alarm bit set or not. */
    public VirtualTag withEas(boolean alarm) {
        return new VirtualTag(uid, dsfid, afi, alarm, blockSize, memory, lockedBlocks, guards);
    }

    /** The same tag with other bytes from {@code offset} on. */
    public VirtualTag withMemory(int offset, byte[] bytes) {
        byte[] changed = memory.clone();
        System.arraycopy(bytes, 0, changed, offset, bytes.length);
        return new VirtualTag(uid, dsfid, afi, eas, blockSize, changed, lockedBlocks, guards);
    }

    /** The same bytes on a chip with blocks of another size, for example 8; it must divide them. */
    public VirtualTag withBlockSize(int bytes) {
        return new VirtualTag(uid, dsfid, afi, eas, bytes, memory, lockedBlocks, guards);
    }

    /** The same tag with one more block locked for good. */
    public VirtualTag withLockedBlock(int block) {
        return new VirtualTag(uid, dsfid, afi, eas, blockSize, memory, with(lockedBlocks, block), guards);
    }

    /** The same tag, guarded in one more way. */
    public VirtualTag with(Guard guard) {
        return new VirtualTag(uid, dsfid, afi, eas, blockSize, memory, lockedBlocks, with(guards, guard));
    }

    private static <T> Set<T> with(Set<T> set, T element) {
        Set<T> more = new HashSet<>(set);
        more.add(element);
        return Set.copyOf(more);
    }

    // --- what it does when it is told to

    TagOutcome write(int block, byte[] bytes) {
        if (block >= blocks()) {
            return new TagOutcome.Refused(TagError.NO_SUCH_BLOCK);
        }
        if (bytes.length != blockSize) {
            return new TagOutcome.Refused(TagError.UNNAMED);
        }
        return locked(block)
                ? new TagOutcome.Refused(TagError.LOCKED)
                : new TagOutcome.Changed(withMemory(block * blockSize, bytes));
    }

    TagOutcome lockBlock(int block) {
        if (block >= blocks()) {
            return new TagOutcome.Refused(TagError.NO_SUCH_BLOCK);
        }
        return locked(block)
                ? new TagOutcome.Refused(TagError.ALREADY_LOCKED)
                : new TagOutcome.Changed(withLockedBlock(block));
    }

    TagOutcome writeAfi(int newAfi) {
        return guarded(Guard.AFI_LOCK, TagError.LOCKED)
                .or(() -> guarded(Guard.PASSWORD, TagError.UNNAMED))
                .orElseGet(() -> new TagOutcome.Changed(withAfi(newAfi)));
    }

    TagOutcome lockAfi() {
        return guarded(Guard.AFI_LOCK, TagError.ALREADY_LOCKED)
                .or(() -> guarded(Guard.PASSWORD, TagError.UNNAMED))
                .orElseGet(() -> new TagOutcome.Changed(with(Guard.AFI_LOCK)));
    }

    TagOutcome writeDsfid(int newDsfid) {
        return guarded(Guard.DSFID_LOCK, TagError.LOCKED).orElseGet(() -> new TagOutcome.Changed(withDsfid(newDsfid)));
    }

    TagOutcome lockDsfid() {
        return guarded(Guard.DSFID_LOCK, TagError.ALREADY_LOCKED)
                .orElseGet(() -> new TagOutcome.Changed(with(Guard.DSFID_LOCK)));
    }

    TagOutcome writeEas(boolean alarm) {
        return guarded(Guard.PASSWORD, TagError.UNNAMED).orElseGet(() -> new TagOutcome.Changed(withEas(alarm)));
    }

    private Optional<TagOutcome> guarded(Guard guard, int error) {
        return guards.contains(guard) ? Optional.of(new TagOutcome.Refused(error)) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualTag tag
                && tag.uid.equals(uid)
                && tag.dsfid == dsfid
                && tag.afi == afi
                && tag.eas == eas
                && tag.blockSize == blockSize
                && Arrays.equals(tag.memory, memory)
                && tag.lockedBlocks.equals(lockedBlocks)
                && tag.guards.equals(guards);
    }

    @Override
    public int hashCode() {
        return uid.hashCode();
    }

    @Override
    public String toString() {
        return "VirtualTag[" + uid + ", AFI " + Integer.toHexString(afi) + (eas ? ", EAS" : "") + "]";
    }
}
