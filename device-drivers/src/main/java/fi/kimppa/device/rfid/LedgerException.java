package fi.kimppa.device.rfid;

import java.nio.file.Path;

/** The ledger on disk cannot be read or written: no promise about security can be kept until it can. */
public final class LedgerException extends RuntimeException {
    LedgerException(Path file, Throwable cause) {
        super("Security ledger " + file + ": " + cause.getMessage(), cause);
    }
}
