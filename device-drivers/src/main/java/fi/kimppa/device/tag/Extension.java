package fi.kimppa.device.tag;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An extension block of the fixed layout (ISO 28560-3; blocks 1 and 2 as in its annex B.2). Whatever a block says is kept byte for
 * byte: {@link #data()} of one that was read is what was read.
 */
public sealed interface Extension {
    /** Identifier of the block, 0 to FFFF. */
    int id();

    /** What stands behind the block's own length, identifier and check; at most 251 bytes. */
    Octets data();

    /**
     * The library's block, identifier 1.
     *
     * @param mediaFormat 0 to 255; 1 is a book
     * @param texts whatever strings follow, in their order
     */
    record Library(int mediaFormat, List<String> texts) implements Extension {
        static final int ID = 1;

        public Library {
            texts = List.copyOf(texts);
            if (mediaFormat < 0 || mediaFormat > 0xFF) {
                throw new IllegalArgumentException("Expected a media format from 0 to 255, found " + mediaFormat);
            }
            Extensions.check(texts, Extensions.MOST_DATA - 1);
        }

        @Override
        public int id() {
            return ID;
        }

        @Override
        public Octets data() {
            byte[] rest = Extensions.joined(texts);
            byte[] data = new byte[1 + rest.length];
            data[0] = (byte) mediaFormat;
            System.arraycopy(rest, 0, data, 1, rest.length);
            return Octets.of(data);
        }
    }

    /**
     * The block about the acquisition, identifier 2.
     *
     * @param texts supplier, the supplier's own number of the product, order number, invoice number; fewer where the last are
     *     not stored, empty where one between is not
     */
    record Acquisition(List<String> texts) implements Extension {
        static final int ID = 2;

        public Acquisition {
            texts = List.copyOf(texts);
            Extensions.check(texts, Extensions.MOST_DATA);
        }

        @Override
        public int id() {
            return ID;
        }

        @Override
        public Octets data() {
            return Octets.of(Extensions.joined(texts));
        }
    }

    /** A block that we do not know, or a known one whose text is no UTF-8. */
    record Other(int id, Octets data) implements Extension {
        public Other {
            if (id < 0 || id > 0xFFFF) {
                throw new IllegalArgumentException("Expected a block identifier from 0 to FFFF, found " + id);
            }
            if (data.length() > Extensions.MOST_DATA) {
                throw new IllegalArgumentException(
                        "Expected at most " + Extensions.MOST_DATA + " bytes in a block, found " + data.length());
            }
        }
    }

    /** What the block of that identifier says. */
    static Extension of(int id, Octets data) {
        byte[] bytes = data.bytes();
        try {
            if (id == Acquisition.ID) {
                return new Acquisition(texts(bytes, 0));
            }
            if (id == Library.ID && bytes.length > 0) {
                return new Library(bytes[0] & 0xFF, texts(bytes, 1));
            }
        } catch (CharacterCodingException e) {
            // Somebody's own use of the block: kept as it is.
            return new Other(id, data);
        }
        return new Other(id, data);
    }

    private static List<String> texts(byte[] bytes, int from) throws CharacterCodingException {
        if (bytes.length == from) {
            return List.of();
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
        return List.of(text.split("\u0000", -1));
    }
}
