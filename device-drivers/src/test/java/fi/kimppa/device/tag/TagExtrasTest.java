package fi.kimppa.device.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.tag.Extension.Acquisition;
import fi.kimppa.device.tag.Extension.Library;
import fi.kimppa.device.tag.Extension.Other;
import fi.kimppa.device.tag.TagContent.Decoded;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tag stores beside the fields that every tag has: read, kept and written back. */
class TagExtrasTest {
    /** ISO 28560-3 annex B.2: basic block, library block, acquisition block, end. */
    private static final String ANNEX_B_2 =
            "11010131303030303030313336000000000000 3615 444B3731383530300000000000 0501000501"
                    + "22020071 426F67766F676E656E00 3132333435363738393000 00 61373839363536 63 00";
    /** rfid-harava and the Finnish test-suite: a real tag, Mikkeli. */
    private static final String MIKKELI = "9101046091CE4380 0201A8 050110 67024241 03073240DE05AB075B 000000";

    @Test
    void readsTheExtensionBlocksOfTheStandardsExample() {
        ItemTag item = item(0x3E, ANNEX_B_2);
        assertThat(item.extras())
                .isEqualTo(Extras.of(
                        new Library(1, List.of()),
                        new Acquisition(List.of("Bogvognen", "1234567890", "", "a789656c"))));
        assertThat(TagCodec.encode(item)).startsWith(hex(ANNEX_B_2));
    }

    @Test
    void keepsABlockThatItDoesNotKnow() {
        // Lainuri test-suite, a tag of Mikkeli.
        String memory = "11010131363230313534343239000000000000C4CF46494D616D6B2D4D0000000000 066500767461 00000000";
        ItemTag item = item(0x3E, memory);
        assertThat(item.extras()).isEqualTo(Extras.of(new Other(0x65, Octets.of(hex("7461")))));
        assertThat(TagCodec.encode(item)).startsWith(hex(memory));
        // A block of the long form of identifiers, and a library block that is no UTF-8, come back byte for byte.
        for (String block : new String[] {"0801FFF60102FF FE", "0601000501 FE"}) {
            byte[] bytes = hex(ANNEX_B_2.substring(0, 70) + block);
            bytes[37] ^= check(bytes, 34);
            assertThat(TagCodec.encode(item(0x3E, HexFormat.of().formatHex(bytes))))
                    .startsWith(bytes);
        }
    }

    @Test
    void skipsFillersAndStopsAtTheEndMark() {
        String basic = ANNEX_B_2.substring(0, 70);
        assertThat(item(0x3E, basic + "0101 0501000501 01 00 0501000501").extras())
                .isEqualTo(Extras.of(new Library(1, List.of())));
    }

    @Test
    void readsTheItemWhateverHappensToAnExtensionBlock() {
        byte[] memory = Arrays.copyOf(hex(ANNEX_B_2), 112);
        ItemTag whole = item(0x3E, ANNEX_B_2);
        for (int at = 34; at < 73; at++) {
            for (int flip : new int[] {0x01, 0x10, 0x80, 0xFF}) {
                byte[] damaged = memory.clone();
                damaged[at] ^= (byte) flip;
                ItemTag item = item(0x3E, HexFormat.of().formatHex(damaged));
                assertThat(item.with(Extras.NONE)).isEqualTo(whole.with(Extras.NONE));
                // A length that is made shorter can leave a block whose check agrees by chance: it never equals the
                // right one.
                assertThat(item.extras()).as("byte %d", at).isNotEqualTo(whole.extras());
            }
        }
        for (int length = 34; length < 73; length++) {
            assertThat(item(0x3E, HexFormat.of().formatHex(Arrays.copyOf(memory, length)))
                            .with(Extras.NONE))
                    .isEqualTo(whole.with(Extras.NONE));
        }
        byte[] broken = memory.clone();
        broken[50] ^= 1;
        ItemTag item = item(0x3E, HexFormat.of().formatHex(broken));
        assertThat(item.extras()).isEqualTo(new Extras(List.of(), List.of(new Library(1, List.of())), false));
        assertThatThrownBy(() -> TagCodec.encode(item)).hasMessageContaining("lose the rest");
    }

    @Test
    void findsBlocksBehindTheShortFormAndWritesThemBehindTheLongOne() {
        String shorter = "1101013835334E303632343036303000000000 9A75 46495475726B7500000000";
        ItemTag item = item(0x00, shorter + "0501000501 00");
        assertThat(item.extras()).isEqualTo(Extras.of(new Library(1, List.of())));
        assertThat(TagCodec.encode(item)).isEqualTo(hex(shorter + "0000 0501000501 00"));
        assertThat(item(0x00, shorter + "0000 0501000501 00")).isEqualTo(item);
    }

