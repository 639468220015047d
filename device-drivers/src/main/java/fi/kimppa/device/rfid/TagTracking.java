package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which tags count as lying on a pad. One inventory may miss a tag that is there, so a tag counts as present after it was
 * seen in some of the last inventories and as absent after it was missed several times in a row. Immutable and pure.
 */
public final class TagTracking {
    /**
     * How much evidence is asked for.
     *
     * @param seen a tag is present when it was seen this often...
     * @param window ...within this many inventories, at least {@code seen}, at most 31
     * @param missed a present tag is absent after this many inventories in a row without it
     */
    public record Settings(int seen, int window, int missed) {
        /** The settings that an address may carry. */
        static final Set<String> SETTINGS = Set.of("seen", "window", "missed");

        /** Two of three to arrive, three misses to leave. */
        public static final Settings STANDARD = new Settings(2, 3, 3);

        public Settings {
            if (seen < 1 || window < seen || window > 31 || missed < 1) {
                throw new IllegalArgumentException("Expected 1 <= seen <= window <= 31 and missed >= 1, found " + seen
                        + ", " + window + ", " + missed);
            }
        }

        /** What the address of a pad names, and the rest as in {@link #STANDARD}. */
        static Settings of(DeviceAddress address) {
            return new Settings(
                    address.setting("seen", STANDARD.seen(), 1, 31),
                    address.setting("window", STANDARD.window(), 1, 31),
                    address.setting("missed", STANDARD.missed(), 1, 1_000));
        }
    }

    /**
     * What one inventory changed. A tag arrives once, may become stable once, and leaves once.
     *
     * @param arrived seen for the first time, ascending
     * @param stable now present, ascending
     * @param left no longer present, or never seen often enough to be, ascending
     */
    public record Step(TagTracking next, List<Uid> arrived, List<Uid> stable, List<Uid> left) {}

    /** The last inventories of one tag, newest in bit 0. */
    private record Trace(int bits, int missesInARow, boolean present) {}

    private final Settings settings;
    private final Map<Uid, Trace> traces;

    private TagTracking(Settings settings, Map<Uid, Trace> traces) {
        this.settings = settings;
        this.traces = traces;
    }

    /** An empty pad. */
    public static TagTracking start(Settings settings) {
        return new TagTracking(settings, Map.of());
    }

    /** The tags that count as present. */
    public Set<Uid> present() {
        var present = new LinkedHashSet<Uid>();
        traces.forEach((uid, trace) -> {
            if (trace.present()) {
                present.add(uid);
            }
        });
        return present;
    }

    /** How many tags it keeps an eye on, present or not. */
    int remembered() {
        return traces.size();
    }

    /** Takes in one inventory. */
    public Step observe(Set<Uid> seen) {
        Map<Uid, Trace> next = new TreeMap<>();
        List<Uid> arrived = new ArrayList<>();
        List<Uid> stable = new ArrayList<>();
        List<Uid> left = new ArrayList<>();
        Map<Uid, Trace> known = new HashMap<>(traces);
        seen.forEach(uid -> {
            if (known.putIfAbsent(uid, new Trace(0, 0, false)) == null) {
                arrived.add(uid);
            }
        });
        int mask = (1 << settings.window()) - 1;
        known.forEach((uid, trace) -> {
            boolean here = seen.contains(uid);
            int bits = ((trace.bits() << 1) | (here ? 1 : 0)) & mask;
            int misses = here ? 0 : trace.missesInARow() + 1;
            boolean present = trace.present() ? misses < settings.missed() : Integer.bitCount(bits) >= settings.seen();
            if (present && !trace.present()) {
                stable.add(uid);
            }
            // What was present and is not leaves at once; what never was leaves when nothing of it is in the window any
            // more.
            if (present || (bits != 0 && !trace.present())) {
                next.put(uid, new Trace(bits, misses, present));
            } else {
                left.add(uid);
            }
        });
        return new Step(new TagTracking(settings, next), ascending(arrived), ascending(stable), ascending(left));
    }

    private static List<Uid> ascending(List<Uid> uids) {
        return uids.stream().sorted().toList();
    }

    /** Whether the next inventory can settle something: a tag that may be arriving or leaving. */
    boolean unsettled() {
        return traces.values().stream().anyMatch(trace -> !trace.present() || trace.missesInARow() > 0);
    }
}
