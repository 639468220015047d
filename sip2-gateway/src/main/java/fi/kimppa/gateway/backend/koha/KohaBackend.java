package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.backend.http.HttpLink;
import fi.kimppa.gateway.backend.koha.KohaSettings.Checkins;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.circulation.PatronSessions;
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
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.MessageType;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;

/**
 * A Koha behind the port of circulation: one desk per kind of service over its REST interface, and a backend that speaks
 * SIP2 with the same Koha for what the interface lacks.
 */
class KohaBackend implements CirculationBackend, DisposableBean {
    private static final Set<MessageType> SERVED = Set.of(
            MessageType.PATRON_STATUS_REQUEST,
            MessageType.PATRON_INFORMATION,
            MessageType.ITEM_INFORMATION,
            MessageType.CHECKOUT,
            MessageType.CHECKIN,
            MessageType.RENEW,
            MessageType.RENEW_ALL,
            MessageType.HOLD,
            MessageType.FEE_PAID,
            MessageType.END_PATRON_SESSION);

    private final String name;
    private final KohaSettings settings;
    private final HttpLink link;
    private final Branches branches;
    private final PatronSessions sessions;
    private final Optional<CirculationBackend> sip2;
    private final Answers answers;
    private final PatronDesk patrons;
    private final ItemDesk items;
    private final LoanDesk loans;
    private final ReturnDesk returns;
    private final RenewDesk renewals;
    private final HoldDesk holds;
    private final FeeDesk fees;

    /**
     * A backend that connects at its first request.
     *
     * @param name what the consortium calls it
     * @param sip2 who speaks SIP2 with the same Koha
     * @param sip2Users under whom
     */
    KohaBackend(
            String name,
            KohaSettings settings,
            Optional<CirculationBackend> sip2,
            Set<String> sip2Users,
            PatronSessions sessions,
            Clock clock) {
        this.name = name;
        this.settings = settings;
        this.sip2 = sip2;
        this.sessions = sessions;
        this.link = new HttpLink(name, settings.rest());
        this.branches = new Branches(name, settings.clients(), link, clock);
        this.answers = new Answers(clock);
        Lookup lookup = new Lookup(settings.pinName(), sessions);
        Customers customers = new Customers(lookup);
        Optional<SelfService> door = settings.selfService() ? Optional.of(new SelfService(branches)) : Optional.empty();
        this.patrons = new PatronDesk(lookup, branches, door, settings.limit(), answers);
        this.items = new ItemDesk(lookup, branches, answers);
        this.loans = new LoanDesk(lookup, customers, settings.confirms(), answers);
        this.returns = new ReturnDesk(lookup, branches, answers, sip2Users);
        this.renewals = new RenewDesk(lookup, customers, answers);
        this.holds = new HoldDesk(lookup, customers, branches, answers);
        this.fees = new FeeDesk(lookup, customers, Optional.ofNullable(settings.paymentType()), answers);
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether all of it is there: with half of it, every return would be a silence that stops the loans as well. */
    @Override
    public boolean online() {
        try {
            Call call = Call.get("libraries").query("_per_page", "1");
            return branches.any()
                            .exchange(call, Deadline.in(settings.answer()), Set.of())
                            .ok()
                    && sip2.map(CirculationBackend::online).orElse(true);
        } catch (BackendSilentException | BackendBusyException e) {
            return false;
        }
    }

    @Override
    public Set<MessageType> serves() {
        return SERVED;
    }

    @Override
    public boolean renewsOnceADay() {
        return true;
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal) {
        return patrons.status(request, visit(terminal, Language.of(request.language())));
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal) {
        return patrons.information(request, visit(terminal, Language.of(request.language())));
    }

    @Override
    public ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal) {
        return items.information(request, visit(terminal, Language.UNSPECIFIED));
    }

    /** What has happened already (no block) has a due date, which only SIP2 can tell Koha. */
    @Override
    public CheckoutResponse checkout(Checkout request, Terminal terminal) {
        return request.noBlock() && sip2.isPresent()
                ? sip2.get().checkout(request, terminal)
                : loans.checkout(request, visit(terminal, request.patronIdentifier()));
    }

    @Override
    public CheckinResponse checkin(Checkin request, Terminal terminal) {
        Visit visit = visit(terminal, Language.UNSPECIFIED);
        return returns.overtaken(request, visit)
                .orElseGet(() -> settings.checkins() == Checkins.REST || sip2.isEmpty()
                        ? returns.checkin(request, visit)
                        : sip2.get().checkin(request, terminal));
    }

    /** What has happened already (no block) is recorded whatever the rules say, which only SIP2 can. */
    @Override
    public RenewResponse renew(Renew request, Terminal terminal) {
        return request.noBlock() && sip2.isPresent()
                ? sip2.get().renew(request, terminal)
                : renewals.renew(request, visit(terminal, request.patronIdentifier()));
    }

    @Override
    public RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        return renewals.renewAll(request, visit(terminal, request.patronIdentifier()));
    }

    @Override
    public HoldResponse hold(Hold request, Terminal terminal) {
        return holds.hold(request, visit(terminal, request.patronIdentifier()));
    }

    @Override
    public FeePaidResponse feePaid(FeePaid request, Terminal terminal) {
        return fees.paid(request, visit(terminal, request.patronIdentifier()));
    }

    /** Blocking is for staff in Koha. */
    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return refusal(PatronStatusResponse.class, request, terminal);
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable request, Terminal terminal) {
        return refusal(PatronEnableResponse.class, request, terminal);
    }

    @Override
    public ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal) {
        return refusal(ItemStatusUpdateResponse.class, request, terminal);
    }

    /** Koha knows no sessions of patrons. */
    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        return EndSessionResponse.ended(answers.now(), terminal.institutionId(), request.patronIdentifier());
    }

    @Override
    public void forget(Terminal terminal) {
        sip2.ifPresent(backend -> backend.forget(terminal));
    }

    @Override
    public void destroy() {
        link.close();
    }

    private <R extends Response> R refusal(Class<R> type, Request request, Terminal terminal) {
        return answers.refusal(type, request, visit(terminal, Language.UNSPECIFIED), Reasons.STAFF);
    }

    private Visit visit(Terminal terminal, String card) {
        return visit(terminal, sessions.language(terminal, card));
    }

    private Visit visit(Terminal terminal, Language language) {
        return new Visit(terminal, branches.of(terminal), language, Deadline.in(settings.answer()));
    }
}
