package fi.kimppa.gateway.capture;

import fi.kimppa.gateway.capture.Capture.Ending;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.sip2.capture.CaptureHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.springframework.stereotype.Component;

/** Captures as files. */
@Component
class CaptureFiles {
    private final CaptureStore store;

    CaptureFiles(CaptureStore store) {
        this.store = store;
    }

    /** The name that a capture's file has. */
    static String name(Capture capture) {
        String terminal = capture.terminal().replaceAll("[^A-Za-z0-9._-]", "_");
        return "capture-" + terminal + "-" + capture.id() + (capture.masked() ? "" : "-UNMASKED") + ".sip2capture";
    }

    /** Writes the whole file. */
    void write(Capture capture, Writer out) throws IOException {
        out.write(new CaptureHead(head(capture)).toString());
        try {
            store.lines(capture, line -> {
                try {
                    out.write(line + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static SequencedMap<String, String> head(Capture capture) {
        SequencedMap<String, String> head = new LinkedHashMap<>();
        head.put("number", String.valueOf(capture.id()));
        head.put("terminal", capture.terminal());
        head.put(
                "persons",
                capture.masked() ? "stand-ins for cards, names and all that is unknown" : "AS THEY WERE ON THE WIRE");
        head.put("passwords", "stand-ins for AC, AD and CO" + (capture.masked() ? ", and for CN" : ""));
        head.put("begun", moment(capture.startedAt()) + " by " + capture.startedBy());
        head.put(
                "ended",
                capture.end()
                        .map(end -> moment(end.at()) + ", " + words(end.ending()))
                        .orElse("not yet; its time is over at " + moment(capture.endsAt())));
        head.put("lines", String.valueOf(capture.lines()));
        head.put("dropped", String.valueOf(capture.dropped()));
        return head;
    }

    private static String words(Ending ending) {
        return switch (ending) {
            case TIME -> "its time was over";
            case STOPPED -> "stopped by staff";
            case FULL -> "FULL: what came later is missing";
        };
    }

    private static String moment(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.atZone(GatewayClock.ZONE).toOffsetDateTime());
    }
}
