package fi.kimppa.device.simulator;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.SerialLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The virtual printer as others' programs use it, byte by byte. */
class VirtualPrinterTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualPrinter printer = desk.printer();
    private final ByteLink link = ByteLink.open(printer.address(), new SerialLine(9_600, SerialLine.Parity.NONE, 1));

    @AfterEach
    void close() {
        link.close();
        desk.close();
    }

    private String ask(String hex, int bytes) {
        link.write(HexFormat.of().withUpperCase().parseHex(hex));
        byte[] answer = new byte[bytes];
        int have = 0;
        while (have < bytes) {
            byte[] part = new byte[bytes - have];
            int count = link.read(part, LONG);
            assertThat(count).as("answer to %s", hex).isPositive();
            System.arraycopy(part, 0, answer, have, count);
            have += count;
        }
        return HexFormat.of().withUpperCase().formatHex(answer);
    }

    /** As receiptio looks for a printer: status, Star's status, initialise, and zeros until there is an answer. */
    @Test
    void answersTheProbeOfReceiptio() {
        for (int round = 0; round < 3; round++) {
            assertThat(ask("10040200000000", 1)).isEqualTo("12");
            assertThat(ask("100402" + "1B0601" + "1B40" + "00".repeat(2_000), 1))
                    .isEqualTo("12");
        }
        link.write("\u001B@hello\n\u001DV\u0000".getBytes(StandardCharsets.ISO_8859_1));
        eventually("printed", () -> !printer.slips().isEmpty());
        assertThat(printer.slips().getFirst().text()).isEqualTo("hello\n");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # Epson's: DLE EOT 1 to 4 and GS a when all is well
        10040110040210040310 0404, 4, 12121212
        1D610F, 4, 1000000F
        1D7201, 1, 00
        1D4942, 7, 5F4550534F4E00
        1D4943, 9, 5F544D2D5438385600
        10140801031401060208, 3, 372500
        """)
    void answersAsAnEpson(String question, int bytes, String answer) {
        assertThat(ask(question.replace(" ", ""), bytes)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        100414, 6, 100F00000000
        1DE1, 5, 353130636D
        1D4942, 8, 5F435553544F4D00
        """)
    void answersAsACustom(String question, int bytes, String answer) {
        printer.install(PrinterModel.CUSTOM_VKP80, 48);
        assertThat(ask(question, bytes)).isEqualTo(answer);
    }

    @Test
    void holdsThePaperInItsOutputAsACustom() {
        printer.install(PrinterModel.CUSTOM_VKP80, 48);
        assertThat(ask("780A" + "1B69" + "1D7201", 1)).isEqualTo("00");
        assertThat(ask("100414", 6)).isEqualTo("100F20000000");
        assertThat(ask("1D6502" + "1D7201", 1)).isEqualTo("00");
        assertThat(ask("100414", 6)).isEqualTo("100F00000000");
        assertThat(printer.retracted()).isEqualTo(1);
        assertThat(printer.slips()).isEmpty();
    }

    @Test
    void tellsChangesToWhoAskedUntilItIsInitialised() {
        assertThat(ask("1D610E", 4)).isEqualTo("1000000F");
        printer.setCoverOpen(true);
        assertThat(ask("", 4)).isEqualTo("3800000F");
        printer.setCoverOpen(false);
        assertThat(ask("", 4)).isEqualTo("1000000F");
        assertThat(ask("1B40" + "1D7201", 1)).isEqualTo("00");
        printer.setPaper(Paper.OUT);
        assertThat(link.read(new byte[8], Duration.ofMillis(100))).isZero();
        assertThat(ask("100404", 1)).isEqualTo("72");
    }

    @Test
    void goesOnAfterAJamOnlyWhenToldSo() {
        printer.setCutterJam(true);
        assertThat(ask("100403", 1)).isEqualTo("1A");
        assertThat(ask("100502" + "100403", 1)).isEqualTo("1A");
        printer.setCutterJam(false);
        assertThat(ask("100403", 1)).isEqualTo("1A");
        assertThat(ask("100501" + "100403", 1)).isEqualTo("12");
    }

    /** The letters 86, 84 and 94 hex, or E5, E4 and F6, on each page. */
    @ParameterizedTest
    @CsvSource({
        "0,868494",
        "2,868494",
        "5,868494",
        "19,868494",
        "33,868494",
        "16,E5E4F6",
        "40,E5E4F6",
        "51,E5E4F6",
        "18,84948E",
        "39,E4F6E1"
    })
    void knowsItsCodePages(int page, String letters) {
        String text = page == 18 ? "äöÄ" : page == 39 ? "äöá" : "åäö";
        link.write(HexFormat.of().parseHex("1B40" + "1B74%02X".formatted(page) + letters + "0A1D5600"));
        eventually("printed", () -> !printer.slips().isEmpty());
        assertThat(printer.slips().getFirst().text()).isEqualTo(text + "\n");
    }

    /** Form A ends in a zero, form B has a length; CODE128 names its sets. */
    @ParameterizedTest
    @CsvSource({
        "1D6B04 4B494D505041 00, CODE39 KIMPPA",
        "1D6B49 0E 7B42 3835334E3036323430363030, CODE128 853N06240600",
        "1D6B49 07 7B43 1E 00 00 00 61, CODE128 3000000097",
        "1D6B43 0C 393738393531303131333639, EAN13 978951011369",
        "1D6B46 04 31323334, ITF 1234"
    })
    void drawsBarCodes(String command, String text) {
        link.write(HexFormat.of().parseHex("1B40" + command.replace(" ", "") + "1D5600"));
        eventually("printed", () -> !printer.slips().isEmpty());
        assertThat(printer.slips().getFirst().text()).isEqualTo("[" + text + "]\n");
    }

    @Test
    void leavesOutWhatItsPaperIsTooNarrowFor() {
        printer.install(PrinterModel.EPSON_TM, 32);
        byte[] wide = new byte[40];
        Arrays.fill(wide, (byte) 'A');
        link.write(new byte[] {0x1D, 'w', 3, 0x1D, 'k', 'E', 40});
        link.write(wide);
        link.write("\u001DV\u0000".getBytes(StandardCharsets.ISO_8859_1));
        eventually("printed", () -> !printer.slips().isEmpty());
        assertThat(printer.slips().getFirst().text()).isEqualTo("[bar code not printed]\n");
    }
}
