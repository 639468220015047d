package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.tag.TagContent;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a pad and tells what arrives and what leaves. While the reader is away nothing is told: what lies there is not known
 * then; what was lifted meanwhile leaves when the reader is back.
 *
 * <p>Threads: one of its own; the listener is called on it, so it must hand over and return. Closing the watch does not close
 * the pad.
 */
public final class PadWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PadWatch.class);
    /** Readings of a tag without sense before that is told: the first ones may have met it on its way. */
    private static final int READINGS = 3;

    private static final int USUAL_PAUSE_MILLIS = 100;

    private final RfidPad pad;
    private final Duration pause;
    private final Consumer<PadEvent> listener;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private TagTracking tracking;
    /** Present by count, not yet read. */
    private final Set<Uid> unread = new LinkedHashSet<>();

    private final Map<Uid, Integer> readings = new HashMap<>();

    private PadWatch(RfidPad pad, TagTracking.Settings settings, Duration pause, Consumer<PadEvent> listener) {
        this.pad = pad;
        this.pause = pause;
        this.listener = listener;
        this.tracking = TagTracking.start(settings);
        this.thread = Thread.ofVirtual().name("watch-" + pad.id()).unstarted(this::watch);
    }

    /** Begins to watch with what the pad's address says: {@code seen}, {@code window}, {@code missed}, and {@code pause} in ms (100). */
    public static PadWatch start(RfidPad pad, Consumer<PadEvent> listener) {
        DeviceAddress address = pad.address();
        return start(
                pad,
                TagTracking.Settings.of(address),
                Duration.ofMillis(address.setting("pause", USUAL_PAUSE_MILLIS, 0, 10_000)),
                listener);
    }

    /**
     * Begins to watch.
     *
     * @param pause between two inventories while nothing happens; while a tag arrives or leaves there is none
     */
    public static PadWatch start(
            RfidPad pad, TagTracking.Settings settings, Duration pause, Consumer<PadEvent> listener) {
        var watch = new PadWatch(pad, settings, pause, listener);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        while (closing.getCount() > 0) {
            boolean settled = true;
            try {
                round();
                settled = unread.isEmpty() && !tracking.unsettled();
            } catch (DeviceException e) {
                LOG.debug("{}", e.getMessage());
            }
            try {
                // Never interrupted: an interrupt would close the socket on which a virtual thread waits.
                if (settled && closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void round() {
        TagTracking.Step step = tracking.observe(Set.copyOf(pad.inventory()));
        tracking = step.next();
        step.arrived().forEach(uid -> tell(new PadEvent.Arrived(uid)));
        unread.addAll(step.stable());
        for (Uid uid : step.left()) {
            unread.remove(uid);
            readings.remove(uid);
            tell(new PadEvent.Left(uid));
        }
        if (unread.isEmpty()) {
            return;
        }
        pad.identify(unread).forEach((uid, tag) -> {
            if (settled(tag)) {
                unread.remove(uid);
                readings.remove(uid);
                tell(new PadEvent.Stable(tag));
            }
        });
    }

    private boolean settled(PadTag tag) {
        return tag.content() instanceof TagContent.Decoded || readings.merge(tag.uid(), 1, Integer::sum) >= READINGS;
    }

    private void tell(PadEvent event) {
        if (closing.getCount() > 0) {
            listener.accept(event);
        }
    }

    /** Ends the watch; no event begins to be delivered after it returns. */
    @Override
    public void close() {
        closing.countDown();
    }
}
