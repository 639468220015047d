package fi.kimppa.gateway.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Comma-separated values as RFC 4180 has them, in UTF-8 with one head line. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front: names come from people, and a formula may call out (OWASP, CSV Injection).
 */
public final class Csv {
    private static final MediaType TYPE = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final String END = "\r\n";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+([.]\\d+)?");
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\t\r].*");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("(?s).*[,\"\r\n].*");

    private Csv() {}

    /**
     * An answer that a browser saves.
     *
     * @param name of the file, ASCII
     * @param head names of the columns
     * @param rows each as long as the head
     */
    public static ResponseEntity<String> file(String name, List<String> head, Stream<List<String>> rows) {
        return ResponseEntity.ok()
                .contentType(TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(text(head, rows));
    }

    static String text(List<String> head, Stream<List<String>> rows) {
        return Stream.concat(Stream.of(head), rows).map(Csv::line).collect(Collectors.joining());
    }

    /** One row with its line end, for files that are too large to be held. */
    public static String line(List<String> row) {
        return row.stream().map(Csv::cell).collect(Collectors.joining(",", "", END));
    }

    /** A cell as it was before it got an apostrophe in front. */
    static String withoutGuard(String text) {
        return text.startsWith("'") && FORMULA.matcher(text.substring(1)).matches() ? text.substring(1) : text;
    }

    private static String cell(String text) {
        String safe = FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
        return NEEDS_QUOTES.matcher(safe).matches() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
