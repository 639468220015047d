package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.PinGuard.Verdict;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A backend that is asked for no more PINs than the guard allows, and never for one that nobody was asked for. The
 * answer to a change does not say whether its PIN was right, so an open one is asked about first (23). May be used by
 * several threads.
 */
final class GuardedBackend implements CirculationBackend {
    /** BL and CQ of a paused card: whether there is such a card is not told either. */
    private static final Optional<Boolean> PAUSED = Optional.of(true);

    private static final Optional<Boolean> PAUSED_PIN = Optional.of(false);

    private final CirculationBackend backend;
    private final PinGuard pins;
    private final PatronSessions sessions;
    private final Clock clock;

    GuardedBackend(CirculationBackend backend, PinGuard pins, PatronSessions sessions, Clock clock) {
        this.backend = backend;
        this.pins = pins;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public boolean online() {
        return backend.online();
    }

    @Override
    public Set<MessageType> serves() {
        return backend.serves();
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest asked, Terminal terminal) {
        PatronStatusRequest request = withoutEmptyPin(asked, asked.patronPassword(), PatronStatusRequest.class);
        String card = request.patronIdentifier();
        sessions.speak(terminal, card, Language.of(request.language()));
        return pins.check(
                terminal,
                card,
                request.patronPassword(),
                () -> unlessWrong(request, backend.patronStatus(request, terminal), terminal),
                GuardedBackend::verdict,
                sentence -> refused(request, terminal, PAUSED, PAUSED_PIN, sentence));
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation asked, Terminal terminal) {
        PatronInformation request = withoutEmptyPin(asked, asked.patronPassword(), PatronInformation.class);
        String card = request.patronIdentifier();
        sessions.speak(terminal, card, Language.of(request.language()));
        return pins.check(
                terminal,
                card,
                request.patronPassword(),
                () -> unlessWrong(request, backend.patronInformation(request, terminal), terminal),
                GuardedBackend::verdict,
                sentence -> refused(request, terminal, PAUSED, PAUSED_PIN, sentence));
    }

    @Override
    public ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal) {
        return backend.itemInformation(request, terminal);
    }

    /** What has happened already (no block) is recorded whatever its PIN was. */
    @Override
    public CheckoutResponse checkout(Checkout asked, Terminal terminal) {
        Checkout request = asked.noBlock()
                ? withoutPin(asked, Checkout.class)
                : withoutEmptyPin(asked, asked.patronPassword(), Checkout.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal)
                .map(CheckoutResponse.class::cast)
                .orElseGet(() -> backend.checkout(request, terminal));
    }

    @Override
    public CheckinResponse checkin(Checkin request, Terminal terminal) {
        return backend.checkin(request, terminal);
    }

    /** What has happened already (no block) is recorded whatever its PIN was. */
    @Override
    public RenewResponse renew(Renew asked, Terminal terminal) {
        Renew request = asked.noBlock()
                ? withoutPin(asked, Renew.class)
                : withoutEmptyPin(asked, asked.patronPassword(), Renew.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal)
                .map(RenewResponse.class::cast)
                .orElseGet(() -> backend.renew(request, terminal));
    }

    @Override
    public RenewAllResponse renewAll(RenewAll asked, Terminal terminal) {
        RenewAll request = withoutEmptyPin(asked, asked.patronPassword(), RenewAll.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal)
                .map(RenewAllResponse.class::cast)
                .orElseGet(() -> backend.renewAll(request, terminal));
    }

    @Override
    public HoldResponse hold(Hold asked, Terminal terminal) {
        Hold request = withoutEmptyPin(asked, asked.patronPassword(), Hold.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal)
                .map(HoldResponse.class::cast)
                .orElseGet(() -> backend.hold(request, terminal));
    }

