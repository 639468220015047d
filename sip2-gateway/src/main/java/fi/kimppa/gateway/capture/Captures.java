package fi.kimppa.gateway.capture;

import fi.kimppa.gateway.capture.Capture.Ending;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The captures that run, at all gateways of a database: each looks twice a second whether the record of changes has
 * grown, since every beginning and end is a line in it. May be used by several threads.
 */
@Component
public class Captures {
    /** What the record's keys begin with. */
    public static final String KEY = "capture.";

    private static final Logger log = LoggerFactory.getLogger(Captures.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int LEAST_WORDS = 3;
    private static final int LEAST_REASON = 15;
    private static final int MOST_REASON = 500;

    private final CaptureStore store;
    private final CaptureWriter writer;
    private final CaptureSettings settings;
    private final Settings record;
    private final Clock clock;
    /** Different at each gateway, so that connections of all have numbers of their own. */
    private final AtomicLong connections = new AtomicLong((long) RANDOM.nextInt(Integer.MAX_VALUE) << Integer.SIZE);

    private volatile Map<String, Running> running = Map.of();
    private long seen = -1;

    Captures(CaptureStore store, CaptureWriter writer, CaptureSettings settings, Settings record, Clock clock) {
        this.store = store;
        this.writer = writer;
        this.settings = settings;
        this.record = record;
        this.clock = clock;
    }

    // ---- for conversations -------------------------------------------------------------------------------

    /** A tap for one connection. */
    public Tap tap() {
        return new Tap(this, connections.incrementAndGet());
    }

    boolean idle() {
        return running.isEmpty();
    }

    Instant now() {
        return clock.instant();
    }

    /** The capture of a terminal, if one runs. */
    Optional<Running> of(String login) {
        return Optional.ofNullable(running.get(login));
    }

    /** Takes something for a capture. Never waits; what comes too late is erased. */
    void take(Running capture, long connection, Taken taken) {
        if (taken.at().isBefore(capture.endsAt()) && capture.equals(running.get(capture.terminal()))) {
            writer.offer(capture, connection, taken);
        } else {
            taken.erase();
        }
    }

    // ---- for staff ---------------------------------------------------------------------------------------

    /**
     * Begins a capture.
     *
     * @param terminal login of a terminal that exists
     * @param time how long
     * @param masked whether persons have stand-ins
     * @param reason why; may be empty if masked
     * @param who name of the member of staff
     * @return why not; empty when it runs
     */
    Optional<CaptureRefusal> start(String terminal, Duration time, boolean masked, String reason, String who) {
        if (time.compareTo(CaptureSettings.SHORTEST) < 0 || time.compareTo(settings.longest()) > 0) {
            return Optional.of(CaptureRefusal.TIME);
        }
        String why = reason.strip().replaceAll("\\s+", " ");
        if (why.length() > MOST_REASON || (!masked && !isReason(why))) {
            return Optional.of(CaptureRefusal.REASON);
        }
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        AtomicReference<Optional<CaptureRefusal>> refusal = new AtomicReference<>(Optional.empty());
        record.audited(who, () -> {
            store.endOverdue();
            if (store.of(terminal).stream().anyMatch(Capture::running)) {
                refusal.set(Optional.of(CaptureRefusal.RUNNING));
                return List.of();
            }
            long id = store.insert(terminal, masked, who, time, key);
            String what = "#" + id + ", " + time.toMinutes() + " min" + (why.isEmpty() ? "" : ", " + why);
            return List.of(line(terminal, masked ? "masked" : "unmasked", what));
        });
        if (refusal.get().isEmpty()) {
            refresh();
            if (masked) {
                log.info("{} is captured for {} by {}", terminal, time, who);
            } else {
                log.warn(
                        "CARDS AND NAMES ARE WRITTEN DOWN: {} is captured unmasked for {} by {}: {}",
                        terminal,
                        time,
                        who,
                        why);
            }
        }
        return refusal.get();
    }

    private static boolean isReason(String text) {
        return text.length() >= LEAST_REASON && text.split(" ").length >= LEAST_WORDS;
    }

    private static Entry line(String terminal, String what, String value) {
        return new Entry(Scope.device(terminal), KEY + what, Optional.empty(), Optional.of(value));
    }

    /** Ends a capture before its time. */
    void stop(Capture capture, String who) {
        record.audited(
                who,
                () -> store.end(capture.id(), Ending.STOPPED)
                        ? List.of(line(capture.terminal(), "stopped", "#" + capture.id()))
                        : List.of());
        refresh();
    }

    /** Deletes a capture and all that it has, running or not. */
    void delete(Capture capture, String who) {
        record.audited(who, () -> {
            store.delete(capture.id());
            return List.of(line(capture.terminal(), "deleted", "#" + capture.id()));
        });
        refresh();
    }

    /** Writes down that somebody takes a capture home. */
    void downloaded(Capture capture, String who) {
        record.audited(who, () -> List.of(line(capture.terminal(), "downloaded", "#" + capture.id())));
    }

    // ---- what runs ---------------------------------------------------------------------------------------

    /** Sees what was begun and ended anywhere, and ends what has run its time. */
    @Scheduled(fixedDelayString = "PT0.5S")
    void look() {
        if (!running.isEmpty() || record.version() != seen) {
            refresh();
        }
    }

    private synchronized void refresh() {
        long version = record.version();
        store.endOverdue();
        Map<String, Running> before = running;
        Map<String, Running> now = store.running().stream()
                .map(found -> Optional.ofNullable(before.get(found.terminal()))
                        .filter(known -> known.id() == found.id())
                        .orElse(found))
                .collect(Collectors.toUnmodifiableMap(Running::terminal, Function.identity()));
        writer.remember(now.values().stream().map(Running::id).collect(Collectors.toUnmodifiableSet()));
        running = now;
        seen = version;
    }
}
