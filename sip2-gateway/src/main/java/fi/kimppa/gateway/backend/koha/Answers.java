package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.circulation.ScreenTexts;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What every answer needs: the time, the sentences, the form of dates. */
final class Answers {
    private final ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.backend.koha.messages");
    private final Clock clock;

    Answers(Clock clock) {
        this.clock = clock;
    }

    Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    /** The local day that it was so long ago. */
    LocalDate dayBefore(Duration time) {
        return day(clock.instant().minus(time));
    }

    /** The local day of a moment. */
    LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, clock.getZone());
    }

    /** AH: 18 characters of local time; empty if there is none. */
    String dueDate(Optional<Instant> due) {
        return due.map(moment -> Timestamp.of(moment, clock.getZone()).text()).orElse("");
    }

    /** The local day of a SIP2 date, if it is one. */
    Optional<LocalDate> day(Timestamp date) {
        return date.instant(clock.getZone()).map(this::day);
    }

    /** The moment of a SIP2 date by the machine's clock, if it is one. */
    Optional<Instant> moment(Timestamp date) {
        return date.instant(clock.getZone());
    }

    /** The moment of a SIP2 date in ISO 8601, if it is one; now, if it is in the future. */
    Optional<String> isoMoment(Timestamp date) {
        Instant now = clock.instant();
        return date.instant(clock.getZone())
                .map(moment -> moment.isAfter(now) ? now : moment)
                .map(moment -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(clock.getZone())));
    }

    String text(Visit visit, String key, Object... parameters) {
        return texts.text(visit.language(), key, parameters);
    }

    /** An amount of euros as it is written in the patron's language. */
    String money(BigDecimal amount, Visit visit) {
        Locale locale = visit.language() == Language.ENGLISH ? Locale.ENGLISH : Locale.of("fi");
        return new DecimalFormat("0.00", DecimalFormatSymbols.getInstance(locale)).format(amount);
    }

    List<String> screen(Visit visit, String key, Object... parameters) {
        return List.of(text(visit, key, parameters));
    }

    /** The refusal that belongs to a request, with this sentence. */
    <R extends Response> R refusal(Class<R> type, Request request, Visit visit, String key, Object... parameters) {
        return type.cast(Refusal.of(
                request, visit.terminal().institutionId(), now(), Optional.of(text(visit, key, parameters))));
    }
}
