package fi.kimppa.device.printer;

import fi.kimppa.device.StatusReason;
import java.util.Optional;

/** What the four bytes of {@code DLE EOT 1..4} say. Pure. */
final class PrinterStatus {
    private PrinterStatus() {}

    /** Whether a byte can be an answer to {@code DLE EOT}: bits 0 and 7 clear, bits 1 and 4 set. */
    static boolean isRealTime(int b) {
        return (b & 0x93) == 0x12;
    }

    /** Whether a byte can be an answer to {@code GS r}: bits 4 and 7 clear; XON and XOFF have bit 4 set. */
    static boolean isQueued(int b) {
        return (b & 0x90) == 0;
    }

    /**
     * The gravest complaint; empty when all is well.
     *
     * @param printer answer 1: bit 3 off line
     * @param offline answer 2: bit 2 cover open, bit 5 stopped at the end of the paper, bit 6 error
     * @param error answer 3: bit 3 cutter, bit 5 unrecoverable, bit 6 recovers by itself (hot head)
     * @param paper answer 4: bits 2 and 3 near the end, bits 5 and 6 at the end
     */
    static Optional<StatusReason> reason(int printer, int offline, int error, int paper) {
        if ((offline & 0x04) != 0) {
            return Optional.of(StatusReason.COVER_OPEN);
        }
        if ((paper & 0x60) != 0 || (offline & 0x20) != 0) {
            return Optional.of(StatusReason.PAPER_OUT);
        }
        if ((error & 0x08) != 0) {
            return Optional.of(StatusReason.CUTTER);
        }
        if ((error & 0x40) != 0) {
            return Optional.of(StatusReason.OVERHEATED);
        }
        if ((error & 0x20) != 0 || (offline & 0x40) != 0 || (printer & 0x08) != 0) {
            return Optional.of(StatusReason.DEVICE_ERROR);
        }
        return (paper & 0x0C) != 0 ? Optional.of(StatusReason.PAPER_LOW) : Optional.empty();
    }
}