    @Test
    void keepsTheObjectsThatItDoesNotUse() {
        ItemTag item = item(0x06, MIKKELI);
        assertThat(item.extras().text(DataElement.ONIX_MEDIA_FORMAT)).contains("BA");
        assertThat(item.extras().objects()).hasSize(1);
        assertThat(item(0x06, HexFormat.of().formatHex(TagCodec.encode(item)))).isEqualTo(item);
        // The same objects in the order of their identifiers, with the set information that every item gets.
        assertThat(TagCodec.encode(item))
                .isEqualTo(hex("91 01 04 6091CE43 80 0201E8 03073240DE05AB075B 14010B 050110 67024241 00 00"));
    }

    /** Computed from the layout of ISO/IEC 15962. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        # element,                     text,           as it is written
        GS1_PRODUCT_IDENTIFIER,        9789510113691,  1D0608E74C45D99B
        LOCAL_DATA_C,                  410,            1F0B02019A
        LOCAL_DATA_A,                  0410,           2F00020410
        TITLE,                         SINUHE,         3F02049A5D5414
        ONIX_MEDIA_FORMAT,             A/B-12,         470506F0ADC728
        TITLE,                         lvask123100760, 5F020DD9DB0F3D6C593362C18376CC3F
        MARC_MEDIA_FORMAT,             bk,             6802626B
        SHELF_LOCATION,                Äänekoski,      6609C4E46E656B6F736B69
        SUPPLIER_IDENTIFIER,           Łódź,           7907C581C3B364C5BA
        """)
    void writesTextInTheFirstSchemeThatHoldsIt(DataElement element, String text, String bytes) {
        ItemTag item = ItemTag.single("853N07000017", "FI-Turku", TagModel.ISO_28560_2)
                .with(Extras.of(DataObject.of(element, text)));
        byte[] memory = TagCodec.encode(item);
        assertThat(HexFormat.of().withUpperCase().formatHex(memory)).contains("050110" + bytes + "00");
        assertThat(item(0x06, HexFormat.of().formatHex(memory)).extras().text(element))
                .contains(text);
    }

    @Test
    void writesAndReadsLengthsFrom128On() {
        // Finnish test-suite: 81 00 is 128, 81 01 is 129.
        for (int length : new int[] {127, 128, 129, 255, 256, 300}) {
            ItemTag item = ItemTag.single("853N07000017", "FI-Turku", TagModel.ISO_28560_2)
                    .with(Extras.of(new DataObject(15, Compaction.OCTETS, Octets.of(new byte[length]))));
            byte[] memory = TagCodec.encode(item);
            String written =
                    length < 128 ? "%02x".formatted(length) : "%02x%02x".formatted(0x80 | length >> 7, length & 0x7F);
            assertThat(HexFormat.of().formatHex(memory)).contains("6f00" + written + "00".repeat(length));
            assertThat(item(0x06, HexFormat.of().formatHex(memory))).isEqualTo(item);
        }
    }

    @Test
    void keepsWhatIsBrokenOrStoredTwice() {
        // The owner is no ISIL, the type of usage has two bytes, the identifier comes again, object 200 is nobody's.
        String memory = "C10009E35CCEC37C30C30C77 0301FF 05021010 110201F4 6FB9021234 00";
        ItemTag item = item(0x06, memory);
        assertThat(item.owner()).isEmpty();
        assertThat(item.usage()).isEmpty();
        assertThat(item.extras().objects()).extracting(DataObject::oid).containsExactly(3, 5, 1, 200);
        assertThat(item(0x06, HexFormat.of().formatHex(TagCodec.encode(item)))).isEqualTo(item);
    }

    @Test
    void neverMixesTheModels() {
        Extras objects = Extras.of(DataObject.of(DataElement.TITLE, "SINUHE"));
        Extras blocks = Extras.of(new Library(1, List.of()));
        assertThatThrownBy(() -> TagCodec.encode(
                        ItemTag.single("1234", "FI-Turku", TagModel.ISO_28560_3).with(objects)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TagCodec.encode(
                        ItemTag.single("1234", "FI-Turku", TagModel.ISO_28560_2).with(blocks)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsNoNumberOfACard() {
        ItemTag card = new ItemTag(
                        "22853000123456",
                        Optional.of("FI-Turku"),
                        1,
                        1,
                        Optional.of(TypeOfUsage.PATRON),
                        TagModel.ISO_28560_2)
                .with(Extras.of(DataObject.of(DataElement.ALTERNATIVE_ITEM_IDENTIFIER, "22853000123456")));
        assertThat(card.toString()).doesNotContain("22853000123456").contains("FI-Turku");
    }

    private static byte check(byte[] bytes, int from) {
        byte check = 0;
        for (int i = from; i < bytes.length; i++) {
            check ^= bytes[i];
        }
        return check;
    }

    private static ItemTag item(int dsfid, String memory) {
        assertThat(TagCodec.decode(dsfid, hex(memory))).isInstanceOf(Decoded.class);
        return ((Decoded) TagCodec.decode(dsfid, hex(memory))).item();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
