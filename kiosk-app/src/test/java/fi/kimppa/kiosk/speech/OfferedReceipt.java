package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.screen.Gallery;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Printout;
import java.util.List;
import java.util.Optional;

/** A question for a receipt with a line of each kind on it. */
final class OfferedReceipt {
    private OfferedReceipt() {}

    static KioskState state() {
        OfferingReceipt offer = (OfferingReceipt) Gallery.state(Language.FINNISH, "21-receipt");
        return new OfferingReceipt(
                offer.around(),
                new Printout.LoanReceipt(
                        offer.around().now(),
                        List.of(new Printout.Loan("Sinuhe egyptiläinen / Mika Waltari", DueDate.of("2026-12-19"))),
                        List.of(new Printout.NotLent(
                                "Puhdistus",
                                new LoanState.Refused(
                                        LoanState.Reason.HOLD_OTHER, List.of(), Optional.empty(), false))),
                        List.of("Kalevala")),
                offer.result(),
                offer.until());
    }
}
