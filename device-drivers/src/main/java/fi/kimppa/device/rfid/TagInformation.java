package fi.kimppa.device.rfid;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a tag says about itself (Get System Information), as far as a pad needs it. Each part is empty when the tag does not tell.
 *
 * @param dsfid data storage format identifier
 * @param afi application family identifier
 * @param blocks how many there are
 * @param blockSize bytes of one block
 */
record TagInformation(
        Optional<Integer> dsfid, Optional<Integer> afi, Optional<Integer> blocks, Optional<Integer> blockSize) {
    static final TagInformation NONE =
            new TagInformation(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int WIDEST_BLOCK = 32;

    /**
     * Reads the data of a response. FEIG's own order is DSFID, UID (most significant byte first), AFI, memory size (2), IC reference
     * (system manuals H01113 page 101 and H40801 page 103); the order of the air is flags, UID (least significant byte first), then
     * what the flags announce.
     *
     * @return empty when the data are about another tag, or about none
     */
    static Optional<TagInformation> parse(Uid uid, byte[] data) {
        byte[] wanted = uid.bytes();
        if (data.length >= 10 && Arrays.equals(wanted, Arrays.copyOfRange(data, 1, 9))) {
            Optional<Integer> first = at(data, 10);
            Optional<Integer> second = at(data, 11);
            // The manuals do not say which byte comes first; a block is never wider than 32 bytes and usually 4 or 8.
            boolean sizeFirst = first.orElse(0) == 3 || first.orElse(0) == 7 || second.orElse(0) >= WIDEST_BLOCK;
            return Optional.of(new TagInformation(
                    at(data, 0),
                    at(data, 9),
                    (sizeFirst ? second : first).map(count -> count + 1),
                    (sizeFirst ? first : second).map(TagInformation::size)));
        }
        byte[] reversed = Blocks.reversed(wanted, wanted.length);
        if (data.length < 9 || !Arrays.equals(reversed, Arrays.copyOfRange(data, 1, 9))) {
            return Optional.empty();
        }
        int next = 9;
        Optional<Integer> dsfid = (data[0] & 0x01) != 0 ? at(data, next++) : Optional.empty();
        Optional<Integer> afi = (data[0] & 0x02) != 0 ? at(data, next++) : Optional.empty();
        boolean memory = (data[0] & 0x04) != 0;
        return Optional.of(new TagInformation(
                dsfid,
                afi,
                memory ? at(data, next).map(count -> count + 1) : Optional.empty(),
                memory ? at(data, next + 1).map(TagInformation::size) : Optional.empty()));
    }

    private static int size(int stored) {
        return (stored & 0x1F) + 1;
    }

    private static Optional<Integer> at(byte[] data, int index) {
        return index < data.length ? Optional.of(data[index] & 0xFF) : Optional.empty();
    }
}
