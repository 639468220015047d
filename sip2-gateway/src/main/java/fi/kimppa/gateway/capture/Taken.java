package fi.kimppa.gateway.capture;

import fi.kimppa.sip2.capture.CaptureLine;
import java.time.Instant;
import java.util.Arrays;

/** Something that happened on a connection, as it was on the wire: it waits for its stand-ins and is then erased. */
final class Taken {
    private static final byte[] NOTHING = new byte[0];

    private final Instant at;
    private final CaptureLine.Kind kind;
    private final String link;
    private final byte[] line;
    private final Agreement agreement;

    /** A message without its end; the bytes are this object's own from now on. */
    Taken(Instant at, CaptureLine.Kind kind, byte[] line, Agreement agreement) {
        this.at = at;
        this.kind = kind;
        this.link = "";
        this.line = line;
        this.agreement = agreement;
    }

    /** A beginning or an end. */
    Taken(Instant at, CaptureLine.Kind kind, String link, Agreement agreement) {
        this.at = at;
        this.kind = kind;
        this.link = link;
        this.line = NOTHING;
        this.agreement = agreement;
    }

    Instant at() {
        return at;
    }

    CaptureLine.Kind kind() {
        return kind;
    }

    String link() {
        return link;
    }

    byte[] line() {
        return line;
    }

    Agreement agreement() {
        return agreement;
    }

    void erase() {
        Arrays.fill(line, (byte) 0);
    }
}
