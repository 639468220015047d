package fi.kimppa.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the terminals heard, counted. Threads: any. */
final class ChaosTally {
    private static final String RETURNS = "returns";
    private static final Map<String, String> KINDS =
            Map.of("09", RETURNS, "11", "loans", "15", "holds", "29", "renewals", "37", "payments");

    private final Map<String, AtomicInteger> counts = new ConcurrentSkipListMap<>();
    private final AtomicLong longest = new AtomicLong();
    private final long begun = System.nanoTime();
    /** After the beginning. */
    private final AtomicLong lastOffLine = new AtomicLong();

    private final List<RuntimeException> broken = new CopyOnWriteArrayList<>();

    void came(String command, boolean ok) {
        count(KINDS.getOrDefault(command, command) + (ok ? " accepted" : " refused"));
    }

    void unknown() {
        count("answers \"nobody knows yet\"");
    }

    void silent() {
        count("times without an answer");
    }

    void offLine() {
        lastOffLine.set(System.nanoTime() - begun);
        count("answers \"off-line\"");
    }

    /** Whether nobody has heard for so long that the library is off-line. */
    boolean onLine(Duration lately) {
        return System.nanoTime() - begun - lastOffLine.get() > lately.toNanos();
    }

    void took(Duration time) {
        longest.accumulateAndGet(time.toNanos(), Math::max);
    }

    /** A terminal or a fault could not go on: nothing here may. */
    void broken(RuntimeException e) {
        broken.add(e);
    }

    private void count(String what) {
        counts.computeIfAbsent(what, _ -> new AtomicInteger()).incrementAndGet();
    }

    List<RuntimeException> broken() {
        return List.copyOf(broken);
    }

    /** Changes that were decided so far. */
    int decided() {
        return counts.entrySet().stream()
                .filter(entry ->
                        KINDS.values().stream().anyMatch(kind -> entry.getKey().startsWith(kind + ' ')))
                .mapToInt(entry -> entry.getValue().get())
                .sum();
    }

    /** Returns that patrons were told are accepted. */
    int returned() {
        return Optional.ofNullable(counts.get(RETURNS + " accepted"))
                .map(AtomicInteger::get)
                .orElse(0);
    }

    /** A line for people. */
    String said() {
        Map<String, Integer> now = new TreeMap<>();
        counts.forEach((what, count) -> now.put(what, count.get()));
        StringBuilder line = new StringBuilder();
        now.forEach((what, count) -> line.append(count).append(' ').append(what).append(", "));
        return line + String.format(Locale.ROOT, "longest until a yes or a no %.1f s", longest.get() / 1e9);
    }
}
