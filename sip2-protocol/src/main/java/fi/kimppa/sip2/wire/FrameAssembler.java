package fi.kimppa.sip2.wire;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Cuts a stream of bytes into lines. CR, CR LF and LF end a line; line ends, NUL, blanks and other control bytes
 * before a command are skipped, so that empty lines and the LF that a CR LF peer leaves in front of its next
 * message disappear here (sip2.md section 2).
 *
 * <p>Not for use by several threads.
 */
public final class FrameAssembler {
    private final int ceiling;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private boolean oversized;

    /**
     * An assembler for one connection.
     *
     * @param maxFrameBytes ceiling of one line in bytes
     */
    public FrameAssembler(int maxFrameBytes) {
        this.ceiling = maxFrameBytes;
    }

    /**
     * Takes the next byte of the stream.
     *
     * @return a whole line without its terminator when this byte ended one
     */
    public Optional<byte[]> accept(byte next) {
        if (next == '\r' || next == '\n') {
            if (line.size() == 0) {
                return Optional.empty();
            }
            byte[] whole = line.toByteArray();
            line.reset();
            return Optional.of(whole);
        }
        boolean junk = next >= 0 && next <= ' ';
        if (line.size() == 0 && junk) {
            return Optional.empty();
        }
        if (next == 0) {
            return Optional.empty();
        }
        if (line.size() == ceiling) {
            oversized = true;
            return Optional.empty();
        }
        line.write(next);
        return Optional.empty();
    }

    /** Whether the current line passed the ceiling; the connection must be closed, for its place in the stream is lost. */
    public boolean oversized() {
        return oversized;
    }
}
