package fi.kimppa.device.tag;

import fi.kimppa.device.tag.TagContent.Decoded;
import fi.kimppa.device.tag.TagContent.Reason;
import fi.kimppa.device.tag.TagContent.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fixed layout of ISO 28560-3: a basic block of 34 bytes, or 32 where the owner field is two bytes shorter, and extension
 * blocks behind it. Offsets: 0 model and type of usage, 1 parts, 2 ordinal, 3 identifier (16), 19 check sum (low byte first), 21
 * country (2), 23 rest of the ISIL (11 or 9).
 *
 * @param block the basic block, brought to 34 bytes; its check sum agrees
 * @param extensions what stands behind it
 */
record FixedLayout(Octets block, Extensions extensions) {
    static final int LENGTH = 34;
    static final int SHORT_LENGTH = 32;

    private static final int IDENTIFIER = 3;
    private static final int CRC = 19;
    private static final int OWNER = 21;
    private static final int COUNTRY = 2;
    private static final int MODEL_VERSION = 1;

    /**
     * The layout, if its check sum agrees: over the long block, or over one that ends sooner and counts as filled up with zeros.
     * The standard knows the one of 32 bytes; on a memory that ends before that, or a reading that was cut, the sum tells just as well
     * whether the owner field had ended.
     */
    static Optional<FixedLayout> read(byte[] memory) {
        if (memory.length < OWNER + COUNTRY) {
            return Optional.empty();
        }
        if (memory.length >= LENGTH) {
            byte[] block = Arrays.copyOf(memory, LENGTH);
            if (checks(block)) {
                return Optional.of(new FixedLayout(Octets.of(block), Extensions.read(memory, LENGTH)));
            }
        }
        int length = Math.min(memory.length, SHORT_LENGTH);
        byte[] block = Arrays.copyOf(Arrays.copyOf(memory, length), LENGTH);
        return checks(block)
                ? Optional.of(new FixedLayout(Octets.of(block), Extensions.read(memory, length)))
                : Optional.empty();
    }

    private static boolean checks(byte[] block) {
        return crc(block) == ((block[CRC] & 0xFF) | (block[CRC + 1] & 0xFF) << 8);
    }

    TagContent content(TagModel model, boolean reversedBlocks) {
        byte[] bytes = block.bytes();
        int usage = bytes[0] & 0x0F;
        // Tags initialised by old Bibliotheca software have the nibbles of byte 0 swapped (21, 71; libdanrfid).
        if ((bytes[0] & 0xFF) >> 4 != MODEL_VERSION && usage == MODEL_VERSION) {
            usage = (bytes[0] & 0xFF) >> 4;
        }
        int total = bytes[1] & 0xFF;
        int ordinal = bytes[2] & 0xFF;
        if (total <= 1 && ordinal <= 1) {
            // Real single items carry 0 as their ordinal (Turku area).
            total = 1;
            ordinal = 1;
        }
        Optional<String> identifier = text(bytes, IDENTIFIER, CRC);
        if (identifier.isEmpty() || total < 1 || ordinal < 1) {
            return new Unreadable(Reason.NO_IDENTIFIER);
        }
        return new Decoded(
                new ItemTag(
                        identifier.get(),
                        owner(bytes),
                        total,
                        ordinal,
                        Optional.of(new TypeOfUsage(usage << 4)),
                        model,
                        new Extras(List.of(), extensions.blocks(), extensions.whole())),
                reversedBlocks);
    }

    private static Optional<String> owner(byte[] block) {
        return text(block, OWNER, OWNER + COUNTRY)
                .filter(country -> country.length() == COUNTRY)
                .map(country -> country
                        + text(block, OWNER + COUNTRY, LENGTH)
                                .map(text -> "-" + text)
                                .orElse(""));
    }

    private static Optional<String> text(byte[] block, int from, int to) {
        int end = from;
        while (end < to && block[end] != 0) {
            end++;
        }
        return Text.printable(new String(block, from, end - from, StandardCharsets.UTF_8));
    }

    /**
     * The basic block of 34 bytes and the extension blocks, without end mark.
     *
     * @throws IllegalArgumentException when there is something that this model cannot hold
     */
    static byte[] encode(ItemTag item) {
        if (!item.extras().objects().isEmpty()) {
            throw new IllegalArgumentException("The fixed layout cannot hold objects of the variable model");
        }
        TypeOfUsage usage = item.usage().orElse(TypeOfUsage.CIRCULATION_ITEM);
        if (usage.qualifier() != 0) {
            throw new IllegalArgumentException("The fixed layout cannot hold the qualifier of a type of usage, found "
                    + usage.qualifier() + " of " + usage.category());
        }
        byte[] block = new byte[LENGTH];
        block[0] = (byte) (MODEL_VERSION << 4 | usage.code() >> 4);
        block[1] = (byte) item.totalParts();
        block[2] = (byte) item.ordinal();
        put(block, IDENTIFIER, "identifier", item.identifier(), CRC - IDENTIFIER);
        item.owner().ifPresent(isil -> putOwner(block, isil, isShort(item)));
        int crc = crc(block);
        block[CRC] = (byte) crc;
        block[CRC + 1] = (byte) (crc >> 8);
        byte[] extensions = Extensions.write(item.extras().extensions());
        byte[] bytes = Arrays.copyOf(block, LENGTH + extensions.length);
        System.arraycopy(extensions, 0, bytes, LENGTH, extensions.length);
        return bytes;
    }

    /**
     * Whether the block ends after 32 bytes. Not in front of extension blocks: other programs look for them at byte 34.
     */
    static boolean isShort(ItemTag item) {
        return item.model() == TagModel.FINNISH_2005
                && item.extras().extensions().isEmpty();
    }

    /** How many bytes a memory must have for that encoding: without extension blocks, zeros at the end can be left out. */
    static int shortest(byte[] encoded) {
        int length = encoded.length;
        while (encoded.length == LENGTH && length > OWNER + COUNTRY && encoded[length - 1] == 0) {
            length--;
        }
        return length;
    }

    private static void putOwner(byte[] block, String isil, boolean shorter) {
        boolean hyphen = isil.length() > COUNTRY + 1 && isil.charAt(COUNTRY) == '-';
        if (isil.length() != COUNTRY && !hyphen) {
            throw new IllegalArgumentException(
                    "Expected an ISIL with a country of two letters and a hyphen, found '" + isil + "'");
        }
        put(block, OWNER, "country", isil.substring(0, COUNTRY), COUNTRY);
        if (hyphen) {
            int room = (shorter ? SHORT_LENGTH : LENGTH) - OWNER - COUNTRY;
            put(block, OWNER + COUNTRY, "ISIL after the country", isil.substring(COUNTRY + 1), room);
        }
    }

    private static void put(byte[] block, int at, String what, String text, int room) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > room) {
            throw new IllegalArgumentException(
                    "The fixed layout holds at most " + room + " bytes of an " + what + ", found " + bytes.length);
        }
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** CRC-16 over all but the check sum itself; {@code block} has 34 bytes. */
    private static int crc(byte[] block) {
        byte[] covered = new byte[LENGTH - 2];
        System.arraycopy(block, 0, covered, 0, CRC);
        System.arraycopy(block, OWNER, covered, CRC, LENGTH - OWNER);
        return crc16(covered);
    }

    /** Polynomial 1021, initial value FFFF, not reflected, no final exclusive or. */
    static int crc16(byte[] bytes) {
        int crc = 0xFFFF;
        for (byte b : bytes) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xFFFF : crc << 1;
            }
        }
        return crc;
    }
}
