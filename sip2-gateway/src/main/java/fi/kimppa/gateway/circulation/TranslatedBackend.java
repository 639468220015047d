package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.cutover.NumberMaps;
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
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A library system in which cards and things may have other numbers than on the cards and tags that machines read, since a
 * municipality has moved to it. What goes in has the system's numbers; what comes out has the number that was said, and in lists the
 * one on the tag. Stands before the guard of PINs, which counts tries by the number that the system has. May be used by several
 * threads.
 */
final class TranslatedBackend implements CirculationBackend {
    private static final Set<String> LISTS = Set.of(
            Field.AS.code(),
            Field.AT.code(),
            Field.AU.code(),
            Field.BU.code(),
            Field.CD.code(),
            Field.BM.code(),
            Field.BN.code());

    private final GuardedBackend backend;
    private final NumberMaps numbers;

    TranslatedBackend(GuardedBackend backend, NumberMaps numbers) {
        this.backend = backend;
        this.numbers = numbers;
    }

    /** The same library system with the numbers that it has itself. */
    GuardedBackend untranslated() {
        return backend;
    }

    private <Q extends Request, A extends Response> A through(
            Q asked, Terminal terminal, BiFunction<Q, Terminal, A> desk) {
        return translated(asked, sent -> Optional.of(desk.apply(sent, terminal)))
                .orElseThrow();
    }

    /** What the system answers, if anything, to a request with its numbers in it: with the numbers that were said. */
    private <Q extends Request, A extends Response> Optional<A> translated(Q asked, Function<Q, Optional<A>> desk) {
        if (!numbers.renumbers(name())) {
            return desk.apply(asked);
        }
        Frame said = asked.toFrame();
        Frame sent = replaced(said, field -> sent(field.code(), field.value()));
        return desk.apply(like(asked, Request.from(sent)))
                .map(answer -> like(answer, Response.from(heard(answer.toFrame(), said, sent))));
    }

    /** A message out of another's frame is of the same kind. */
    @SuppressWarnings("unchecked")
    private static <M> M like(M message, Object rewritten) {
        return (M) message.getClass().cast(rewritten);
    }

    private String sent(String code, String number) {
        return code.equals(Field.AB.code())
                ? numbers.sent(name(), Numbers.ITEM, number)
                : code.equals(Field.AA.code()) ? numbers.sent(name(), Numbers.CARD, number) : number;
    }

    private Frame heard(Frame answer, Frame said, Frame sent) {
        Map<String, String> spoken = numbers.spoken(
                name(),
                answer.fields().stream()
                        .filter(CodedField.Text.class::isInstance)
                        .map(CodedField.Text.class::cast)
                        .filter(field -> LISTS.contains(field.code()))
                        .map(CodedField.Text::value)
                        .collect(Collectors.toSet()));
        return replaced(answer, field -> {
            if (LISTS.contains(field.code())) {
                return spoken.getOrDefault(field.value(), field.value());
            }
            return field.code().equals(Field.AA.code()) || field.code().equals(Field.AB.code())
                    ? asSaid(field, said, sent)
                    : field.value();
        });
    }

    private static String asSaid(CodedField.Text field, Frame said, Frame sent) {
        return text(sent, field.code()).filter(field.value()::equals).isPresent()
                ? text(said, field.code()).orElse(field.value())
                : field.value();
    }

    private static Optional<String> text(Frame frame, String code) {
        return frame.fields().stream()
                .filter(field ->
                        field instanceof CodedField.Text && field.code().equals(code))
                .map(field -> ((CodedField.Text) field).value())
                .findFirst();
    }

    private static Frame replaced(Frame frame, Function<CodedField.Text, String> value) {
        UnaryOperator<CodedField> replace = field ->
                field instanceof CodedField.Text text ? new CodedField.Text(text.code(), value.apply(text)) : field;
        return frame.withFields(frame.fields().stream().map(replace).toList());
    }

    // ---- the backend -------------------------------------------------------------------------------------

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

    /** Nothing where numbers are exchanged: they are looked up when it is asked. */
    @Override
    public List<Question<?>> foreseen(Request change) {
        return numbers.renumbers(name()) ? List.of() : backend.foreseen(change);
    }

    /** As {@link GuardedBackend#refusal}. */
    Optional<Response> refusal(Request change, Terminal terminal) {
        return translated(change, sent -> backend.refusal(sent, terminal));
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal) {
        return through(request, terminal, backend::patronStatus);
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal) {
        return through(request, terminal, backend::patronInformation);
    }

    @Override
    public ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal) {
        return through(request, terminal, backend::itemInformation);
    }

    @Override
    public CheckoutResponse checkout(Checkout request, Terminal terminal) {
        return through(request, terminal, backend::checkout);
    }

    @Override
    public CheckinResponse checkin(Checkin request, Terminal terminal) {
        return through(request, terminal, backend::checkin);
    }

    @Override
    public RenewResponse renew(Renew request, Terminal terminal) {
        return through(request, terminal, backend::renew);
    }

    @Override
    public RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        return through(request, terminal, backend::renewAll);
    }

    @Override
    public HoldResponse hold(Hold request, Terminal terminal) {
        return through(request, terminal, backend::hold);
    }

    @Override
    public FeePaidResponse feePaid(FeePaid request, Terminal terminal) {
        return through(request, terminal, backend::feePaid);
    }

    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return through(request, terminal, backend::blockPatron);
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable request, Terminal terminal) {
        return through(request, terminal, backend::patronEnable);
    }

    @Override
    public ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal) {
        return through(request, terminal, backend::itemStatusUpdate);
    }

    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        return through(request, terminal, backend::endPatronSession);
    }

    @Override
    public void forget(Terminal terminal) {
        backend.forget(terminal);
    }
}
