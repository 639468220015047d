package fi.kimppa.kiosk.runtime;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.rfid.PadEvent;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.PendingSecurity;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.SecurityLedger;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the session what comes onto the pad and what leaves it, in order. A tag that is still owed its security from before a power
 * cut, or from a patron who has gone, is put right first; but only after the library was asked how the item stands now, since it may
 * have been returned or lent elsewhere in the meantime. What the library has not heard of yet is known here, and nobody is asked.
 */
public final class PadRounds implements Consumer<PadEvent>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PadRounds.class);

    private final RfidPad pad;
    private final SecurityLedger ledger;
    private final Spool spool;
    private final GatewayLine gateway;
    private final String institution;
    private final Clock clock;
    private final ZoneId zone;
    private final BooleanSupplier sessionIsBusy;
    private final Consumer<KioskEvent> post;
    private final ExecutorService order = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("kiosk-pad").factory());

    /**
     * Rounds over a pad.
     *
     * @param sessionIsBusy whether somebody is borrowing or returning; the session then looks after the tags itself
     * @param post takes what came and left; may wait
     */
    public PadRounds(
            RfidPad pad,
            SecurityLedger ledger,
            Spool spool,
            GatewayLine gateway,
            String institution,
            Clock clock,
            ZoneId zone,
            BooleanSupplier sessionIsBusy,
            Consumer<KioskEvent> post) {
        this.pad = pad;
        this.ledger = ledger;
        this.spool = spool;
        this.gateway = gateway;
        this.institution = institution;
        this.clock = clock;
        this.zone = zone;
        this.sessionIsBusy = sessionIsBusy;
        this.post = post;
    }

    @Override
    public void accept(PadEvent event) {
        order.execute(() -> {
            switch (event) {
                case PadEvent.Arrived _ -> {
                    // What may only be passing is nothing to a session yet.
                }
                case PadEvent.Stable(PadTag tag) -> post.accept(new KioskEvent.TagArrived(repaired(tag)));
                case PadEvent.Left(var uid) -> post.accept(new KioskEvent.TagLeft(uid));
            }
        });
    }

    private PadTag repaired(PadTag tag) {
        try {
            List<PendingSecurity> owed = sessionIsBusy.getAsBoolean()
                    ? List.of()
                    : ledger.pending().stream()
                            .filter(pending -> pending.uid().equals(tag.uid()))
                            .toList();
            PadTag now = tag;
            for (PendingSecurity pending : owed) {
                now = repair(now, pending);
            }
            if (!owed.isEmpty()) {
                // Nobody is here, and the visit that owed it has ended long ago.
                ledger.tidy();
            }
            return now;
        } catch (RuntimeException e) {
            LOG.error("a tag that is owed its security was left as it is", e);
            return tag;
        }
    }

    private PadTag repair(PadTag tag, PendingSecurity pending) {
        Optional<Boolean> charged = spool.lent(pending.identifier()).or(() -> charged(pending.identifier()));
        if (charged.isEmpty()) {
            return tag;
        }
        if (charged.get() != (pending.target() == TagSecurity.UNSECURED)) {
            LOG.info("the item of tag {} stands otherwise now: nothing is owed any more", pending.uid());
            ledger.settle(pending.operation(), pending.uid());
            return tag;
        }
        try {
            if (pad.setSecurity(pending.uid(), pending.identifier(), pending.target())
                    instanceof SecurityWrite.Verified) {
                LOG.info("tag {} is now {}", pending.uid(), pending.target());
                ledger.settle(pending.operation(), pending.uid());
                return new PadTag(tag.uid(), tag.dsfid(), tag.content(), Optional.of(pending.target()));
            }
            ledger.attempted(pending.operation(), pending.uid());
        } catch (DeviceException e) {
            LOG.warn("tag {} stays owed: {}", pending.uid(), e.getMessage());
        }
        return tag;
    }

    /** Whether the item is on loan now; empty when nobody answers. */
    private Optional<Boolean> charged(String identifier) {
        CompletableFuture<Optional<Boolean>> answer = new CompletableFuture<>();
        gateway.send(
                new ItemInformation(
                        Timestamp.of(clock.instant(), zone), institution, identifier, Optional.empty(), List.of()),
                new GatewayLine.Outcome() {
                    @Override
                    public void answered(Response response) {
                        answer.complete(
                                response instanceof ItemInformationResponse item
                                                && !item.titleIdentifier().isBlank()
                                        ? Optional.of(item.onLoan())
                                        : Optional.empty());
                    }

                    @Override
                    public void unanswered(boolean neverSent) {
                        answer.complete(Optional.empty());
                    }

                    @Override
                    public void late(Response response) {
                        LOG.debug("a 17 was answered late");
                    }

                    @Override
                    public void over() {
                        LOG.trace("a 17 is over");
                    }
                });
        return answer.join();
    }

    @Override
    public void close() {
        order.shutdownNow();
    }
}
