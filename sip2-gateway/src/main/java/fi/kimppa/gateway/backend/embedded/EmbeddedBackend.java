package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

    /** How long a return or a loan can be undone, and its rows are kept. */
    private static final Duration UNDO = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Store store;
    private final PatronDesk patrons;
    private final LoanDesk loans;
    private final ReturnDesk returns;
    private final ItemDesk items;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Clock clock;

    EmbeddedBackend(
            JdbcClient jdbc,
            Store store,
            PatronDesk patrons,
            LoanDesk loans,
            ReturnDesk returns,
            ItemDesk items,
            PatronSessions sessions,
            Answers answers,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.patrons = patrons;
        this.loans = loans;
        this.returns = returns;
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
        return asked(() -> loans.renew(request, terminal));
    }

    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        sessions.forget(terminal);
        return new EndSessionResponse(
                true,
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public void forget(Terminal terminal) {
        sessions.forget(terminal);
    }

    /** Deletes what was kept for an undo and is over. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forgetTheReturned() {
        int rows = store.forgetBefore(clock.instant().minus(UNDO));
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
