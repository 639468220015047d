package fi.kimppa.kiosk.paper;

import fi.kimppa.device.tag.UsageRule;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.CardRules;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.Gates;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.session.Personal;
import fi.kimppa.kiosk.session.PileRules;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.Timeouts;
import fi.kimppa.kiosk.session.Upkeep.Count;
import fi.kimppa.kiosk.session.Upkeep.Day;
import fi.kimppa.kiosk.session.Upkeep.HoldFound;
import fi.kimppa.kiosk.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One printout of each kind, with what is usual and what is rare, for looking at a layout. */
public final class Samples {
    /** A kiosk to print them. */
    public static final KioskSettings SETTINGS = new KioskSettings(
            "NAANTALI",
            "NAANTALI",
            "Naantalin kirjasto",
            Map.of(),
            List.of(),
            Texts.ZONE,
            Texts.languages(),
            Set.of(Offering.values()),
            Gates.ALARM,
            CardRules.of(Pattern.compile("2\\d{9}")),
            new UsageRule(true, true),
            4,
            10,
            3,
            "9",
            "9",
            Map.of(),
            true,
            false,
            true,
            Set.of(),
            "www.example.fi",
            "02 000 0000",
            false,
            Duration.ofSeconds(12),
            Timeouts.STANDARD,
            PileRules.USUAL,
            Personal.NOTHING,
            Branding.NONE,
            "");

    /** Its id. */
    public static final String MACHINE = "naantali-1";

    private static final Instant AT = Instant.parse("2026-11-21T12:05:00Z");

    private Samples() {}

    /** The printouts, by the name of a file for each. */
    public static Map<String, Printout> all() {
        Map<String, Printout> all = new LinkedHashMap<>();
        all.put(PaperKind.LOAN_RECEIPT.word(), loans());
        all.put(PaperKind.LOAN_RECEIPT_WITH_RETURNS.word(), visit());
        List<Printout.Return> back = new ArrayList<>(returns());
        back.add(new Printout.Return("Kalevala / Lönnrot, Elias", "3000000122", false, true));
        all.put(PaperKind.RETURN_RECEIPT.word(), new Printout.ReturnReceipt(AT, back));
        all.put(PaperKind.HOLD_SLIP.word(), hold("KOIVU 4711", "Naantali", true));
        all.put(PaperKind.HOLD_SLIP.word() + "-travels", hold("", "Lieto", false));
        all.put(
                PaperKind.TRANSFER_SLIP.word(),
                new Printout.TransferSlip(AT, "3", "RAISIO", "Muumipappa ja meri / Jansson, Tove", "3000000042"));
        all.put(PaperKind.TEST_PAGE.word(), new Printout.TestPage(AT));
        all.put(PaperKind.DAY_SLIP.word(), day());
        return all;
    }

    private static Printout loans() {
        return new Printout.LoanReceipt(
                AT,
                List.of(
                        loan("Tuntematon sotilas / Linna, Väinö", "2026-12-19"),
                        loan("Muumipappa ja meri / Jansson, Tove", "2026-12-19"),
                        loan("Seitsemän veljestä / Kivi, Aleksis", "2026-12-05"),
                        loan("Beaivi, áhčážan / Valkeapää, Nils-Aslak", "2026-11-21"),
                        loan("Sinuhe egyptiläinen / Waltari, Mika", ""),
                        loan(
                                "Suomen kansan vanhat runot ja niiden vaiheet Vienan Karjalasta Inkerinmaalle: valikoima"
                                        + " / Niemi, A. R.",
                                "kysy kirjastosta")),
                List.of(
                        new Printout.NotLent("Puhdistus / Oksanen, Sofi", refused(LoanState.Reason.HOLD_OTHER)),
                        new Printout.NotLent("Sota ja rauha / Tolstoi, Leo", refused(LoanState.Reason.LIMIT))),
                List.of("Kalevala / Lönnrot, Elias"));
    }

    private static List<Printout.Return> returns() {
        return List.of(
                new Printout.Return("Muumipappa ja meri / Jansson, Tove", "3000000042", false),
                new Printout.Return("Puhdistus / Oksanen, Sofi", "3000000115", true));
    }

    private static Printout visit() {
        return new Printout.LoanReceipt(
                AT,
                List.of(
                        loan("Tuntematon sotilas / Linna, Väinö", "2026-12-19"),
                        loan("Sinuhe egyptiläinen / Waltari, Mika", "2026-12-05")),
                List.of(new Printout.NotLent("Sota ja rauha / Tolstoi, Leo", refused(LoanState.Reason.LIMIT))),
                List.of(),
                returns());
    }

    private static Printout.Loan loan(String title, String due) {
        return new Printout.Loan(title, DueDate.of(due));
    }

    private static LoanState refused(LoanState.Reason reason) {
        return new LoanState.Refused(reason, List.of("VARATTU: Meikäläinen"), Optional.empty(), true);
    }

    private static Printout day() {
        return new Printout.DaySlip(
                AT,
                new Day(
                        LocalDate.of(2026, 11, 21),
                        Map.of(
                                Count.LOANS, 118,
                                Count.RENEWALS, 9,
                                Count.LOANS_REFUSED, 4,
                                Count.RETURNS, 77,
                                Count.RETURNS_LATER, 2,
                                Count.HOLDS, 1,
                                Count.TRANSFERS, 1),
                        List.of("5 3000000097", "3 3000000042"),
                        List.of(new HoldFound("5", "3000000097", false))),
                2,
                1);
    }

    private static Printout hold(String alias, String pickup, boolean here) {
        return new Printout.HoldSlip(AT, "5", alias, "Juoksuhaudantie / Hotakainen, Kari", "3000000097", pickup, here);
    }
}
