package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.PinGuard.Verdict;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LockedRead.Question;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A backend that is asked for no more PINs than the guard allows, and never for one that nobody was asked for. The
 * answer to a change does not say whether its PIN was right, so an open one is asked about first (23). May be used by
 * several threads.
 */
final class GuardedBackend implements CirculationBackend {
    /** A paused card: whether there is such a card is not told either. */
    private static final Said PAUSED = new Said(Optional.of(true), Optional.of(false));

    /**
     * What an answer says of card and PIN.
     *
     * @param validPatron BL
     * @param validPatronPassword CQ
     */
    private record Said(Optional<Boolean> validPatron, Optional<Boolean> validPatronPassword) {
        Verdict verdict() {
            return Verdict.of(validPatron, validPatronPassword);
        }
    }

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
    public boolean tellsWholeDebt() {
        return backend.tellsWholeDebt();
    }

    @Override
    public boolean sharesOurDatabase() {
        return backend.sharesOurDatabase();
    }

    @Override
    public boolean renewsOnceADay() {
        return backend.renewsOnceADay();
    }

    @Override
    public List<Question<?>> foreseen(Request change) {
        return backend.foreseen(change);
    }

    /**
     * The refusal of a change whose PIN is wrong or must not be tried; empty when it may go on, and then its PIN is not asked about again.
     * For who carries a change out in a transaction: a try of a PIN is counted whatever becomes of that. A 25 is not among them: its
     * answer says itself whether the PIN was right.
     */
    Optional<Response> refusal(Request change, Terminal terminal) {
        return switch (change) {
            case Checkout r
            when !r.noBlock() -> refusal(r, r.patronIdentifier(), r.patronPassword(), terminal, Response.class);
            case Renew r
            when !r.noBlock() -> refusal(r, r.patronIdentifier(), r.patronPassword(), terminal, Response.class);
            case RenewAll r -> refusal(r, r.patronIdentifier(), r.patronPassword(), terminal, Response.class);
            case Hold r -> refusal(r, r.patronIdentifier(), r.patronPassword(), terminal, Response.class);
            case FeePaid r -> refusal(r, r.patronIdentifier(), r.patronPassword(), terminal, Response.class);
            default -> Optional.empty();
        };
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest asked, Terminal terminal) {
        PatronStatusRequest request = withoutEmptyPin(asked, asked.patronPassword(), PatronStatusRequest.class);
        String card = request.patronIdentifier();
        sessions.speak(terminal, card, Language.of(request.language()));
        return ask(
                terminal,
                card,
                request.patronPassword(),
                () -> backend.patronStatus(request, terminal),
                answer -> new Said(answer.validPatron(), answer.validPatronPassword()),
                (said, sentence) -> refused(request, terminal, said, sentence));
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation asked, Terminal terminal) {
        PatronInformation request = withoutEmptyPin(asked, asked.patronPassword(), PatronInformation.class);
        String card = request.patronIdentifier();
        sessions.speak(terminal, card, Language.of(request.language()));
        return ask(
                terminal,
                card,
                request.patronPassword(),
                () -> backend.patronInformation(request, terminal),
                answer -> new Said(answer.validPatron(), answer.validPatronPassword()),
                (said, sentence) -> refused(request, terminal, said, sentence));
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
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal, CheckoutResponse.class)
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
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal, RenewResponse.class)
                .orElseGet(() -> backend.renew(request, terminal));
    }

    @Override
    public RenewAllResponse renewAll(RenewAll asked, Terminal terminal) {
        RenewAll request = withoutEmptyPin(asked, asked.patronPassword(), RenewAll.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal, RenewAllResponse.class)
                .orElseGet(() -> backend.renewAll(request, terminal));
    }

    @Override
    public HoldResponse hold(Hold asked, Terminal terminal) {
        Hold request = withoutEmptyPin(asked, asked.patronPassword(), Hold.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal, HoldResponse.class)
                .orElseGet(() -> backend.hold(request, terminal));
    }

    @Override
    public FeePaidResponse feePaid(FeePaid asked, Terminal terminal) {
        FeePaid request = withoutEmptyPin(asked, asked.patronPassword(), FeePaid.class);
        return refusal(request, request.patronIdentifier(), request.patronPassword(), terminal, FeePaidResponse.class)
                .orElseGet(() -> backend.feePaid(request, terminal));
    }

    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return backend.blockPatron(request, terminal);
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable asked, Terminal terminal) {
        PatronEnable request = withoutEmptyPin(asked, asked.patronPassword(), PatronEnable.class);
        return ask(
                terminal,
                request.patronIdentifier(),
                request.patronPassword(),
                () -> backend.patronEnable(request, terminal),
                answer -> new Said(answer.validPatron(), answer.validPatronPassword()),
                (said, sentence) -> refused(request, terminal, said, sentence));
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

    /**
     * Asks what a PIN has to be right for. What a library system says beside "wrong PIN" is about the patron, its
     * sentence included (Koha's AF, 3.16), so the answer is then a bare one of our own.
     */
    private <A> A ask(
            Terminal terminal,
            String card,
            Optional<Secret> pin,
            Supplier<A> question,
            Function<A, Said> reading,
            BiFunction<Said, String, A> refused) {
        return pins.check(
                terminal,
                card,
                pin,
                () -> {
                    A answer = question.get();
                    Said said = reading.apply(answer);
                    return said.verdict().refuses() ? refused.apply(said, pins.wrong(terminal, card)) : answer;
                },
                answer -> reading.apply(answer).verdict(),
                sentence -> refused.apply(PAUSED, sentence));
    }

    /** The refusal of a change whose PIN is wrong or must not be tried; empty when it may go on. */
    private <A extends Response> Optional<A> refusal(
            Request request, String card, Optional<Secret> pin, Terminal terminal, Class<A> type) {
        if (!pins.open(terminal, card, pin.filter(digits -> !digits.isEmpty()))) {
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
        return Verdict.of(answer.validPatron(), answer.validPatronPassword()).refuses()
                ? Optional.of(type.cast(Refusal.of(
                        request,
                        terminal.institutionId(),
                        now(),
                        answer.screenMessages().stream().findFirst())))
                : Optional.empty();
    }

    private PatronStatusResponse refused(PatronStatusRequest request, Terminal terminal, Said said, String sentence) {
        return PatronStatusResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                request.language(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                said.validPatron(),
                said.validPatronPassword(),
                List.of(sentence));
    }

    private PatronInformationResponse refused(
            PatronInformation request, Terminal terminal, Said said, String sentence) {
        return PatronInformationResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                request.language(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                said.validPatron(),
                said.validPatronPassword(),
                List.of(sentence));
    }

    private PatronEnableResponse refused(PatronEnable request, Terminal terminal, Said said, String sentence) {
        return new PatronEnableResponse(
                PatronStatus.UNKNOWN_CARD,
                sessions.language(terminal, request.patronIdentifier()).code(),
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                "",
                said.validPatron(),
                said.validPatronPassword(),
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
        return type.cast(Request.from(frame.withFields(others)));
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}
