package fi.kimppa.device.tag;

import fi.kimppa.device.tag.TagContent.Blank;
import fi.kimppa.device.tag.TagContent.Reason;
import fi.kimppa.device.tag.TagContent.Unreadable;
import java.util.Arrays;
import java.util.Optional;

/**
 * From the memory of a tag to what it says, and back. Pure; any thread; decoding never throws.
 *
 * <p>Sources: ISO 28560-1, -2 and -3, ISO/IEC 15962, the Finnish model of 2005. The order of detection: the DSFID; else the
 * check sum of the fixed layout; else a memory that parses to its end as variable fields. What a DSFID names, and the fixed layout,
 * is tried in memory order and with the four bytes of each block reversed, because some readers deliver and some programs wrote
 * blocks that way.
 */
public final class TagCodec {
    /** Bytes that lie last byte first on reversed tags. */
    static final int REVERSED = 4;

    private static final int USUAL_BLOCK = 4;

    private TagCodec() {}

    /**
     * Finds the model and decodes.
     *
     * @param dsfid as the inventory gave it, 00 to FF
     * @param memory from byte 0 of block 0 on, as many bytes as were read; 34 suffice for the fixed models, but extras are found
     *     only in what was read
     */
    public static TagContent decode(int dsfid, byte[] memory) {
        if (isZero(memory)) {
            return memory.length == 0 ? new Unreadable(Reason.TOO_SHORT) : new Blank();
        }
        if (dsfid == TagModel.ISO_28560_2.dsfid()) {
            return variable(memory);
        }
        TagModel model = dsfid == TagModel.ISO_28560_3.dsfid() ? TagModel.ISO_28560_3 : TagModel.FINNISH_2005;
        Optional<TagContent> fixed = FixedLayout.read(memory)
                .map(layout -> layout.content(model, false))
                .or(() -> FixedLayout.read(reverseBlocks(memory)).map(layout -> layout.content(model, true)));
        boolean tooShort = memory.length < FixedLayout.SHORT_LENGTH;
        if (model == TagModel.ISO_28560_3) {
            return fixed.orElseGet(() -> new Unreadable(tooShort ? Reason.TOO_SHORT : Reason.BAD_CRC));
        }
        return fixed.orElseGet(() -> unannounced(memory, tooShort));
    }

    /**
     * Without its DSFID a variable-field tag must be well formed to its end and contain what it announces: the first bytes of a
     * damaged fixed tag can look like an identifier object, and an identifier is never guessed.
     */
    private static TagContent unannounced(byte[] memory, boolean tooShort) {
        VariableFields fields = VariableFields.read(memory);
        if (fields.wellFormed()) {
            return fields.content(false);
        }
        return new Unreadable(tooShort || fields.cut() ? Reason.TOO_SHORT : Reason.UNKNOWN_MODEL);
    }

    /**
     * The DSFID says variable fields. They are turned round only if that way they contain what they announce, and straight they do
     * not or are not whole: turned bytes can look like an identifier object. Where they are not whole, a fixed block's check sum that agrees speaks
     * against them: such a tag with the wrong DSFID begins like an identifier of a few digits.
     */
    private static TagContent variable(byte[] memory) {
        byte[] turned = reverseBlocks(memory);
        VariableFields straight = VariableFields.read(memory);
        VariableFields reversed = VariableFields.read(turned);
        boolean turn = reversed.announced() && (!straight.announced() || (reversed.whole() && !straight.whole()));
        VariableFields fields = turn ? reversed : straight;
        boolean fixed = !fields.whole()
                && (FixedLayout.read(memory).isPresent()
                        || FixedLayout.read(turned).isPresent());
        return fixed ? new Unreadable(Reason.BAD_OBJECT) : fields.content(turn);
    }

    /**
     * Whether reading more of the tag's memory could not change what {@link #decode} says about the item, so that a driver may stop
     * reading. The extension blocks of the fixed layout do not count.
     *
     * @param dsfid as the inventory gave it
     * @param memory what was read so far
     */
    public static boolean suffices(int dsfid, byte[] memory) {
        if (memory.length >= FixedLayout.LENGTH && isZero(memory)) {
            return true;
        }
        byte[] reversed = reverseBlocks(memory);
        if (dsfid != TagModel.ISO_28560_2.dsfid()
                && (FixedLayout.read(memory).isPresent()
                        || FixedLayout.read(reversed).isPresent())) {
            return true;
        }
        if (dsfid == TagModel.ISO_28560_3.dsfid()) {
            return memory.length >= FixedLayout.LENGTH;
        }
        return VariableFields.read(memory).ended()
                || VariableFields.read(reversed).ended();
    }

    /**
     * Encodes in the item's model for blocks of 4 bytes: 32 bytes for the Finnish model, 36 for ISO 28560-3 without extension
     * blocks, otherwise as long as needed; padded with zeros to whole blocks.
     *
     * @throws IllegalArgumentException when the model cannot store the item, or not all of the extras were read
     */
    public static byte[] encode(ItemTag item) {
        byte[] content = content(item, USUAL_BLOCK);
        if (item.model() == TagModel.FINNISH_2005 && FixedLayout.isShort(item)) {
            return Arrays.copyOf(content, FixedLayout.SHORT_LENGTH);
        }
        return Arrays.copyOf(content, wholeBlocks(content.length + 1, USUAL_BLOCK));
    }

    /**
     * Encodes in the item's model for a certain memory: whole blocks with an end mark where there is room for one. The fixed layout
     * may end with the memory, at 32 bytes or sooner, where the rest would be zeros.
     *
     * @throws IllegalArgumentException when the model cannot store the item, the memory is too small, or not all of the extras were
     *     read
     */
    public static TagImage encode(ItemTag item, TagMemory memory) {
        byte[] content = content(item, memory.blockSize());
        boolean fixed = item.model() != TagModel.ISO_28560_2;
        int needed = fixed ? FixedLayout.shortest(content) : content.length;
        if (needed > memory.bytes()) {
            throw new IllegalArgumentException("The item needs " + needed + " bytes, the tag has " + memory.bytes());
        }
        int length = Math.min(memory.bytes(), wholeBlocks(content.length + 1, memory.blockSize()));
        byte[] bytes = Arrays.copyOf(content, length);
        return new TagImage(
                item.model().dsfid(),
                memory.blockSize(),
                Octets.of(memory.reversedBlocks() ? reverseBlocks(bytes) : bytes));
    }

    private static byte[] content(ItemTag item, int blockSize) {
        if (!item.extras().whole()) {
            throw new IllegalArgumentException("Not all of the tag was read: writing it would lose the rest");
        }
        if (Text.printable(item.identifier()).isEmpty()) {
            throw new IllegalArgumentException("The identifier has characters that a tag cannot give back");
        }
        return item.model() == TagModel.ISO_28560_2 ? VariableFields.encode(item, blockSize) : FixedLayout.encode(item);
    }

    private static int wholeBlocks(int bytes, int blockSize) {
        return (bytes + blockSize - 1) / blockSize * blockSize;
    }

    private static boolean isZero(byte[] memory) {
        for (byte b : memory) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] reverseBlocks(byte[] memory) {
        // An incomplete block at the end cannot be turned round and is left out.
        byte[] reversed = new byte[memory.length - memory.length % REVERSED];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = memory[i - i % REVERSED + REVERSED - 1 - i % REVERSED];
        }
        return reversed;
    }
}
