package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import fi.kimppa.gateway.consortium.GatewayClock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in the language of whoever reads how far imports are and what was found. */
@Component
class ExchangeTexts {
    /** One of several to choose from. */
    record Choice(String value, String text) {}

    /**
     * An import as people read it.
     *
     * @param moves whether it goes on by itself
     * @param percent how far it is, 0 to 100
     * @param unsure whether somebody must decide
     * @param figures what became of the rows, or would
     */
    record JobLine(
            long id,
            String file,
            String kind,
            String policy,
            String state,
            String stateClass,
            String who,
            String started,
            String iso,
            boolean moves,
            int percent,
            String progress,
            boolean unsure,
            boolean written,
            List<Choice> figures) {}

    /** A finding as people read it. */
    record FindingLine(String record, String field, String reason, String said, String here) {}

    private final MessageSource messages;

    ExchangeTexts(MessageSource messages) {
        this.messages = messages;
    }

    Choice kind(Kind kind, Locale language) {
        return new Choice(kind.name(), text(language, "exchange.kind." + kind));
    }

    String tooLarge(Locale language) {
        return text(language, "exchange.toolarge");
    }

    // ---- imports -----------------------------------------------------------------------------------------

    JobLine job(ImportJob job, Locale language) {
        boolean written = job.state() == State.WRITING || job.state() == State.DONE;
        int percent = written ? percent(job.rowsDone(), job.usable()) : percent(job.bytesRead(), job.bytes());
        return new JobLine(
                job.id(),
                job.file(),
                text(language, "exchange.kind." + job.kind()),
                job.overwrite() ? text(language, "exchange.policy.overwrite") : text(language, "exchange.policy.skip"),
                text(language, "exchange.state." + job.state()),
                stateClass(job.state()),
                job.who(),
                DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                        .format(job.startedAt().atZone(GatewayClock.ZONE)),
                job.startedAt().toString(),
                job.moves(),
                percent,
                written
                        ? text(language, "exchange.progress.writing", job.rowsDone(), job.usable())
                        : text(language, "exchange.progress.reading", percent, job.read()),
                job.state() == State.CHECKED,
                written,
                figures(job, language));
    }

    private static int percent(long done, long all) {
        return all == 0 ? 0 : (int) Math.min(100, done * 100 / all);
    }

    private static String stateClass(State state) {
        return switch (state) {
            case UPLOADING, READING, WRITING -> "unknown";
            case CHECKED -> "attention";
            case DONE -> "working";
            case UNREADABLE, FAILED -> "fault";
        };
    }

    private List<Choice> figures(ImportJob job, Locale language) {
        ImportJob.Counts counts = job.counts();
        return List.of(
                figure(text(language, "exchange.count.added"), counts.added(), language),
                figure(text(language, "exchange.count.changed"), counts.changed(), language),
                figure(text(language, "exchange.count.same"), counts.same(), language),
                figure(text(language, "exchange.count.skipped"), counts.skipped(), language),
                figure(text(language, "exchange.count.refused"), counts.refused(), language));
    }

    private static Choice figure(String name, long number, Locale language) {
        return new Choice(String.format(language, "%,d", number), name);
    }

    // ---- findings ----------------------------------------------------------------------------------------

    /** How often each kind was found. */
    List<Choice> findingCounts(Map<Why, Long> counts, Locale language) {
        return counts.entrySet().stream()
                .map(one -> figure(text(language, "exchange.why." + one.getKey()), one.getValue(), language))
                .toList();
    }

    FindingLine finding(Finding finding, Locale language) {
        return new FindingLine(
                String.valueOf(finding.record()),
                finding.field(),
                text(language, "exchange.why." + finding.why()),
                finding.said(),
                here(finding, language));
    }

    private String here(Finding finding, Locale language) {
        return Optional.of(finding.here())
                .filter(text -> finding.why() == Why.TWICE && !text.isEmpty())
                .map(line -> text(language, "exchange.first", line))
                .orElse(finding.here());
    }

    List<String> findingHead(Locale language) {
        return List.of(
                text(language, "exchange.record"),
                text(language, "exchange.field"),
                text(language, "exchange.reason"),
                text(language, "exchange.said"),
                text(language, "exchange.here"));
    }

    List<String> findingCells(Finding finding, Locale language) {
        FindingLine line = finding(finding, language);
        return List.of(line.record(), line.field(), line.reason(), line.said(), line.here());
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
