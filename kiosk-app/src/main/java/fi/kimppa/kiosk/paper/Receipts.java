package fi.kimppa.kiosk.paper;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.text.Texts;

/**
 * Composes receipts for patrons and slips for the bins and for staff. No borrower's name, fee or address has a place on any
 * of them, and of a card number its end at most.
 *
 * <p>Immutable; any thread.
 */
public final class Receipts {
    private static final int FEED_LINES = 6;

    private final KioskSettings settings;
    private final String machine;
    private final int columns;
    private final Layouts layouts;

    /**
     * Receipts of one kiosk.
     *
     * @param settings library name, web address and help number of the branch
     * @param machine the kiosk's own id
     * @param columns letters per line of its printer: 32, 42 or 48
     * @param layouts the product's or the consortium's
     */
    public Receipts(KioskSettings settings, String machine, int columns, Layouts layouts) {
        this.settings = settings;
        this.machine = machine;
        this.columns = columns;
        this.layouts = layouts;
    }

    /** A printout, put into words and laid out. */
    public Receipt compose(Printout printout, Language language) {
        Texts texts = Texts.in(language).worded(settings.branding().wording(language));
        Sheets sheets = new Sheets(texts, settings, machine);
        return switch (printout) {
            case Printout.LoanReceipt loans ->
                lay(
                        loans.returned().isEmpty() ? PaperKind.LOAN_RECEIPT : PaperKind.LOAN_RECEIPT_WITH_RETURNS,
                        sheets.of(loans),
                        texts);
            case Printout.ReturnReceipt returns -> lay(PaperKind.RETURN_RECEIPT, sheets.of(returns), texts);
            case Printout.HoldSlip hold -> lay(PaperKind.HOLD_SLIP, sheets.of(hold), texts);
            case Printout.TransferSlip transfer -> lay(PaperKind.TRANSFER_SLIP, sheets.of(transfer), texts);
            case Printout.Feed _ -> feed();
            case Printout.TestPage page -> lay(PaperKind.TEST_PAGE, sheets.of(page), texts);
            case Printout.DaySlip day -> lay(PaperKind.DAY_SLIP, sheets.of(day), texts);
        };
    }

    /** It says nothing, so there is nothing to lay out. */
    private static Receipt feed() {
        Receipt.Builder paper = Receipt.builder();
        for (int line = 0; line < FEED_LINES; line++) {
            paper.blank();
        }
        return paper.cut().build();
    }

    private Receipt lay(PaperKind kind, Sheet sheet, Texts texts) {
        return layouts.lay(
                kind, sheet, texts, columns, settings.branding().logo().map(Branding.Logo::file));
    }
}
