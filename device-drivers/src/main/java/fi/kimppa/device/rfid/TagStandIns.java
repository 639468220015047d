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
            UidOrder order = UidOrder.shownBy(uid).orElse(UidOrder.MSB);
            byte[] other = uid(Uid.of(order.turned(uid))).bytes();
            ByteBuffer.wrap(bytes, at, Long.BYTES).put(order.turned(other));
        }
    }

    /**
     * Another memory of the same form and length.
     *
     * @param memory from block 0 on
     */
    private static byte[] memory(byte[] memory) {
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
        return withoutForm(memory);
    }

    private static byte[] withoutForm(byte[] memory) {
        boolean blank = Arrays.equals(memory, new byte[memory.length]);
        return blank ? memory : StandIns.OF_THIS_RUN.bytes(memory, memory.length);
    }

    /** Hides what stands from {@code from} up to {@code to}: what is not known here may be somebody's. */
    static void hide(byte[] bytes, int from, int to) {
        byte[] other = StandIns.OF_THIS_RUN.bytes(Arrays.copyOfRange(bytes, from, to), to - from);
        System.arraycopy(other, 0, bytes, from, other.length);
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

    /**
     * Replaces what stands from {@code from} up to {@code to}.
     *
     * @param firstBlock that it begins with; blocks from the middle keep their form only where they are blank, because what they go on
     *     with cannot be seen
     */
    static void replaceMemory(byte[] bytes, int from, int to, int firstBlock) {
        byte[] memory = Arrays.copyOfRange(bytes, from, to);
        byte[] other = firstBlock == 0 ? memory(memory) : withoutForm(memory);
        System.arraycopy(other, 0, bytes, from, other.length);
    }

    /** Replaces what blocks say that each stand behind a byte of their status. */
    static void replaceBlocks(byte[] bytes, int at, int count, int size, int firstBlock) {
        byte[] memory = Blocks.behindStatus(bytes, at, count, size).bytes();
        replaceMemory(memory, 0, memory.length, firstBlock);
        new Blocks(size, memory).putBehindStatus(bytes, at);
    }
}
