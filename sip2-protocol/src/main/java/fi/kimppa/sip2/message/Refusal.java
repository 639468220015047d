package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The typed no to every request. SIP2 has no error message: a failure is said inside the response that belongs to
 * the request (SIP2 2.00; sip2.md section 1, rule 4), with the fields echoed and nothing promised.
 */
public final class Refusal {
    private Refusal() {}

    /**
     * The refusal of a request that was understood.
     *
     * @param request what is refused
     * @param institution AO of the answer
     * @param now the library's time
     * @param reason AF, for the person at the machine; none if empty
     */
    public static Response of(Request request, String institution, Timestamp now, Optional<String> reason) {
        List<String> screen = reason.stream().toList();
        return switch (request) {
            case BlockPatron r -> unknownPatron(institution, r.patronIdentifier(), "000", now, screen);
            case PatronStatusRequest r -> unknownPatron(institution, r.patronIdentifier(), r.language(), now, screen);
            case Checkin r ->
                CheckinResponse.bare(
                        false,
                        now,
                        institution,
                        r.itemIdentifier(),
                        Optional.empty(),
                        Optional.of(AlertType.OTHER),
                        screen);
            case Checkout r ->
                CheckoutResponse.refused(
                        now, institution, r.patronIdentifier(), r.itemIdentifier(), "", Optional.empty(), screen);
            case Renew r ->
                RenewResponse.of(CheckoutResponse.refused(
                        now,
                        institution,
                        r.patronIdentifier(),
                        r.itemIdentifier().orElse(""),
                        r.titleIdentifier().orElse(""),
                        Optional.empty(),
                        screen));
            case EndPatronSession r ->
                new EndSessionResponse(false, now, institution, r.patronIdentifier(), screen, List.of(), List.of());
            case FeePaid r ->
                new FeePaidResponse(
                        false, now, institution, r.patronIdentifier(), r.transactionId(), screen, List.of(), List.of());
            case Hold r ->
                new HoldResponse(
                        false,
                        false,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        r.pickupLocation(),
                        institution,
                        r.patronIdentifier(),
                        r.itemIdentifier(),
                        r.titleIdentifier(),
                        screen,
                        List.of(),
                        List.of());
            case ItemInformation r ->
                ItemInformationResponse.unknown(now, r.itemIdentifier(), Optional.empty(), screen);
            case ItemStatusUpdate r ->
                new ItemStatusUpdateResponse(
                        false,
                        now,
                        r.itemIdentifier(),
                        Optional.empty(),
                        Optional.empty(),
                        screen,
                        List.of(),
                        List.of());
            case Login _ -> new LoginResponse(false, List.of());
            case PatronEnable r ->
                new PatronEnableResponse(
                        PatronStatus.UNKNOWN_CARD,
                        "000",
                        now,
                        institution,
                        r.patronIdentifier(),
                        "",
                        Optional.of(false),
                        Optional.empty(),
                        screen,
                        List.of(),
                        List.of());
            case PatronInformation r ->
                PatronInformationResponse.bare(
                        PatronStatus.UNKNOWN_CARD,
                        r.language(),
                        now,
                        institution,
                        r.patronIdentifier(),
                        Optional.of(false),
                        Optional.empty(),
                        screen);
            case RenewAll _ ->
                new RenewAllResponse(
                        false,
                        OptionalInt.of(0),
                        OptionalInt.of(0),
                        now,
                        institution,
                        List.of(),
                        List.of(),
                        screen,
                        List.of(),
                        List.of());
            case RequestAcsResend _ -> new RequestScResend(List.of());
            case ScStatus _ ->
                new AcsStatus(
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        "000",
                        "999",
                        now,
                        "2.00",
                        institution,
                        Optional.empty(),
                        "N".repeat(16),
                        Optional.empty(),
                        screen,
                        List.of(),
                        List.of());
        };
    }

    /**
     * The refusal of a request of which only the command could be read.
     *
     * @param type the command
     * @param institution AO of the answer
     * @param now the library's time
     * @throws IllegalArgumentException if the type is a response
     */
    public static Response of(MessageType type, String institution, Timestamp now) {
        return of(empty(type, now), institution, now, Optional.empty());
    }

    private static Response unknownPatron(
            String institution, String card, String language, Timestamp now, List<String> screen) {
        return PatronStatusResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                language,
                now,
                institution,
                card,
                Optional.of(false),
                Optional.empty(),
                screen);
    }

    /** A request of this type that names nobody and nothing. */
    private static Request empty(MessageType type, Timestamp now) {
        Frame.Builder frame = Frame.of(type);
        for (FixedField field : type.fixedFields()) {
            frame.fixed(field, field.width() == 18 ? now.text() : " ".repeat(field.width()));
        }
        return Request.from(frame.build());
    }
}
