package fi.kimppa.device.link;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Faults on the links to one device, drawn from a seed: whatever arrives or is sent may be late, lost, damaged, doubled or cut in half,
 * the link may be reset and the device may lose its power. What goes wrong depends on the seed, on how many links were opened before,
 * and on what was read and written on this one; so a script that found something finds it again, as far as threads and time allow.
 *
 * <p>As at a serial port, what is late outlives the link that was closed meanwhile and arrives on the next one.
 *
 * <p>Threads: one link at a time; {@link #end()} and {@link #faults()} from any.
 */
public final class FaultScript {
    private static final int PER_MILLE = 1_000;
    private static final List<Fault> FAULTS = List.of(Fault.values());

    private final long seed;
    private final int perMille;
    private final Duration longestDelay;
    private final Runnable powerCut;
    private final AtomicInteger links = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Piece> late = new ConcurrentLinkedDeque<>();
    private volatile boolean checked;
    private volatile boolean ended;

    /** What happens to one reading or one writing. */
    enum Fault {
        NONE,
        LATE,
        LOST,
        DAMAGED,
        TWICE,
        HALF,
        RESET,
        POWER_CUT
    }

    /**
     * Bytes on their way to the host.
     *
     * @param due when they arrive, as {@link System#nanoTime()}
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and never leaves this package.
    record Piece(byte[] bytes, long due) {}

    /**
     * A script that has not begun yet.
     *
     * @param perMille how many of a thousand readings and writings are in danger; of these one in eight goes well all the same
     * @param longestDelay of what is late
     * @param powerCut takes the device's power and gives it back; run on the thread that reads or writes
     */
    public FaultScript(long seed, int perMille, Duration longestDelay, Runnable powerCut) {
        if (perMille < 0 || perMille > PER_MILLE || longestDelay.toMillis() < 1) {
            throw new IllegalArgumentException("Expected 0 to 1000 per mille and a delay of at least 1 ms");
        }
        this.seed = seed;
        this.perMille = perMille;
        this.longestDelay = longestDelay;
        this.powerCut = powerCut;
    }

    /** From now on the link is one with check sums of its own, as TCP has: it does not deliver what is damaged, it ends. */
    public FaultScript checked() {
        checked = true;
        return this;
    }

    /** The link with these faults. */
    public ByteLink on(ByteLink link) {
        int number = links.getAndIncrement();
        return new ScriptedLink(link, this, new Random(seed * 31 + number), number);
    }

    /** From now on nothing goes wrong any more; what is late may still come. */
    public void end() {
        ended = true;
    }

    /** What has gone wrong so far, in order, for the message of a test that fails. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Decides what goes wrong next. */
    Fault next(Random random, String what) {
        boolean wrong = random.nextInt(PER_MILLE) < perMille;
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        fault = checked && fault == Fault.DAMAGED ? Fault.RESET : fault;
        if (!wrong || ended) {
            return Fault.NONE;
        }
        faults.add(what + ": " + fault);
        return fault;
    }

    Duration delay(Random random) {
        return Duration.ofMillis(1 + random.nextLong(longestDelay.toMillis()));
    }

    ConcurrentLinkedDeque<Piece> late() {
        return late;
    }

    void cutPower() {
        late.clear();
        powerCut.run();
    }

    @Override
    public String toString() {
        return "fault script of seed " + seed + ", " + faults;
    }
}
