package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.csv.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A file of commas that is written row by row. One thread. */
final class CsvBody {
    private final OutputStream out;
    private final List<String> head;
    private long rows;

    /** Writes the head line. */
    CsvBody(OutputStream out, List<String> head) {
        this.out = out;
        this.head = head;
        write(head);
    }

    void row(Map<String, String> texts) {
        cells(head.stream().map(name -> texts.getOrDefault(name, "")).toList());
    }

    /**
     * Writes a row.
     *
     * @throws UncheckedIOException if whoever reads has gone away
     */
    void cells(List<String> cells) {
        write(cells);
        rows++;
    }

    private void write(List<String> cells) {
        try {
            out.write(Csv.line(cells).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long rows() {
        return rows;
    }
}
