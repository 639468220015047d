package fi.kimppa.kiosk.runtime;

import fi.kimppa.device.link.LibC;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager of the system (systemd, sd_notify) that the kiosk is ready, and from then on that it lives, as often as it
 * wants to hear. It lives while every pulse beats: a process that runs but whose screen stands still is to be started anew.
 *
 * <p>Threads: one of its own.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration UNTIL_READY = Duration.ofMillis(50);

    private final Consumer<String> manager;
    private final Optional<Duration> limit;
    private final List<Pulse> pulses;
    private final LongSupplier nanos;
    private final long began;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kiosk-watchdog").daemon().factory());
    private boolean ready;
    private boolean fed = true;

    /**
     * A part of the kiosk that must not stand still.
     *
     * @param of what it is, for the log
     * @param ask asks for a beat where none comes by itself; returns at once
     * @param beatAt when it last beat, by {@link System#nanoTime}
     */
    public record Pulse(String of, Runnable ask, LongSupplier beatAt) {}

    /**
     * A watchdog that does nothing by itself.
     *
     * @param manager takes messages of the sd_notify protocol
     * @param limit after which silence means that the kiosk is dead; without it only {@code READY=1} is told
     * @param nanos as {@link System#nanoTime}
     */
    Watchdog(Consumer<String> manager, Optional<Duration> limit, List<Pulse> pulses, LongSupplier nanos) {
        this.manager = manager;
        this.limit = limit;
        this.pulses = List.copyOf(pulses);
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /**
     * Begins, if the environment names a service manager. {@code WATCHDOG_PID} is not looked at: it names the compositor, which is
     * the service's main process and has this one as its child.
     *
     * @param environment with {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC}
     */
    public static Optional<Watchdog> start(Map<String, String> environment, List<Pulse> pulses) {
        return Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
                .filter(socket -> !socket.isBlank())
                .map(socket -> {
                    var watchdog = new Watchdog(
                            message -> send(socket, message), limit(environment), pulses, System::nanoTime);
                    watchdog.after(Duration.ZERO);
                    return watchdog;
                });
    }

    /** How long the service manager waits for a word, if it waits for one. */
    static Optional<Duration> limit(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                .filter(micros -> micros.matches("[1-9]\\d{0,14}"))
                .map(micros -> Duration.ofNanos(Long.parseLong(micros) * 1_000));
    }

    private static void send(String socket, String message) {
        int sent = LibC.sendDatagram(socket, message.getBytes(StandardCharsets.US_ASCII));
        if (sent < 0) {
            LOG.warn("{}: the service manager was not told {}, system error {}", socket, message, -sent);
        }
    }

    private void after(Duration pause) {
        try {
            var _ = timer.schedule(this::run, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // Closed meanwhile.
        }
    }

    private void run() {
        try {
            turn().ifPresent(this::after);
        } catch (RuntimeException e) {
            LOG.error("the watchdog is not fed any more", e);
        }
    }

    /** Feels every pulse once, and says how long until the next time; never again where nobody waits for more. */
    Optional<Duration> turn() {
        long now = nanos.getAsLong();
        boolean starting = !ready;
        if (starting) {
            starting = !pulses.stream().allMatch(pulse -> pulse.beatAt().getAsLong() - began > 0);
            if (!starting) {
                ready = true;
                manager.accept("READY=1");
            }
        } else {
            limit.ifPresent(longest -> feed(now, longest.dividedBy(2)));
        }
        pulses.forEach(pulse -> pulse.ask().run());
        return starting ? Optional.of(UNTIL_READY) : limit.map(longest -> longest.dividedBy(4));
    }

    private void feed(long now, Duration longest) {
        Optional<Pulse> still = pulses.stream()
                .filter(pulse -> now - pulse.beatAt().getAsLong() > longest.toNanos())
                .findFirst();
        if (still.isEmpty()) {
            manager.accept("WATCHDOG=1");
        } else if (fed) {
            LOG.error(
                    "{} has stood still for {} s: the watchdog is not fed",
                    still.get().of(),
                    longest.toSeconds());
        }
        fed = still.isEmpty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
