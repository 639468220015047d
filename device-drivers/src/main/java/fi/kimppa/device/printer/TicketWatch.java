package fi.kimppa.device.printer;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Watches whether a paper stays in the output of a printer with a presenter, where the next patron would find it. For one thread at a
 * time.
 */
final class TicketWatch {
    /**
     * Custom's {@code GS e 2}: draws the paper back, where the printer is set up for that (KPM210 command reference; unconfirmed for
     * the VKP80).
     */
    private static final byte[] RETRACT = {0x1D, 'e', 2};

    private final boolean retract;
    private final Duration patience;
    private OptionalLong since = OptionalLong.empty();

    TicketWatch(boolean retract, Duration patience) {
        this.retract = retract;
        this.patience = patience;
    }

    /** A receipt has just come out, so that a paper in the output is for who stands there. */
    void printed() {
        since = OptionalLong.of(System.nanoTime());
    }

    /** What stands before the next receipt, so that what the last patron has left goes back. */
    List<byte[]> before(PrinterStatus status) {
        return retract && status.ticket() ? List.of(RETRACT) : List.of();
    }

    /** At each look at the printer. */
    void watch(PrinterTalk talk, PrinterStatus status) {
        if (!status.ticket()) {
            since = OptionalLong.empty();
        } else if (since.isEmpty()) {
            since = OptionalLong.of(System.nanoTime());
        }
        if (retract && left(status)) {
            talk.send(RETRACT);
            since = OptionalLong.of(System.nanoTime());
        }
    }

    /** Whether a paper has been there for too long. */
    boolean left(PrinterStatus status) {
        return status.ticket() && since.isPresent() && System.nanoTime() - since.getAsLong() >= patience.toNanos();
    }
}
