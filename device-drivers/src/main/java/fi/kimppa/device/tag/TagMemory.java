package fi.kimppa.device.tag;

/**
 * The user memory of a tag, as its system information tells it.
 *
 * @param blockSize bytes in a block, 1 to 32
 * @param blocks how many, 1 to 65,536
 * @param reversedBlocks whether every four bytes lie last byte first, as {@link TagContent.Decoded} found them
 */
public record TagMemory(int blockSize, int blocks, boolean reversedBlocks) {
    public TagMemory {
        if (blockSize < 1 || blockSize > 32 || blocks < 1 || blocks > 0x1_0000) {
            throw new IllegalArgumentException(
                    "Expected 1 to 65,536 blocks of 1 to 32 bytes, found " + blocks + " of " + blockSize);
        }
        if (reversedBlocks && blockSize % TagCodec.REVERSED != 0) {
            throw new IllegalArgumentException("Only blocks of four bytes are known reversed, found " + blockSize);
        }
    }

    /** How many bytes it has. */
    public int bytes() {
        return blockSize * blocks;
    }
}
