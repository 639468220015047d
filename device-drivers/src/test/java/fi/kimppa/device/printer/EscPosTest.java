package fi.kimppa.device.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Cell;
import fi.kimppa.device.printer.Receipt.Style;
import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
        byte[] bytes = encode(Receipt.builder().qr("https://x.fi").build());
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
        assertThat(hex).contains("1d7630004800" + "1e00");
        assertThat(bytes).hasSizeGreaterThan(72 * 30);
        assertThat(new String(Arrays.copyOf(bytes, 16), StandardCharsets.ISO_8859_1))
                .doesNotContain("?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epson", "custom"})
    void neverPrintsAWrongLetter(String name) {
        // Every seventh is in every build.
        assertThat(picturesAmongLetters(name, 7)).isBetween(100, 200);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"epson", "custom"})
    void neverPrintsAnyWrongLetter(String name) {
        assertThat(picturesAmongLetters(name, 1)).isBetween(700, 1_400);
    }

    /** What is printed is read back by the page that the printer was told to use. */
    private static int picturesAmongLetters(String name, int step) {
        PrinterProfile profile = PrinterProfile.named(name).orElseThrow();
        int pictures = 0;
        for (int c = 0x20; c < 0x2100; c = c < 0x2010 && c + step > 0x52F ? 0x2010 : c + step) {
            if (Character.isDefined(c) && !Character.isISOControl(c) && !breaksOrShowsNothing(c)) {
                String letter = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFC);
                byte[] bytes = EscPosEncoder.encode(
                        Receipt.builder().text("<" + letter + ">").build(), 16, profile);
                if (HexFormat.of().formatHex(bytes).contains("1d763000")) {
                    pictures++;
                } else {
                    assertThat(printed(bytes)).as("U+%04X", c).isEqualTo("<" + letter + ">");
                }
            }
        }
        return pictures;
    }

    private static boolean breaksOrShowsNothing(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** By Epson's numbers, which all profiles use; skips init and set, follows ESC t up to the line feed. */
    private static String printed(byte[] bytes) {
        Charset page = StandardCharsets.US_ASCII;
        var text = new StringBuilder();
        int at = 5;
        while (bytes[at] != '\n') {
            if (bytes[at] == 0x1B) {
                page = CodePage.of(bytes[at + 2]).orElseThrow().charset();
                at += 3;
            } else {
                text.append(new String(bytes, at, 1, page));
                at++;
            }
        }
        return text.toString();
    }

    /** The bytes of å ä ö Å Ä Ö and € by page, from the tables of devices with Epson's numbers. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        CP437,       0, 86 84 94 8F 8E 99,
        CP850,       2, 86 84 94 8F 8E 99,
        CP865,       5, 86 84 94 8F 8E 99,
        CP858,      19, 86 84 94 8F 8E 99, D5
        WPC1252,    16, E5 E4 F6 C5 C4 D6, 80
        ISO8859_15, 40, E5 E4 F6 C5 C4 D6, A4
        CP775,      33, 86 84 94 8F 8E 99,
        WPC1257,    51, E5 E4 F6 C5 C4 D6, 80
        """)
    void hasTheLettersOfTheNorthOnEachPage(CodePage page, int number, String letters, String euro) {
        assertThat(page.number()).isEqualTo(number);
        PrinterProfile only = PrinterProfile.CORE.withPages(Map.of(page, number));
        String hex = HexFormat.of()
                .formatHex(EscPosEncoder.encode(Receipt.builder().text("åäöÅÄÖ").build(), 48, only));
        assertThat(hex).contains(letters.replace(" ", "").toLowerCase(Locale.ROOT) + "0a");
        assertThat(page.has('€')).isEqualTo(euro != null);
        if (euro != null) {
            assertThat(page.encode('€')).isEqualTo((byte) Integer.parseInt(euro, 16));
        }
    }

    @ParameterizedTest
    @EnumSource(CodePage.class)
    void hasNorthernSamiOnNoPageAlone(CodePage page) {
        assertThat("áčđŋšŧžÁČĐŊŠŦŽ".chars().allMatch(page::has)).isFalse();
    }

    @Test
    void printsWhatAPrinterDoesNotHaveAsAPicture() {
        Receipt receipt = Receipt.builder().text("Čáliš").build();
        assertThat(HexFormat.of().formatHex(EscPosEncoder.encode(receipt, 48, PrinterProfile.EPSON)))
                .doesNotContain("1d7630");
        assertThat(HexFormat.of().formatHex(EscPosEncoder.encode(receipt, 48, PrinterProfile.CUSTOM)))
                .contains("1d7630");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # From the public command references: m, n, data
        CODE128, 853N06240600, 49 0E 7B 42 38 35 33 4E 30 36 32 34 30 36 30 30
        CODE128, 3000000097,   49 07 7B 43 1E 00 00 00 61
        CODE128, a{b,          49 06 7B 42 61 7B 7B 62
        CODE39,  853N0624060E, 45 0C 38 35 33 4E 30 36 32 34 30 36 30 45
        EAN13,   978951011369, 43 0D 39 37 38 39 35 31 30 31 31 33 36 39 31
        CODABAR, 22853000123451, 47 10 41 32 32 38 35 33 30 30 30 31 32 33 34 35 31 41
        ITF,     30123456789000, 46 0E 33 30 31 32 33 34 35 36 37 38 39 30 30 30
        """)
    void printsBarCodesAsTheGoldenBytes(Symbology symbology, String content, String data) {
        String hex = HexFormat.of()
                .formatHex(encode(Receipt.builder().barCode(symbology, content).build()));
        assertThat(hex)
                .contains("1b6101" + "1d6850" + "1d77")
                .contains("1d4802" + "1d6b" + data.replace(" ", "").toLowerCase(Locale.ROOT) + "1b6100");
    }

    /** On the wire 16 04 .., 16 05 .. and 16 20 .. in set C would be DLE EOT, DLE ENQ and DLE DC4. */
    @ParameterizedTest
    @ValueSource(strings = {"160401", "991605", "12162000"})
    void spellsNoRealTimeCommandInABarCode(String content) {
        byte[] bytes =
                encode(Receipt.builder().barCode(Symbology.CODE128, content).build());
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("{B" + content);
    }

    @Test
    void spellsNoRealTimeCommandInAPicture() {
        var image = new BufferedImage(16, 3, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < 3; y++) {
            int bits = 0x1000 | new int[] {0x04, 0x05, 0x14}[y];
            for (int x = 0; x < 16; x++) {
                image.setRGB(x, y, (bits & 0x8000 >> x) != 0 ? 0 : 0xFFFFFF);
            }
        }
        assertThat(HexFormat.of()
                        .formatHex(
                                encode(Receipt.builder().picture(Dots.of(image)).build())))
                .contains("1d763000" + "0200" + "0300" + "1006" + "1007" + "1016");
    }

    @Test
    void sendsATallPictureInBandsThatThePrinterHolds() {
        var tall = Dots.of(new BufferedImage(8, 500, BufferedImage.TYPE_BYTE_BINARY));
        byte[] bytes = EscPosEncoder.encode(Receipt.builder().picture(tall).build(), 32, PrinterProfile.CORE);
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(hex).containsSubsequence("1d7630000100f000", "1d7630000100f000", "1d76300001001400");
    }

    @ParameterizedTest
    @CsvSource({"partial, 1d5601", "full, 1d5600", "custom, 1b69", "none, ''"})
    void cutsAsThePrinterCan(String cut, String command) {
        PrinterProfile profile = PrinterProfile.CORE.withCut(PrinterProfile.Cut.valueOf(cut.toUpperCase(Locale.ROOT)));
        byte[] bytes = EscPosEncoder.encode(Receipt.builder().text("x").build(), 48, profile);
        assertThat(HexFormat.of().formatHex(bytes)).endsWith("780a" + "1b6403" + command);
    }

    @Test
    void refusesWhatABarCodeCannotShow() {
        assertThat(Symbology.CODE39.accepts("853n")).isFalse();
        assertThat(Symbology.CODE128.accepts("nidé")).isFalse();
        assertThat(Symbology.ITF.accepts("123")).isFalse();
        assertThat(Symbology.EAN13.accepts("9789510113691")).isTrue();
        assertThat(Symbology.EAN13.accepts("9789510113690")).isFalse();
        assertThat(Symbology.CODABAR.accepts("A123")).isFalse();
        assertThatThrownBy(() -> Receipt.builder().barCode(Symbology.ITF, "123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ITF");
    }

    @Test
    void setsCellsBesideEachOther() {
        Receipt receipt = Receipt.builder()
                .columns(
                        new Cell("Muumipappa ja meri", 0, Align.LEFT),
                        new Cell("19.12.2026", 10, Align.LEFT),
                        new Cell("2,00 €", 8, Align.RIGHT))
                .columns(
                        Style.BOLD,
                        new Cell("Yhteensä", 0, Align.LEFT),
                        new Cell("", 0, Align.LEFT),
                        new Cell("2,00 €", 8, Align.RIGHT))
                .build();
        assertThat(receipt.toText(42)).isEqualTo("""
            Muumipappa ja meri     19.12.2026   2,00 €
            Yhteensä                            2,00 €
            """);
        assertThat(receipt.toText(32)).isEqualTo("""
            Muumipappa   19.12.2026   2,00 €
            ja meri
            Yhteensä                  2,00 €
            """);
        assertThat(receipt.toText(24)).isEqualTo("""
            Muumipappa ja meri
            19.12.2026
                              2,00 €
            Yhteensä
                              2,00 €
            """);
    }

    @Test
    void printsTheLettersOfABarCodeThatIsTooWide() {
        Receipt receipt = Receipt.builder()
                .barCode(Symbology.CODE39, "853N06240600-853N06240600")
                .build();
        assertThat(receipt.toText(48)).isEqualTo("           853N06240600-853N06240600\n");
        assertThat(HexFormat.of().formatHex(encode(receipt))).doesNotContain("1d6b");
        Receipt fits =
                Receipt.builder().barCode(Symbology.CODE128, "853N06240600").build();
        assertThat(fits.toText(32)).isEqualTo("[CODE128 853N06240600]\n");
    }

    @Test
    void givesWideLettersTwoCellsAndDropsMarksThatShowNothing() {
        assertThat(Receipt.builder()
                        .text("漢字漢字漢字漢字漢字", Align.RIGHT, Style.PLAIN)
                        .build()
                        .toText(16))
                .isEqualTo("漢字漢字漢字漢字\n            漢字\n");
        assertThat(Receipt.builder()
                        .text("kir\u00ADjas\u200Bto a\u0308")
                        .build()
                        .toText(16))
                .isEqualTo("kirjasto ä\n");
    }

    @Test
    void takesNoCommandsFromATitle() {
        byte[] bytes = encode("evil\u001B@\u001DV\u0000\u0010\u0004 title");
        assertThat(HexFormat.of().formatHex(bytes)).contains(hexOf("evil @ V    title"));
    }

    @Test
    void changesStyleOnlyWhereItChanges() {
        byte[] bytes = encode(Receipt.builder()
                .text("a", Align.LEFT, Style.BOLD)
                .text("b", Align.LEFT, Style.BOLD)
                .text("c", Align.LEFT, Style.DOUBLE)
                .build());
        assertThat(HexFormat.of().formatHex(bytes)).contains("1b4501" + "610a" + "620a" + "1b4500" + "1d2111" + "630a");
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
        return encode(Receipt.builder().text(text).build());
    }

    private static byte[] encode(Receipt receipt) {
        return EscPosEncoder.encode(receipt, 48, PrinterProfile.EPSON);
    }

    private static String hexOf(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
