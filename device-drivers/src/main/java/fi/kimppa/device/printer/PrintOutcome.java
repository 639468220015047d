package fi.kimppa.device.printer;

import fi.kimppa.device.StatusReason;

/** What became of a receipt. */
public sealed interface PrintOutcome {
    /** The printer confirmed, after the cut, that it reached the end of the receipt. */
    record Printed() implements PrintOutcome {}

    /** Nothing was sent, because the printer was not there or could not print. */
    record NotPrinted(StatusReason reason) implements PrintOutcome {}

    /** The receipt was sent and its end was not confirmed: it may be on paper, in part or in whole. */
    record Unconfirmed(StatusReason reason) implements PrintOutcome {}
}
