package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.BibliothecaFrame.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden frames: published with the Helmet labelling application, or computed from the layout with an independent script. */
class BibliothecaFrameTest {
    private static final String GOLDEN = """
        # published (rfid_reader.py): the first question, the two answers that its authors saw, what is sent next
        WAKE    04 0011         : D5 00 05 04 00 11 8C 66
        WAKE    04 00110A05021B : D5 00 09 04 00 11 0A 05 02 1B 97 2A
        WAKE    04 00110A050119 : D5 00 09 04 00 11 0A 05 01 19 E2 3B
        COMMAND 13 06010002000300 04000B000A00 : D6 00 10 13 06 01 00 02 00 03 00 04 00 0B 00 0A 00 FD BF
        # computed: version and its answer; poll, nothing there, one tag
        COMMAND 11 -            : D6 00 03 11 64 20
        COMMAND 11 000A050119   : D6 00 08 11 00 0A 05 01 19 31 3A
        COMMAND FE 0007         : D6 00 05 FE 00 07 DA 02
        COMMAND FE 00000700     : D6 00 07 FE 00 00 07 00 AF 19
        COMMAND FE 0000070106E00401500A1B2C3D : D6 00 10 FE 00 00 07 01 06 E0 04 01 50 0A 1B 2C 3D 9E DB
        # computed: read 8 blocks; AFI := C2 and its answer; AFI := 07; get AFI and its answer
        COMMAND 02 E00401500A1B2C3D000805 : D6 00 0E 02 E0 04 01 50 0A 1B 2C 3D 00 08 05 5B AD
        COMMAND 09 E00401500A1B2C3DC2 : D6 00 0C 09 E0 04 01 50 0A 1B 2C 3D C2 17 B8
        COMMAND 09 00E00401500A1B2C3D : D6 00 0C 09 00 E0 04 01 50 0A 1B 2C 3D 33 E0
        COMMAND 09 E00401500A1B2C3D07 : D6 00 0C 09 E0 04 01 50 0A 1B 2C 3D 07 9E 51
        COMMAND 0A E00401500A1B2C3D   : D6 00 0B 0A E0 04 01 50 0A 1B 2C 3D A1 CD
        COMMAND 0A 00E00401500A1B2C3D07 : D6 00 0D 0A 00 E0 04 01 50 0A 1B 2C 3D 07 F3 57
        """;

    record Golden(BibliothecaFrame frame, String hex) {
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
                    String[] words = sides[0].trim().split(" +", 3);
                    byte[] rest = words[2].equals("-") ? new byte[0] : FeigFrameTest.hex(words[2]);
                    return new Golden(
                            new BibliothecaFrame(Start.valueOf(words[0]), Integer.parseInt(words[1], 16), rest),
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
            assertThat(feed(new BibliothecaFrameParser(), golden.bytes(), chunk))
                    .containsExactly(golden.frame());
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void findsTheFrameBehindACutOne(Golden golden) {
        for (int kept = 1; kept < golden.bytes().length; kept++) {
            var parser = new BibliothecaFrameParser();
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
                var parser = new BibliothecaFrameParser();
                List<BibliothecaFrame> found = new ArrayList<>(feed(parser, damaged, damaged.length));
                found.addAll(parser.gap());
                assertThat(found).isEmpty();
            }
        }
    }

    @Test
    void findsEveryFrameAmongRubbishOnceTheLineFallsSilent() {
        long seed = 19_200;
        var random = new Random(seed);
        List<Golden> frames = golden();
        for (int round = 0; round < 500; round++) {
            byte[] rubbish = new byte[random.nextInt(40)];
            random.nextBytes(rubbish);
            var parser = new BibliothecaFrameParser();
            List<BibliothecaFrame> found = new ArrayList<>(feed(parser, rubbish, 5));
            for (Golden golden : frames) {
                found.addAll(feed(parser, golden.bytes(), 1 + random.nextInt(20)));
            }
            found.addAll(parser.gap());
            assertThat(found)
                    .as("seed %d, round %d", seed, round)
                    .containsAll(frames.stream().map(Golden::frame).toList());
            assertThat(parser.unfinished()).isFalse();
        }
    }

    private static List<BibliothecaFrame> feed(BibliothecaFrameParser parser, byte[] bytes, int chunk) {
        List<BibliothecaFrame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
            frames.addAll(parser.feed(part, part.length));
        }
        return frames;
    }
}
