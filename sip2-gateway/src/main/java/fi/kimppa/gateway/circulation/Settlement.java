package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.circulation.CirculationEvent.NoOwnerFound;
import fi.kimppa.gateway.circulation.CirculationEvent.PaymentUnclear;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnRefused;
import fi.kimppa.gateway.circulation.Inquiry.Finding;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.gateway.cutover.NumberMaps;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * Finds out what became of rows whose end nobody saw. A return, harmless when done twice, is done again with its own
 * date and "no block"; everything else is asked about ({@link Inquiry}) and never repeated by us: what turns out
 * not to be done is done when the terminal says it again. Runs before the first terminal is let in and every two
 * seconds after.
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

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final Journal journal;
    private final Router router;
    private final LibrarySystems systems;
    private final Owners owners;
    private final CutOvers cutOvers;
    private final NumberMaps numbers;
    private final Inquiry inquiry;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();
    private final RowLocks rows = new RowLocks();
    private final Set<Long> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    Settlement(
            Journal journal,
            Router router,
            LibrarySystems systems,
            Owners owners,
            CutOvers cutOvers,
            NumberMaps numbers,
            Inquiry inquiry,
            Clock clock) {
        this.journal = journal;
        this.router = router;
        this.systems = systems;
        this.owners = owners;
        this.cutOvers = cutOvers;
        this.numbers = numbers;
        this.inquiry = inquiry;
        this.clock = clock;
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
        Thread first = Thread.ofVirtual().name("settle-first").start(this::first);
        try {
            first.join(FIRST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void first() {
        try {
            settle();
        } catch (RuntimeException e) {
            LOG.error("Unfinished rows of the journal could not be settled; they are tried again", e);
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

    /** Looks through the unfinished rows, system by system: one that is silent holds up no other. */
    @Scheduled(fixedDelayString = "PT2S")
    void settle() {
        one.lock();
        try {
            if (!running) {
                return;
            }
            eachUnfinished(Optional.empty(), rows -> rows.forEach(this::assign));
            List<Thread> passes = systems.configured().stream()
                    .map(system ->
                            Thread.ofVirtual().name("settle-" + system.name()).start(() -> pass(system)))
                    .toList();
            for (Thread pass : passes) {
                pass.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            one.unlock();
        }
    }

    private void pass(LibrarySystem system) {
        try {
            if (system.probe()) {
                settle(system);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Unfinished rows for library system {} could not be settled; they are tried again",
                    system.name(),
                    e);
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
                if (!running || !system.speaking()) {
                    return;
                }
                try {
                    settle(row, system);
                } catch (RuntimeException e) {
                    LOG.warn("Journal row {} could not be settled; it is tried again", row.id(), e);
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

    /** Does the returns of an item that wait, under whichever number, before anything else is done with it. */
    void settleReturnsOf(String item) {
        for (String number : numbers.aliases(Numbers.ITEM, item)) {
            for (JournalRow row : journal.waitingReturns(number)) {
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

    /** One thread at a time: a return that is done once more after its item was lent again would undo that loan. */
    private void settle(JournalRow seen, LibrarySystem system) {
        rows.alone(seen.id(), () -> journal.find(seen.id()).ifPresent(row -> settleAlone(row, system)));
    }

    private void settleAlone(JournalRow row, LibrarySystem system) {
        boolean mayBeUnderWay = inFlight.contains(row.id()) || (row.state() == State.OPEN && row.live());
        if (mayBeUnderWay || row.state() == State.SETTLED || row.state() == State.WITH_STAFF) {
            return;
        }
        if (row.request().isEmpty()) {
            journal.notDone(row.id(), Optional.empty());
            return;
        }
        if (row.request().get() instanceof Checkin checkin && !checkin.cancel().orElse(false)) {
            redoReturn(row, system);
        } else if (Change.of(row.request().get())
                        .filter(Change::comesAfterReturns)
                        .isPresent()
                && journal.behindReturns(row.id())) {
            journal.notDone(row.id(), Optional.empty());
            LOG.info("Journal row {}: it was not sent, for a return of the same thing waits", row.id());
        } else {
            inquire(row, row.request().get(), system);
        }
    }

    private void inquire(JournalRow row, Request request, LibrarySystem system) {
        Terminal terminal = row.terminal();
        switch (inquiry.about(request, row.owed(), system, terminal)) {
            case Finding.Done(Response answer) -> {
                journal.done(row.id(), Optional.of(answer), false, late(answer, terminal));
                LOG.info("Journal row {}: asked, it was done", row.id());
            }
            case Finding.NotDone _ -> {
                journal.notDone(row.id(), Optional.empty());
                LOG.info("Journal row {}: asked, it was not done", row.id());
            }
            case Finding.Unclear _ -> {
                String fee = Change.of(request).map(Change::item).orElse("");
                journal.withStaff(row.id(), new PaymentUnclear(clock.instant(), terminal, fee));
                LOG.warn("Journal row {}: nobody can tell whether the payment was booked; staff must look", row.id());
            }
            case Finding.Silent _ -> {}
        }
    }

    private Optional<CirculationEvent> late(Response answer, Terminal terminal) {
        return answer instanceof CheckoutResponse lent
                ? Optional.of(new CheckoutSettledLate(clock.instant(), terminal, lent.itemIdentifier()))
                : Optional.empty();
    }

    /**
     * Notes what the patron owes before a payment is made.
     *
     * @return false if the backend is silent, and then nothing may be paid
     */
    boolean noteDebt(long id, FeePaid payment, LibrarySystem system, Terminal terminal) {
        Optional<PatronInformationResponse> patron = inquiry.debtor(payment, system, terminal);
        patron.flatMap(PatronInformationResponse::feeAmount).ifPresent(owed -> journal.owed(id, owed));
        return patron.isPresent();
    }

    private void redoReturn(JournalRow row, LibrarySystem system) {
        if (row.history() || !(row.request().orElse(null) instanceof Checkin original)) {
            // The item has moved on since: the return is history, and doing it now would undo what came after.
            journal.done(row.id(), Optional.empty(), true, Optional.empty());
            return;
        }
        if (row.overtaken()) {
            // What came after has no end yet. If it changes nothing, this return is still to be done.
            return;
        }
        Terminal terminal = row.terminal();
        if (elsewhereByNow(row, original, system)) {
            return;
        }
        if (row.restored() && !system.backend().sharesOurDatabase() && !harmless(row, original, system)) {
            return;
        }
        Checkin replay = again(original);
        if (!(system.call(backend -> backend.checkin(replay, terminal))
                instanceof Outcome.Answered(CheckinResponse said))) {
            return;
        }
        String branch = router.branchOf(original.currentLocation(), terminal);
        CheckinResponse answer = router.onward(said, original, terminal);
        boolean promised = row.state() == State.WAITING;
        if (answer.ok()) {
            // What was promised to the patron stays the answer to a repeat; else the terminal may have the new one.
            journal.done(row.id(), Optional.of(answer), promised, Optional.of(returned(answer, branch, terminal)));
            LOG.info("Journal row {}: the return is done", row.id());
        } else if (promised && owners.nobodyHas(original.itemIdentifier(), original.itemProperties(), terminal)) {
            journal.noOwner(
                    row.id(), Optional.empty(), new NoOwnerFound(clock.instant(), terminal, original.itemIdentifier()));
            LOG.info("Journal row {}: nobody owns what was taken; staff have it", row.id());
        } else if (promised) {
            journal.withStaff(row.id(), new ReturnRefused(clock.instant(), terminal, original.itemIdentifier()));
            LOG.warn(
                    "Journal row {}: the backend refused a return that was accepted for it; staff must look", row.id());
        } else if (original.noBlock()) {
            journal.refusedAfterwards(
                    row.id(),
                    answer,
                    Optional.of(new ReturnRefused(clock.instant(), terminal, original.itemIdentifier())));
        } else {
            journal.notDone(row.id(), Optional.empty());
        }
    }

    /**
     * Whether a return of before a restore may be done again: the same return may have been done and the thing been lent since, which
     * only the library system's own people can see. If so, they have it as a task.
     *
     * @return false also while the library system is silent
     */
    private boolean harmless(JournalRow row, Checkin original, LibrarySystem system) {
        Optional<Boolean> lent = inquiry.lent(original.itemIdentifier(), system, row.terminal());
        if (lent.orElse(false)) {
            journal.withStaff(row.id(), new ReturnRefused(clock.instant(), row.terminal(), original.itemIdentifier()));
            LOG.warn(
                    "Journal row {}: it is of before the restore and its thing is lent now; staff must look", row.id());
        }
        return lent.filter(now -> !now).isPresent();
    }

    /** The same return with its own date, as one that has happened. */
    static Checkin again(Checkin original) {
        return new Checkin(
                true,
                original.transactionDate(),
                original.returnDate(),
                original.currentLocation(),
                original.institutionId(),
                original.itemIdentifier(),
                Optional.empty(),
                original.itemProperties(),
                original.cancel(),
                original.extras());
    }

    /**
     * Whether a return is for another library system by now than it was when it was taken, or for none until the cut-over: nothing is
     * changed in a system that is being left. It is done when its row is looked at next.
     */
    private boolean elsewhereByNow(JournalRow row, Checkin original, LibrarySystem system) {
        if (!cutOvers.concerns(system.name())) {
            return false;
        }
        Optional<LibrarySystem> now = owners.of(original, row.terminal()).system();
        if (now.filter(system::equals).isPresent()) {
            return false;
        }
        journal.reassign(row.id(), now.map(LibrarySystem::name));
        return true;
    }

    /** The event of a return. */
    ItemReturned returned(CheckinResponse answer, String branch, Terminal terminal) {
        return new ItemReturned(
                clock.instant(),
                terminal,
                answer.itemIdentifier(),
                branch,
                answer.permanentLocation(),
                answer.destinationLocation(),
                answer.sortBin().orElse(""));
    }
}
