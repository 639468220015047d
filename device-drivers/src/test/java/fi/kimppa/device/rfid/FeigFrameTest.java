package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.FeigFrame.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden frames: published in manuals and repositories, or computed from the layout with an independent script. */
class FeigFrameTest {
    private static final String GOLDEN = """
        # published: get version and its answers, read configuration, read and clear buffer
        STANDARD FF 65 -       : 05 FF 65 E5 CB
        ADVANCED FF 65 -       : 02 00 07 FF 65 6E 61
        STANDARD 00 65 00030300445 30D30 : 0D 00 65 00 03 03 00 44 53 0D 30 33 09
        ADVANCED 00 65 00030300445 30D30 : 02 00 0F 00 65 00 03 03 00 44 53 0D 30 74 69
        STANDARD 12 80 07      : 06 12 80 07 E5 80
        ADVANCED 12 80 07      : 02 00 08 12 80 07 A0 2D
        ADVANCED 00 22 00FF    : 02 00 09 00 22 00 FF AB AC
        ADVANCED 00 32 -       : 02 00 07 00 32 94 B8
        ADVANCED FF B0 270007  : 02 00 0A FF B0 27 00 07 AA 31
        ADVANCED FF B0 2700C2  : 02 00 0A FF B0 27 00 C2 0B A0
        # published: two records of a real Finnish tag
        ADVANCED 00 22 000A0002001D000604D1000DD9DB0F3D6C593362C18376CC3F0201A805011067 02001D000604D1000DD9DB0F3D6C593362C18376CC3F0201A80501106702 : 02 00 45 00 22 00 0A 00 02 00 1D 00 06 04 D1 00 0D D9 DB 0F 3D 6C 59 33 62 C1 83 76 CC 3F 02 01 A8 05 01 10 67 02 00 1D 00 06 04 D1 00 0D D9 DB 0F 3D 6C 59 33 62 C1 83 76 CC 3F 02 01 A8 05 01 10 67 02 89 ED
        # computed
        STANDARD FF 69 -       : 05 FF 69 89 01
        ADVANCED FF 69 -       : 02 00 07 FF 69 02 AB
        ADVANCED 00 69 00      : 02 00 08 00 69 00 B3 57
        ADVANCED FF 6A 00      : 02 00 08 FF 6A 00 28 BB
        ADVANCED FF 6A 01      : 02 00 08 FF 6A 01 A1 AA
        STANDARD FF B0 0100    : 07 FF B0 01 00 1C 56
        ADVANCED FF B0 0100    : 02 00 09 FF B0 01 00 18 43
        ADVANCED 00 B0 01      : 02 00 08 00 B0 01 19 CE
        ADVANCED 00 B0 00020306E00401500A1B2C3D0306E00401500A1B2C3E : 02 00 1D 00 B0 00 02 03 06 E0 04 01 50 0A 1B 2C 3D 03 06 E0 04 01 50 0A 1B 2C 3E 07 14
        STANDARD 00 B0 00020306E00401500A1B2C3D0306E00401500A1B2C3E : 1B 00 B0 00 02 03 06 E0 04 01 50 0A 1B 2C 3D 03 06 E0 04 01 50 0A 1B 2C 3E F2 E0
        ADVANCED 00 B0 94010306E00401500A1B2C3D : 02 00 13 00 B0 94 01 03 06 E0 04 01 50 0A 1B 2C 3D 88 69
        ADVANCED FF B0 0180    : 02 00 09 FF B0 01 80 10 C7
        ADVANCED FF B0 2301E00401500A1B2C3D0008 : 02 00 13 FF B0 23 01 E0 04 01 50 0A 1B 2C 3D 00 08 B6 30
        ADVANCED 00 B0 9510    : 02 00 09 00 B0 95 10 76 E8
        ADVANCED FF B0 2401E00401500A1B2C3D00010411010138 : 02 00 18 FF B0 24 01 E0 04 01 50 0A 1B 2C 3D 00 01 04 11 01 01 38 48 D3
        ADVANCED 00 B0 00      : 02 00 08 00 B0 00 90 DF
        ADVANCED 00 B0 0300    : 02 00 09 00 B0 03 00 7A B5
        ADVANCED 00 B0 951200  : 02 00 0A 00 B0 95 12 00 94 29
        ADVANCED FF B0 2701E00401500A1B2C3DC2 : 02 00 12 FF B0 27 01 E0 04 01 50 0A 1B 2C 3D C2 88 F8
        ADVANCED FF B0 2701E00401500A1B2C3D07 : 02 00 12 FF B0 27 01 E0 04 01 50 0A 1B 2C 3D 07 29 69
        STANDARD FF B0 2701E00401500A1B2C3DC2 : 10 FF B0 27 01 E0 04 01 50 0A 1B 2C 3D C2 AE 17
        ADVANCED FF B0 2B01E00401500A1B2C3D : 02 00 11 FF B0 2B 01 E0 04 01 50 0A 1B 2C 3D 8F A8
        ADVANCED 00 B0 0006E00401500A1B2C3D07031B01 : 02 00 15 00 B0 00 06 E0 04 01 50 0A 1B 2C 3D 07 03 1B 01 F3 A5
        ADVANCED FF B0 2201E00401500A1B2C3D0001 : 02 00 13 FF B0 22 01 E0 04 01 50 0A 1B 2C 3D 00 01 22 28
        ADVANCED FF B0 2501E00401500A1B2C3D : 02 00 11 FF B0 25 01 E0 04 01 50 0A 1B 2C 3D 74 29
        ADVANCED FF B1 04A201E00401500A1B2C3D : 02 00 12 FF B1 04 A2 01 E0 04 01 50 0A 1B 2C 3D 20 56
        ADVANCED FF B1 04A301E00401500A1B2C3D : 02 00 12 FF B1 04 A3 01 E0 04 01 50 0A 1B 2C 3D 07 7A
        ADVANCED 00 22 92      : 02 00 08 00 22 92 E6 42
        """;

