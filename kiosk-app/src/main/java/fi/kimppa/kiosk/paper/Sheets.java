package fi.kimppa.kiosk.paper;

import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.kiosk.text.OffLineWording;
import fi.kimppa.kiosk.text.StaffWording;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts printouts into the fields that a layout may use. Pure.
 *
 * @param machine the kiosk's own id
 */
record Sheets(Texts texts, KioskSettings settings, String machine) {
    Sheet of(Printout.LoanReceipt loans) {
        LocalDate today = loans.at().atZone(Texts.ZONE).toLocalDate();
        return sheet(
                loans.at(),
                Map.of("digits", loans.cardEnd()),
                Map.of(
                        "loans",
                        loans.loans().stream()
                                .map(loan -> Map.of("title", loan.title(), "due", due(loan, today)))
                                .toList(),
                        "refused",
                        loans.notLent().stream()
                                .map(not -> Map.of("title", not.title(), "reason", why(not.state(), today)))
                                .toList(),
                        "checking",
                        loans.beingChecked().stream()
                                .map(title -> Map.of("title", title))
                                .toList(),
                        "returns",
                        entries(loans.returned())));
    }

    Sheet of(Printout.ReturnReceipt returns) {
        return sheet(returns.at(), Map.of(), Map.of("returns", entries(returns.returns())));
    }

    private static List<Map<String, String>> entries(List<Printout.Return> returns) {
        return returns.stream()
                .map(back -> Map.of(
                        "title", back.title(),
                        "item", back.item(),
                        "later", flag(back.later()),
                        "notonloan", flag(back.notOnLoan())))
                .toList();
    }

    Sheet of(Printout.HoldSlip hold) {
        return sheet(
                hold.at(),
                Map.of(
                        "bin", hold.bin(),
                        "alias", hold.alias(),
                        "title", hold.title(),
                        "item", hold.item(),
                        "pickup", hold.pickupLibrary(),
                        "here", flag(hold.here())),
                Map.of());
    }

    Sheet of(Printout.TransferSlip transfer) {
        return sheet(
                transfer.at(),
                Map.of(
                        "bin", transfer.bin(),
                        "destination", transfer.destination(),
                        "title", transfer.title(),
                        "item", transfer.item()),
                Map.of());
    }

    Sheet of(Printout.TestPage page) {
        return sheet(page.at(), Map.of(), Map.of());
    }

    Sheet of(Printout.DaySlip slip) {
        return sheet(
                slip.at(),
                Map.of(
                        "day", texts.paperDate(slip.day().date()),
                        "waiting", Integer.toString(slip.waiting()),
                        "refused", Integer.toString(slip.refused())),
                Map.of(
                        "counts",
                        StaffWording.counts(texts, slip.day()).stream()
                                .map(line -> Map.of("line", line))
                                .toList(),
                        "slips",
                        slip.day().slips().stream()
                                .map(note -> Map.of("slip", marked(slip.day(), note)))
                                .toList()));
    }

    /** With a word where nobody has said that it lies in its bin. */
    private String marked(Upkeep.Day day, String note) {
        return day.holds().stream()
                .filter(hold -> (hold.bin() + " " + hold.item()).strip().equals(note))
                .findFirst()
                .map(hold -> StaffWording.hold(texts, hold))
                .orElse(note);
    }

    private Sheet sheet(Instant at, Map<String, String> own, Map<String, List<Map<String, String>>> lists) {
        Map<String, String> fields = new HashMap<>(own);
        fields.put("library", settings.libraryName());
        fields.put("moment", texts.paperMoment(at));
        fields.put("machine", machine);
        fields.put("web", settings.webAddress());
        fields.put("phone", settings.telephone());
        return new Sheet(fields, lists);
    }

    /** Where a layout has the day it says too that the library has not seen the loan: no layout can leave that out. */
    private String due(Printout.Loan loan, LocalDate today) {
        return loan.later() ? OffLineWording.onPaper(texts, loan.due()) : due(loan.due(), today);
    }

    /** No loan without a date; and one that cannot be right asks to be checked, whatever the library's settings are. */
    private String due(Optional<DueDate> due, LocalDate today) {
        return due.filter(date -> !date.suspicious(today))
                .map(date -> texts.onPaper("paper.due", date))
                .orElseGet(() -> texts.say("paper.due.check"));
    }

    /** The reason of a refusal, else what the screen said last. */
    private String why(LoanState state, LocalDate today) {
        return switch (state) {
            case LoanState.Refused refused -> Wording.reason(texts, refused);
            default -> {
                Wording.Said said = Wording.loan(texts, state, today);
                yield said.lines().isEmpty() ? said.word() : said.lines().getFirst();
            }
        };
    }

    private static String flag(boolean set) {
        return set ? "yes" : "";
    }
}
