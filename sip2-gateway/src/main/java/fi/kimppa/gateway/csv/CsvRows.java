package fi.kimppa.gateway.csv;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads comma-separated values as RFC 4180 has them and as spreadsheets write them: UTF-8 with or without a mark in front, a comma, a
 * semicolon or a tab between the cells, whichever the head line has most of, lines that end with LF, CR LF or CR. The apostrophe that
 * {@link Csv} puts before a formula is taken away. One row is held at a time. A row that cannot be read is told and the next one is read.
 *
 * <p>Threads: one.
 */
public final class CsvRows implements Closeable {
    /** The longest row, in bytes of its cells. */
    public static final int LONGEST_ROW = 64 * 1024;

    private static final int MOST_CELLS = 200;
    private static final int MARK = 0xFEFF;
    private static final int HEAD_LOOK = 64 * 1024;

    private final BufferedInputStream in;
    private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
    private final List<String> cells = new ArrayList<>();
    private int separator;
    private long line = 1;
    private int room;
    private Optional<Fault> fault = Optional.empty();

    /** Why a row cannot be read. */
    public enum Fault {
        /** It is not UTF-8. */
        ENCODING,
        /** It is longer than {@link #LONGEST_ROW}, or has too many cells. */
        SIZE,
        /** Something follows a closing quotation mark, or the file ends before one. */
        QUOTES
    }

    /**
     * A row.
     *
     * @param line on which it begins, from 1
     * @param cells what stands in it; empty if there is a fault
     * @param fault why it cannot be read
     */
    public record Row(long line, List<String> cells, Optional<Fault> fault) {}

    /** Reads from this stream, which is closed with the reader. */
    public CsvRows(InputStream in) {
        this.in = new BufferedInputStream(in, HEAD_LOOK);
    }

    /** The next row that is not blank; empty at the end. */
    public Optional<Row> next() throws IOException {
        if (separator == 0) {
            begin();
        }
        while (true) {
            in.mark(1);
            if (in.read() < 0) {
                return Optional.empty();
            }
            in.reset();
            Row row = row();
            if (row.fault().isPresent() || !row.cells().equals(List.of(""))) {
                return Optional.of(row);
            }
        }
    }

    /** Skips the mark and finds the separator in the head line; what stands in quotation marks does not count. */
    private void begin() throws IOException {
        in.mark(3);
        byte[] first = in.readNBytes(3);
        if (!new String(first, StandardCharsets.UTF_8).equals(Character.toString(MARK))) {
            in.reset();
        }
        in.mark(HEAD_LOOK);
        int[] counts = new int[128];
        boolean quoted = false;
        for (int i = 0; i < HEAD_LOOK - 1; i++) {
            int c = in.read();
            if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
                break;
            }
            quoted ^= c == '"';
            if (!quoted && c < counts.length) {
                counts[c]++;
            }
        }
        in.reset();
        separator = counts[';'] > counts[','] ? ';' : ',';
        if (counts['\t'] > counts[separator]) {
            separator = '\t';
        }
    }

    // ---- one row -----------------------------------------------------------------------------------------

    private Row row() throws IOException {
        long begins = line;
        cells.clear();
        cell.reset();
        room = LONGEST_ROW;
        fault = Optional.empty();
        boolean quoted = false;
        boolean closed = false;
        while (true) {
            int c = in.read();
            if (c < 0) {
                fault = quoted ? Optional.of(Fault.QUOTES) : fault;
                return end(begins);
            }
            if (quoted) {
                if (c != '"') {
                    line += c == '\n' ? 1 : 0;
                    // A quotation mark that nobody closed must not swallow the rest of the file.
                    quoted = keep(c);
                } else if (follows('"')) {
                    quoted = keep(c);
                } else {
                    quoted = false;
                    closed = true;
                }
            } else if (c == separator) {
                endCell();
                closed = false;
            } else if (c == '\n' || c == '\r') {
                boolean _ = c == '\r' && follows('\n');
                line++;
                return end(begins);
            } else if (c == '"' && cell.size() == 0 && !closed) {
                quoted = true;
            } else if (closed) {
                fault = fault.or(() -> Optional.of(Fault.QUOTES));
            } else {
                boolean _ = keep(c);
            }
        }
    }

    private Row end(long begins) {
        endCell();
        return new Row(begins, fault.isPresent() ? List.of() : List.copyOf(cells), fault);
    }

    /** Reads the next byte if it is this one. */
    private boolean follows(int wanted) throws IOException {
        in.mark(1);
        if (in.read() == wanted) {
            return true;
        }
        in.reset();
        return false;
    }

    /** Keeps a byte of a cell if there is room; says whether there was. */
    private boolean keep(int c) {
        if (room-- <= 0) {
            fault = Optional.of(Fault.SIZE);
            return false;
        }
        cell.write(c);
        return true;
    }

    private void endCell() {
        if (cells.size() >= MOST_CELLS) {
            fault = fault.or(() -> Optional.of(Fault.SIZE));
        }
        if (fault.isEmpty()) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(cell.toByteArray()))
                        .toString();
                cells.add(Csv.withoutGuard(text));
            } catch (CharacterCodingException _) {
                fault = Optional.of(Fault.ENCODING);
            }
        }
        cell.reset();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
