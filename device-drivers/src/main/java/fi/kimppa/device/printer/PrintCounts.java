package fi.kimppa.device.printer;

/**
 * What a printer was given since it was opened.
 *
 * @param printed receipts whose end was confirmed
 * @param notPrinted receipts that were not sent
 * @param unconfirmed receipts that were sent and not confirmed
 * @param cuts cuts of the receipts that were sent, confirmed or not: what wears the cutter
 */
public record PrintCounts(long printed, long notPrinted, long unconfirmed, long cuts) {
    /** One receipt more. */
    PrintCounts with(PrintOutcome outcome, int itsCuts) {
        return switch (outcome) {
            case PrintOutcome.Printed _ -> new PrintCounts(printed + 1, notPrinted, unconfirmed, cuts + itsCuts);
            case PrintOutcome.NotPrinted _ -> new PrintCounts(printed, notPrinted + 1, unconfirmed, cuts);
            case PrintOutcome.Unconfirmed _ -> new PrintCounts(printed, notPrinted, unconfirmed + 1, cuts + itsCuts);
        };
    }
}
