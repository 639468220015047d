package fi.kimppa.kiosk.paper;

import java.util.List;

/** A layout file cannot be used. The message has a line for each fault, with file, line and what to write instead. */
public final class LayoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LayoutException(List<String> faults) {
        super(String.join("\n", faults));
    }
}
