package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Frame;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What the gateway says itself, where no library system has answered, in the language that the patron has chosen at the terminal. May be
 * used by several threads.
 */
@Component
final class OwnAnswers {
    private final ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.circulation.messages");
    private final PatronSessions sessions;
    private final Clock clock;

    OwnAnswers(PatronSessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** No, for this reason of the bundle. */
    Response refusal(Request request, Terminal terminal, String reason) {
        return Refusal.of(
                request, terminal.institutionId(), now(), Optional.of(sentence(reason, language(request, terminal))));
    }

    /**
     * No to a change, since the library changes its system.
     *
     * @param until when changes are made again
     */
    Response refusal(Request request, Terminal terminal, Instant until) {
        Language language = language(request, terminal);
        LocalDateTime there = LocalDateTime.ofInstant(until, clock.getZone());
        String form = there.toLocalDate().equals(LocalDate.now(clock)) ? "system.changes.time" : "system.changes.day";
        String moment = DateTimeFormatter.ofPattern(texts.text(language, form), Locale.ENGLISH)
                .format(there);
        return Refusal.of(
                request, terminal.institutionId(), now(), Optional.of(texts.text(language, "system.changes", moment)));
    }

    /** No backend, no word about the card: neither known nor unknown. The language is remembered all the same. */
    Response silent(PatronInformation request, Terminal terminal) {
        sessions.speak(terminal, request.patronIdentifier(), Language.of(request.language()));
        return PatronInformationResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                request.language(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                Optional.empty(),
                Optional.empty(),
                List.of(sentence("backend.silent", language(request, terminal))));
    }

    /** The same of a 23. */
    Response silent(PatronStatusRequest request, Terminal terminal) {
        sessions.speak(terminal, request.patronIdentifier(), Language.of(request.language()));
        return PatronStatusResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                request.language(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                Optional.empty(),
                Optional.empty(),
                List.of(sentence("backend.silent", language(request, terminal))));
    }

    /** An 18 that cannot be taken for that of an unknown item. */
    Response silent(ItemInformation request) {
        return ItemInformationResponse.unknown(
                now(),
                request.itemIdentifier(),
                Optional.of(Circulation.OUTCOME_UNKNOWN),
                List.of(sentence("backend.silent", Language.UNSPECIFIED)));
    }

    /** Nobody knows whether it was done; our kiosk asks before it says anything to the patron. */
    Response unknown(Change change, Terminal terminal) {
        return switch (change.request()) {
            case Checkout r -> unknown(r.patronIdentifier(), r.itemIdentifier(), "", terminal);
            case Renew r ->
                RenewResponse.of(unknown(
                        r.patronIdentifier(),
                        r.itemIdentifier().orElse(""),
                        r.titleIdentifier().orElse(""),
                        terminal));
            default -> marked(refusal(change.request(), terminal, "outcome.unknown"));
        };
    }

    /** The standard has no CH in a 16, 26, 38 and 66; a machine that does not know it there ignores it. */
    private static Response marked(Response refusal) {
        Frame frame = refusal.toFrame();
        List<CodedField> fields = new ArrayList<>(frame.fields());
        fields.add(CodedField.of(Field.CH, Circulation.OUTCOME_UNKNOWN));
        return Response.from(frame.withFields(fields));
    }

    private CheckoutResponse unknown(String card, String item, String title, Terminal terminal) {
        return CheckoutResponse.refused(
                now(),
                terminal.institutionId(),
                card,
                item,
                title,
                Optional.of(Circulation.OUTCOME_UNKNOWN),
                List.of(sentence("outcome.unknown", sessions.language(terminal, card))));
    }

    /** Yes to a return of which no library system has said so; where the thing goes is still to be said. */
    CheckinResponse taken(Checkin checkin, Terminal terminal) {
        return CheckinResponse.bare(
                true,
                now(),
                terminal.institutionId(),
                checkin.itemIdentifier(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Yes to a loan that has happened already and of which no library system has heard yet: with the due date that was promised. */
    CheckoutResponse noted(Checkout checkout, Terminal terminal) {
        return CheckoutResponse.lent(
                false,
                MagneticMedia.U,
                now(),
                terminal.institutionId(),
                checkout.patronIdentifier(),
                checkout.itemIdentifier(),
                "",
                checkout.nbDueDate().text().strip(),
                Optional.empty(),
                List.of());
    }

    /** The same of a renewal. */
    RenewResponse noted(Renew renewal, Terminal terminal) {
        return RenewResponse.renewed(
                MagneticMedia.U,
                now(),
                terminal.institutionId(),
                renewal.patronIdentifier(),
                renewal.itemIdentifier().orElse(""),
                renewal.titleIdentifier().orElse(""),
                renewal.nbDueDate().text().strip(),
                Optional.empty());
    }

    /** What a 23 or 63 says itself; for a change, what was said before. */
    private Language language(Request request, Terminal terminal) {
        return switch (request) {
            case PatronStatusRequest status -> Language.of(status.language());
            case PatronInformation information -> Language.of(information.language());
            default ->
                Change.of(request)
                        .flatMap(Change::card)
                        .map(card -> sessions.language(terminal, card))
                        .orElse(Language.UNSPECIFIED);
        };
    }

    private String sentence(String key, Language language) {
        return texts.text(language, key);
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}
