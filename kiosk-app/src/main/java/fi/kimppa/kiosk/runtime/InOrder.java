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
     * @param hurry has the library told what waits, if it answers, and staff if it cannot be read; returns at once
     */
    InOrder(Spool spool, Runnable hurry) {
        this.spool = spool;
        this.hurry = hurry;
    }

    /** The answer to a loan that stands on disk already; none while the disk cannot be read, which {@link #mayFollow} sees to. */
    Optional<CheckoutResponse> standing(Request request) {
        try {
            return DiskOrder.standing(request, DiskOrder.thing(request).flatMap(spool::last));
        } catch (SpoolException e) {
            LOG.error("whether a loan stands on disk cannot be read", e);
            return Optional.empty();
        }
    }

    /**
     * Waits for a moment until nothing earlier waits of a thing.
     *
     * @return false if something still does, or if that cannot be read: a loan before a return that waits would be lost to the return
     */
    boolean mayFollow(String thing) {
        try {
            if (spool.last(thing).isEmpty()) {
                return true;
            }
            hurry.run();
            long began = System.nanoTime();
            while (spool.last(thing).isPresent() && System.nanoTime() - began < PATIENCE.toNanos()) {
                Thread.sleep(LOOK);
            }
            return spool.last(thing).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (SpoolException e) {
            LOG.error("what waits of a thing cannot be read; it is held back", e);
            hurry.run();
            return false;
        }
    }
}
