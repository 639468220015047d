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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Hears what other features tell, once it is certain, and keeps what staff should know of: once a second, all of it in one
 * transaction. Whoever tells still holds a connection to the database, and a hundred machines whose returns wait at the same time
 * would wait for a second one each. What could not be written stays here for the next time; what a gateway that is killed had
 * not written yet is in the journal, whose pages show it.
 */
@Component
class FleetNews implements DisposableBean {
    /** How many are written in one transaction: reports of devices wait for its end. */
    private static final int AT_ONCE = 500;

    private final Fleet fleet;
    private final Queue<Noticed> heard = new ConcurrentLinkedQueue<>();

    FleetNews(Fleet fleet) {
        this.fleet = fleet;
    }

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
        heard.add(new Noticed(terminal, at, kind, detail));
    }

    /** Writes down what is new. */
    @Scheduled(fixedDelayString = "PT1S")
    synchronized void write() {
        List<Noticed> news = heard.stream().limit(AT_ONCE).toList();
        if (news.isEmpty()) {
            return;
        }
        fleet.noticed(news);
        news.forEach(_ -> heard.remove());
    }

    /** The last news. */
    @Override
    public void destroy() {
        write();
    }
}
