package fi.kimppa.kiosk;

import fi.kimppa.device.DeviceHistory;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.kiosk.runtime.StatusReporter;
import fi.kimppa.kiosk.runtime.TagOrder;
import fi.kimppa.kiosk.runtime.TagOrders;
import fi.kimppa.kiosk.runtime.TagOutcome;
import fi.kimppa.kiosk.runtime.TagWriter;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pad at a member of staff's desk: it reports how it is and writes tags when the gateway tells it to. No window, no SIP2, nobody
 * who logs in: whoever orders has signed in at the gateway. Wired by hand.
 *
 * <p>Threads: any may call any method; tags are written on a thread of its own.
 */
public final class StaffPad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StaffPad.class);
    private static final String STATE = "STAFF_PAD";
    /** A tag that is being written is written to its end. */
    private static final int PATIENCE_SECONDS = 5;

    private final RfidPad pad;
    private final TagWriter writer;
    private final TagOrders orders = new TagOrders(this::carryOut);
    private final StatusReporter reporter;
    private final Optional<DeviceHistory> history;
    private final ExecutorService hands = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("staff-pad").factory());

    /** Opens the pad; nothing else happens before {@link #start()}. A pad that is away comes later by itself. */
    public StaffPad(StaffPadConfiguration configuration) {
        history = configuration.data().map(folder -> DeviceHistory.open(folder.resolve("pad.history")));
        pad = RfidPad.open(configuration.pad());
        writer = new TagWriter(pad);
        reporter = new StatusReporter(
                new StatusReporter.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password(),
                        configuration.reportEvery(),
                        Kiosk.version()),
                Kiosk.clock(configuration.clockStart()),
                () -> STATE,
                () -> 0,
                () -> 0,
                () -> 0,
                Optional.of(orders),
                Optional.empty(),
                Optional.empty());
    }

    /** Begins to report and to take orders. */
    public void start() {
        reporter.watch(pad);
        history.ifPresent(counts -> counts.follow(pad));
        reporter.start();
    }

    private void carryOut(TagOrder order) {
        hands.execute(() -> {
            TagWriter.Result result = written(order);
            LOG.info("order {} for item {}: {}", order.id(), order.item(), result.outcome());
            orders.ended(order.id(), result.outcome(), result.uid());
            reporter.changed();
        });
    }

    /** Whatever goes wrong, staff are told. */
    private TagWriter.Result written(TagOrder order) {
        try {
            return writer.write(order);
        } catch (RuntimeException e) {
            LOG.error("order {} could not be carried out", order.id(), e);
            return new TagWriter.Result(TagOutcome.WRITE_FAILED, Optional.empty());
        }
    }

    /** Takes no more orders, and ends. */
    @Override
    public void close() {
        reporter.close();
        hands.shutdown();
        try {
            if (!hands.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a tag was still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pad.close();
        history.ifPresent(DeviceHistory::close);
    }
}
