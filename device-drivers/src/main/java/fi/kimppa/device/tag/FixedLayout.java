package fi.kimppa.device.tag;

import fi.kimppa.device.tag.TagContent.Decoded;
import fi.kimppa.device.tag.TagContent.Reason;
import fi.kimppa.device.tag.TagContent.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The fixed layout of ISO 28560-3: 34 bytes, or 32 where the owner field is two bytes shorter. Offsets: 0 model and type of
 * usage, 1 parts, 2 ordinal, 3 identifier (16), 19 check sum (low byte first), 21 country (2), 23 rest of the ISIL (11 or 9).
 */
final class FixedLayout {
    static final int LENGTH = 34;
    static final int SHORT_LENGTH = 32;

    private static final int IDENTIFIER = 3;
    private static final int CRC = 19;
    private static final int OWNER = 21;
    private static final int MODEL_VERSION = 1;

    private FixedLayout() {}

    /** Whether the check sum agrees, over the long block or over the short one extended with zeros. */
    static boolean checks(byte[] memory) {
        return ending(memory).isPresent();
    }

    /** The block, brought to 34 bytes, if its check sum agrees. */
    private static Optional<byte[]> ending(byte[] memory) {
        if (memory.length < SHORT_LENGTH) {
            return Optional.empty();
        }
        byte[] shortened = Arrays.copyOf(Arrays.copyOf(memory, SHORT_LENGTH), LENGTH);
        for (byte[] block : memory.length >= LENGTH
                ? new byte[][] {Arrays.copyOf(memory, LENGTH), shortened}
                : new byte[][] {shortened}) {
            int stored = (block[CRC] & 0xFF) | (block[CRC + 1] & 0xFF) << 8;
            if (crc(block) == stored) {
                return Optional.of(block);
            }
        }
        return Optional.empty();
    }

    /** Decodes a memory whose check sum agrees. */
    static TagContent decode(byte[] memory, TagModel model, boolean reversedBlocks) {
        byte[] block = ending(memory).orElseThrow();
        int usage = block[0] & 0x0F;
        // Tags initialised by old Bibliotheca software have the nibbles of byte 0 swapped (21, 71).
        if ((block[0] & 0xFF) >> 4 != MODEL_VERSION && usage == MODEL_VERSION) {
            usage = (block[0] & 0xFF) >> 4;
        }
        int total = block[1] & 0xFF;
        int ordinal = block[2] & 0xFF;
        if (total <= 1 && ordinal <= 1) {
            // Real single items carry 0 as their ordinal (Turku area).
            total = 1;
            ordinal = 1;
        }
        Optional<String> identifier = text(block, IDENTIFIER, CRC);
        if (identifier.isEmpty() || total < 1 || ordinal < 1) {
            return new Unreadable(Reason.NO_IDENTIFIER);
        }
        return new Decoded(
                new ItemTag(
                        identifier.get(),
                        owner(block),
                        total,
                        ordinal,
                        Optional.of(new TypeOfUsage(usage << 4)),
                        model),
                reversedBlocks);
    }

    private static Optional<String> owner(byte[] block) {
        Optional<String> country = text(block, OWNER, OWNER + 2);
        Optional<String> rest = text(block, OWNER + 2, LENGTH);
        if (country.isEmpty() || country.get().length() != 2) {
            return Optional.empty();
        }
        return Optional.of(country.get() + rest.map(text -> "-" + text).orElse(""));
    }

    private static Optional<String> text(byte[] block, int from, int to) {
        int end = from;
        while (end < to && block[end] != 0) {
            end++;
        }
        return Text.printable(new String(block, from, end - from, StandardCharsets.UTF_8));
    }

    static byte[] encode(ItemTag item, int length) {
        byte[] block = new byte[LENGTH];
        block[0] = (byte) (MODEL_VERSION << 4
                | item.usage().orElse(TypeOfUsage.CIRCULATION_ITEM).code() >> 4);
        block[1] = (byte) item.totalParts();
        block[2] = (byte) item.ordinal();
        put(block, IDENTIFIER, item.identifier(), CRC - IDENTIFIER);
        if (item.owner().isPresent()) {
            String isil = item.owner().get();
            if (isil.length() < 4 || isil.charAt(2) != '-') {
                throw new IllegalArgumentException(
                        "Expected an ISIL with a country of two letters and a hyphen, found '" + isil + "'");
            }
            put(block, OWNER, isil.substring(0, 2), 2);
            put(block, OWNER + 2, isil.substring(3), length - OWNER - 2);
        }
        int crc = crc(block);
        block[CRC] = (byte) crc;
        block[CRC + 1] = (byte) (crc >> 8);
        return Arrays.copyOf(block, (length + 3) / 4 * 4);
    }

    private static void put(byte[] block, int at, String text, int room) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > room) {
            throw new IllegalArgumentException("Expected at most " + room + " bytes, found '" + text + "'");
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
