package fi.kimppa.device.rfid;

import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What scripts of faults have in common, whatever the reader is: what lies there, and what may be said of it. */
final class FaultScripts {
    private static final List<TagModel> MODELS = List.of(TagModel.values());
    private static final int MEMORY = 112;

    private FaultScripts() {}

    static TagModel model(Random random) {
        return MODELS.get(random.nextInt(MODELS.size()));
    }

    /** A tag, and the item that can be read there; a blank one has none. */
    record Drawn(VirtualTag tag, Optional<ItemTag> item) {}

    /** Items of every model, some longer than one reading, with leftovers of others behind them; and blank tags. */
    static Drawn tag(Random random) {
        TagModel model = model(random);
        String number = "853N%08d".formatted(random.nextInt(100_000_000));
        ItemTag item = ItemTag.single(
                model == TagModel.ISO_28560_2 && random.nextBoolean() ? number + "0123456789abcdefghij" : number,
                "FI-Turku",
                model);
        byte[] leftovers = new byte[MEMORY - TagCodec.encode(item).length - 4];
        Arrays.fill(leftovers, (byte) 0x5A);
        VirtualTag tag = DemoTags.tag(item, TagSecurity.SECURED)
                .withMemory(MEMORY - leftovers.length, leftovers)
                .withAfi(random.nextBoolean() ? 0x07 : 0xC2)
                .withEas(random.nextBoolean());
        return random.nextInt(5) == 0
                ? new Drawn(new VirtualTag(tag.uid(), 0, 0x07, new byte[MEMORY]), Optional.empty())
                : new Drawn(tag, Optional.of(item));
    }

    /** Another item to write. */
    static ItemTag otherItem(Random random, TagModel model) {
        return ItemTag.single("611N%08d".formatted(random.nextInt(100_000_000)), "FI-Turku", model);
    }

    /** The memory that says an item, with what was behind it erased: blocks that are alike. */
    static byte[] memory(ItemTag item) {
        return Arrays.copyOf(TagCodec.encode(item), 64);
    }

    /** What a whole reading of this tag says; the decoder has its own tests. */
    static TagContent truth(int dsfid, VirtualTag tag) {
        return essence(TagCodec.decode(dsfid, tag.memory()));
    }

    /** Without what stands behind the part that a pad reads. */
    static TagContent essence(TagContent content) {
        return content instanceof TagContent.Decoded(ItemTag item, boolean reversed)
                ? new TagContent.Decoded(
                        new ItemTag(
                                item.identifier(),
                                item.owner(),
                                item.totalParts(),
                                item.ordinal(),
                                item.usage(),
                                item.model()),
                        reversed)
                : content;
    }
}
