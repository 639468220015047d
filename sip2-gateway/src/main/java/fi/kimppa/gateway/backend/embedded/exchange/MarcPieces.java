package fi.kimppa.gateway.backend.embedded.exchange;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts a file of MARC into its records without understanding them, so that one that is broken spoils no other: ISO 2709 at its
 * terminators, MARCXML at its elements. Which of the two it is says its first byte. One record is held at a time. One thread.
 */
final class MarcPieces implements Closeable {
    /** The longest record of ISO 2709 is 99,999 bytes; in XML the same may take several times as much. */
    static final int LONGEST = 1024 * 1024;

    private static final int TERMINATOR = 0x1D;

    private final InputStream in;
    private boolean begun;
    private boolean xml;
    /** The tag that opens the next record, if it was read already. */
    private byte[] opened = new byte[0];

    MarcPieces(InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    /**
     * One record as it stands in the file.
     *
     * @param bytes of it; empty if it is too long
     * @param xml whether it is MARCXML
     */
    record Piece(Optional<byte[]> bytes, boolean xml) {}

    /** The next record; empty at the end. */
    Optional<Piece> next() throws IOException {
        if (!begun) {
            begun = true;
            xml = begin();
        }
        return xml ? element() : terminated();
    }

    /** Skips a byte order mark and blanks. */
    private boolean begin() throws IOException {
        while (true) {
            in.mark(1);
            int first = in.read();
            boolean mark = first == 0xEF || first == 0xBB || first == 0xBF;
            if (first < 0 || (!mark && !Character.isWhitespace(first))) {
                in.reset();
                return first == '<';
            }
        }
    }

    private Optional<Piece> terminated() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        boolean any = false;
        boolean tooLong = false;
        while (true) {
            int c = in.read();
            boolean between = !any && (c == '\n' || c == '\r' || c == ' ');
            if (c < 0) {
                return any ? Optional.of(piece(record, tooLong)) : Optional.empty();
            }
            if (!between) {
                any = true;
                tooLong |= record.size() >= LONGEST;
                if (!tooLong) {
                    record.write(c);
                }
            }
            if (c == TERMINATOR) {
                return Optional.of(piece(record, tooLong));
            }
        }
    }

    private Piece piece(ByteArrayOutputStream record, boolean tooLong) {
        return new Piece(tooLong ? Optional.empty() : Optional.of(record.toByteArray()), xml);
    }

    // ---- MARCXML -----------------------------------------------------------------------------------------

    /**
     * From the tag that opens a record to the one that closes it, whatever prefix the names have. One that is never closed ends
     * where the next begins.
     */
    private Optional<Piece> element() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        boolean inside = opened.length > 0;
        record.writeBytes(opened);
        opened = new byte[0];
        boolean tooLong = false;
        while (true) {
            int c = in.read();
            if (c < 0) {
                return inside ? Optional.of(piece(record, tooLong)) : Optional.empty();
            }
            byte[] read = c == '<' ? tag() : new byte[] {(byte) c};
            String name = c == '<' ? name(read) : "";
            if (name.equals("record") && inside) {
                opened = read;
                return Optional.of(piece(record, tooLong));
            }
            inside |= name.equals("record");
            tooLong |= record.size() + read.length > LONGEST;
            if (inside && !tooLong) {
                record.writeBytes(read);
            }
            if (inside && name.equals("/record")) {
                return Optional.of(piece(record, tooLong));
            }
        }
    }

    /** From the opening bracket, which was read, to the closing one or the ceiling. */
    private byte[] tag() throws IOException {
        ByteArrayOutputStream tag = new ByteArrayOutputStream();
        tag.write('<');
        int c = 0;
        while (c >= 0 && c != '>' && tag.size() < LONGEST) {
            c = in.read();
            if (c >= 0) {
                tag.write(c);
            }
        }
        return tag.toByteArray();
    }

    /** Name of an element without its prefix, with the stroke of a closing tag. */
    private static String name(byte[] tag) {
        String text = new String(tag, 1, Math.min(tag.length - 1, 80), StandardCharsets.ISO_8859_1);
        String word = text.replaceFirst("(?s)[\\s>].*", "");
        boolean closes = word.startsWith("/");
        String bare = closes ? word.substring(1) : word;
        return (closes ? "/" : "") + bare.substring(bare.indexOf(':') + 1).replaceFirst("/$", "");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
