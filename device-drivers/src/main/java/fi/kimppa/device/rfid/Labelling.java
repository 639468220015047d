package fi.kimppa.device.rfid;

import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether what lies on a pad may be written with an item while nobody looks at the tag: a decision without a device. The one tag must
 * be blank, or say the same item already, or hold the beginning of just this writing, which was cut off. Nothing that another thing
 * needs is ever lost. Pure; any thread.
 */
public final class Labelling {
    /** What is to be done. */
    public sealed interface Verdict {
        /**
         * This tag is to be written.
         *
         * @param item with what the tag stores beside it, where it says the same item in the same model
         */
        record Write(Uid uid, ItemTag item) implements Verdict {}

        /** Nothing is to be written. */
        record Leave(Obstacle why) implements Verdict {}
    }

    /** Why nothing is written. If several apply, the first of this list is told. */
    public enum Obstacle {
        /** No tag lies there, or it does not answer any more. */
        NO_TAG,
        /** More than one tag lies there. */
        SEVERAL_TAGS,
        /** The model cannot store the item. */
        NOT_ENCODABLE,
        /** The tag says another item, or is a patron's card. */
        OTHER_ITEM,
        /** The tag holds something that is not understood. */
        UNKNOWN_CONTENT,
        /** The memory is too small. */
        TOO_SMALL,
        /** A block that would have to be changed is locked for good. */
        LOCKED
    }

    private Labelling() {}

    /**
     * Decides.
     *
     * @param seen how many tags lie there
     * @param tag the only one of them, whole; empty if there is not one or it does not answer any more
     * @param wanted the item
     */
    public static Verdict judge(int seen, Optional<TagDump> tag, ItemTag wanted) {
        if (seen > 1) {
            return new Verdict.Leave(Obstacle.SEVERAL_TAGS);
        }
        return tag.map(only -> judge(only, wanted)).orElseGet(() -> new Verdict.Leave(Obstacle.NO_TAG));
    }

    private static Verdict judge(TagDump tag, ItemTag wanted) {
        TagContent content = TagCodec.decode(tag.dsfid(), tag.memory());
        ItemTag item = withExtras(content, wanted);
        Optional<byte[]> memory = encoded(item);
        if (memory.isEmpty()) {
            return new Verdict.Leave(Obstacle.NOT_ENCODABLE);
        }
        return against(tag, content, item, memory.get())
                .<Verdict>map(Verdict.Leave::new)
                .orElseGet(() -> new Verdict.Write(tag.uid(), item));
    }

    /** What another program has stored beside the same item is kept, if all of it could be read and the model is the same. */
    private static ItemTag withExtras(TagContent content, ItemTag wanted) {
        return content instanceof TagContent.Decoded(ItemTag there, boolean _)
                        && same(there, wanted)
                        && there.model() == wanted.model()
                        && there.extras().whole()
                ? wanted.with(there.extras())
                : wanted;
    }

    private static Optional<byte[]> encoded(ItemTag item) {
        try {
            return Optional.of(TagCodec.encode(item));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Two numbers that differ in case alone are one item's. */
    private static boolean same(ItemTag there, ItemTag wanted) {
        return !there.isPatronCard() && there.identifier().equalsIgnoreCase(wanted.identifier());
    }

    private static Optional<Obstacle> against(TagDump tag, TagContent content, ItemTag item, byte[] memory) {
        if (!begun(tag, content, memory)) {
            switch (content) {
                case TagContent.Decoded(ItemTag there, boolean _) -> {
                    if (!same(there, item)) {
                        return Optional.of(Obstacle.OTHER_ITEM);
                    }
                }
                case TagContent.Blank _ -> {
                    // Nothing is lost.
                }
                case TagContent.Unreadable _ -> {
                    return Optional.of(Obstacle.UNKNOWN_CONTENT);
                }
            }
        }
        if (memory.length > tag.memory().length) {
            return Optional.of(Obstacle.TOO_SMALL);
        }
        return locked(tag, memory) ? Optional.of(Obstacle.LOCKED) : Optional.empty();
    }

    /**
     * Whether the tag holds the first blocks of this writing and nothing else. The identifier of the data format is written last: a tag
     * that has it and decodes says what it says.
     */
    private static boolean begun(TagDump tag, TagContent content, byte[] memory) {
        if (tag.dsfid() != 0 && content instanceof TagContent.Decoded) {
            return false;
        }
        byte[] there = tag.memory();
        boolean rest = false;
        for (int block = 0; block * tag.blockSize() < there.length; block++) {
            byte[] now = block(there, block, tag.blockSize());
            if (rest || !agrees(now, block(memory, block, tag.blockSize()))) {
                if (!isZero(now)) {
                    return false;
                }
                rest = true;
            }
        }
        return true;
    }

    private static boolean locked(TagDump tag, byte[] memory) {
        return tag.lockedBlocks().stream()
                .filter(block -> block * tag.blockSize() < memory.length)
                .anyMatch(block ->
                        !agrees(block(tag.memory(), block, tag.blockSize()), block(memory, block, tag.blockSize())));
    }

    /** Some readers give and take each block last byte first. */
    private static boolean agrees(byte[] there, byte[] wanted) {
        return Arrays.equals(there, wanted) || Arrays.equals(Blocks.reversed(there, there.length), wanted);
    }

    /** One block; zeros beyond the end. */
    private static byte[] block(byte[] memory, int number, int size) {
        int from = Math.min(number * size, memory.length);
        return Arrays.copyOfRange(memory, from, from + size);
    }

    private static boolean isZero(byte[] block) {
        return Arrays.equals(block, new byte[block.length]);
    }
}
