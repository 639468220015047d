package fi.kimppa.device.printer;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Receipts as they were looked at and found fit to hand to a patron: the picture, dot by dot, and the bytes for an Epson. After a
 * wanted change write them anew with {@code -Dkimppa.golden=write} and look at them again.
 */
class GoldenReceiptsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "fi", "kimppa", "device", "printer");
    private static final boolean WRITE = "write".equals(System.getProperty("kimppa.golden"));

    private record Words(
            String library,
            String loans,
            String due,
            String notLent,
            String why,
            String renew,
            String phone,
            String returned,
            String later,
            String transfer,
            String from,
            String item,
            List<String> titles) {}

    private static Words words(String language) {
        return switch (language) {
            case "fi" ->
                new Words(
                        "Naantalin kirjasto",
                        "LAINAT",
                        "Eräpäivä la 19.12.2026",
                        "EI LAINATTU",
                        "Varattu toiselle asiakkaalle",
                        "Uusi lainasi: www.example.fi",
                        "Puh. 02 000 0000",
                        "PALAUTETTU",
                        "käsitellään",
                        "KULJETUS",
                        "Mistä: Naantalin kirjasto",
                        "Nide",
                        List.of(
                                "Tuntematon sotilas / Linna, Väinö",
                                "Ällöttävän hyvä keittokirja, 12,50 € : å, ä ja ö / Šaškov, Žanna",
                                "Puhdistus / Oksanen, Sofi"));
            case "sv" ->
                new Words(
                        "Nådendals bibliotek",
                        "LÅN",
                        "Förfallodag lö 19.12.2026",
                        "EJ UTLÅNADE",
                        "Reserverad för en annan kund",
                        "Förnya dina lån: www.example.fi",
                        "Tfn 02 000 0000",
                        "ÅTERLÄMNAT",
                        "behandlas",
                        "TRANSPORT",
                        "Från: Nådendals bibliotek",
                        "Exemplar",
                        List.of(
                                "Trollkarlens hatt / Jansson, Tove",
                                "Årstiderna på Åland : en kåserisamling / Öström, Åsa",
                                "Idéernas café / Müller, François"));
            case "en" ->
                new Words(
                        "Naantali library",
                        "LOANS",
                        "Due Sat 19 Dec 2026",
                        "NOT BORROWED",
                        "On hold for another customer",
                        "Renew your loans: www.example.fi",
                        "Tel. 02 000 0000",
                        "RETURNED",
                        "being processed",
                        "TRANSFER",
                        "From: Naantali library",
                        "Item",
                        List.of(
                                "The summer book / Jansson, Tove",
                                "“Don’t panic” – the naïve reader’s guide / O’Brien, Zoë",
                                "Война и мир / Толстой, Лев"));
            default ->
                new Words(
                        "Ohcejoga girjerádju",
                        "LUOIKKAT",
                        "Máhcahanbeaivi lá 19.12.2026",
                        "IIT LUOIKKAN",
                        "Várrejuvvon nuppi áššehassii",
                        "Ođasmahte luoikkaid: www.example.fi",
                        "Tel. 02 000 0000",
                        "MÁHCAHUVVON",
                        "gieđahallojuvvo",
                        "FIEVRRIDEAPMI",
                        "Gos: Ohcejoga girjerádju",
                        "Girji",
                        List.of(
                                "Beaivi, áhčážan / Valkeapää, Nils-Aslak",
                                "Čáhcegáddái nohká boazobálggis / Vest, Jovnna-Ánde",
                                "Ŋ ja Ŧ : máŋga muŧŧolaš sáni / Đđ, Žuŋ"));
        };
    }

    private static Receipt compose(String kind, Words words) {
        return switch (kind) {
            case "loan" -> loan(words);
            case "return" -> returned(words);
            default -> transit(words);
        };
    }

    private static Receipt loan(Words words) {
        return Receipt.builder()
                .leftRight(words.library, "21.11.2026 14.05")
                .rule()
                .leftRight(words.loans, "2", Style.BOLD)
                .blank()
                .text(words.titles.get(0))
                .text(words.due, Align.RIGHT, Style.PLAIN)
                .text(words.titles.get(1))
                .text(words.due, Align.RIGHT, Style.PLAIN)
                .rule()
                .leftRight(words.notLent, "1", Style.BOLD)
                .blank()
                .text(words.titles.get(2))
                .text(words.why, Align.RIGHT, Style.PLAIN)
                .rule()
                .text(words.renew)
                .text(words.phone)
                .cut()
                .build();
    }

    private static Receipt returned(Words words) {
        var paper = Receipt.builder()
                .leftRight(words.library, "21.11.2026 14.05")
                .rule()
                .leftRight(words.returned, "3", Style.BOLD)
                .blank();
        words.titles.forEach(paper::text);
        return paper.text(words.later, Align.RIGHT, Style.PLAIN)
                .rule()
                .text(words.phone)
                .cut()
                .build();
    }

    private static Receipt transit(Words words) {
        return Receipt.builder()
                .leftRight(words.transfer, "[3]", Style.DOUBLE)
                .blank()
                .text("RAISIO", Align.LEFT, new Style(true, true))
                .blank()
                .text(words.from)
                .text(words.titles.get(1))
                .leftRight(words.item + " 853N06240600", "21.11.2026 14.05")
                .barCode(Symbology.CODE128, "853N06240600")
                .blank()
                .qr("853N06240600")
                .cut()
                .build();
    }

    static Stream<Arguments> papers() {
        Stream<Arguments> usual = Stream.of("loan", "return", "transit")
                .flatMap(kind -> Stream.of("fi", "sv", "en", "se").map(language -> Arguments.of(kind, language, 42)));
        Stream<Arguments> widths = Stream.of(32, 48).map(columns -> Arguments.of("loan", "se", columns));
        return Stream.concat(usual, Stream.concat(widths, Stream.of(Arguments.of("transit", "fi", 32))));
    }

    @ParameterizedTest
    @MethodSource("papers")
    void looksAndReadsAsItDid(String kind, String language, int columns) throws IOException {
        Receipt receipt = compose(kind, words(language));
        Path picture = FOLDER.resolve(kind + "-" + language + "-" + columns + ".png");
        Path bytes = FOLDER.resolve(kind + "-" + language + "-" + columns + ".escpos");
        if (WRITE) {
            Files.createDirectories(FOLDER);
            Files.write(picture, ReceiptPicture.png(receipt, columns));
            Files.write(bytes, EscPosEncoder.encode(receipt, columns, PrinterProfile.EPSON));
        }
        assertThat(EscPosEncoder.encode(receipt, columns, PrinterProfile.EPSON)).isEqualTo(Files.readAllBytes(bytes));
        BufferedImage golden = ImageIO.read(picture.toFile());
        BufferedImage now = ReceiptPicture.draw(receipt, columns);
        assertThat(List.of(now.getWidth(), now.getHeight())).isEqualTo(List.of(golden.getWidth(), golden.getHeight()));
        for (int y = 0; y < golden.getHeight(); y++) {
            for (int x = 0; x < golden.getWidth(); x++) {
                if (now.getRGB(x, y) != golden.getRGB(x, y)) {
                    throw new AssertionError("the dot " + x + ", " + y + " is not as in " + picture);
                }
            }
        }
    }
}
