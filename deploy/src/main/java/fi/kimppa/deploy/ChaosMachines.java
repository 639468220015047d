package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosHouse.Library;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The machines of a house and the things that they lend and take back. Threads: the one that started them. */
final class ChaosMachines {
    private static final List<Library> ALL = List.of(Library.values());
    private static final int ITEMS_EACH = 5;
    private static final int CARDS_EACH = 2;
    private static final Duration DRAIN = Duration.ofSeconds(150);
    private static final Duration CALM_WITHIN = Duration.ofSeconds(90);
    private static final Duration LATELY = ChaosPace.AT_EASE.most().plusSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ChaosTally tally = new ChaosTally();
    private final List<ChaosItem> items = new ArrayList<>();
    private final List<ChaosCard> cards = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final ChaosWaits waits;
    private volatile ChaosPace pace = ChaosPace.AT_EASE;

    private ChaosMachines(int count) {
        waits = new ChaosWaits(count);
    }

    /**
     * Lets machines work. Two of them share their things, so that what is lent at one comes back at the other, too.
     *
     * @param seed what they do follows from it
     */
    static ChaosMachines start(ChaosHouse house, int count, long seed) {
        ChaosMachines machines = new ChaosMachines(count);
        Random seeds = new Random(seed);
        Map<Integer, List<ChaosItem>> shared = new HashMap<>();
        for (int n = 0; n < count; n++) {
            int pair = n / 2;
            Library library = ALL.get(pair % ALL.size());
            List<ChaosItem> theirs = shared.computeIfAbsent(pair, _ -> machines.things(pair, library));
            List<ChaosCard> cards = new ArrayList<>();
            for (int card = 0; card < CARDS_EACH; card++) {
                cards.add(new ChaosCard(library.cards + "%08d".formatted(n * CARDS_EACH + card)));
            }
            machines.cards.addAll(cards);
            String branch = List.of("TURKU", "NAANTALI", "LIETO").get(n % 3);
            ChaosTerminal terminal = new ChaosTerminal(
                    house.port(),
                    "chaos-" + n,
                    branch,
                    theirs,
                    cards,
                    library == Library.OWN,
                    machines.tally,
                    machines.waits,
                    n,
                    seeds.nextLong());
            machines.threads.add(Thread.ofVirtual()
                    .name("chaos-" + n)
                    .start(() -> terminal.work(machines.over::get, () -> machines.pace)));
        }
        return machines;
    }

    private List<ChaosItem> things(int pair, Library library) {
        List<ChaosItem> theirs = new ArrayList<>();
        for (int i = 0; i < ITEMS_EACH; i++) {
            theirs.add(new ChaosItem(library.items + "%08d".formatted(pair * ITEMS_EACH + i)));
        }
        items.addAll(theirs);
        return theirs;
    }

    ChaosTally tally() {
        return tally;
    }

    ChaosWaits waits() {
        return waits;
    }

    /** From now on they work at this pace; at the start, at ease. */
    void pace(ChaosPace next) {
        pace = next;
    }

    /** What they have lent and taken back. */
    List<ChaosItem> items() {
        return List.copyOf(items);
    }

    /** The cards that they have served. */
    List<ChaosCard> cards() {
        return List.copyOf(cards);
    }

    /**
     * Waits until all are answered, soon, and not by "off-line": what is slow or away already says nothing of the next fault.
     *
     * @return whether that came within 90 s
     */
    boolean calm() {
        long until = System.nanoTime() + CALM_WITHIN.toNanos();
        while (!(waits.calm(LATELY, SOON) && tally.onLine(LATELY))) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    /** Lets each hear the end of what it has begun; says which does not. */
    List<String> end() {
        over.set(true);
        List<String> wrong = new ArrayList<>();
        long until = System.nanoTime() + DRAIN.toNanos();
        for (Thread thread : threads) {
            long left = (until - System.nanoTime()) / 1_000_000;
            try {
                if (!thread.join(Duration.ofMillis(Math.max(1, left)))) {
                    wrong.add(thread.getName() + " has had no answer for " + DRAIN.toSeconds() + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        tally.broken().forEach(e -> wrong.add("It could not go on: " + e));
        return wrong;
    }
}