    record Golden(FeigFrame frame, String hex) {
        byte[] bytes() {
            return FeigFrameTest.hex(hex);
        }

        @Override
        public String toString() {
            return frame.toString();
        }
    }

    static List<Golden> golden() {
        return GOLDEN.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> {
                    String[] sides = line.split(":", -1);
                    String[] words = sides[0].trim().split(" +", 4);
                    byte[] rest = words[3].equals("-") ? new byte[0] : hex(words[3]);
                    return new Golden(
                            new FeigFrame(
                                    Format.valueOf(words[0]),
                                    Integer.parseInt(words[1], 16),
                                    Integer.parseInt(words[2], 16),
                                    rest),
                            sides[1]);
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void writesTheGoldenBytes(Golden golden) {
        assertThat(golden.frame().bytes()).isEqualTo(golden.bytes());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void readsTheGoldenBytesInAllChunkSizes(Golden golden) {
        for (int chunk = 1; chunk <= golden.bytes().length; chunk++) {
            assertThat(feed(new FeigFrameParser(), golden.bytes(), chunk)).containsExactly(golden.frame());
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void findsTheFrameBehindACutOne(Golden golden) {
        for (int kept = 1; kept < golden.bytes().length; kept++) {
            var parser = new FeigFrameParser();
            byte[] cut = Arrays.copyOf(golden.bytes(), kept);
            assertThat(feed(parser, cut, kept)).isEmpty();
            assertThat(parser.gap()).isEmpty();
            assertThat(feed(parser, golden.bytes(), 7)).containsExactly(golden.frame());
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void neverTakesADamagedFrameForWhole(Golden golden) {
        for (int at = 0; at < golden.bytes().length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = golden.bytes().clone();
                damaged[at] ^= (byte) (1 << bit);
                var parser = new FeigFrameParser();
                List<FeigFrame> found = new ArrayList<>(feed(parser, damaged, damaged.length));
                found.addAll(parser.gap());
                assertThat(found).isEmpty();
            }
        }
    }

    @Test
    void findsEveryFrameAmongRubbishOnceTheLineFallsSilent() {
        var random = new Random(10001);
        for (int round = 0; round < 500; round++) {
            byte[] rubbish = new byte[random.nextInt(40)];
            random.nextBytes(rubbish);
            var parser = new FeigFrameParser();
            List<FeigFrame> found = new ArrayList<>(feed(parser, rubbish, 5));
            for (Golden golden : golden().subList(0, 5)) {
                found.addAll(feed(parser, golden.bytes(), 1 + random.nextInt(20)));
            }
            found.addAll(parser.gap());
            assertThat(found)
                    .containsAll(
                            golden().subList(0, 5).stream().map(Golden::frame).toList());
            assertThat(parser.unfinished()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # FEIG's order, as computed, with the two bytes of the memory size in either order
        E00401500A1B2C3D, 06E00401500A1B2C3D07031B01,         6,  7, 28, 4
        E00401500A1B2C3D, 06E00401500A1B2C3D071B0301,         6,  7, 28, 4
        E00401500A1B2C3D, 06E00401500A1B2C3D07073F01,         6,  7, 64, 8
        # the order of the air: published by libdanrfid and in the Eccel 13.56 reader manual
        E004001122334455, 03 55 44 33 22 11 00 04 E0 00 07,   0,  7, ,
        E01624010A7F8F04, 0F 04 8F 7F 0A 01 24 16 E0 00 00 33 03 02, 0, 0, 52, 4
        """)
    void readsSystemInformationInBothOrders(
            String uid, String data, int dsfid, int afi, @Nullable Integer blocks, @Nullable Integer blockSize) {
        assertThat(TagInformation.parse(Uid.parse(uid), hex(data)))
                .contains(new TagInformation(
                        Optional.of(dsfid),
                        Optional.of(afi),
                        Optional.ofNullable(blocks),
                        Optional.ofNullable(blockSize)));
    }

    @Test
    void doesNotGuessInformationAboutAnotherTag() {
        assertThat(TagInformation.parse(Uid.parse("E00401500A1B2C3E"), hex("06E00401500A1B2C3D07031B01")))
                .isEmpty();
    }

    @Test
    void passesOverOtherTranspondersInAnInventory() {
        FeigInventory inventory = FeigInventory.parse(hex("05"
                + "04 44 00 04A1B2C3D4E5F6"
                + "04 04 00 0102030405060708090A"
                + "03 06 E00401500A1B2C3D"
                + "05 0102030405060708AA"
                + "84 00 03 010203"));
        assertThat(inventory.complete()).isFalse();
        assertThat(inventory.dsfids()).isEmpty();
        inventory = FeigInventory.parse(hex("04" + "04 40 00 04A1B2C3D4E5F6" + "03 06 E00401500A1B2C3D"
                + "84 00 03 010203" + "03 3E E00401500A1B2C3E"));
        assertThat(inventory.complete()).isTrue();
        assertThat(inventory.dsfids())
                .containsEntry(Uid.parse("E00401500A1B2C3D"), 0x06)
                .containsEntry(Uid.parse("E00401500A1B2C3E"), 0x3E);
        assertThat(FeigInventory.parse(hex("02 03 06 E00401500A1B2C3D 77 0102")).complete())
                .isFalse();
    }

    private static List<FeigFrame> feed(FeigFrameParser parser, byte[] bytes, int chunk) {
        List<FeigFrame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
            frames.addAll(parser.feed(part, part.length));
        }
        return frames;
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
