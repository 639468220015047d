package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.circulation.PatronSessions;
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
import fi.kimppa.sip2.wire.MessageType;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The embedded backend behind its port: one desk per kind of service. */
@Component
class EmbeddedBackend implements CirculationBackend {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBackend.class);

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
            MessageType.BLOCK_PATRON,
            MessageType.PATRON_ENABLE,
            MessageType.ITEM_STATUS_UPDATE,
            MessageType.END_PATRON_SESSION);

    private final JdbcClient jdbc;
    private final Store store;
    private final PatronDesk patrons;
    private final LoanDesk loans;
    private final RenewDesk renewals;
    private final ReturnDesk returns;
    private final HoldDesk holds;
    private final FeeDesk fees;
    private final CardDesk cards;
    private final ItemDesk items;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Clock clock;

    EmbeddedBackend(
            JdbcClient jdbc,
            Store store,
            PatronDesk patrons,
            LoanDesk loans,
            RenewDesk renewals,
            ReturnDesk returns,
            HoldDesk holds,
            FeeDesk fees,
            CardDesk cards,
            ItemDesk items,
            PatronSessions sessions,
            Answers answers,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.patrons = patrons;
        this.loans = loans;
        this.renewals = renewals;
        this.returns = returns;
        this.holds = holds;
        this.fees = fees;
        this.cards = cards;
        this.items = items;
        this.sessions = sessions;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public boolean online() {
        try {
            jdbc.sql("select 1").query(Integer.class).single();
            return true;
        } catch (DataAccessException e) {
            LOG.debug("The database does not answer", e);
            return false;
        }
    }

    @Override
    public Set<MessageType> serves() {
        return SERVED;
    }

    @Override
    public boolean sharesOurDatabase() {
        return true;
    }

    @Override
    public boolean renewsOnceADay() {
        return true;
    }

    @Override
    public List<Question<?>> foreseen(Request change) {
        return switch (change) {
            case Checkout r -> store.ofLoan(r.patronIdentifier(), r.itemIdentifier(), clock.instant());
            case Checkin r -> store.ofReturn(r.itemIdentifier(), clock.instant());
            default -> List.of();
        };
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal) {
        return asked(() -> patrons.status(request, terminal));
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal) {
        return asked(() -> patrons.information(request, terminal));
    }

    @Override
    public ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal) {
        return asked(() -> items.information(request, terminal));
    }

    @Override
    public CheckoutResponse checkout(Checkout request, Terminal terminal) {
        return asked(() -> loans.checkout(request, terminal));
    }

    @Override
    public CheckinResponse checkin(Checkin request, Terminal terminal) {
        return asked(() -> returns.checkin(request, terminal));
    }

    @Override
    public RenewResponse renew(Renew request, Terminal terminal) {
        return asked(() -> renewals.renew(request, terminal));
    }

    @Override
    public RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        return asked(() -> renewals.renewAll(request, terminal));
    }

    @Override
    public HoldResponse hold(Hold request, Terminal terminal) {
        return asked(() -> holds.hold(request, terminal));
    }

    @Override
    public FeePaidResponse feePaid(FeePaid request, Terminal terminal) {
        return asked(() -> fees.paid(request, terminal));
    }

    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return asked(() -> cards.block(request, terminal));
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable request, Terminal terminal) {
        return asked(() -> cards.enable(request, terminal));
    }

    @Override
    public ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal) {
        return asked(() -> items.describe(request));
    }

    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        sessions.forget(terminal);
        return EndSessionResponse.ended(answers.now(), terminal.institutionId(), request.patronIdentifier());
    }

    @Override
    public void forget(Terminal terminal) {
        sessions.forget(terminal);
    }

    /** Deletes what was kept for an undo and is over. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forgetTheReturned() {
        int rows = store.forgetBefore(clock.instant().minus(Undo.KEPT));
        LOG.info("Deleted {} rows of returned loans, fulfilled holds and paid fees", rows);
    }

    /** A question outside a transaction changes nothing, so its outcome is known when the database is silent. */
    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            throw new BackendSilentException("embedded: the database does not answer", true, e);
        }
    }
}
