package fi.kimppa.kiosk.session;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What staff have told the kiosk and what it has counted for them; on disk, so that they find it again after a restart. It names
 * things and bins, never a patron.
 *
 * @param closed why staff have taken the kiosk out of service, if they have
 * @param bins what has come into each bin since it was emptied, by the bin's number
 * @param day what was done on the last day on which anything was
 * @param slips for bins, that could not be printed yet, in order, the last hundred
 * @param papers receipts and slips since the paper was changed
 * @param wrongPins wrong PINs of staff cards in a row
 * @param pinsFrom before when no PIN of a staff card is tried
 * @param softer by how many steps of 6 dB staff have turned the loudspeaker down, 0 to {@link #SOFTEST}
 */
public record Upkeep(
        Optional<Closure> closed,
        Map<String, BinFill> bins,
        Day day,
        List<WaitingSlip> slips,
        int papers,
        int wrongPins,
        Optional<Instant> pinsFrom,
        int softer) {
    /** So many steps down at most: a kiosk whose sounds are wanted is never silent. */
    public static final int SOFTEST = 3;

    /** Nothing was told and nothing counted. */
    public static final Upkeep NONE =
            new Upkeep(Optional.empty(), Map.of(), Day.NOTHING, List.of(), 0, 0, Optional.empty(), 0);

    private static final int LONGEST_PAUSE_SECONDS = 900;

    /** With the loudspeaker as loud as it was delivered. */
    public Upkeep(
            Optional<Closure> closed,
            Map<String, BinFill> bins,
            Day day,
            List<WaitingSlip> slips,
            int papers,
            int wrongPins,
            Optional<Instant> pinsFrom) {
        this(closed, bins, day, slips, papers, wrongPins, pinsFrom, 0);
    }

    /** Takes a copy. */
    public Upkeep {
        softer = Math.clamp(softer, 0, SOFTEST);
        bins = Collections.unmodifiableMap(new TreeMap<>(bins));
        slips = List.copyOf(slips);
    }

    /** Why the kiosk is out of service; each has its sentence for patrons. */
    public enum Closure {
        /** It is being mended. */
        REPAIR,
        /** Staff have closed it for a while. */
        PAUSED,
        /** Another kiosk stands beside it. */
        OTHER_KIOSK
    }

    /**
     * A bin.
     *
     * @param things since it was emptied
     * @param full whether staff have said that it is
     */
    public record BinFill(int things, boolean full) {}

    /** What is counted. */
    public enum Count {
        LOANS,
        RENEWALS,
        LOANS_REFUSED,
        RETURNS,
        NOT_ON_LOAN,
        RETURNS_LATER,
        RETURNS_REFUSED,
        HOLDS,
        TRANSFERS
    }

    /**
     * A return that somebody waits for.
     *
     * @param placed whether somebody has said that it lies in its bin, or nobody was asked
     */
    public record HoldFound(String bin, String item, boolean placed) {}

    /**
     * One day's work.
     *
     * @param counts what never happened is not in it
     * @param slips bin and item of what somebody waits for or what goes elsewhere, in order, the last hundred
     * @param holds what somebody waits for, in order, the last hundred
     */
    public record Day(LocalDate date, Map<Count, Integer> counts, List<String> slips, List<HoldFound> holds) {
        /** Nothing was done yet. */
        public static final Day NOTHING = new Day(LocalDate.EPOCH, Map.of(), List.of(), List.of());

        private static final int MOST_SLIPS = 100;

        /** Takes copies. */
        public Day {
            EnumMap<Count, Integer> copy = new EnumMap<>(Count.class);
            copy.putAll(counts);
            counts = Collections.unmodifiableMap(copy);
            slips = List.copyOf(slips);
            holds = List.copyOf(holds);
        }

        /** How often it happened. */
        public int of(Count count) {
            return counts.getOrDefault(count, 0);
        }

        private Day plus(Count count) {
            EnumMap<Count, Integer> more = new EnumMap<>(Count.class);
            more.putAll(counts);
            more.merge(count, 1, Integer::sum);
            return new Day(date, more, slips, holds);
        }

        private Day plusSlip(String slip) {
            List<String> more = new ArrayList<>(slips);
            more.add(slip);
            return new Day(date, counts, last(more), holds);
        }

        private Day plusHold(HoldFound hold) {
            List<HoldFound> more = new ArrayList<>(holds);
            more.removeIf(known -> known.item().equals(hold.item()));
            more.add(hold);
            return new Day(date, counts, slips, last(more));
        }

        private static <T> List<T> last(List<T> all) {
            return all.subList(Math.max(0, all.size() - MOST_SLIPS), all.size());
        }
    }

    /** What was done today; nothing yet when the last day was another. */
    public Day on(LocalDate date) {
        return day.date().equals(date) ? day : new Day(date, Map.of(), List.of(), List.of());
    }

    /** Whether staff have said that this bin is full. */
    public boolean full(String bin) {
        BinFill fill = bins.get(bin);
        return fill != null && fill.full();
    }

    /** How long a PIN must still wait; zero when it need not. */
    public Duration pause(Instant now) {
        return pinsFrom.filter(now::isBefore)
                .map(from -> Duration.between(now, from))
                .orElse(Duration.ZERO);
    }

    Upkeep counted(LocalDate date, Count count) {
        return with(on(date).plus(count));
    }

    Upkeep noted(LocalDate date, String slip) {
        return with(on(date).plusSlip(slip));
    }

    Upkeep found(LocalDate date, HoldFound hold) {
        return with(on(date).plusHold(hold));
    }

    private Upkeep with(Day next) {
        return new Upkeep(closed, bins, next, slips, papers, wrongPins, pinsFrom, softer);
    }

    /** One more thing went into this bin. */
    Upkeep filled(String bin) {
        BinFill before = bins.getOrDefault(bin, new BinFill(0, false));
        return with(bin, new BinFill(before.things() + 1, before.full()));
    }

    Upkeep markedFull(String bin) {
        return with(
                bin, new BinFill(bins.getOrDefault(bin, new BinFill(0, false)).things(), true));
    }

    Upkeep emptied(String bin) {
        return with(bin, new BinFill(0, false));
    }

    private Upkeep with(String bin, BinFill fill) {
        Map<String, BinFill> next = new TreeMap<>(bins);
        next.put(bin, fill);
        return new Upkeep(closed, next, day, slips, papers, wrongPins, pinsFrom, softer);
    }

    /** After something came out of the printer, or did not. */
    Upkeep printed(Printout printout, boolean done) {
        Optional<WaitingSlip> slip = WaitingSlip.of(printout);
        if (!done) {
            return slip.map(this::waits).orElse(this);
        }
        List<WaitingSlip> left =
                slips.stream().filter(other -> !slip.equals(Optional.of(other))).toList();
        return new Upkeep(closed, bins, day, left, papers + 1, wrongPins, pinsFrom, softer);
    }

    /** This slip is printed later. */
    Upkeep waits(WaitingSlip slip) {
        if (slips.contains(slip)) {
            return this;
        }
        List<WaitingSlip> more = new ArrayList<>(slips);
        more.add(slip);
        return with(Day.last(more));
    }

    /** Staff have seen to the things without slips. */
    Upkeep withoutSlips() {
        return with(List.of());
    }

    private Upkeep with(List<WaitingSlip> next) {
        return new Upkeep(closed, bins, day, next, papers, wrongPins, pinsFrom, softer);
    }

    Upkeep paperChanged() {
        return new Upkeep(closed, bins, day, slips, 0, wrongPins, pinsFrom, softer);
    }

    Upkeep closed(Optional<Closure> why) {
        return new Upkeep(why, bins, day, slips, papers, wrongPins, pinsFrom, softer);
    }

    /** Each wrong PIN doubles the wait for the next, up to a quarter of an hour. */
    Upkeep wrongPin(Instant now) {
        int wrong = wrongPins + 1;
        int seconds = Math.min(LONGEST_PAUSE_SECONDS, 1 << Math.min(wrong, 10));
        return new Upkeep(closed, bins, day, slips, papers, wrong, Optional.of(now.plusSeconds(seconds)), softer);
    }

    Upkeep rightPin() {
        return new Upkeep(closed, bins, day, slips, papers, 0, Optional.empty(), softer);
    }

    /** Steps louder, or softer where negative. */
    Upkeep louder(int steps) {
        return new Upkeep(closed, bins, day, slips, papers, wrongPins, pinsFrom, softer - steps);
    }
}
