package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.circulation.ScreenTexts;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What every answer of this backend needs: the time, the sentences, the form of dates. FOLIO's dates are in UTC. */
final class Answers {
    private final ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.backend.folio.messages");
    private final Map<String, String> mediaTypes;
    private final PatronSessions sessions;
    private final Clock clock;

    Answers(FolioSettings settings, PatronSessions sessions, Clock clock) {
        this.mediaTypes = settings.mediaTypes();
        this.sessions = sessions;
        this.clock = clock;
    }

    Instant instant() {
        return clock.instant();
    }

    Timestamp now() {
        return moment(clock.instant());
    }

    /** 18 characters of local time. */
    Timestamp moment(Instant moment) {
        return Timestamp.of(moment, clock.getZone());
    }

    /** When something happened by the machine's clock, but never in the future; a date that says nothing is now. */
    Instant happened(Timestamp date) {
        Instant now = clock.instant();
        return date.instant(clock.getZone())
                .filter(moment -> moment.isBefore(now))
                .orElse(now);
    }

    /** The moment that a date means, by the library's own time. */
    Optional<Instant> meant(Timestamp date) {
        return date.instant(clock.getZone());
    }

    /** AH of a loan; empty where FOLIO names no date. */
    String dueDate(JsonNode loan) {
        return Json.moment(loan, "dueDate").map(due -> moment(due).text()).orElse("");
    }

    /** CK of an item. */
    Optional<String> mediaType(JsonNode item) {
        return Json.text(item, "materialType", "name").flatMap(type -> Optional.ofNullable(mediaTypes.get(type)));
    }

    Language language(Terminal terminal, String card) {
        return sessions.language(terminal, card);
    }

    String text(Language language, String key, Object... parameters) {
        return texts.text(language, key, parameters);
    }

    /** The no to a request, in the patron's language. */
    <R extends Response> R refused(Request request, Terminal terminal, String card, String sentence, Class<R> type) {
        return type.cast(Refusal.of(
                request, terminal.institutionId(), now(), Optional.of(text(language(terminal, card), sentence))));
    }
}
