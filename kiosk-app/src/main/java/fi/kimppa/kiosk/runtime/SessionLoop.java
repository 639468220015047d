package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.Effect;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where the state of a kiosk changes: one thread takes events from one bounded queue, one after the other, and
 * makes a tick when nothing happens.
 *
 * <p>Threads: any may call any method. Listeners are called on the loop's thread and must hand over and return.
 */
public final class SessionLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
    private static final int MOST_EVENTS = 1024;
    private static final Duration TICK = Duration.ofMillis(250);

    private final BlockingQueue<KioskEvent> events = new ArrayBlockingQueue<>(MOST_EVENTS);
    private final List<Consumer<KioskState>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private final Thread thread =
            Thread.ofPlatform().name("kiosk-session").daemon().unstarted(this::run);
    private volatile KioskState state;
    private volatile Consumer<Effect> effects = _ -> {};
    private volatile boolean closed;
    private volatile long turnedAt = System.nanoTime();

    /** A loop that begins in this state when it is started. */
    public SessionLoop(KioskState start, Clock clock) {
        this.state = start;
        this.clock = clock;
    }

    /** Begins. */
    public void start(Consumer<Effect> runner) {
        effects = runner;
        thread.start();
    }

    /** What the kiosk is doing now. */
    public KioskState state() {
        return state;
    }

    /** Tells {@code listener} each new state from now on. */
    public void addListener(Consumer<KioskState> listener) {
        listeners.add(listener);
    }

    /** Hands an event over and returns at once; for people. With a full queue the touch is lost and may be repeated. */
    public void offer(KioskEvent event) {
        if (!events.offer(event)) {
            LOG.warn(
                    "{} events wait: dropped one of kind {}",
                    MOST_EVENTS,
                    event.getClass().getSimpleName());
        }
    }

    /** Hands an event over that must not be lost; for devices and answers. Waits while the queue is full. */
    public void post(KioskEvent event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When the loop last came round, by {@link System#nanoTime}; never long ago, unless something holds it up. */
    public long turnedAt() {
        return turnedAt;
    }

    private void run() {
        long nextTick = System.nanoTime();
        while (!closed) {
            try {
                long left = nextTick - System.nanoTime();
                KioskEvent event = left > 0 ? events.poll(left, TimeUnit.NANOSECONDS) : null;
                if (event != null) {
                    handle(event);
                } else {
                    nextTick = System.nanoTime() + TICK.toNanos();
                    handle(new KioskEvent.Tick(clock.instant()));
                }
                turnedAt = System.nanoTime();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void handle(KioskEvent event) {
        KioskState before = state;
        Step step = step(before, event);
        KioskState next = step.next();
        state = next;
        step.effects().forEach(effects);
        if (!next.equals(before)) {
            listeners.forEach(listener -> tell(listener, next));
        }
    }

    private static Step step(KioskState before, KioskEvent event) {
        try {
            return KioskSession.step(before, event);
        } catch (RuntimeException e) {
            // A fault in the rules must not leave a patron's session open for the next person.
            LOG.error("{} in {}: session abandoned", event.getClass().getSimpleName(), name(before), e);
            return KioskSession.abandon(before);
        }
    }

    private static void tell(Consumer<KioskState> listener, KioskState state) {
        try {
            listener.accept(state);
        } catch (RuntimeException e) {
            LOG.error("a listener failed on {}", name(state), e);
        }
    }

    private static String name(KioskState state) {
        return state.getClass().getSimpleName();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
