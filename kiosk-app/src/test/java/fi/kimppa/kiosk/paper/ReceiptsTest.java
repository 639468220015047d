package fi.kimppa.kiosk.paper;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.printer.Dots;
import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.Receipt.Element;
import fi.kimppa.device.printer.ReceiptPicture;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.kiosk.text.Texts;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The product's own layouts, held against papers that were looked at and found good. After a wanted change write them anew with
 * {@code -Dkimppa.golden=write} and look at them again; the pictures are in {@code target/receipts}.
 */
class ReceiptsTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "fi", "kimppa", "kiosk", "paper");
    private static final boolean WRITE = "write".equals(System.getProperty("kimppa.golden"));

    static Stream<Arguments> papers() {
        return Samples.all().keySet().stream()
                .flatMap(kind -> Texts.languages().stream().map(language -> Arguments.of(kind, language)));
    }

    private static Receipt compose(String kind, Language language, int columns) {
        return new Receipts(Samples.SETTINGS, Samples.MACHINE, columns, Layouts.BUILT_IN)
                .compose(Objects.requireNonNull(Samples.all().get(kind)), language);
    }

    private static String text(String kind, Language language, int columns) {
        return compose(kind, language, columns).toText(columns);
    }

    private static List<Element.Picture> logos(BufferedImage picture, Path folder, String layout) throws IOException {
        Path file = folder.resolve("logo.png");
        ImageIO.write(picture, "png", file.toFile());
        KioskSettings plain = Samples.SETTINGS;
        KioskSettings own = plain.with(
                plain.offerings(),
                plain.extras(),
                new Branding(Optional.of(new Branding.Logo(file, false)), Map.of(), Map.of(), Map.of()),
                "");
        Receipt receipt = new Receipts(own, Samples.MACHINE, 42, Layouts.parse("layout", layout))
                .compose(Objects.requireNonNull(Samples.all().get("test-page")), Language.FINNISH);
        assertThat(receipt.withoutPictures().toText(42)).doesNotContain("[picture]");
        return receipt.elements().stream()
                .filter(Element.Picture.class::isInstance)
                .map(Element.Picture.class::cast)
                .toList();
    }

    private static BufferedImage ring(int rgb) {
        var picture = new BufferedImage(400, 200, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(new Color(rgb));
        pen.fillOval(0, 0, 200, 200);
        pen.dispose();
        return picture;
    }

    /** A logo of light letters for a dark ground is printed too. */
    @ParameterizedTest
    @ValueSource(ints = {0x5a1846, 0xffffff})
    void printsTheLogoWhereTheLayoutWantsItInBlack(int rgb, @TempDir Path folder) throws IOException {
        List<Element.Picture> logos = logos(ring(rgb), folder, "[test-page]\nlogo\nleft: {machine}\ncut\n");
        assertThat(logos).hasSize(1);
        Dots dots = logos.getFirst().dots();
        assertThat(dots.height()).isLessThanOrEqualTo(96);
        assertThat(dots.black(dots.height() / 2, dots.height() / 2)).isTrue();
        assertThat(dots.black(dots.width() - 2, dots.height() / 2)).isFalse();
        assertThat(logos(ring(rgb), folder, "[test-page]\nleft: {machine}\ncut\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("papers")
    void readsAsItDidInEveryWidth(String kind, Language language) throws IOException {
        Path pictures = Path.of("target", "receipts");
        Files.createDirectories(pictures);
        for (int columns : new int[] {32, 42, 48}) {
            Receipt receipt = compose(kind, language, columns);
            assertThat(receipt.toText(columns).lines())
                    .as("%d columns", columns)
                    .allMatch(line -> line.length() <= columns)
                    .noneMatch(line -> line.contains("?"));
            Files.write(
                    pictures.resolve(kind + "-" + language.tag() + "-" + columns + ".png"),
                    ReceiptPicture.png(receipt, columns));
        }
        String all = Stream.of(32, 42, 48)
                .map(columns -> "--- " + columns + " columns\n" + text(kind, language, columns))
                .collect(Collectors.joining());
        Path golden = GOLDEN.resolve(kind + "-" + language.tag() + ".txt");
        if (WRITE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, all);
        }
        assertThat(all).isEqualTo(Files.readString(golden));
    }

    @Test
    void listsLoansRefusalsAndWhatIsStillBeingChecked() {
        assertThat(text("loan-receipt", Language.FINNISH, 42))
                .contains("Naantalin kirjasto        21.11.2026 14.05")
                .contains("LAINAT                               6 kpl")
                .contains("                    Eräpäivä la 19.12.2026")
                .contains("                     Eräpäivä la 5.12.2026")
                .contains("                 Eräpäivä kysy kirjastosta")
                .contains("EI LAINATTU                          2 kpl")
                .contains("              Varattu toiselle asiakkaalle")
                .contains("TARKISTETAAN                         1 kpl")
                .contains("Uusi lainasi: www.example.fi")
                .contains("Puh. 02 000 0000")
                .doesNotContain("Meikäläinen");
    }

    /** A date that is today, and none at all: a loan without a due date is on no receipt. */
    @Test
    void asksToCheckADueDateThatCannotBeRight() {
        assertThat(text("loan-receipt", Language.FINNISH, 42).lines())
                .containsSequence(
                        "Beaivi, áhčážan / Valkeapää, Nils-Aslak", "                         Tarkista eräpäivä")
                .containsSequence("Sinuhe egyptiläinen / Waltari, Mika", "                         Tarkista eräpäivä")
                .noneMatch(line -> line.contains("21.11.2026") && line.contains("Eräpäivä"));
    }

    @Test
    void cutsATitleAfterTwoLines() {
        assertThat(Layouts.titleLines("yksi kaksi kolme", 10)).containsExactly("yksi kaksi", "kolme");
        assertThat(Layouts.titleLines("yksi kaksi kolme neljä viisi", 10)).containsExactly("yksi kaksi", "kolme n...");
        assertThat(Layouts.titleLines("kolmivaihekilowattituntimittari", 10))
                .containsExactly("kolmivaihe", "kilowat...");
        assertThat(Layouts.titleLines("", 10)).containsExactly("");
    }

    @Test
    void saysOnTheHoldSlipThatStaffProcessIt() {
        assertThat(text("hold-slip-travels", Language.FINNISH, 42))
                .contains("VARATTU", "[5]", "KÄSITTELE", "Nide 3000000097", "noutokirjasto: Lieto")
                .doesNotContainIgnoringCase("noudettavissa");
        assertThat(text("hold-slip", Language.FINNISH, 42)).contains("KOIVU 4711", "Muista lainata!");
    }

    @Test
    void marksReturnsThatTheLibraryHearsOfLater() {
        assertThat(text("return-receipt", Language.SWEDISH, 32).lines())
                .filteredOn(line -> line.contains("behandlas senare"))
                .hasSize(1);
    }

    @Test
    void countsTheDayForStaff() {
        assertThat(text("day-slip", Language.FINNISH, 32))
                .contains("PÄIVÄN TAPAHTUMAT", "Lainoja 118", "Palautuksia 77", "2 odottaa", "1 hylätty")
                .contains("Varatut ja kuljetus", "5 3000000097", "3 3000000042");
        var quiet = new Printout.DaySlip(Instant.parse("2026-11-21T12:05:00Z"), Upkeep.Day.NOTHING, 0, 0);
        assertThat(new Receipts(Samples.SETTINGS, Samples.MACHINE, 32, Layouts.BUILT_IN)
                        .compose(quiet, Language.FINNISH)
                        .toText(32))
                .contains("Lainoja 0", "0 odottaa")
                .doesNotContain("Varatut ja kuljetus");
    }

    @Test
    void feedsBlankPaperThatIsCut() {
        Receipt strip = new Receipts(Samples.SETTINGS, Samples.MACHINE, 32, Layouts.BUILT_IN)
                .compose(new Printout.Feed(Instant.parse("2026-11-21T12:05:00Z")), Language.FINNISH);
        assertThat(strip.toText(32)).isBlank();
        assertThat(strip.elements()).hasSize(7).last().isEqualTo(new Receipt.Element.Cut());
    }

    @Test
    void hasASampleOfEveryKind() {
        assertThat(Stream.of(PaperKind.values()).map(PaperKind::word))
                .as("a kind without a sample is never looked at")
                .allMatch(Samples.all()::containsKey);
    }
}
