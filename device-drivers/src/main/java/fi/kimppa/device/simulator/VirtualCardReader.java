package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place on the virtual desk where contactless cards are held: seen through PC/SC when vsmartcard-vpcd waits for cards, and by
 * hosts in memory. Threads: any.
 */
public final class VirtualCardReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualCardReader.class);
    private static final Duration SHORT_ABSENCE = Duration.ofMillis(100);

    private final CardPlace place = new CardPlace();
    private final OptionalInt vpcd;
    private final DeskClock clock;
    private final Runnable changed;
    private Optional<VirtualCard> lying = Optional.empty();
    private Optional<VpcdCard> onVpcd = Optional.empty();
    private Optional<Trembling> trembling = Optional.empty();
    /** Counts what was done with cards, so that what was meant for an earlier one does not happen to a later one. */
    private long turn;
    /** How many cards a hand has laid. */
    private long laid;

    /** A hand that does not hold its card still. */
    private record Trembling(LineFaults faults, Random random) {
        /** So many answers until the card leaves the field. */
        int answers() {
            int answers = 0;
            while (random.nextInt(1_000) >= faults.perMille()) {
                answers++;
            }
            return answers;
        }

        Duration absence() {
            return Duration.ofMillis(1 + random.nextLong(faults.longestDelay().toMillis()));
        }
    }

    VirtualCardReader(OptionalInt vpcd, DeskClock clock, Runnable changed) {
        this.vpcd = vpcd;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Lays a card down; one that lay there is taken away.
     *
     * @throws fi.kimppa.device.DeviceException.LinkException when vsmartcard-vpcd is to see it and does not wait for a card; then no
     *     card lies there
     */
    public void lay(VirtualCard card) {
        put(card);
    }

    private long put(VirtualCard card) {
        try {
            synchronized (this) {
                away();
                hold(card);
                lying = Optional.of(card);
                return ++laid;
            }
        } finally {
            changed.run();
        }
    }

    /** Holds a card to the reader for so long by the desk's clock; otherwise as {@link #lay}. */
    public void touch(VirtualCard card, Duration time) {
        long mine = put(card);
        clock.after(time, () -> lift(mine));
    }

    /** Takes the card away. */
    public void lift() {
        synchronized (this) {
            away();
        }
        changed.run();
    }

    /** Serves one host in memory until its link ends; blocks. Each read of the link must give one whole command. */
    public void serve(ByteLink link) {
        place.serve(link);
    }

    /**
     * From the next card on, cards leave the field in the middle of a command and come back after at most the longest delay: what
     * goes wrong between a card and its reader, where damaged bytes are found out by the radio itself.
     */
    public synchronized void endanger(LineFaults faults) {
        trembling = faults.perMille() == 0
                ? Optional.empty()
                : Optional.of(new Trembling(faults, new Random(faults.seed())));
    }

    /** From the next card on, cards lie still. */
    public synchronized void heal() {
        trembling = Optional.empty();
    }

    private void lift(long which) {
        synchronized (this) {
            if (laid != which) {
                return;
            }
            away();
        }
        changed.run();
    }

    /** Puts a card into the field, for all who look; says when it left by itself. */
    private void hold(VirtualCard card) {
        long mine = turn;
        int answers = trembling.map(Trembling::answers).orElse(Integer.MAX_VALUE);
        Runnable gone = () -> slipped(card, mine);
        if (vpcd.isPresent()) {
            onVpcd = Optional.of(VpcdCard.lay(vpcd.getAsInt(), card, answers, gone));
        }
        place.lay(card, answers, gone);
    }

    private void away() {
        turn++;
        onVpcd.ifPresent(VpcdCard::close);
        onVpcd = Optional.empty();
        place.lift();
        lying = Optional.empty();
    }

    private synchronized void slipped(VirtualCard card, long then) {
        if (then == turn) {
            Duration absence = trembling.map(Trembling::absence).orElse(SHORT_ABSENCE);
            away();
            lying = Optional.of(card);
            long mine = turn;
            clock.after(absence, () -> back(card, mine));
        }
    }

    private synchronized void back(VirtualCard card, long then) {
        if (then != turn) {
            return;
        }
        try {
            hold(card);
        } catch (DeviceException e) {
            // The service ended meanwhile: there is no reader any more on which the card could lie.
            LOG.debug("{}", e.getMessage());
            away();
        }
    }

    synchronized DeskSnapshot.Card snapshot() {
        return new DeskSnapshot.Card(lying.map(VirtualCard::uid));
    }

    @Override
    public synchronized void close() {
        away();
    }
}
