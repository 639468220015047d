package fi.kimppa.device.printer;

import fi.kimppa.device.StatusReason;
import java.util.Optional;

/**
 * What a printer says of itself at one moment, whichever way it says it. Pure.
 *
 * @param offLine it does not print now
 * @param coverOpen the cover stands open
 * @param paperOut there is no paper, or it stopped because of that
 * @param paperLow paper is near its end
 * @param cutter the cutter is stuck
 * @param mechanical another fault that a person can mend
 * @param hot the head is too hot, or its voltage wrong; it recovers by itself
 * @param unrecoverable it will not work again by itself
 * @param error it says that there is an error, and not which
 * @param ticket a paper is in its output (Custom's only)
 */
record PrinterStatus(
        boolean offLine,
        boolean coverOpen,
        boolean paperOut,
        boolean paperLow,
        boolean cutter,
        boolean mechanical,
        boolean hot,
        boolean unrecoverable,
        boolean error,
        boolean ticket) {

    /**
     * From the answers to {@code DLE EOT 1..4}.
     *
     * @param printer answer 1: bit 3 off line, bit 5 waits to be put on line again
     * @param cause answer 2: bit 2 cover open, bit 3 paper is fed by the button, bit 5 stopped at the end of the paper, bit 6 error
     * @param error answer 3: bit 2 mechanical, bit 3 cutter, bit 5 unrecoverable, bit 6 recovers by itself (hot head)
     * @param paper answer 4: bits 2 and 3 near the end, bits 5 and 6 at the end
     */
    static PrinterStatus ofRealTime(int printer, int cause, int error, int paper) {
        return new PrinterStatus(
                has(printer, 0x28) || has(cause, 0x08),
                has(cause, 0x04),
                has(paper, 0x60) || has(cause, 0x20),
                has(paper, 0x0C),
                has(error, 0x08),
                has(error, 0x04),
                has(error, 0x40),
                has(error, 0x20),
                has(cause, 0x40),
                false);
    }

    /**
     * From the four bytes of an automatic status ({@code GS a}).
     *
     * @param first bit 3 off line, bit 5 cover open, bit 6 paper is fed by the button
     * @param second bit 0 waits to be put on line again, bit 2 mechanical, bit 3 cutter, bit 5 unrecoverable, bit 6 recovers by itself
     * @param third bits 0 and 1 near the end, bits 2 and 3 at the end
     */
    static PrinterStatus ofAutomatic(int first, int second, int third) {
        return new PrinterStatus(
                has(first, 0x48) || has(second, 0x01),
                has(first, 0x20),
                has(third, 0x0C),
                has(third, 0x03),
                has(second, 0x08),
                has(second, 0x04),
                has(second, 0x40),
                has(second, 0x20),
                false,
                false);
    }

    /**
     * This and what Custom's {@code DLE EOT 20} adds; of its second half (unconfirmed for the VKP80) a bit more can only add a complaint.
     *
     * @param paper bit 0 none, bit 2 near the end, bit 5 a ticket is in the output, bit 6 the counted length is used up
     * @param user bit 1 cover open
     * @param recoverable bit 0 head temperature, bit 3 voltage, bit 6 paper jam
     * @param unrecoverable bit 0 cutter, bit 2 memory, bit 3 settings
     */
    PrinterStatus withFull(int paper, int user, int recoverable, int unrecoverable) {
        return new PrinterStatus(
                offLine,
                coverOpen || has(user, 0x02),
                paperOut || has(paper, 0x01),
                paperLow || has(paper, 0x44),
                cutter || has(unrecoverable, 0x01),
                mechanical || has(recoverable, 0x40),
                hot || has(recoverable, 0x09),
                this.unrecoverable || has(unrecoverable, 0x0C),
                error,
                has(paper, 0x20));
    }

    private static boolean has(int b, int bits) {
        return (b & bits) != 0;
    }

    /** The gravest complaint; empty when all is well. */
    Optional<StatusReason> reason() {
        if (coverOpen) {
            return Optional.of(StatusReason.COVER_OPEN);
        }
        if (paperOut) {
            return Optional.of(StatusReason.PAPER_OUT);
        }
        if (cutter) {
            return Optional.of(StatusReason.CUTTER);
        }
        if (unrecoverable) {
            return Optional.of(StatusReason.UNRECOVERABLE);
        }
        if (hot) {
            return Optional.of(StatusReason.OVERHEATED);
        }
        if (error || mechanical) {
            return Optional.of(StatusReason.DEVICE_ERROR);
        }
        if (offLine) {
            return Optional.of(StatusReason.OFF_LINE);
        }
        return paperLow ? Optional.of(StatusReason.PAPER_LOW) : Optional.empty();
    }

    /** Whether it waits for a person to mend something and then to be told so by {@code DLE ENQ}. */
    boolean waitsToBeMended() {
        return (cutter || mechanical) && !coverOpen && !paperOut;
    }
}
