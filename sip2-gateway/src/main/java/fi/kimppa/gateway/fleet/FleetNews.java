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
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Hears what other features tell, once it is certain, and keeps what staff should know of. */
@Component
class FleetNews {
    private final Fleet fleet;

    FleetNews(Fleet fleet) {
        this.fleet = fleet;
    }

    @TransactionalEventListener(fallbackExecution = true)
    @Transactional(propagation = Propagation.REQUIRES_NEW)
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
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void onEntryPaused(EntryPaused event) {
        fleet.noticed(event.door(), event.at(), event.wholeDoor() ? "DOOR_PAUSED" : "CARD_PAUSED", "");
    }

    private void keep(CirculationEvent event, String kind) {
        fleet.noticed(event.terminal().login(), event.at(), kind, event.item());
    }
}
