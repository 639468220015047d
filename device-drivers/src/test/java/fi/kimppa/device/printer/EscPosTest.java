package fi.kimppa.device.printer;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ESC/POS as computed from Epson's public command reference. */
class EscPosTest {
    private static final Receipt LOANS = Receipt.builder()
            .leftRight("Naantalin kirjasto", "21.11.2026 14.05")
            .rule()
            .leftRight("LAINAT", "2 kpl", Style.BOLD)
            .blank()
            .text("Tuntematon sotilas / Linna, Väinö")
            .text("Eräpäivä la 19.12.2026", Align.RIGHT, Style.PLAIN)
            .text("KULJETUS", Align.CENTRE, Style.DOUBLE)
            .build();

    @Test
    void startsWithTheGoldenBytes() {
        byte[] bytes = encode("Åbo Työväen kirjasto €");
        assertThat(bytes)
                .startsWith(hex(
                        "1B 40 1B 52 00 1B 74 13 8F 62 6F 20 54 79 94 76 84 65 6E 20 6B 69 72 6A 61 73 74 6F 20 D5 0A"))
                .endsWith(hex("1B 64 03 1D 56 01"));
    }

    @Test
    void storesAQrCodeAsTheGoldenBytes() {
        byte[] bytes = EscPosEncoder.encode(Receipt.builder().qr("https://x.fi").build(), 48);
        assertThat(HexFormat.of().formatHex(bytes))
                .contains("1d286b0f0031503068747470733a2f2f782e6669")
                .contains("1d286b0400314132001d286b03003143061d286b0300314531")
                .contains("1d286b0300315130");
    }

    @Test
    void switchesTheCodePageInsideALine() {
        assertThat(HexFormat.of().formatHex(encode("Ane Č €")))
                .contains("1b7413" + hexOf("Ane ") + "1b7412" + "ac" + hexOf(" ") + "1b7413" + "d5" + "0a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Davvisámegiella: ŋ", "Ŧ", "ŧ đ č", "漢字", "עברית"})
    void printsALineWithOtherLettersAsAPicture(String text) {
        byte[] bytes = encode(text);
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(hex).contains("1d7630004800" + "1800");
        assertThat(bytes).hasSizeGreaterThan(72 * 24);
        assertThat(new String(Arrays.copyOf(bytes, 16), StandardCharsets.ISO_8859_1))
                .doesNotContain("?");
    }

    @Test
    void printsEveryPrintableLetterOfItsPagesWithoutAQuestionMark() {
        for (int c = 0x20; c < 0x0600; c++) {
            if (Character.isLetterOrDigit(c)) {
                byte[] bytes = encode(Character.toString(c));
                boolean raster = HexFormat.of().formatHex(bytes).contains("1d763000");
                assertThat(raster || !new String(bytes, StandardCharsets.ISO_8859_1).contains("?"))
                        .as("%s", Character.toString(c))
                        .isTrue();
            }
        }
    }

    @Test
    void takesNoCommandsFromATitle() {
        byte[] bytes = encode("evil\u001B@\u001DV\u0000\u0010\u0004 title");
        assertThat(HexFormat.of().formatHex(bytes)).contains(hexOf("evil @ V    title"));
    }

    @Test
    void changesStyleOnlyWhereItChanges() {
        byte[] bytes = EscPosEncoder.encode(
                Receipt.builder()
                        .text("a", Align.LEFT, Style.BOLD)
                        .text("b", Align.LEFT, Style.BOLD)
                        .text("c", Align.LEFT, Style.DOUBLE)
                        .build(),
                48);
        assertThat(HexFormat.of().formatHex(bytes)).contains("1b4501" + "610a" + "620a" + "1b4500" + "1d2111" + "630a");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # printer, offline cause, error cause, paper
        12, 12, 12, 12,
        12, 12, 12, 1E, PAPER_LOW
        12, 12, 12, 72, PAPER_OUT
        12, 12, 12, 7E, PAPER_OUT
        1A, 32, 12, 72, PAPER_OUT
        1A, 16, 12, 12, COVER_OPEN
        1A, 16, 12, 72, COVER_OPEN
        1A, 52, 1A, 12, CUTTER
        1A, 52, 52, 12, OVERHEATED
        1A, 52, 32, 12, DEVICE_ERROR
        1A, 52, 12, 12, DEVICE_ERROR
        1A, 12, 12, 12, DEVICE_ERROR
        """)
    void understandsTheStatusBytes(String printer, String offline, String error, String paper, String reason) {
        assertThat(PrinterStatus.reason(b(printer), b(offline), b(error), b(paper)))
                .isEqualTo(Optional.ofNullable(reason).map(StatusReason::valueOf));
    }

    @Test
    void tellsAnswersApart() {
        for (String realTime : new String[] {"12", "1A", "16", "32", "52", "72", "7E", "1E"}) {
            assertThat(PrinterStatus.isRealTime(b(realTime))).isTrue();
            assertThat(PrinterStatus.isQueued(b(realTime))).isFalse();
        }
        assertThat(PrinterStatus.isQueued(0x00)).isTrue();
        assertThat(PrinterStatus.isQueued(0x03)).isTrue();
        // XON, XOFF and the first byte of an automatic status are neither.
        for (int other : new int[] {0x11, 0x13, 0x10}) {
            assertThat(PrinterStatus.isRealTime(other)).isFalse();
            assertThat(PrinterStatus.isQueued(other)).isFalse();
        }
    }

    @Test
    void laysOutForFortyTwoColumns() {
        assertThat(LOANS.toText(42)).isEqualTo("""
            Naantalin kirjasto        21.11.2026 14.05
            ------------------------------------------
            LAINAT                               2 kpl

            Tuntematon sotilas / Linna, Väinö
                                Eräpäivä la 19.12.2026
                  KULJETUS
            """);
    }

    @Test
    void survivesThirtyTwoColumns() {
        assertThat(LOANS.toText(32)).isEqualTo("""
            Naantalin kirjasto
                            21.11.2026 14.05
            --------------------------------
            LAINAT                     2 kpl

            Tuntematon sotilas / Linna,
            Väinö
                      Eräpäivä la 19.12.2026
                KULJETUS
            """);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 42, 48, 64})
    void neverExceedsTheWidth(int columns) {
        Receipt receipt = Receipt.builder()
                .text("Pitkänimisenäkirjastonakauniisti".repeat(5))
                .text("sana ".repeat(60), Align.RIGHT, Style.DOUBLE)
                .leftRight("vasen ".repeat(20), "oikea ".repeat(20))
                .leftRight("", "")
                .build();
        assertThat(receipt.toText(columns).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    @Test
    void drawsAPictureOfTheWidthOfThePaper() {
        var picture = ReceiptPicture.draw(LOANS, 42);
        assertThat(picture.getWidth()).isEqualTo(42 * PaperCanvas.CELL_WIDTH + 24);
        assertThat(picture.getHeight()).isGreaterThan(8 * PaperCanvas.CELL_HEIGHT);
        int dark = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                dark += (picture.getRGB(x, y) & 0xFF) < 0x80 ? 1 : 0;
            }
        }
        assertThat(dark).isGreaterThan(1_000);
        assertThat(ReceiptPicture.png(LOANS, 42)).startsWith(0x89, 'P', 'N', 'G');
    }

    private static byte[] encode(String text) {
        return EscPosEncoder.encode(Receipt.builder().text(text).build(), 48);
    }

    private static int b(String hex) {
        return Integer.parseInt(hex, 16);
    }

    private static String hexOf(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
