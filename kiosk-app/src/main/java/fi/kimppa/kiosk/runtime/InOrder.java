package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.DiskOrder;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Request;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what happens to a thing in its order: while a return or a loan of it waits on disk, nothing later is said of it on the live
 * line (sip2.md section 12). Who borrows what is theirs already, by a loan on disk, is answered here.
 *
 * <p>Threads: any.
 */
final class InOrder {
    private static final Logger LOG = LoggerFactory.getLogger(InOrder.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Spool spool;
    private final Runnable hurry;

    /**
     * An order.
     *
     * @param hurry has the library told what waits, if it answers; returns at once
     */
    InOrder(Spool spool, Runnable hurry) {
        this.spool = spool;
        this.hurry = hurry;
    }

    /** The answer to a loan that stands on disk already. */
    Optional<CheckoutResponse> standing(Request request) {
        return DiskOrder.standing(request, DiskOrder.thing(request).flatMap(this::last));
    }

    /** Waits for a moment until nothing earlier waits of a thing; {@code false} if something still does. */
    boolean mayFollow(String thing) {
        if (!waits(thing)) {
            return true;
        }
        hurry.run();
        long began = System.nanoTime();
        while (waits(thing) && System.nanoTime() - began < PATIENCE.toNanos()) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !waits(thing);
    }

    private boolean waits(String thing) {
        return last(thing).isPresent();
    }

    private Optional<Request> last(String thing) {
        try {
            return spool.last(thing);
        } catch (SpoolException e) {
            LOG.error("what waits of a thing cannot be read", e);
            return Optional.empty();
        }
    }
}
