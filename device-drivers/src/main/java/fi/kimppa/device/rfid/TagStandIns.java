package fi.kimppa.device.rfid;

import fi.kimppa.device.link.StandIns;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Other tags in the place of those on a pad: same maker and model, other serial number and identifier. A card may lie there. */
final class TagStandIns {
    /** {@code E0}, the maker and what NXP uses for the model. */
    private static final int KEPT_OF_UID = 3;

    private static final byte FIRST_OF_UID = (byte) 0xE0;

    private static final int BLOCK = 4;

    private TagStandIns() {}

    /** Another chip of the same maker. */
    static Uid uid(Uid uid) {
        byte[] bytes = uid.bytes();
        byte[] other = StandIns.OF_THIS_RUN.bytes(bytes, bytes.length);
        System.arraycopy(bytes, 0, other, 0, KEPT_OF_UID);
        return Uid.of(other);
    }

    /** Replaces the UID that stands at {@code at}, if it is all there. */
    static void replaceUid(byte[] bytes, int at) {
        if (at >= 0 && at + Long.BYTES <= bytes.length) {
            byte[] uid = Arrays.copyOfRange(bytes, at, at + Long.BYTES);
            // Some wires have it least significant byte first.
            boolean turned = uid[0] != FIRST_OF_UID && uid[Long.BYTES - 1] == FIRST_OF_UID;
            byte[] other =
                    uid(Uid.of(turned ? Blocks.reversed(uid, Long.BYTES) : uid)).bytes();
            ByteBuffer.wrap(bytes, at, Long.BYTES).put(turned ? Blocks.reversed(other, Long.BYTES) : other);
        }
    }

    /**
     * Another memory of the same form and length.
     *
     * @param memory from block 0 on
     */
    static byte[] memory(byte[] memory) {
        for (TagModel model : new TagModel[] {TagModel.FINNISH_2005, TagModel.ISO_28560_2}) {
            if (TagCodec.decode(model.dsfid(), memory) instanceof TagContent.Decoded(ItemTag item, boolean reversed)) {
                Optional<byte[]> other = encoded(item);
                if (other.isPresent()) {
                    byte[] stored = Arrays.copyOf(other.get(), memory.length);
                    boolean whole = memory.length % BLOCK == 0;
                    return reversed && whole ? Blocks.reversed(stored, BLOCK) : stored;
                }
            }
        }
        boolean blank = Arrays.equals(memory, new byte[memory.length]);
        return blank ? memory : StandIns.OF_THIS_RUN.bytes(memory, memory.length);
    }

    private static Optional<byte[]> encoded(ItemTag item) {
        try {
            return Optional.of(TagCodec.encode(new ItemTag(
                    StandIns.OF_THIS_RUN.number(item.identifier()),
                    item.owner(),
                    item.totalParts(),
                    item.ordinal(),
                    item.usage(),
                    item.model())));
        } catch (IllegalArgumentException _) {
            // A tag from elsewhere may say what our encoder would not write; it is masked as a whole then.
            return Optional.empty();
        }
    }

    /** Blocks from the middle of a memory: only what looks like a number is replaced. */
    static byte[] later(byte[] memory) {
        return StandIns.OF_THIS_RUN.numbersIn(memory);
    }
}
