package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A slip for a bin that could not be printed when its thing came back; staff print it later. Without the name under which somebody
 * fetches the thing: it lies on disk, and staff see that name when they check the thing in.
 *
 * @param at when the thing came back
 * @param library where it is fetched, or where it goes
 */
public record WaitingSlip(Instant at, Kind kind, String bin, String library, String title, String item) {
    /** What the slip says. */
    public enum Kind {
        HOLD_HERE,
        HOLD_ELSEWHERE,
        TRANSFER
    }

    /** What is left of a printout to print it later; empty for what is no slip. */
    static Optional<WaitingSlip> of(Printout printout) {
        return switch (printout) {
            case Printout.HoldSlip slip ->
                Optional.of(new WaitingSlip(
                        slip.at(),
                        slip.here() ? Kind.HOLD_HERE : Kind.HOLD_ELSEWHERE,
                        slip.bin(),
                        slip.pickupLibrary(),
                        slip.title(),
                        slip.item()));
            case Printout.TransferSlip slip ->
                Optional.of(new WaitingSlip(
                        slip.at(), Kind.TRANSFER, slip.bin(), slip.destination(), slip.title(), slip.item()));
            case Printout.LoanReceipt _,
                    Printout.ReturnReceipt _,
                    Printout.Feed _,
                    Printout.TestPage _,
                    Printout.DaySlip _ -> Optional.empty();
        };
    }

    Printout printout() {
        return switch (kind) {
            case HOLD_HERE -> new Printout.HoldSlip(at, bin, "", title, item, library, true);
            case HOLD_ELSEWHERE -> new Printout.HoldSlip(at, bin, "", title, item, library, false);
            case TRANSFER -> new Printout.TransferSlip(at, bin, library, title, item);
        };
    }

    /** Bin and item. */
    public String brief() {
        return (bin + " " + item).strip();
    }
}
