package fi.kimppa.gateway.capture;

import fi.kimppa.gateway.capture.CaptureStore.Row;
import fi.kimppa.sip2.capture.CaptureLine.Kind;
import fi.kimppa.sip2.capture.WireText;
import fi.kimppa.sip2.wire.WireProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Gives messages their stand-ins and writes them in batches, on a thread of its own. What conversations bring while
 * too much waits already is dropped and counted.
 *
 * <p>Threads: {@link #offer} may be called by any; it never waits.
 */
@Component
class CaptureWriter implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CaptureWriter.class);
    private static final int BATCH = 500;
    private static final long MOST_WAITING_BYTES = 16L << 20;
    private static final long PAUSE_MILLIS = 200;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    private record Waiting(Running capture, long connection, Taken taken) {}

    private record Place(long capture, long connection) {}

    /** What is known of a connection: for the thread that writes. */
    private static final class Line {
        private final KnownWords known = new KnownWords();
        private String wire = "";
    }

    private final CaptureStore store;
    private final BlockingQueue<Waiting> queue;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Place, Line> lines = new HashMap<>();
    private volatile Set<Long> remembered = Set.of();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    CaptureWriter(CaptureStore store, CaptureSettings settings) {
        this.store = store;
        this.queue = new LinkedBlockingQueue<>(settings.waitingLines());
    }

    /** Takes a message to be written, unless too many wait. */
    void offer(Running capture, long connection, Taken taken) {
        int length = taken.line().length;
        boolean room =
                bytes.addAndGet(length) <= MOST_WAITING_BYTES && queue.offer(new Waiting(capture, connection, taken));
        if (!room) {
            bytes.addAndGet(-length);
            taken.erase();
            capture.dropped().incrementAndGet();
        }
    }

    /** Of captures that have ended nothing is remembered any more. */
    void remember(Set<Long> captures) {
        remembered = captures;
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        while (running || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                    batch.clear();
                }
                lines.keySet().removeIf(place -> !remembered.contains(place.capture()));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void write(List<Waiting> batch) {
        Map<Running, List<Row>> rows = new LinkedHashMap<>();
        for (Waiting waiting : batch) {
            copy(waiting, rows.computeIfAbsent(waiting.capture(), _ -> new ArrayList<>()));
            bytes.addAndGet(-waiting.taken().line().length);
            waiting.taken().erase();
        }
        rows.forEach((capture, lines) -> {
            long dropped = capture.dropped().getAndSet(0);
            try {
                store.append(capture.id(), lines, dropped);
            } catch (DataAccessException | TransactionException e) {
                capture.dropped().addAndGet(dropped + lines.size());
                log.warn(
                        "{} lines of the capture of {} are lost: {}", lines.size(), capture.terminal(), e.getMessage());
            }
        });
    }

    /** A message that the masking cannot take is dropped: better a gap than a card. */
    private void copy(Waiting waiting, List<Row> rows) {
        Taken taken = waiting.taken();
        Place place = new Place(waiting.capture().id(), waiting.connection());
        Line line = lines.computeIfAbsent(place, _ -> new Line());
        switch (taken.kind()) {
            case OPEN, WIRE -> rows.add(new Row(taken.at(), waiting.connection(), taken.kind(), taken.link()));
            case CLOSE -> {
                rows.add(new Row(taken.at(), waiting.connection(), taken.kind(), taken.link()));
                lines.remove(place);
            }
            case REQUEST, RESPONSE -> {
                WireProfile profile = taken.agreement().codec().profile();
                String wire = profile.charset().name() + " " + profile.delimiter();
                if (!wire.equals(line.wire)) {
                    line.wire = wire;
                    rows.add(new Row(taken.at(), waiting.connection(), Kind.WIRE, wire));
                }
                try {
                    byte[] copy = waiting.capture().masking().copy(taken.line(), taken.agreement(), line.known);
                    rows.add(new Row(taken.at(), waiting.connection(), taken.kind(), WireText.of(copy)));
                } catch (RuntimeException e) {
                    waiting.capture().dropped().incrementAndGet();
                    log.error(
                            "A message of {} could not be captured",
                            waiting.capture().terminal(),
                            e);
                }
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("capture-writer").daemon().start(this::write);
    }

    /** Writes what waits. */
    @Override
    public void stop() {
        running = false;
        Thread writing = thread;
        if (writing != null) {
            try {
                boolean _ = writing.join(PATIENCE_AT_STOP);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the conversations have. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
