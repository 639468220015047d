package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.ScreenTexts;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.stereotype.Component;

/** What every answer of this backend needs: the time, the sentences, the form of dates. */
@Component
class Answers {
    private final ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.backend.embedded.messages");
    private final Clock clock;

    Answers(Clock clock) {
        this.clock = clock;
    }

    Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }

    /** AH: 18 characters of local time. */
    String dueDate(OffsetDateTime due) {
        return Timestamp.of(due.toInstant(), clock.getZone()).text();
    }

    String text(Language language, String key, Object... parameters) {
        return texts.text(language, key, parameters);
    }

    List<String> screen(Language language, Refused refused) {
        return List.of(text(language, refused.key(), refused.parameters().toArray()));
    }
}
