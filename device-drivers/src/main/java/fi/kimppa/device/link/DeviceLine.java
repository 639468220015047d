package fi.kimppa.device.link;

import fi.kimppa.device.Counter;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceStatistics;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.TracedFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one device: opens its link, polls it while nobody else talks, drops the link at a failure and opens it again, and
 * keeps status and statistics. What every driver is built on.
 *
 * <p>Threads: any; one conversation at a time, in order of arrival. One daemon thread polls and reopens.
 */
public final class DeviceLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLine.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final DeviceId id;
    private final DeviceAddress address;
    private final LinkOpener opener;
    private final Manners manners;
    private final Clock clock;
    private final List<Consumer<DeviceStatus>> listeners = new CopyOnWriteArrayList<>();
    /** Fair, so that a driver whose poll is a long read still lets others through. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition wakeUp = lock.newCondition();
    private final Thread keeper;

    private final FrameRing ring;
    private final Map<Counter, LongAdder> work = new EnumMap<>(Counter.class);
    private final Instant opened;
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder connections = new LongAdder();

    private volatile DeviceStatus status;
    private volatile Optional<Instant> lastAnswer = Optional.empty();
    private volatile Optional<String> lastFailure = Optional.empty();
    private volatile Duration usable = Duration.ZERO;
    private volatile boolean closed;
    private volatile @Nullable ByteLink link;
    private long nextTry = System.nanoTime();
    private Duration pause = FIRST_PAUSE;
    private long lastTalk = System.nanoTime();

    /**
     * How a driver behaves on its line.
     *
     * @param greet the first conversation on a new link: identify, bring to a safe state; says what is wrong, if anything
     * @param poll the cheapest conversation that shows whether the device is there; says what is wrong, if anything
     * @param interval of silence after which is polled; zero for a driver that always reads
     * @param mask for the frames that are kept
     */
    public record Manners(
            Function<ByteLink, Optional<StatusReason>> greet,
            Function<ByteLink, Optional<StatusReason>> poll,
            Duration interval,
            FrameMask mask) {
        /** Manners of a device that sends numbers as plain text, if at all. */
        public Manners(
                Function<ByteLink, Optional<StatusReason>> greet,
                Function<ByteLink, Optional<StatusReason>> poll,
                Duration interval) {
            this(greet, poll, interval, FrameMask.ofText());
        }
    }

    /** A line that opens its link once it is started. */
    public DeviceLine(DeviceId id, DeviceAddress address, LinkOpener opener, Manners manners, Clock clock) {
        this.id = id;
        this.address = address;
        this.opener = opener;
        this.manners = manners;
        this.clock = clock;
        this.ring = new FrameRing(manners.mask(), clock);
        this.opened = clock.instant();
        for (Counter counter : Counter.values()) {
            work.put(counter, new LongAdder());
        }
        this.status = new DeviceStatus.Absent(StatusReason.CONNECTING, clock.instant());
        // A platform thread: serial reads block in native code and would pin a carrier.
        this.keeper = Thread.ofPlatform().daemon().name("line-" + id).unstarted(this::keep);
    }

    /** Starts the thread; apart from the constructor, so that a driver is complete before its manners are asked for. */
    public void start() {
        keeper.start();
    }

    /** Which device it leads to. */
    public DeviceId id() {
        return id;
    }

    /** Where that is. */
    public DeviceAddress address() {
        return address;
    }

    /** The last known status. */
    public DeviceStatus status() {
        return status;
    }

    /** What was counted so far. */
    public DeviceStatistics statistics() {
        Map<Counter, Long> counted = new EnumMap<>(Counter.class);
        work.forEach((counter, adder) -> {
            if (adder.sum() > 0) {
                counted.put(counter, adder.sum());
            }
        });
        DeviceStatus now = status;
        Duration since = now.usable() ? Duration.between(now.since(), clock.instant()) : Duration.ZERO;
        return new DeviceStatistics(
                opened, usable.plus(since), exchanges.sum(), failures.sum(), connections.sum(), lastAnswer, counted);
    }

    /** Counts a piece of the device's work. */
    public void count(Counter counter) {
        count(counter, 1);
    }

    /** Counts several pieces of the device's work. */
    public void count(Counter counter, int times) {
        Objects.requireNonNull(work.get(counter)).add(times);
    }

    /** What the last conversation failed with; empty when it did not. */
    public Optional<String> lastFailure() {
        return lastFailure;
    }

    /** The last frames on this line, oldest first. */
    public List<TracedFrame> trace() {
        return ring.frames();
    }

    /** Tells {@code listener} each change, on the thread on which it was noticed, before the conversation ends. */
    public void onStatus(Consumer<DeviceStatus> listener) {
        listeners.add(listener);
    }

    /**
     * Talks to the device, opening the link if it is time to try.
     *
     * @throws DeviceException when the device is away; the link is then dropped and opened again later
     */
    public <T> T talk(Function<ByteLink, T> conversation) {
        lock.lock();
        try {
            ByteLink open = opened();
            try {
                T answer = conversation.apply(open);
                succeeded();
                return answer;
            } catch (RuntimeException e) {
                failed(e);
                throw e;
            }
        } finally {
            ring.end();
            lock.unlock();
        }
    }

    /** Says what is wrong with a device that answers; empty when all is well. Call it within a conversation. */
    public void report(Optional<StatusReason> reason) {
        become(reason.<DeviceStatus>map(why -> new DeviceStatus.Degraded(why, clock.instant()))
                .orElseGet(() -> new DeviceStatus.Ready(clock.instant())));
    }

    /** Polls now and returns the status. A device that is away is tried even if its pause is not over. */
    public DeviceStatus check() {
        lock.lock();
        try {
            nextTry = System.nanoTime();
            poll();
        } finally {
            lock.unlock();
        }
        return status;
    }

    private void poll() {
        try {
            talk(open -> {
                report(manners.poll().apply(open));
                return status;
            });
        } catch (DeviceException e) {
            LOG.debug("{} {}", id, e.getMessage());
        } catch (RuntimeException e) {
            // Ours, not the device's; the line lives on, and tries again as for a device that is away.
            LOG.error("{}: a conversation ended in a surprise", id, e);
        }
    }

    private ByteLink opened() {
        ByteLink open = link;
        if (open != null) {
            return open;
        }
        if (closed || System.nanoTime() - nextTry < 0) {
            throw new LinkException(
                    address,
                    Phase.OPEN,
                    Duration.ZERO,
                    closed ? StatusReason.CLOSED : status.why().orElse(StatusReason.CONNECTING),
                    closed ? "closed" : "not there; will be tried again soon");
        }
        try {
            open = ring.on(opener.open());
            link = open;
            if (closed) {
                open.close();
            }
            Optional<StatusReason> reason = manners.greet().apply(open);
            opener.found();
            connections.increment();
            lastAnswer = Optional.of(clock.instant());
            report(reason);
            return open;
        } catch (RuntimeException e) {
            RuntimeException told = e instanceof DeviceException failure ? opener.missed(failure) : e;
            failed(told);
            throw told;
        }
    }

    private void succeeded() {
        pause = FIRST_PAUSE;
        lastTalk = System.nanoTime();
        exchanges.increment();
        lastFailure = Optional.empty();
        lastAnswer = Optional.of(clock.instant());
    }

    private void failed(RuntimeException e) {
        drop();
        failures.increment();
        lastFailure = Optional.ofNullable(e.getMessage());
        if (opener.hasAnother()) {
            nextTry = System.nanoTime();
        } else {
            // Up to a quarter less, so that devices that were lost together are not tried together for ever.
            nextTry = System.nanoTime()
                    + pause.toNanos() * ThreadLocalRandom.current().nextInt(75, 101) / 100;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
        if (!closed) {
            StatusReason reason = e instanceof DeviceException known ? known.reason() : StatusReason.DEVICE_ERROR;
            become(new DeviceStatus.Absent(reason, clock.instant()));
        }
        wakeUp.signalAll();
    }

    private void drop() {
        ByteLink open = link;
        if (open != null) {
            link = null;
            open.close();
        }
    }

    private void become(DeviceStatus next) {
        DeviceStatus before = status;
        // A device that is away stays away since the first failure, even when the next attempt fails in another way.
        boolean stillAway = before instanceof DeviceStatus.Absent(StatusReason reason, Instant _)
                && next instanceof DeviceStatus.Absent
                && reason != StatusReason.CONNECTING;
        if (stillAway || (before.getClass() == next.getClass() && before.why().equals(next.why()))) {
            return;
        }
        if (before.usable()) {
            usable = usable.plus(Duration.between(before.since(), next.since()));
        }
        status = next;
        LOG.info("{} at {} is {}", id, address, next);
        listeners.forEach(listener -> listener.accept(next));
    }

    private void keep() {
        while (!closed) {
            lock.lock();
            try {
                long now = System.nanoTime();
                long due =
                        link == null ? nextTry : lastTalk + manners.interval().toNanos();
                if (due - now > 0) {
                    wakeUp.awaitNanos(due - now);
                } else {
                    poll();
                }
            } catch (InterruptedException _) {
                // Only close() interrupts, and the loop's condition sees it.
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ByteLink open = link;
        if (open != null) {
            open.close();
        }
        keeper.interrupt();
        lock.lock();
        try {
            drop();
            opener.close();
            become(new DeviceStatus.Absent(StatusReason.CLOSED, clock.instant()));
        } finally {
            lock.unlock();
        }
    }
}
