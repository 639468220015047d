package fi.kimppa.device.rfid;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Everything that one tag told. Immutable. */
public final class TagDump {
    private final Uid uid;
    private final int dsfid;
    private final Optional<Integer> afi;
    private final Optional<TagSecurity> security;
    private final int blockSize;
    private final byte[] memory;
    private final Set<Integer> lockedBlocks;

    TagDump(Uid uid, int dsfid, Optional<Integer> afi, Optional<TagSecurity> security, Blocks blocks) {
        this.uid = uid;
        this.dsfid = dsfid;
        this.afi = afi;
        this.security = security;
        this.blockSize = blocks.size();
        this.memory = blocks.bytes();
        this.lockedBlocks = blocks.locked();
    }

    /** Its identifier on the air. */
    public Uid uid() {
        return uid;
    }

    /** Data storage format identifier, 00 to FF. */
    public int dsfid() {
        return dsfid;
    }

    /** Application family identifier, 00 to FF; empty when the tag does not tell. */
    public Optional<Integer> afi() {
        return afi;
    }

    /** What the site's gates make of it; empty when that cannot be said. */
    public Optional<TagSecurity> security() {
        return security;
    }

    /** Bytes of one block. */
    public int blockSize() {
        return blockSize;
    }

    /** All bytes, as the reader delivered them or, where {@code blocks=reversed} is set, in memory order. A copy. */
    public byte[] memory() {
        return memory.clone();
    }

    /** Numbers of the blocks that are locked for good; none where the reader does not tell. */
    public Set<Integer> lockedBlocks() {
        return lockedBlocks;
    }

    /** One line a block: its number and its bytes in hexadecimal. */
    public String blocks() {
        var text = new StringBuilder();
        for (int block = 0; block * blockSize < memory.length; block++) {
            byte[] bytes = Arrays.copyOfRange(memory, block * blockSize, (block + 1) * blockSize);
            text.append(String.format("%3d  ", block))
                    .append(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes))
                    .append('\n');
        }
        return text.toString();
    }
}
