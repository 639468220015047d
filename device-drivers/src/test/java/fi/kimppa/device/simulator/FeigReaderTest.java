package fi.kimppa.device.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.FeigFrame;
import fi.kimppa.device.rfid.FeigFrameParser;
import fi.kimppa.device.rfid.Uid;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The virtual reader's answers, byte for byte as computed from the manuals' layout. */
class FeigReaderTest {
    private static final Uid FIRST = Uid.parse("E00401500A1B2C3D");
    private static final Uid SECOND = Uid.parse("E00401500A1B2C3E");
    private static final String BLOCKS = "1101013835334E3036323430363030000000009A7546495475726B7500000000";

    private final PadField field = new PadField(() -> {});
    private final FeigReader reader = new FeigReader(field);

    @BeforeEach
    void layATag() {
        field.lay(new VirtualTag(FIRST, 0x06, 0x07, Arrays.copyOf(hex(BLOCKS), 112)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        020013FFB02301E00401500A1B2C3D0008B630, 02 00 32 00 B0 00 08 04 00 11 01 01 38 00 35 33 4E 30 00 36 32 34 30 00 36 30 30 00 00 00 00 00 9A 00 75 46 49 54 00 75 72 6B 75 00 00 00 00 00 14 A8
        020011FFB02B01E00401500A1B2C3D8FA8,     02001500B00006E00401500A1B2C3D07031B01F3A5
        020012FFB02701E00401500A1B2C3DC288F8,   02000800B00090DF
        05FF65E5CB,                             0D00650003030044530D303309
        020007FF656E61,                         02000F00650003030044530D307469
        020007FF6902AB,                         020008006900B357
        """)
    void answersTheGoldenRequests(String request, String answer) {
        assertThat(ask(request)).isEqualTo(answer.isEmpty() ? "" : answer.replace(" ", ""));
    }

    @Test
    void deliversReversedBlocksWhenToldTo() {
        field.setReversedBlocks(true);
        assertThat(ask("020013FFB02301E00401500A1B2C3D0008B630"))
                .isEqualTo("02003200B0000804003801011100304E333500303432360000303036009A0000000054494675"
                        + "00756B72750000000000E97E");
    }

    @Test
    void listsTwoTagsInBothEnvelopes() {
        field.lay(new VirtualTag(SECOND, 0x06, 0x07, new byte[112]));
        assertThat(ask("020009FFB001001843")).isEqualTo("02001D00B000020306E00401500A1B2C3D0306E00401500A1B2C3E0714");
        assertThat(ask("07FFB001001C56")).isEqualTo("1B00B000020306E00401500A1B2C3D0306E00401500A1B2C3EF2E0");
        field.clear();
        assertThat(ask("020009FFB001001843")).isEqualTo("02000800B00119CE");
    }

    @ParameterizedTest
    @CsvSource({
        // unknown command; version with an operand; host command without mode; unknown sub-command; read without count
        "99, '',                         80",
        "65, 00,                         81",
        "B0, 01,                         81",
        "B0, 7700,                       82",
        "B0, 2301E00401500A1B2C3D00,     81",
        // beyond the last block; no block at all; a mode that selects; a tag that is not there; RF output out of range
        "B0, 2301E00401500A1B2C3D1C01,   9510",
        "B0, 2301E00401500A1B2C3D0000,   9510",
        "B0, 2302E00401500A1B2C3D0001,   11",
        "B0, 2B01E00401500A1B2C3E,       01",
        "6A, 07,                         11"
    })
    void refusesWhatItCannotDo(String command, String rest, String answer) {
        var request = new FeigFrame(
                FeigFrame.Format.ADVANCED, FeigFrame.ANY_READER, Integer.parseInt(command, 16), hex(rest));
        assertThat(reader.answer(request).orElseThrow().rest()).isEqualTo(hex(answer));
    }

    @Test
    void keepsSilentForAnotherReader() {
        var request = new FeigFrame(FeigFrame.Format.ADVANCED, 0x12, 0x65, new byte[0]);
        assertThat(reader.answer(request)).isEmpty();
    }

    @Test
    void handsOutAFullFieldInParts() {
        field.clear();
        for (int i = 0; i < 20; i++) {
            field.lay(new VirtualTag(new Uid(FIRST.value() + i), 0, 7, new byte[112]));
        }
        assertThat(rest("0100")).startsWith(0x94, 8);
        assertThat(rest("0180")).startsWith(0x94, 8);
        assertThat(rest("0180")).startsWith(0x00, 4);
        assertThat(rest("0180")).containsExactly(0x01);
    }

    @Test
    void changesEveryTagWhenAnAfiIsWrittenWithoutAddress() {
        field.lay(new VirtualTag(SECOND, 0x06, 0x07, new byte[112]));
        assertThat(ask("02000AFFB02700C20BA0")).isEqualTo("02000800B00090DF");
        assertThat(field.tags()).extracting(VirtualTag::afi).containsOnly(0xC2);
    }

    @Test
    void answersNothingOrAStatusToAnyRequestAtAll() {
        var random = new Random(18000);
        for (int i = 0; i < 50_000; i++) {
            byte[] rest = new byte[random.nextInt(24)];
            random.nextBytes(rest);
            int command = random.nextBoolean() ? 0xB0 : random.nextInt(256);
            if (rest.length > 10 && random.nextBoolean()) {
                rest[0] = new byte[] {1, 0x23, 0x24, 0x27, 0x2B}[random.nextInt(5)];
                rest[1] = (byte) random.nextInt(3);
                System.arraycopy(FIRST.bytes(), 0, rest, 2, 8);
            }
            var format = random.nextBoolean() ? FeigFrame.Format.ADVANCED : FeigFrame.Format.STANDARD;
            Optional<FeigFrame> answer = reader.answer(new FeigFrame(format, 0xFF, command, rest));
            assertThat(answer.orElseThrow().rest()).isNotEmpty();
        }
    }

    private int[] rest(String host) {
        byte[] rest = reader.answer(new FeigFrame(FeigFrame.Format.ADVANCED, 0xFF, 0xB0, hex(host)))
                .orElseThrow()
                .rest();
        int[] unsigned = new int[rest.length];
        for (int i = 0; i < rest.length; i++) {
            unsigned[i] = rest[i] & 0xFF;
        }
        return unsigned;
    }

    private String ask(String hex) {
        byte[] bytes = hex(hex.replace(" ", ""));
        List<FeigFrame> requests = new FeigFrameParser().feed(bytes, bytes.length);
        return requests.stream()
                .map(reader::answer)
                .flatMap(Optional::stream)
                .map(answer -> HexFormat.of().withUpperCase().formatHex(answer.bytes()))
                .findFirst()
                .orElse("");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
