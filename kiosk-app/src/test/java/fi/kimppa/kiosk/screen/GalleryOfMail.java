package fi.kimppa.kiosk.screen;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.session.ReceiptMail;
import fi.kimppa.kiosk.session.Surroundings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Receipts by e-mail, with and without paper. */
record GalleryOfMail(Language language, Preferences preferences) {
    static final ReceiptMail POSSIBLE = new ReceiptMail.Possible(new CardNumber("2000012345"), "k***@e***.fi");

    private static final Instant LATER = Instant.parse("2026-12-01T00:00:00Z");

    /** How far a mail can be. */
    static List<ReceiptMail> all() {
        return List.of(
                POSSIBLE, new ReceiptMail.Asked(1, LATER), new ReceiptMail.Taken(), new ReceiptMail.Unconfirmed());
    }

    Map<String, KioskState> states() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        var printer = gallery(Map.of());
        var noPaper = gallery(Map.of(DeviceKind.PRINTER, new DeviceStatus.Degraded(StatusReason.PAPER_OUT, LATER)));
        states.put("70-receipt-mail", printer.receipt(POSSIBLE));
        states.put("71-receipt-mail-no-paper", noPaper.receipt(POSSIBLE));
        states.put("72-receipt-mailing", printer.receipt(new ReceiptMail.Asked(1, LATER)));
        states.put("73-receipt-unconfirmed", printer.receipt(new ReceiptMail.Unconfirmed()));
        states.put("74-farewell-mailed", printer.farewell(new ReceiptMail.Taken()));
        states.put("75-farewell-unconfirmed", noPaper.farewell(new ReceiptMail.Unconfirmed()));
        return states;
    }

    private Gallery gallery(Map<DeviceKind, DeviceStatus> faults) {
        return new Gallery(language, preferences, Surroundings.Line.UP, faults);
    }
}
