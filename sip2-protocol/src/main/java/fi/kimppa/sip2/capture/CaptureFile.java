package fi.kimppa.sip2.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A capture that was read.
 *
 * @param head what its first lines say
 * @param lines what happened, in order
 */
public record CaptureFile(CaptureHead head, List<CaptureLine> lines) {
    /** Takes a copy of the list. */
    public CaptureFile {
        lines = List.copyOf(lines);
    }

    /** Whether a file that begins like this is a capture. */
    public static boolean begins(String text) {
        return text.startsWith(CaptureHead.MARK);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no capture; the message names the line by its number and not by its
     *     content
     */
    public static CaptureFile read(String text) {
        if (!begins(text)) {
            throw new IllegalArgumentException("line 1: a capture begins with \"" + CaptureHead.MARK + "\"");
        }
        SequencedMap<String, String> head = new LinkedHashMap<>();
        List<CaptureLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (line.startsWith("#")) {
                CaptureHead.read(line).ifPresent(value -> head.put(value.getKey(), value.getValue()));
            } else if (!line.isBlank()) {
                int here = number;
                lines.add(CaptureLine.read(line)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "line " + here + ": expected +SECONDS CONNECTION and then open, wire, >, < or close")));
            }
        }
        return new CaptureFile(new CaptureHead(head), lines);
    }
}
