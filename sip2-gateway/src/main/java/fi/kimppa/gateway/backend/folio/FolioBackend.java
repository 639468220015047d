package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Call;
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
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.wire.MessageType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** A FOLIO tenant behind the port of circulation: one desk per kind of service. */
final class FolioBackend implements CirculationBackend, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(FolioBackend.class);

    private final String name;
    private final boolean blocks;
    private final Okapi okapi;
    private final PatronSessions sessions;
    private final Answers answers;
    private final PatronDesk patrons;
    private final ItemDesk items;
    private final LoanDesk loans;
    private final ReturnDesk returns;
    private final RenewDesk renewals;
    private final HoldDesk holds;
    private final FeeDesk fees;
    private final CardDesk cards;

    /**
     * A backend that connects and logs in at its first request.
     *
     * @param name what the consortium calls it
     */
    FolioBackend(String name, FolioSettings settings, PatronSessions sessions, Clock clock) {
        this.name = name;
        this.blocks = settings.blocks();
        this.okapi = new Okapi(name, settings, clock);
        this.sessions = sessions;
        this.answers = new Answers(settings, sessions, clock);
        Patrons who = new Patrons(name, settings, sessions);
        ServicePoints servicePoints = new ServicePoints(name, settings, clock);
        this.patrons = new PatronDesk(okapi, who, answers, settings);
        this.items = new ItemDesk(okapi, answers);
        this.loans = new LoanDesk(okapi, who, servicePoints, answers);
        this.returns = new ReturnDesk(okapi, servicePoints, answers, settings);
        this.renewals = new RenewDesk(okapi, who, servicePoints, answers, settings);
        this.holds = new HoldDesk(name, okapi, who, servicePoints, answers, settings);
        this.fees = new FeeDesk(okapi, who, servicePoints, answers, settings);
        this.cards = new CardDesk(okapi, who, sessions, answers);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean online() {
        try {
            okapi.begin().read(Call.get("service-points").query("limit", "1"));
            return true;
        } catch (BackendSilentException | BackendBusyException e) {
            LOG.debug("{} does not answer", name, e);
            return false;
        }
    }

    @Override
    public Set<MessageType> serves() {
        Set<MessageType> served = EnumSet.of(
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
        if (blocks) {
            served.addAll(Set.of(MessageType.BLOCK_PATRON, MessageType.PATRON_ENABLE));
        }
        return served;
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal) {
        return patrons.status(request, terminal);
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal) {
        return patrons.information(request, terminal);
    }

    @Override
    public ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal) {
        return items.information(request, terminal);
    }

    @Override
    public CheckoutResponse checkout(Checkout request, Terminal terminal) {
        return loans.checkout(request, terminal);
    }

    @Override
    public CheckinResponse checkin(Checkin request, Terminal terminal) {
        return returns.checkin(request, terminal);
    }

    @Override
    public RenewResponse renew(Renew request, Terminal terminal) {
        return renewals.renew(request, terminal);
    }

    @Override
    public RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        return renewals.renewAll(request, terminal);
    }

    @Override
    public HoldResponse hold(Hold request, Terminal terminal) {
        return holds.hold(request, terminal);
    }

    @Override
    public FeePaidResponse feePaid(FeePaid request, Terminal terminal) {
        return fees.paid(request, terminal);
    }

    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return cards.block(request, terminal);
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable request, Terminal terminal) {
        return cards.enable(request, terminal);
    }

    /** Not served: FOLIO has no place for what a machine says of an item. */
    @Override
    public ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal) {
        return (ItemStatusUpdateResponse)
                Refusal.of(request, terminal.institutionId(), answers.now(), Optional.empty());
    }

    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        return cards.end(request, terminal);
    }

    @Override
    public void forget(Terminal terminal) {
        sessions.forget(terminal);
    }

    @Override
    public void destroy() {
        okapi.close();
    }
}
