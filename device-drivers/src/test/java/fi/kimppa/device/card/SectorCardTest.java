package fi.kimppa.device.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectorCardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Computed from the layouts: fixed, variable.
                "18010132323835333030303132333435360000BA1C46495475726B75",
                "110614C8E0F454400201A0030632414E564BAF050180"
            })
    void readsTheNumberOfAFinnishCard(String content) {
        assertThat(SectorCard.number(sector(HexFormat.of().parseHex(content)))).contains("22853000123456");
    }

    @ParameterizedTest
    @EnumSource(TagModel.class)
    void takesCardsAndNoThings(TagModel model) {
        ItemTag book = ItemTag.single("22853000123456", "FI-Turku", model);
        assertThat(SectorCard.number(sector(TagCodec.encode(book)))).isEmpty();
        ItemTag card =
                new ItemTag("22853000123456", Optional.of("FI-Turku"), 1, 1, Optional.of(TypeOfUsage.PATRON), model);
        assertThat(SectorCard.number(sector(TagCodec.encode(card)))).contains("22853000123456");
    }

    @Test
    void takesACardThatDoesNotSayWhatItIs() {
        ItemTag card =
                new ItemTag("22853000123456", Optional.of("FI-Turku"), 1, 1, Optional.empty(), TagModel.ISO_28560_2);
        assertThat(SectorCard.number(sector(TagCodec.encode(card)))).contains("22853000123456");
    }

    @Test
    void readsNothingFromABlankOrDamagedSector() {
        assertThat(SectorCard.number(new byte[48])).isEmpty();
        byte[] fixed = sector(HexFormat.of().parseHex("18010132323835333030303132333435360000BA1C46495475726B75"));
        for (int at = 0; at < 32; at++) {
            byte[] damaged = fixed.clone();
            damaged[at] ^= 0x10;
            assertThat(SectorCard.number(damaged)).as("byte %d", at).isEmpty();
        }
        assertThatThrownBy(() -> SectorCard.number(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] sector(byte[] content) {
        return Arrays.copyOf(content, SectorCard.BYTES);
    }
}
