package fi.kimppa.device.simulator;

import fi.kimppa.device.rfid.AfiPair;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** The tags of the demo consortium's fixed items, with the same UIDs at every start. */
public final class DemoTags {
    /** User memory of an NXP ICODE SLIX, the commonest chip in books. */
    private static final int MEMORY_BYTES = 112;

    private DemoTags() {}

    /** The ten items that the demo's story needs; those on loan carry an unsecured tag. */
    public static List<DemoItem> items() {
        return List.of(
                single("3000000011", "FI-Turku", "Sinuhe egyptiläinen", TagSecurity.SECURED),
                single("3000000028", "FI-Turku", "Tuntematon sotilas", TagSecurity.SECURED),
                single("3000000035", "FI-Lieto", "Kalevala", TagSecurity.SECURED),
                single("3000000042", "FI-Naantali", "Muumipappa ja meri", TagSecurity.UNSECURED),
                single("3000000059", "FI-Turku", "Seitsemän veljestä", TagSecurity.SECURED),
                set("3000000066", "FI-Turku", "Äänikirja, 3 osaa", 3),
                single("3000000073", "FI-Turku", "Tietosanakirja", TagSecurity.SECURED),
                single("3000000080", "FI-Raisio", "Elokuva, K18", TagSecurity.SECURED),
                single("3000000097", "FI-Uusikaupunki", "Juoksuhaudantie", TagSecurity.UNSECURED),
                new DemoItem(
                        "853N06240600",
                        "FI-Turku",
                        "Kuvakirja",
                        List.of(tag(
                                ItemTag.single("853N06240600", "FI-Turku", TagModel.ISO_28560_3),
                                TagSecurity.SECURED))));
    }

    /**
     * An item of the generated stock, secured, as one ISO 28560-2 tag. The UID follows from the number.
     *
     * @param owner ISIL, for example {@code FI-Turku}
     */
    public static DemoItem item(String identifier, String owner, String title) {
        return single(identifier, owner, title, TagSecurity.SECURED);
    }

    private static DemoItem single(String identifier, String owner, String title, TagSecurity security) {
        ItemTag item = ItemTag.single(identifier, owner, TagModel.ISO_28560_2);
        return new DemoItem(identifier, owner, title, List.of(tag(item, security)));
    }

    private static DemoItem set(String identifier, String owner, String title, int parts) {
        List<VirtualTag> tags = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            ItemTag item =
                    ItemTag.single(identifier, owner, TagModel.ISO_28560_2).part(part, parts);
            tags.add(tag(item, TagSecurity.SECURED));
        }
        return new DemoItem(identifier, owner, title, tags);
    }

    /** A chip of 112 bytes that carries the item in its model. The UID follows from identifier and part. */
    public static VirtualTag tag(ItemTag item, TagSecurity security) {
        return new VirtualTag(
                uid(item),
                item.model().dsfid(),
                AfiPair.STANDARD.of(security),
                Arrays.copyOf(TagCodec.encode(item), MEMORY_BYTES));
    }

    /**
     * NXP, ICODE SLIX, then the part in the low bits of the fourth byte, then 32 bits: the number itself, or for a number with letters or
     * more than 32 bits a check sum of it, marked by the highest bit of the fourth byte.
     */
    private static Uid uid(ItemTag item) {
        long part = item.totalParts() == 1 ? 0 : item.ordinal() % 8;
        boolean fits = item.identifier().matches("[1-9]\\d{0,9}") && Long.parseLong(item.identifier()) <= 0xFFFF_FFFFL;
        long low;
        if (fits) {
            low = Long.parseLong(item.identifier());
        } else {
            var sum = new CRC32();
            sum.update(item.identifier().getBytes(StandardCharsets.UTF_8));
            low = sum.getValue();
        }
        return new Uid(0xE004_0100_0000_0000L | (fits ? 0x50L : 0xD0L) << 32 | part << 32 | low);
    }
}
