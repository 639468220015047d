package fi.kimppa.device.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.FeigFrame;
import fi.kimppa.device.rfid.FeigFrameParser;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.VirtualTag.Guard;
import java.time.Duration;
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
    private final FeigState state = new FeigState();
    private final FeigReader reader = new FeigReader(field, state);

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

    @ParameterizedTest
    @CsvSource({
        // a locked block in a write of two, its error and number; locking it again; locking blocks beyond the last
        "B0, 2401E00401500A1B2C3D0002040102030405060708, 951201",
        "B0, 2201E00401500A1B2C3D0101,   951101",
        "B0, 2201E00401500A1B2C3D1B02,   95101C",
        // AFI and alarm bit want a password; DSFID is locked
        "B0, 2701E00401500A1B2C3DC2,     950F",
        "B0, 2801E00401500A1B2C3D,       950F",
        "B1, 04A301E00401500A1B2C3D,     950F",
        "B0, 2901E00401500A1B2C3D3E,     9512",
        "B0, 2A01E00401500A1B2C3D,       9511",
        // the alarm bit is set; of another maker; too short; an unknown sub-command; a tag that is not there
        "B1, 04A501E00401500A1B2C3D,     00",
        "B1, 07A501E00401500A1B2C3D,     82",
        "B1, 04A5,                       81",
        "B1, 04A701E00401500A1B2C3D,     82",
        "B1, 04A201E00401500A1B2C3E,     01",
        // a block of 8 for a tag of 4; a security status for each block
        "B0, 2401E00401500A1B2C3D0001080102030405060708, 950F00",
        "B0, 2301E00401500A1B2C3D0002,   00020400110101380135334E30"
    })
    void refusesWhatIsLockedOrGuarded(String command, String rest, String answer) {
        field.lay(field.tags()
                .getFirst()
                .withEas(true)
                .withLockedBlock(1)
                .with(Guard.PASSWORD)
                .with(Guard.DSFID_LOCK));
        assertThat(answer(command, rest)).isEqualTo(answer);
    }

    @Test
    void setsAndResetsTheAlarmBitAndLocks() {
        assertThat(ask("020012FFB104A201E00401500A1B2C3D2056")).isEqualTo("02000800B10048C6");
        assertThat(field.tags().getFirst().eas()).isTrue();
        assertThat(ask("020012FFB104A301E00401500A1B2C3D077A")).isEqualTo("02000800B10048C6");
        assertThat(field.tags().getFirst().eas()).isFalse();
        assertThat(answer("B1", "04A501E00401500A1B2C3D")).isEqualTo("01");
        assertThat(answer("B0", "2901E00401500A1B2C3D3E")).isEqualTo("00");
        assertThat(answer("B0", "2A01E00401500A1B2C3D")).isEqualTo("00");
        assertThat(answer("B0", "2801E00401500A1B2C3D")).isEqualTo("00");
        assertThat(ask("020013FFB02201E00401500A1B2C3D00012228")).isEqualTo("02000800B00090DF");
        assertThat(field.tags().getFirst().dsfid()).isEqualTo(0x3E);
        assertThat(answer("B0", "2701E00401500A1B2C3DC2")).isEqualTo("9512");
        assertThat(answer("B0", "2401E00401500A1B2C3D00010411010138")).isEqualTo("951200");
    }

    @Test
    void tellsItsIdentifierAndShowsWhatIsLit() {
        state.setDeviceId(0x12345678);
        assertThat(answer("66", "80")).isEqualTo("0012345678" + "000000000000000000000000");
        assertThat(answer("66", "10")).isEqualTo("11");
        assertThat(state.lit()).isEmpty();
        assertThat(answer("71", "0015000000050000")).isEqualTo("00");
        assertThat(state.lit()).contains(new PadSignal(0x0015, Duration.ofMillis(500)));
        assertThat(answer("71", "0015")).isEqualTo("81");
    }

    @Test
    void readsByItselfAndRefusesHostCommandsMeanwhile() {
        assertThat(answer("22", "00FF")).isEqualTo("82");
        state.setScanning(true);
        assertThat(answer("B0", "0100")).isEqualTo("82");
        assertThat(answer("B1", "04A501E00401500A1B2C3D")).isEqualTo("82");
        // Identifier and blocks, least significant byte first: one set of 48 bytes.
        String one = "000B" + "0001" + "0030" + "030008" + FIRST + "000804" + BLOCKS;
        assertThat(answer("22", "00FF")).isEqualTo(one);
        // As long as it is not cleared it stays, whatever is lifted.
        field.clear();
        assertThat(answer("22", "00FF")).isEqualTo(one);
        assertThat(ask("020007003294B8")).isEqualTo("020008003200EC60");
        assertThat(ask("020009002200FFABAC")).isEqualTo("020008002292E642");
    }

    @Test
    void handsOutAFullBufferInParts() {
        field.clear();
        for (int i = 0; i < 6; i++) {
            field.lay(new VirtualTag(new Uid(FIRST.value() + i), 0, 7, new byte[16]));
        }
        state.setScanning(true);
        assertThat(answer("22", "00FF")).startsWith("940B0004");
        assertThat(answer("32", "")).isEqualTo("00");
        assertThat(answer("22", "00FF")).startsWith("000B0002");
        assertThat(answer("32", "")).isEqualTo("00");
        assertThat(answer("32", "")).isEqualTo("00");
    }

    /** H40801 page 20. */
    @Test
    void putsALongAnswerIntoAnAdvancedFrameHoweverItWasAskedFor() {
        field.lay(new VirtualTag(SECOND, 0x06, 0x07, new byte[1_024]));
        var request = new FeigFrame(FeigFrame.Format.STANDARD, 0xFF, 0xB0, hex("2301" + SECOND + "00" + "32"));
        FeigFrame answer = reader.answer(request).orElseThrow();
        assertThat(answer.format()).isEqualTo(FeigFrame.Format.ADVANCED);
        assertThat(answer.rest()).hasSize(1 + 2 + 50 * 5);
        var shorter = new FeigFrame(FeigFrame.Format.STANDARD, 0xFF, 0xB0, hex("2301" + SECOND + "00" + "31"));
        assertThat(reader.answer(shorter).orElseThrow().format()).isEqualTo(FeigFrame.Format.STANDARD);
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

    private String answer(String command, String rest) {
        var request = new FeigFrame(FeigFrame.Format.ADVANCED, 0xFF, Integer.parseInt(command, 16), hex(rest));
        return HexFormat.of()
                .withUpperCase()
                .formatHex(reader.answer(request).orElseThrow().rest());
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