    @Override
    public FeePaidResponse feePaid(FeePaid asked, Terminal terminal) {
        FeePaid request = withoutEmptyPin(asked, asked.patronPassword(), FeePaid.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal)
                .map(FeePaidResponse.class::cast)
                .orElseGet(() -> backend.feePaid(request, terminal));
    }

    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return backend.blockPatron(request, terminal);
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable asked, Terminal terminal) {
        PatronEnable request = withoutEmptyPin(asked, asked.patronPassword(), PatronEnable.class);
        return pins.check(
                terminal,
                request.patronIdentifier(),
                request.patronPassword(),
                () -> unlessWrong(request, backend.patronEnable(request, terminal), terminal),
                answer -> Verdict.of(answer.validPatron(), answer.validPatronPassword()),
                sentence -> refused(request, terminal, PAUSED, PAUSED_PIN, sentence));
    }

    @Override
    public ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal) {
        return backend.itemStatusUpdate(request, terminal);
    }

    /** Nobody needs a PIN to leave. */
    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        sessions.forget(terminal);
        return backend.endPatronSession(withoutPin(request, EndPatronSession.class), terminal);
    }

    @Override
    public void forget(Terminal terminal) {
        sessions.forget(terminal);
        backend.forget(terminal);
    }

    /** The refusal of a change whose PIN is wrong or must not be tried; empty when it may go on. */
    private Optional<Response> refusal(Request request, String card, Optional<Secret> pin, Terminal terminal) {
        if (!pins.open(terminal, card, pin)) {
            return Optional.empty();
        }
        PatronStatusRequest question = new PatronStatusRequest(
                sessions.language(terminal, card).code(),
                now(),
                terminal.institutionId(),
                card,
                Optional.empty(),
                pin,
                List.of());
        PatronStatusResponse answer = patronStatus(question, terminal);
        return verdict(answer).refuses()
                ? Optional.of(Refusal.of(
                        request,
                        terminal.institutionId(),
                        now(),
                        answer.screenMessages().stream().findFirst()))
                : Optional.empty();
    }

    private static Verdict verdict(PatronStatusResponse answer) {
        return Verdict.of(answer.validPatron(), answer.validPatronPassword());
    }

    private static Verdict verdict(PatronInformationResponse answer) {
        return Verdict.of(answer.validPatron(), answer.validPatronPassword());
    }

    /** What a library system says beside "wrong PIN" is about the patron, its sentence included (Koha's AF, 3.16). */
    private PatronStatusResponse unlessWrong(
            PatronStatusRequest request, PatronStatusResponse answer, Terminal terminal) {
        return verdict(answer).refuses()
                ? refused(
                        request,
                        terminal,
                        answer.validPatron(),
                        answer.validPatronPassword(),
                        pins.wrong(terminal, request.patronIdentifier()))
                : answer;
    }

    private PatronInformationResponse unlessWrong(
            PatronInformation request, PatronInformationResponse answer, Terminal terminal) {
        return verdict(answer).refuses()
                ? refused(
                        request,
                        terminal,
                        answer.validPatron(),
                        answer.validPatronPassword(),
                        pins.wrong(terminal, request.patronIdentifier()))
                : answer;
    }

    private PatronEnableResponse unlessWrong(PatronEnable request, PatronEnableResponse answer, Terminal terminal) {
        return Verdict.of(answer.validPatron(), answer.validPatronPassword()).refuses()
                ? refused(
                        request,
                        terminal,
                        answer.validPatron(),
                        answer.validPatronPassword(),
                        pins.wrong(terminal, request.patronIdentifier()))
                : answer;
    }

    private PatronStatusResponse refused(
            PatronStatusRequest request,
            Terminal terminal,
            Optional<Boolean> validPatron,
            Optional<Boolean> validPin,
            String sentence) {
        return PatronStatusResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                request.language(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                validPatron,
                validPin,
                List.of(sentence));
    }

    private PatronInformationResponse refused(
            PatronInformation request,
            Terminal terminal,
            Optional<Boolean> validPatron,
            Optional<Boolean> validPin,
            String sentence) {
        return PatronInformationResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                request.language(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                validPatron,
                validPin,
                List.of(sentence));
    }

    private PatronEnableResponse refused(
            PatronEnable request,
            Terminal terminal,
            Optional<Boolean> validPatron,
            Optional<Boolean> validPin,
            String sentence) {
        return new PatronEnableResponse(
                PatronStatus.UNKNOWN_CARD,
                sessions.language(terminal, request.patronIdentifier()).code(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                "",
                validPatron,
                validPin,
                List.of(sentence),
                List.of(),
                List.of());
    }

    /** Machines without a keypad send an empty PIN, and some backends count it as a wrong one. */
    private static <R extends Request> R withoutEmptyPin(R request, Optional<Secret> pin, Class<R> type) {
        return pin.filter(Secret::isEmpty).isPresent() ? withoutPin(request, type) : request;
    }

    private static <R extends Request> R withoutPin(R request, Class<R> type) {
        Frame frame = request.toFrame();
        List<CodedField> others = frame.fields().stream()
                .filter(field -> !field.code().equals(Field.AD.code()))
                .toList();
        return type.cast(Request.from(new Frame(frame.type(), frame.fixed(), others, frame.sequence())));
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}
