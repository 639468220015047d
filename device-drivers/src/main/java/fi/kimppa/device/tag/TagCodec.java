package fi.kimppa.device.tag;

import fi.kimppa.device.tag.TagContent.Blank;
import fi.kimppa.device.tag.TagContent.Decoded;
import fi.kimppa.device.tag.TagContent.Reason;
import fi.kimppa.device.tag.TagContent.Unreadable;
import java.util.Optional;

/**
 * From the memory of a tag to what it says, and back. Pure; any thread.
 *
 * <p>Sources: ISO 28560-1, -2 and -3, ISO/IEC 15962, the Finnish model of 2005. The order of detection: the DSFID; else the
 * check sum of the fixed layout; else a memory that parses to its end as variable fields. Each is tried in memory order and with
 * the four bytes of each block reversed, because some readers deliver and some programs wrote blocks that way.
 */
public final class TagCodec {
    private static final int BLOCK = 4;

    private TagCodec() {}

    /**
     * Finds the model and decodes.
     *
     * @param dsfid as the inventory gave it, 00 to FF
     * @param memory from byte 0 of block 0 on, as many bytes as were read; 34 suffice for the fixed models
     */
    public static TagContent decode(int dsfid, byte[] memory) {
        if (isZero(memory)) {
            return memory.length == 0 ? new Unreadable(Reason.TOO_SHORT) : new Blank();
        }
        if (dsfid == TagModel.ISO_28560_2.dsfid()) {
            return variable(memory);
        }
        byte[] reversed = reverseBlocks(memory);
        TagModel model = dsfid == TagModel.ISO_28560_3.dsfid() ? TagModel.ISO_28560_3 : TagModel.FINNISH_2005;
        if (FixedLayout.checks(memory)) {
            return FixedLayout.decode(memory, model, false);
        }
        if (FixedLayout.checks(reversed)) {
            return FixedLayout.decode(reversed, model, true);
        }
        if (model == TagModel.ISO_28560_3) {
            return new Unreadable(memory.length < FixedLayout.SHORT_LENGTH ? Reason.TOO_SHORT : Reason.BAD_CRC);
        }
        // Without its DSFID a variable-field tag must be well formed to its end and contain what it announces: the
        // first
        // bytes of a damaged fixed tag can look like an identifier object, and an identifier is never guessed.
        Optional<VariableFields> fields = VariableFields.parse(memory).filter(VariableFields::wellFormed);
        if (fields.isPresent()
                && fields.get().beginsWithIdentifier()
                && fields.get().asAnnounced()) {
            return fields.get().content(false);
        }
        return new Unreadable(memory.length < FixedLayout.SHORT_LENGTH ? Reason.TOO_SHORT : Reason.UNKNOWN_MODEL);
    }

    private static TagContent variable(byte[] memory) {
        TagContent straight = variable(memory, false);
        if (straight instanceof Decoded) {
            return straight;
        }
        TagContent reversed = variable(reverseBlocks(memory), true);
        return reversed instanceof Decoded ? reversed : straight;
    }

    private static TagContent variable(byte[] memory, boolean reversed) {
        return VariableFields.parse(memory)
                .map(fields -> fields.content(reversed))
                .orElseGet(() -> new Unreadable(Reason.BAD_OBJECT));
    }

    /**
     * Whether reading more of the tag's memory could not change what {@link #decode} says, so that a driver may stop reading.
     *
     * @param dsfid as the inventory gave it
     * @param memory what was read so far
     */
    public static boolean suffices(int dsfid, byte[] memory) {
        if (memory.length >= FixedLayout.LENGTH && isZero(memory)) {
            return true;
        }
        if (dsfid != TagModel.ISO_28560_2.dsfid()
                && (FixedLayout.checks(memory) || FixedLayout.checks(reverseBlocks(memory)))) {
            return true;
        }
        if (dsfid == TagModel.ISO_28560_3.dsfid()) {
            return memory.length >= FixedLayout.LENGTH;
        }
        return ended(memory) || ended(reverseBlocks(memory));
    }

    private static boolean ended(byte[] memory) {
        return VariableFields.parse(memory)
                .filter(fields -> fields.wellFormed() && fields.beginsWithIdentifier() && fields.terminated())
                .isPresent();
    }

    /**
     * Encodes in the item's model: 32 bytes for the Finnish model, 36 for ISO 28560-3, otherwise as long as needed; padded with
     * zeros to whole blocks of 4 bytes.
     *
     * @throws IllegalArgumentException when the model cannot store the item
     */
    public static byte[] encode(ItemTag item) {
        return switch (item.model()) {
            case ISO_28560_2 -> VariableFields.encode(item);
            case ISO_28560_3 -> FixedLayout.encode(item, FixedLayout.LENGTH);
            case FINNISH_2005 -> FixedLayout.encode(item, FixedLayout.SHORT_LENGTH);
        };
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
        byte[] reversed = new byte[memory.length - memory.length % BLOCK];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = memory[i - i % BLOCK + BLOCK - 1 - i % BLOCK];
        }
        return reversed;
    }
}
