package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.cutover.NumberMaps;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sees to it that rows whose end nobody saw are settled ({@link Settler}): looks through them before the first terminal is let in and
 * every two seconds after, each library system by itself, so that neither the silence of one nor what has piled up for it is anything to
 * another.
 */
@Component
class Settlement implements SmartLifecycle {
    /** Before the SIP2 server, which starts with the web server or later. */
    private static final int PHASE = 0;

    /**
     * How many machines' rows are settled at the same time, for each library system: machines that are at work need some of its
     * links too.
     */
    private static final int LANES = 4;

    /** How long terminals wait for the first pass: what it has not come to is settled when somebody asks for it, or soon after. */
    private static final Duration FIRST = Duration.ofSeconds(5);

    /** The round for the rows of no library system; none has such a name. */
    private static final String NOBODY = "-";

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final Journal journal;
    private final Settler settler;
    private final LibrarySystems systems;
    private final Owners owners;
    private final NumberMaps numbers;
    private final JournalWatch watch;
    private final RowLocks rows = new RowLocks();
    private final Set<Long> inFlight = ConcurrentHashMap.newKeySet();
    /** One round at a time for each library system, by its name, and one for the rows of none. */
    private final ConcurrentMap<String, ReentrantLock> rounds = new ConcurrentHashMap<>();

    private volatile boolean running;

    Settlement(
            Journal journal,
            Settler settler,
            LibrarySystems systems,
            Owners owners,
            NumberMaps numbers,
            JournalWatch watch) {
        this.journal = journal;
        this.settler = settler;
        this.systems = systems;
        this.owners = owners;
        this.numbers = numbers;
        this.watch = watch;
    }

    /** While a call of this process is under way, its row is not asked about. */
    void underWay(long id) {
        inFlight.add(id);
    }

    /** The call has ended, one way or the other. */
    void ended(long id) {
        inFlight.remove(id);
    }

    @Override
    public void start() {
        running = true;
        Thread first = Thread.ofVirtual().name("settle-first").start(this::settle);
        try {
            first.join(FIRST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Begins a round for each library system whose last one is over, where what it finds can be written down. */
    @Scheduled(fixedDelayString = "PT2S")
    void look() {
        if (!watch.speaking()) {
            return;
        }
        begin(NOBODY, false, this::place);
        systems.configured().forEach(system -> begin(system.name(), false, () -> round(system)));
    }

    /** A round for each library system, and waits for their end. */
    void settle() {
        try {
            begin(NOBODY, true, this::place).join();
            List<Thread> all = systems.configured().stream()
                    .map(system -> begin(system.name(), true, () -> round(system)))
                    .toList();
            for (Thread one : all) {
                one.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins a round.
     *
     * @param behind whether it comes after the one that is under way; else it is left out then
     */
    private Thread begin(String name, boolean behind, Runnable round) {
        ReentrantLock one = rounds.computeIfAbsent(name, _ -> new ReentrantLock());
        return Thread.ofVirtual().name("settle-" + name).start(() -> {
            if (behind) {
                one.lock();
            } else if (!one.tryLock()) {
                return;
            }
            try {
                if (running) {
                    round.run();
                }
            } catch (RuntimeException e) {
                if (watch.failed(e)) {
                    return;
                }
                LOG.warn("Unfinished rows for {} could not be settled; they are tried again", name, e);
            } finally {
                one.unlock();
            }
        });
    }

    /** Looks whose the rows are of which nobody could say which library system they are for. */
    private void place() {
        eachUnfinished(Optional.empty(), unplaced -> unplaced.forEach(this::assign));
    }

    private void round(LibrarySystem system) {
        if (system.probe()) {
            settle(system);
        }
    }

    private void settle(LibrarySystem system) {
        eachUnfinished(Optional.of(system), rows -> sideBySide(rows, system));
    }

    /** Hands on all unfinished rows of one system, or of none, oldest first, as many at a time as the journal reads at once. */
    private void eachUnfinished(Optional<LibrarySystem> system, Consumer<List<JournalRow>> work) {
        for (State state : List.of(State.WAITING, State.OPEN, State.UNKNOWN)) {
            List<JournalRow> rows = journal.inState(state, system.map(LibrarySystem::name), 0);
            while (!rows.isEmpty()
                    && running
                    && system.map(LibrarySystem::speaking).orElse(true)) {
                work.accept(rows);
                rows = rows.size() < JournalReader.AT_ONCE
                        ? List.of()
                        : journal.inState(
                                state,
                                system.map(LibrarySystem::name),
                                rows.getLast().id());
            }
        }
    }

    /**
     * Settles rows: those of one machine in their order, several machines at the same time. Two machines that have returned the same
     * thing need no order, for the earlier of the two rows is overtaken.
     */
    private void sideBySide(List<JournalRow> rows, LibrarySystem system) {
        Queue<List<JournalRow>> machines = new ConcurrentLinkedQueue<>(rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.terminal().login(), LinkedHashMap::new, Collectors.toUnmodifiableList()))
                .values());
        List<Thread> lanes = IntStream.range(0, Math.min(LANES, machines.size()))
                .mapToObj(lane -> Thread.ofVirtual()
                        .name("settle-" + system.name() + "-" + lane)
                        .start(() -> lane(machines, system)))
                .toList();
        try {
            for (Thread lane : lanes) {
                lane.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lane(Queue<List<JournalRow>> machines, LibrarySystem system) {
        for (List<JournalRow> rows = machines.poll(); rows != null; rows = machines.poll()) {
            for (JournalRow row : rows) {
                if (!running || !system.speaking() || !watch.speaking()) {
                    return;
                }
                try {
                    settle(row, system);
                } catch (RuntimeException e) {
                    if (!watch.failed(e)) {
                        LOG.warn("Journal row {} could not be settled; it is tried again", row.id(), e);
                    }
                    break;
                }
            }
        }
    }

    /** Finds the system of a row that had to be written while nobody could say which one it is for, or nobody was asked. */
    private Optional<LibrarySystem> assign(JournalRow row) {
        Optional<LibrarySystem> found = row.request()
                .flatMap(request -> owners.of(request, row.terminal()).system());
        found.ifPresent(system -> journal.assign(row.id(), system.name()));
        return found;
    }

    /** Whether a thing has no other number: then the journal has all that is about it under this one. */
    boolean hasOneNumber(String item) {
        return numbers.aliases(Numbers.ITEM, item).size() == 1;
    }

    /** Does what waits of an item, under whichever number, before anything else is done with it. */
    void settleWaiting(String item) {
        for (String number : numbers.aliases(Numbers.ITEM, item)) {
            for (JournalRow row : journal.waiting(number)) {
                row.backend()
                        .flatMap(systems::named)
                        .or(() -> row.backend().isEmpty() ? assign(row) : Optional.empty())
                        .filter(LibrarySystem::probe)
                        .ifPresent(system -> settle(row, system));
            }
        }
    }

    /** Settles one row if its end can be found out now. */
    void settle(JournalRow row) {
        row.backend().flatMap(systems::named).ifPresent(system -> settle(row, system));
    }

    /** One thread at a time, of one gateway: a return that is done once more after its item was lent again would undo that loan. */
    private void settle(JournalRow row, LibrarySystem system) {
        if (row.state() == State.OPEN && row.live()) {
            return;
        }
        rows.alone(row.id(), () -> {
            if (!inFlight.contains(row.id())) {
                settler.settle(row.id(), system);
            }
        });
    }
}
