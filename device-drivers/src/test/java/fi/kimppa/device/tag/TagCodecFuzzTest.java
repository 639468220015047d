package fi.kimppa.device.tag;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fi.kimppa.device.tag.TagContent.Decoded;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays published tags; with {@code JAZZER_FUZZ=1} Jazzer searches for memories nobody has thought of. Loading Jazzer takes
 * longer than all other tests of tags, so every build has {@link TagMemoriesTest} instead.
 */
@Tag("long")
class TagCodecFuzzTest {
    /** DSFID and memory: ISO 28560-3 annex B.2, the Finnish model, and 28560-2 tags of rfid-harava and the Finnish test-suite. */
    static Stream<Arguments> published() {
        return Stream.of(
                        "3E 110101313030303030303031333600000000000036154" + "44B37313835303000000000000501000501"
                                + "22020071426F67766F676E656E003132333435363738393000006137383936353663" + "00",
                        "00 1101013835334E3036323430363030000000009A7546495475726B7500000000",
                        "06 9101046091CE43800201A80501106702424103073240DE05AB075B000000",
                        "06 A1000607800116607F0201E0030632408E05CB7F14010B050110",
                        "06 D1000DD9DB0F3D6C593362C18376CC3F0201A80501106702",
                        "06 C1020B3160532F1CB3E79DF7C39880800201A80501106702")
                .map(seed -> Arguments.of((Object) HexFormat.of().parseHex(seed.replace(" ", ""))));
    }

    /** The first byte is the DSFID. */
    @MethodSource("published")
    @FuzzTest(maxDuration = "10m")
    void whateverIsReadWholeIsWrittenSoThatItIsReadAlike(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] memory = Arrays.copyOfRange(input, 1, input.length);
        TagCodec.suffices(input[0] & 0xFF, memory);
        if (TagCodec.decode(input[0] & 0xFF, memory) instanceof Decoded(ItemTag item, boolean _)) {
            TagMemoriesTest.again(item);
        }
    }
}
