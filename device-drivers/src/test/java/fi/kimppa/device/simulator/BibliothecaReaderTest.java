package fi.kimppa.device.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.BibliothecaFrame;
import fi.kimppa.device.rfid.BibliothecaFrame.Start;
import fi.kimppa.device.rfid.BibliothecaFrameParser;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.VirtualTag.Guard;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The virtual reader's answers, byte for byte as published or as computed from the layout. */
class BibliothecaReaderTest {
    private static final Uid FIRST = Uid.parse("E00401500A1B2C3D");
    private static final Uid SECOND = Uid.parse("E00401500A1B2C3E");
    private static final String BLOCKS = "1101013835334E3036323430363030000000009A7546495475726B7500000000";

    private final PadField field = new PadField(() -> {});
    private final BibliothecaReader reader = new BibliothecaReader(field);

    @BeforeEach
    void layATag() {
        field.lay(new VirtualTag(FIRST, 0x06, 0x07, Arrays.copyOf(hex(BLOCKS), 112)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        D500050400118C66,                          D5 00 09 04 00 11 0A 05 01 19 E2 3B
        D60003116420,                               D6 00 08 11 00 0A 05 01 19 31 3A
        D60005FE0007DA02,                            D6 00 10 FE 00 00 07 01 06 E0 04 01 50 0A 1B 2C 3D 9E DB
        D6000C09E00401500A1B2C3DC217B8,              D6 00 0C 09 00 E0 04 01 50 0A 1B 2C 3D 33 E0
        D6000B0AE00401500A1B2C3DA1CD,                D6 00 0D 0A 00 E0 04 01 50 0A 1B 2C 3D 07 F3 57
        """)
    void answersTheGoldenRequests(String request, String answer) {
        assertThat(ask(request)).isEqualTo(answer.replace(" ", ""));
    }

    @Test
    void saysWhenNothingLiesThere() {
        field.clear();
        assertThat(ask("D60005FE0007DA02")).isEqualTo("D60007FE00000700AF19");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # answers without their UID; read 8 blocks with lock bytes, of which block 1 is locked
        02, 000205,     00, 0002 00 11010138 01 35334E30
        # all that the tag tells; only its AFI
        0D, 07,         00, 07 06 07 03 1B
        0D, 02,         00, 02 07
        # alarm bit; DSFID; writing two blocks, of which the second is locked; beyond the last block; in blocks of 8
        03, '',         00, 01
        0F, '',         00, 06
        04, 00020001020304 05060708, 12, 01
        02, 1C0105,     10, ''
        04, 1C010001020304, 10, 1C
        04, 0001000102030405060708, 0F, 00
        # lock block 1 again; AFI, alarm bit want a password; DSFID is locked
        08, 01,         11, ''
        09, C2,         0F, ''
        06, '',         0F, ''
        0C, 00,         0F, ''
        0B, 3E,         12, ''
        0E, '',         11, ''
        # a command that it does not know; a length that does not fit
        77, '',         E3, ''
        02, 00,         E3, ''
        """)
    void tellsAndRefusesByTag(String command, String arguments, String error, String data) {
        field.lay(field.tags()
                .getFirst()
                .withEas(true)
                .withLockedBlock(1)
                .with(Guard.PASSWORD)
                .with(Guard.DSFID_LOCK));
        assertThat(rest(command, FIRST + arguments)).isEqualTo(hex(error + FIRST + data));
        assertThat(rest(command, SECOND + arguments)).startsWith(error.equals("E3") ? 0xE3 : 0xE1);
    }

    @Test
    void doesWhatItIsTold() {
        assertThat(rest("0B", FIRST + "3E")).startsWith(0);
        assertThat(rest("0C", FIRST + "01")).startsWith(0);
        assertThat(rest("04", FIRST + "000100AABBCCDD")).endsWith(0x01);
        assertThat(rest("08", FIRST + "00")).startsWith(0);
        assertThat(rest("0E", FIRST.toString())).startsWith(0);
        assertThat(rest("06", FIRST.toString())).startsWith(0);
        VirtualTag tag = field.tags().getFirst();
        assertThat(tag.dsfid()).isEqualTo(0x3E);
        assertThat(tag.eas()).isTrue();
        assertThat(tag.memory()).startsWith(0xAA, 0xBB, 0xCC, 0xDD);
        assertThat(rest("04", FIRST + "00010011010138")).startsWith(0x12);
        assertThat(rest("0B", FIRST + "06")).startsWith(0x12);
        assertThat(rest("09", FIRST + "C2")).startsWith(0x12);
        assertThat(field.tags()).containsExactly(tag);
    }

    @Test
    void keepsAQuietTagOutOfInventories() {
        assertThat(rest("01", FIRST.toString())).startsWith(0);
        assertThat(ask("D60005FE0007DA02")).isEqualTo("D60007FE00000700AF19");
    }

    @Test
    void asksForTagsOfOneAfiWhenToldTo() {
        field.lay(new VirtualTag(SECOND, 0x06, 0xC2, new byte[112]));
        assertThat(rest("FE", "C203")).isEqualTo(hex("00C2030106" + SECOND));
        assertThat(rest("FE", "0001")).isEqualTo(hex("00000102" + FIRST + SECOND));
    }

    @Test
    void turnsUidsAndBlocksRound() {
        field.setReversedUids(true);
        field.setReversedBlocks(true);
        assertThat(rest("FE", "0007")).isEqualTo(hex("00000701" + "06" + "3D2C1B0A500104E0"));
        assertThat(rest("02", "3D2C1B0A500104E0" + "000105"))
                .isEqualTo(hex("003D2C1B0A500104E0" + "0001" + "00" + "38010111"));
        assertThat(rest("02", FIRST + "000105")).startsWith(0xE1);
    }

    @Test
    void answersAnyRequestAtAll() {
        long seed = 210;
        var random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] rest = new byte[random.nextInt(24)];
            random.nextBytes(rest);
            int command = random.nextBoolean() ? random.nextInt(16) : random.nextInt(256);
            if (rest.length >= 8 && random.nextBoolean()) {
                System.arraycopy(FIRST.bytes(), 0, rest, 0, 8);
            }
            var start = random.nextInt(8) == 0 ? Start.WAKE : Start.COMMAND;
            var request = new BibliothecaFrame(start, command, rest);
            assertThat(reader.answer(request).rest())
                    .as("seed %d, %s", seed, request)
                    .isNotEmpty();
        }
    }

    private byte[] rest(String command, String rest) {
        return reader.answer(new BibliothecaFrame(Start.COMMAND, Integer.parseInt(command, 16), hex(rest)))
                .rest();
    }

    private String ask(String text) {
        byte[] bytes = hex(text);
        BibliothecaFrame request =
                new BibliothecaFrameParser().feed(bytes, bytes.length).getFirst();
        return HexFormat.of().withUpperCase().formatHex(reader.answer(request).bytes());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
