package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPicture;
import fi.kimppa.device.tag.UsageRule;
import fi.kimppa.kiosk.session.CardRules;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiptsTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:05:00Z");
    private static final KioskSettings SETTINGS = new KioskSettings(
            "NAANTALI",
            "NAANTALI",
            "Naantalin kirjasto",
            Map.of(),
            List.of(),
            Texts.ZONE,
            List.of(Language.values()),
            false,
            true,
            CardRules.of(Pattern.compile("2\\d{9}")),
            new UsageRule(true, true),
            4,
            10,
            3,
            "9",
            "9",
            Map.of(),
            true,
            "www.example.fi",
            "02 000 0000",
            Timeouts.STANDARD);
    private static final Map<String, Printout> PRINTOUTS = Map.of(
            "loans",
            new Printout.LoanReceipt(
                    AT,
                    List.of(
                            loan("Tuntematon sotilas / Linna, Väinö", "2026-12-19"),
                            loan("Muumipappa ja meri / Jansson, Tove", "2026-12-19"),
                            loan("Seitsemän veljestä / Kivi, Aleksis", "2026-12-05"),
                            loan(
                                    "Suomen kansan vanhat runot ja niiden vaiheet Vienan Karjalasta Inkerinmaalle: valikoima"
                                            + " / Niemi, A. R.",
                                    "kysy kirjastosta")),
                    List.of(new Printout.NotLent(
                            "Puhdistus / Oksanen, Sofi",
                            new LoanState.Refused(
                                    LoanState.Reason.HOLD_OTHER,
                                    List.of("VARATTU: Meikäläinen"),
                                    Optional.empty(),
                                    true))),
                    List.of("Kalevala / Lönnrot, Elias")),
            "returns",
            new Printout.ReturnReceipt(
                    AT,
                    List.of(
                            new Printout.Return("Muumipappa ja meri / Jansson, Tove", false),
                            new Printout.Return("Puhdistus / Oksanen, Sofi", true))),
            "hold",
            new Printout.HoldSlip(
                    AT, "5", "KOIVU 4711", "Juoksuhaudantie / Hotakainen, Kari", "3000000097", "Lieto", false),
            "transfer",
            new Printout.TransferSlip(AT, "3", "RAISIO", "Muumipappa ja meri / Jansson, Tove", "3000000042"));

    private static Printout.Loan loan(String title, String due) {
        return new Printout.Loan(title, DueDate.of(due));
    }

    static Stream<Arguments> papers() {
        return PRINTOUTS.keySet().stream()
                .flatMap(kind -> Stream.of(Language.values())
                        .flatMap(language ->
                                Stream.of(32, 42, 48).map(columns -> Arguments.of(kind, language, columns))));
    }

    private static Receipt compose(String kind, Language language, int columns) {
        return new Receipts(SETTINGS, "naantali-1", columns)
                .compose(java.util.Objects.requireNonNull(PRINTOUTS.get(kind)), language);
    }

    @ParameterizedTest
    @MethodSource("papers")
    void fitsThePaperAndIsKeptToBeLookedAt(String kind, Language language, int columns) throws IOException {
        Receipt receipt = compose(kind, language, columns);
        String text = receipt.toText(columns);
        assertThat(text.lines()).allMatch(line -> line.length() <= columns);
        Path base = Path.of("target", "receipts");
        Files.createDirectories(base);
        String name = kind + "-" + language.tag() + "-" + columns;
        Files.writeString(base.resolve(name + ".txt"), text);
        Files.write(base.resolve(name + ".png"), ReceiptPicture.png(receipt, columns));
        assertThat(base.resolve(name + ".png")).isNotEmptyFile();
    }

    @Test
    void listsLoansRefusalsAndWhatIsStillBeingChecked() {
        assertThat(compose("loans", Language.FINNISH, 42).toText(42))
                .contains("Naantalin kirjasto        21.11.2026 14.05")
                .contains("LAINAT                                   4")
                .contains("                    Eräpäivä la 19.12.2026")
                .contains("                     Eräpäivä la 5.12.2026")
                .contains("                 Eräpäivä kysy kirjastosta")
                .contains("EI LAINATTU                              1")
                .contains("              Varattu toiselle asiakkaalle")
                .contains("TARKISTETAAN                             1")
                .contains("Uusi lainasi: www.example.fi")
                .contains("Puh. 02 000 0000")
                .doesNotContain("Meikäläinen");
    }

    @Test
    void cutsATitleAfterTwoLines() {
        assertThat(Receipts.lines("yksi kaksi kolme", 10)).containsExactly("yksi kaksi", "kolme");
        assertThat(Receipts.lines("yksi kaksi kolme neljä viisi", 10)).containsExactly("yksi kaksi", "kolme n...");
        assertThat(Receipts.lines("kolmivaihekilowattituntimittari", 10)).containsExactly("kolmivaihe", "kilowat...");
        assertThat(Receipts.lines("", 10)).containsExactly("");
    }

    @Test
    void saysOnTheHoldSlipThatStaffProcessIt() {
        assertThat(compose("hold", Language.FINNISH, 42).toText(42))
                .contains("VARATTU", "[5]", "KOIVU 4711", "KÄSITTELE", "Nide 3000000097", "noutokirjasto: Lieto")
                .doesNotContainIgnoringCase("noudettavissa");
    }

    @Test
    void marksReturnsThatTheLibraryHearsOfLater() {
        assertThat(compose("returns", Language.SWEDISH, 32).toText(32).lines())
                .filteredOn(line -> line.contains("behandlas senare"))
                .hasSize(1);
    }
}
