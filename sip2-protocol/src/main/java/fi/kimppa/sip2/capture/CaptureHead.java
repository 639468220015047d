package fi.kimppa.sip2.capture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The first lines of a capture: {@code # sip2-capture 1}, then {@code # name: value} for people. Everything that
 * begins with {@code #} may be left out by a program, but for the very first line, which says that it is a capture.
 *
 * @param values by name, in order
 */
public record CaptureHead(SequencedMap<String, String> values) {
    /** The first line of the file. */
    public static final String MARK = "# sip2-capture 1";

    /** Takes a copy of the map. */
    public CaptureHead {
        values = new LinkedHashMap<>(values);
    }

    /** Name and value of a line of the head; empty if it is none. */
    public static Optional<Map.Entry<String, String>> read(String line) {
        int colon = line.indexOf(": ");
        return line.startsWith("# ") && colon > 2
                ? Optional.of(Map.entry(line.substring(2, colon), line.substring(colon + 2)))
                : Optional.empty();
    }

    /** As the file has it, with line ends. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(value -> "# " + value.getKey() + ": " + value.getValue() + "\n")
                .collect(Collectors.joining("", MARK + "\n", ""));
    }
}
