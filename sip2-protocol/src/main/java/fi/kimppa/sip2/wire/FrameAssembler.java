package fi.kimppa.sip2.wire;

import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream of bytes into lines. CR, CR LF and LF end a line; line ends, NUL, blanks and other control bytes
 * before a command are skipped, so that empty lines and the LF that a CR LF peer leaves in front of its next
 * message disappear here (sip2.md section 2).
 *
 * <p>An idle line costs next to nothing: the space for a message grows with it, and a long one's is given back. What
 * a finished line leaves behind is overwritten, since it may hold a PIN.
 *
 * <p>Not for use by several threads.
 */
public final class FrameAssembler {
    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST = 64;
    /** Space that is kept from line to line; most messages fit. */
    private static final int KEPT = 512;

    private final int ceiling;
    private byte[] line = NOTHING;
    private int length;
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
            return length == 0 ? Optional.empty() : Optional.of(whole());
        }
        boolean junk = next >= 0 && next <= ' ';
        if (next == 0 || (length == 0 && junk)) {
            return Optional.empty();
        }
        if (length == ceiling) {
            oversized = true;
            return Optional.empty();
        }
        if (length == line.length) {
            grow();
        }
        line[length++] = next;
        return Optional.empty();
    }

    private byte[] whole() {
        byte[] whole = Arrays.copyOf(line, length);
        Arrays.fill(line, 0, length, (byte) 0);
        length = 0;
        if (line.length > KEPT) {
            line = NOTHING;
        }
        return whole;
    }

    private void grow() {
        byte[] longer = Arrays.copyOf(line, Math.max(FIRST, Math.min(2 * length, ceiling)));
        Arrays.fill(line, (byte) 0);
        line = longer;
    }

    /** Whether the current line passed the ceiling; the connection must be closed, for its place in the stream is lost. */
    public boolean oversized() {
        return oversized;
    }
}
