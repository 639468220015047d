package fi.kimppa.kiosk.runtime;

import java.nio.file.Path;

/** The returns on disk could not be read or written: nothing may be promised. */
public final class SpoolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SpoolException(Path file, String what, Throwable cause) {
        super(file + ": " + what + ": " + cause.getMessage(), cause);
    }

    SpoolException(Path file, String what) {
        super(file + ": " + what);
    }
}
