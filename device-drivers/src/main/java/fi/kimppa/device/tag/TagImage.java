package fi.kimppa.device.tag;

import java.util.Arrays;

/**
 * What to write on a tag.
 *
 * @param dsfid the data storage format identifier, one byte; {@link TagModel#FINNISH_2005} has 00
 * @param blockSize bytes in a block
 * @param bytes whole blocks from block 0 on; what lies beyond on the tag no longer counts
 */
public record TagImage(int dsfid, int blockSize, Octets bytes) {
    /** How many blocks to write. */
    public int blocks() {
        return bytes.length() / blockSize;
    }

    /** The bytes of one block. */
    public byte[] block(int number) {
        return Arrays.copyOfRange(bytes.bytes(), number * blockSize, (number + 1) * blockSize);
    }
}
