package fi.kimppa.device.tag;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of objects as ISO/IEC 15962 writes them without a directory: a precursor (bit 7: a pad count follows; bits 6 to 4:
 * compaction; bits 3 to 0: relative object identifier, F: 15 plus the next byte), that next byte, the pad count, the length, the
 * data and the pad bytes. A precursor of 00 ends the row.
 *
 * @param objects in the order they are stored
 * @param end how the row ended
 */
record ObjectRow(List<DataObject> objects, End end) {
    private static final int ESCAPE = 0x0F;
    /** Fills an object up to a whole block, as real tags of the Mikkeli and Vaski areas have it. */
    private static final int PAD = 0x80;

    /** How a row ends. */
    enum End {
        /** With its mark. */
        MARKED,
        /** With the memory, behind a whole object. */
        FULL,
        /** With the memory, in the middle of an object. */
        CUT,
        /** With something that is no object. */
        BROKEN
    }

    /** Whether it could be read to its end. */
    boolean whole() {
        return end == End.MARKED || end == End.FULL;
    }

    /** Whether an encoder could have written each object. */
    boolean plausible() {
        return objects.stream().allMatch(DataObject::plausible);
    }

    static ObjectRow read(byte[] memory) {
        List<DataObject> objects = new ArrayList<>();
        var reader = new Reader(memory);
        while (reader.end.isEmpty()) {
            reader.next().ifPresent(objects::add);
        }
        return new ObjectRow(objects, reader.end.get());
    }

    /** Reads one object after the other; the first that cannot be read ends the row. */
    private static final class Reader {
        private final byte[] memory;
        private int at;
        private Optional<End> end = Optional.empty();

        Reader(byte[] memory) {
            this.memory = memory;
        }

        Optional<DataObject> next() {
            if (at == memory.length) {
                return end(End.FULL);
            }
            int precursor = memory[at++] & 0xFF;
            if (precursor == 0) {
                return end(End.MARKED);
            }
            int oid = precursor & 0x0F;
            boolean padded = (precursor & 0x80) != 0;
            int left = memory.length - at - (oid == ESCAPE ? 1 : 0) - (padded ? 1 : 0);
            if (oid == 0 || left < 1) {
                return end(oid == 0 ? End.BROKEN : End.CUT);
            }
            if (oid == ESCAPE) {
                oid = ESCAPE + (memory[at++] & 0xFF);
            }
            int pads = padded ? memory[at++] & 0xFF : 0;
            return data(oid, Compaction.of(precursor >> 4 & 0x07), pads);
        }

        private Optional<DataObject> data(int oid, Compaction compaction, int pads) {
            int length = memory[at++] & 0xFF;
            if (length >= 0x80) {
                if (at == memory.length) {
                    return end(End.CUT);
                }
                // Lengths from 128 on carry seven bits a byte: 81 00 is 128. A third byte would be longer than any tag.
                if (memory[at] < 0) {
                    return end(End.BROKEN);
                }
                length = (length & 0x7F) << 7 | memory[at++];
            }
            if (length == 0 || length > memory.length - at) {
                return end(length == 0 ? End.BROKEN : End.CUT);
            }
            Octets data = Octets.range(memory, at, at + length);
            at = Math.min(at + length + pads, memory.length);
            return Optional.of(new DataObject(oid, compaction, data));
        }

        private Optional<DataObject> end(End how) {
            end = Optional.of(how);
            return Optional.empty();
        }
    }

    /** Appends an object. */
    static void write(ByteArrayOutputStream out, DataObject object) {
        write(out, object, 0, 0);
    }

    /** Appends an object that ends on a block boundary, so that its blocks can be locked. */
    static void writeAligned(ByteArrayOutputStream out, DataObject object, int blockSize) {
        var plain = new ByteArrayOutputStream();
        write(plain, object);
        int beyond = (out.size() + plain.size()) % blockSize;
        if (beyond == 0) {
            out.writeBytes(plain.toByteArray());
        } else {
            // The pad count itself fills one byte.
            write(out, object, PAD, blockSize - beyond - 1);
        }
    }

    private static void write(ByteArrayOutputStream out, DataObject object, int offset, int pads) {
        int oid = Math.min(object.oid(), ESCAPE);
        out.write(offset | object.compaction().code() << 4 | oid);
        if (oid == ESCAPE) {
            out.write(object.oid() - ESCAPE);
        }
        if (offset != 0) {
            out.write(pads);
        }
        int length = object.data().length();
        if (length >= 0x80) {
            out.write(0x80 | length >> 7);
            out.write(length & 0x7F);
        } else {
            out.write(length);
        }
        out.writeBytes(object.data().bytes());
        for (int i = 0; i < pads; i++) {
            out.write(PAD);
        }
    }
}
