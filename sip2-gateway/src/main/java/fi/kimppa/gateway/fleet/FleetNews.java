package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.access.EntryPaused;
import fi.kimppa.gateway.circulation.CirculationEvent;
import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemLent;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.circulation.CirculationEvent.LoanRefused;
import fi.kimppa.gateway.circulation.CirculationEvent.LoanRenewed;
import fi.kimppa.gateway.circulation.CirculationEvent.NoOwnerFound;
import fi.kimppa.gateway.circulation.CirculationEvent.PaymentUnclear;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnRefused;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnWaiting;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Hears what other features tell, once it is certain, and keeps what staff should know of. */
@Component
class FleetNews {
    private final Fleet fleet;
    private final TransactionTemplate apart;

    FleetNews(Fleet fleet, PlatformTransactionManager transactions) {
        this.fleet = fleet;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Keeps what staff are to see. Whoever tells still holds a connection to the database, and one more is taken only for that: with a
     * hundred machines at once, each loan would wait for a second one that the others hold.
     */
    @TransactionalEventListener(fallbackExecution = true)
    void onCirculation(CirculationEvent event) {
        switch (event) {
            case CheckoutSettledLate late -> keep(late, "CHECKOUT_SETTLED_LATE");
            case ReturnWaiting waiting -> keep(waiting, "RETURN_WAITING");
            case ReturnRefused refused -> keep(refused, "RETURN_REFUSED");
            case LoanRefused refused -> keep(refused, "LOAN_REFUSED");
            case NoOwnerFound found -> keep(found, "NO_OWNER");
            case PaymentUnclear unclear -> keep(unclear, "PAYMENT_UNCLEAR");
            case ItemLent _, LoanRenewed _, ItemReturned _ -> {}
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void onEntryPaused(EntryPaused event) {
        keep(event.door(), event.at(), event.wholeDoor() ? "DOOR_PAUSED" : "CARD_PAUSED", "");
    }

    private void keep(CirculationEvent event, String kind) {
        keep(event.terminal().login(), event.at(), kind, event.item());
    }

    private void keep(String terminal, Instant at, String kind, String detail) {
        apart.executeWithoutResult(_ -> fleet.noticed(terminal, at, kind, detail));
    }
}
