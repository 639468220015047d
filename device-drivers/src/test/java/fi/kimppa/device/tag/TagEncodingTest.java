package fi.kimppa.device.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.tag.TagContent.Decoded;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Items written for a certain memory: whole blocks, the DSFID, what does not fit. */
class TagEncodingTest {
    private static final String FINNISH = "1101013835334E3036323430363030000000009A7546495475726B75";
    private static final String VARIABLE = "C10009E35CCEC37C30C30C770201E0030632414E564BAF14010B050110";

    @ParameterizedTest
    @CsvSource(textBlock = """
        # model,      block, blocks, written
        FINNISH_2005, 4,     28,     36
        FINNISH_2005, 4,     8,      32
        FINNISH_2005, 4,     7,      28
        FINNISH_2005, 1,     34,     34
        ISO_28560_3,  4,     28,     36
        ISO_28560_3,  8,     14,     40
        ISO_28560_3,  4,     8,      32
        ISO_28560_3,  4,     7,      28
        ISO_28560_3,  2,     17,     34
        ISO_28560_3,  1,     34,     34
        """)
    void cutsTheFixedLayoutWhereTheMemoryEnds(TagModel model, int blockSize, int blocks, int written) {
        ItemTag item = ItemTag.single("853N06240600", "FI-Turku", model);
        TagImage image = TagCodec.encode(item, new TagMemory(blockSize, blocks, false));
        assertThat(image.dsfid()).isEqualTo(model == TagModel.ISO_28560_3 ? 0x3E : 0x00);
        assertThat(image.bytes().bytes()).isEqualTo(Arrays.copyOf(hex(FINNISH), written));
        assertThat(image.blocks() * blockSize).isEqualTo(written);
        assertThat(TagCodec.decode(image.dsfid(), image.bytes().bytes())).isEqualTo(new Decoded(item, false));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # block, blocks, identifier, written
        4,       28,     C10009,     32
        4,       8,      C10009,     32
        1,       29,     4109,       29
        1,       28,     4109,       28
        1,       64,     4109,       29
        """)
    void endsVariableFieldsWithAMarkWhereThereIsRoom(int blockSize, int blocks, String begin, int written) {
        ItemTag item = ItemTag.single("853N07000017", "FI-Turku", TagModel.ISO_28560_2);
        TagImage image = TagCodec.encode(item, new TagMemory(blockSize, blocks, false));
        assertThat(image.dsfid()).isEqualTo(0x06);
        assertThat(image.bytes().bytes()).isEqualTo(Arrays.copyOf(hex(VARIABLE.replace("C10009", begin)), written));
    }

    @Test
    void endsTheIdentifierOnABlockOfAnySize() {
        for (int blockSize : new int[] {1, 2, 4, 8, 16, 32}) {
            for (String identifier : new String[] {"1", "12", "3000000011", "853N07000017", "Äö", "x".repeat(200)}) {
                ItemTag item = ItemTag.single(identifier, "FI-Turku", TagModel.ISO_28560_2);
                TagImage image = TagCodec.encode(item, new TagMemory(blockSize, 512 / blockSize, false));
                int second = HexFormat.of().formatHex(image.bytes().bytes()).indexOf("0201e00306") / 2;
                assertThat(second % blockSize)
                        .as("%s in %d", identifier, blockSize)
                        .isZero();
                assertThat(TagCodec.decode(0x06, image.bytes().bytes())).isEqualTo(new Decoded(item, false));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TagModel.class)
    void writesReversedBlocksAsItReadThem(TagModel model) {
        ItemTag item = ItemTag.single("853N06240600", "FI-Turku", model);
        byte[] straight =
                TagCodec.encode(item, new TagMemory(4, 28, false)).bytes().bytes();
        byte[] reversed =
                TagCodec.encode(item, new TagMemory(4, 28, true)).bytes().bytes();
        assertThat(reversed).isNotEqualTo(straight).hasSameSizeAs(straight);
        assertThat(TagCodec.decode(model.dsfid(), reversed)).isEqualTo(new Decoded(item, true));
        assertThatThrownBy(() -> new TagMemory(2, 56, true)).hasMessageContaining("four bytes");
    }

    @Test
    void handsOutItsBlocks() {
        TagImage image = TagCodec.encode(
                ItemTag.single("853N06240600", "FI-Turku", TagModel.ISO_28560_3), new TagMemory(4, 28, false));
        assertThat(image.blocks()).isEqualTo(9);
        assertThat(image.block(0)).isEqualTo(hex("11010138"));
        assertThat(image.block(8)).isEqualTo(new byte[4]);
    }

    @Test
    void refusesAMemoryThatIsTooSmall() {
        ItemTag fixed = ItemTag.single("853N06240600", "FI-Turku", TagModel.ISO_28560_3);
        assertThatThrownBy(() -> TagCodec.encode(fixed, new TagMemory(4, 6, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The item needs 28 bytes, the tag has 24");
        ItemTag longOwner = ItemTag.single("853N06240600", "FI-Rovaniemi1", TagModel.ISO_28560_3);
        assertThatThrownBy(() -> TagCodec.encode(longOwner, new TagMemory(4, 8, false)))
                .hasMessage("The item needs 33 bytes, the tag has 32");
        ItemTag blocks = fixed.with(Extras.of(new Extension.Other(9, Octets.of(new byte[3]))));
        assertThatThrownBy(() -> TagCodec.encode(blocks, new TagMemory(4, 10, false)))
                .hasMessage("The item needs 41 bytes, the tag has 40");
        ItemTag variable = ItemTag.single("853N07000017", "FI-Turku", TagModel.ISO_28560_2);
        assertThatThrownBy(() -> TagCodec.encode(variable, new TagMemory(4, 7, false)))
                .hasMessage("The item needs 29 bytes, the tag has 28");
    }

    @Test
    void refusesWhatTheModelCannotHold() {
        ItemTag offline =
                new ItemTag("1234", Optional.empty(), 1, 1, Optional.of(new TypeOfUsage(0x13)), TagModel.ISO_28560_3);
        assertThatThrownBy(() -> TagCodec.encode(offline)).hasMessageContaining("qualifier");
        for (TagModel model : TagModel.values()) {
            assertThatThrownBy(() -> TagCodec.encode(ItemTag.single("12\u000034", "FI-Turku", model)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> TagCodec.encode(ItemTag.single("1234", "FI_Turku", TagModel.ISO_28560_2)))
                .hasMessageContaining("ISIL");
    }

    @ParameterizedTest
    @EnumSource(TagModel.class)
    void readsBackWhatItWrote(TagModel model) {
        for (int seed = 0; seed < 5_000; seed++) {
            var items = new RandomItems(new Random(seed));
            ItemTag item = items.next(model);
            TagMemory memory = items.memory();
            TagImage image = TagCodec.encode(item, memory);
            assertThat(image.bytes().length() % memory.blockSize()).isZero();
            assertThat(TagCodec.decode(image.dsfid(), image.bytes().bytes()))
                    .as("seed %d, %s", seed, memory)
                    .isEqualTo(new Decoded(item, memory.reversedBlocks()));
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
