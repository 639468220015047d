package fi.kimppa.gateway.capture;

import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.SettingChange;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says captures and what was done with them in the language of whoever reads. */
@Component
class CaptureTexts {
    /** A capture on the page. */
    record Line(
            long id,
            String began,
            String beganIso,
            String who,
            String what,
            boolean masked,
            String state,
            boolean running,
            boolean full,
            String counts) {}

    /** A line of the record. */
    record Deed(String at, String iso, String who, String what, String detail) {}

    private final MessageSource messages;

    CaptureTexts(MessageSource messages) {
        this.messages = messages;
    }

    Line line(Capture capture, Locale language) {
        return new Line(
                capture.id(),
                moment(capture.startedAt(), language),
                capture.startedAt().toString(),
                capture.startedBy(),
                capture.masked() ? text(language, "capture.masked") : text(language, "capture.unmasked"),
                capture.masked(),
                state(capture, language),
                capture.running(),
                capture.end().filter(end -> end.ending() == Capture.Ending.FULL).isPresent(),
                text(language, "capture.counts", capture.lines(), capture.dropped()));
    }

    private String state(Capture capture, Locale language) {
        return capture.end()
                .map(end -> {
                    String at = moment(end.at(), language);
                    return switch (end.ending()) {
                        case TIME -> text(language, "capture.ended.time", at);
                        case STOPPED -> text(language, "capture.ended.stopped", at);
                        case FULL -> text(language, "capture.ended.full", at);
                    };
                })
                .orElseGet(() -> text(language, "capture.runs", moment(capture.endsAt(), language)));
    }

    Deed deed(SettingChange change, Locale language) {
        return new Deed(
                moment(change.at(), language),
                change.at().toString(),
                change.who(),
                messages.getMessage("setting." + change.key(), new Object[0], language),
                change.after().orElse(""));
    }

    String refusal(CaptureRefusal refusal, Duration longest, Locale language) {
        return switch (refusal) {
            case RUNNING -> text(language, "capture.refused.running");
            case TIME ->
                text(language, "capture.refused.time", CaptureSettings.SHORTEST.toMinutes(), longest.toMinutes());
            case REASON -> text(language, "capture.refused.reason");
        };
    }

    private String moment(Instant at, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(at.atZone(GatewayClock.ZONE));
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
