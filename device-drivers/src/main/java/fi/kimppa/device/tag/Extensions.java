package fi.kimppa.device.tag;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The row of extension blocks behind the basic block of ISO 28560-3: length (counts itself), identifier (2, low byte first), a byte
 * that makes the exclusive or over the block zero, data. Length 0 ends the row, 1 is a filler.
 *
 * @param blocks in the order they are stored
 * @param whole whether the row could be read to its end; a block that is cut or whose check fails ends the reading
 */
record Extensions(List<Extension> blocks, boolean whole) {
    private static final int HEAD = 4;
    static final int MOST_DATA = 0xFF - HEAD;

    static Extensions read(byte[] memory, int from) {
        List<Extension> blocks = new ArrayList<>();
        int at = from;
        while (at < memory.length && memory[at] != 0) {
            int length = memory[at] & 0xFF;
            if (length > 1) {
                if (length < HEAD || at + length > memory.length || checks(memory, at, length) != 0) {
                    return new Extensions(blocks, false);
                }
                int id = (memory[at + 1] & 0xFF) | (memory[at + 2] & 0xFF) << 8;
                blocks.add(Extension.of(id, Octets.range(memory, at + HEAD, at + length)));
            }
            at += length;
        }
        return new Extensions(blocks, true);
    }

    private static int checks(byte[] memory, int from, int length) {
        int check = 0;
        for (int i = from; i < from + length; i++) {
            check ^= memory[i];
        }
        return check;
    }

    static byte[] write(List<Extension> blocks) {
        var out = new ByteArrayOutputStream();
        for (Extension block : blocks) {
            byte[] data = block.data().bytes();
            byte[] bytes = new byte[HEAD + data.length];
            bytes[0] = (byte) bytes.length;
            bytes[1] = (byte) block.id();
            bytes[2] = (byte) (block.id() >> 8);
            System.arraycopy(data, 0, bytes, HEAD, data.length);
            bytes[3] = (byte) checks(bytes, 0, bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    /** The strings with a zero between one and the next; the last ends with the block. */
    static byte[] joined(List<String> texts) {
        return String.join("\u0000", texts).getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses what {@link Extension#of} would read otherwise or what does not fit. */
    static void check(List<String> texts, int room) {
        if (texts.equals(List.of(""))) {
            throw new IllegalArgumentException("Expected no strings or one that says something");
        }
        if (texts.stream().anyMatch(text -> text.indexOf('\u0000') >= 0)) {
            throw new IllegalArgumentException("A string of an extension block cannot contain a zero");
        }
        int length = joined(texts).length;
        if (length > room) {
            throw new IllegalArgumentException(
                    "Expected at most " + room + " bytes of strings in an extension block, found " + length);
        }
    }
}
