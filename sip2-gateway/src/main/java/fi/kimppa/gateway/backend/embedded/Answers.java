package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.ScreenTexts;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Timestamp;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
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

    /** 18 characters of local time. */
    Timestamp moment(OffsetDateTime moment) {
        return Timestamp.of(moment.toInstant(), clock.getZone());
    }

    /** AH: 18 characters of local time. */
    String dueDate(OffsetDateTime due) {
        return moment(due).text();
    }

    /** An amount of euros as it is written in this language. */
    static String money(BigDecimal amount, Language language) {
        Locale locale = language == Language.ENGLISH ? Locale.ENGLISH : Locale.of("fi");
        return new DecimalFormat("0.00", DecimalFormatSymbols.getInstance(locale)).format(amount);
    }

    String text(Language language, String key, Object... parameters) {
        return texts.text(language, key, parameters);
    }

    /** What a loan, or its renewal, has cost. */
    String charged(Language language, BigDecimal fee) {
        return text(language, "agreement.charged", money(fee, language));
    }

    List<String> screen(Language language, Refused refused) {
        return List.of(text(language, refused.key(), refused.parameters().toArray()));
    }
}
