package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceException.FormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The data sets of a reader that reads by itself, as it keeps them in its buffer or sends them as notifications (FEIG system manuals,
 * chapter "Protocols for Buffered Read Mode"). Each names a tag and may carry the first blocks of its memory.
 *
 * @param records in the order they were read
 */
record FeigBuffer(List<Entry> records) {
    private static final int IDENTIFIER = 0x01;
    private static final int BLOCKS = 0x02;
    private static final int LSB_FIRST = 0x08;
    private static final int EXTENSION = 0x80;
    private static final int UID_BYTES = 8;

    /**
     * One tag that was read.
     *
     * @param uid empty when the reader is set to give none; a tag that cannot be addressed
     * @param memory the blocks that the reader is set to read, from its first on, if any
     */
    record Entry(Optional<Uid> uid, Optional<Blocks> memory) {}

    /** Reads what {@link #places} finds. */
    static FeigBuffer parse(byte[] data) {
        return new FeigBuffer(
                places(data).stream().map(place -> place.entry(data)).toList());
    }

    /** Whether there are records and none of them says which tag it is about: the reader is set up so. */
    boolean namesNoTags() {
        return !records.isEmpty()
                && records.stream().allMatch(entry -> entry.uid().isEmpty());
    }

    /**
     * Where the parts of one data set stand, one behind the other; a part that there is not is empty.
     *
     * @param type of the transponder
     * @param identifier of the tag, up to {@code identifierEnd}
     * @param blocks bytes of {@code blockSize} each, up to {@code blocksEnd}
     * @param memoryOrder whether the bytes of a block stand in the order of the memory
     * @param end of the data set; what stands behind the blocks is of no use here
     */
    record Place(
            int type,
            int identifier,
            int identifierEnd,
            int blocks,
            int blocksEnd,
            int blockSize,
            boolean memoryOrder,
            int end) {
        /** A tag that can be addressed; other transponders are cards and the like. */
        boolean namesATag() {
            return type == FeigCommand.ISO_15693 && identifierEnd - identifier == UID_BYTES;
        }

        private Entry entry(byte[] data) {
            return new Entry(
                    namesATag()
                            ? Optional.of(Uid.of(Arrays.copyOfRange(data, identifier, identifierEnd)))
                            : Optional.empty(),
                    blockSize > 0 ? Optional.of(memory(data)) : Optional.empty());
        }

        private Blocks memory(byte[] data) {
            var told = new Blocks(blockSize, Arrays.copyOfRange(data, blocks, blocksEnd));
            return memoryOrder ? told : told.reversed();
        }
    }

    /**
     * Finds the parts of {@code TR-DATA1 [TR-DATA2] count(2)} and so many data sets, each beginning with its length (2), which counts
     * itself.
     *
     * @param data without status
     */
    static List<Place> places(byte[] data) {
        var in = ByteBuffer.wrap(data);
        require(in, 1);
        int contents = in.get() & 0xFF;
        if ((contents & EXTENSION) != 0) {
            require(in, 1);
            // TR-DATA2 tells of what stands behind the blocks, which is passed over by the record's length.
            in.get();
        }
        require(in, 2);
        int count = in.getShort() & 0xFFFF;
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            require(in, 2);
            int length = in.getShort() & 0xFFFF;
            if (length < 2) {
                throw new FormatException("a record of at least 2 bytes", Integer.toString(length), in.position());
            }
            require(in, length - 2);
            int end = in.position() + length - 2;
            places.add(place(contents, in.duplicate().limit(end)));
            in.position(end);
        }
        return List.copyOf(places);
    }

    private static Place place(int contents, ByteBuffer in) {
        int type = 0;
        int identifier = in.position();
        if ((contents & IDENTIFIER) != 0) {
            // Transponder type, information, length.
            require(in, 3);
            type = in.get() & 0xFF;
            in.get();
            int length = in.get() & 0xFF;
            require(in, length);
            identifier = in.position();
            in.position(identifier + length);
        }
        int identifierEnd = in.position();
        int blocks = identifierEnd;
        int size = 0;
        if ((contents & BLOCKS) != 0) {
            // Number of blocks (2), their size (1).
            require(in, 3);
            int count = in.getShort() & 0xFFFF;
            size = in.get() & 0xFF;
            if (size == 0) {
                throw new FormatException("a block size of at least 1", "0", in.position());
            }
            require(in, count * size);
            blocks = in.position();
            in.position(blocks + count * size);
        }
        // "Least significant byte first" is the order of the memory, as the published answer of a reader shows.
        boolean memoryOrder = (contents & LSB_FIRST) != 0;
        return new Place(type, identifier, identifierEnd, blocks, in.position(), size, memoryOrder, in.limit());
    }

    private static void require(ByteBuffer in, int count) {
        if (in.remaining() < count) {
            throw new FormatException(count + " more bytes", Integer.toString(in.remaining()), in.position());
        }
    }
}
