package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceException.FormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    /**
     * Reads {@code TR-DATA1 [TR-DATA2] count(2)} and so many records, each beginning with its length (2), which counts itself.
     *
     * @param data without status
     */
    static FeigBuffer parse(byte[] data) {
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
        List<Entry> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            require(in, 2);
            int length = in.getShort() & 0xFFFF;
            if (length < 2) {
                throw new FormatException("a record of at least 2 bytes", Integer.toString(length), in.position());
            }
            require(in, length - 2);
            byte[] record = new byte[length - 2];
            in.get(record);
            records.add(record(contents, ByteBuffer.wrap(record)));
        }
        return new FeigBuffer(List.copyOf(records));
    }

    private static Entry record(int contents, ByteBuffer in) {
        Optional<Uid> uid = (contents & IDENTIFIER) != 0 ? identifier(in) : Optional.empty();
        return new Entry(uid, (contents & BLOCKS) != 0 ? Optional.of(blocks(contents, in)) : Optional.empty());
    }

    /** Transponder type, information, length, identifier. */
    private static Optional<Uid> identifier(ByteBuffer in) {
        require(in, 3);
        int type = in.get() & 0xFF;
        in.get();
        byte[] identifier = new byte[in.get() & 0xFF];
        require(in, identifier.length);
        in.get(identifier);
        return type == FeigCommand.ISO_15693 && identifier.length == UID_BYTES
                ? Optional.of(Uid.of(identifier))
                : Optional.empty();
    }

    /** Number of blocks (2), their size (1), their bytes; bit 3 of TR-DATA1 tells in which order those of a block come. */
    private static Blocks blocks(int contents, ByteBuffer in) {
        require(in, 3);
        int count = in.getShort() & 0xFFFF;
        int size = in.get() & 0xFF;
        if (size == 0) {
            throw new FormatException("a block size of at least 1", "0", in.position());
        }
        require(in, count * size);
        byte[] bytes = new byte[count * size];
        in.get(bytes);
        var blocks = new Blocks(size, bytes);
        // "Least significant byte first" is the order of the memory, as the published answer of a reader shows.
        return (contents & LSB_FIRST) != 0 ? blocks : blocks.reversed();
    }

    private static void require(ByteBuffer in, int count) {
        if (in.remaining() < count) {
            throw new FormatException(count + " more bytes", Integer.toString(in.remaining()), in.position());
        }
    }
}
