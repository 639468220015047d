package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.Calls.Outcome;
import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnRefused;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds out what became of rows whose end nobody saw: a checkout is asked about (63 and 17) and never repeated; a
 * return, harmless when done twice, is done again with its own date and "no block". Runs before the first terminal
 * is let in and every two seconds after.
 */
@Component
class Settlement implements SmartLifecycle {
    /** Before the SIP2 server, which starts with the web server or later. */
    private static final int PHASE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final Journal journal;
    private final Router router;
    private final Calls calls;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();
    private final Set<Long> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    Settlement(Journal journal, Router router, Calls calls, Clock clock) {
        this.journal = journal;
        this.router = router;
        this.calls = calls;
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

    /** Looks through the unfinished rows. */
    @Scheduled(fixedDelayString = "PT2S")
    void settle() {
        one.lock();
        try {
            if (!running || !calls.probe(router.backend())) {
                return;
            }
            for (JournalRow row : journal.inState(State.WAITING)) {
                if (calls.speaking() && !inFlight.contains(row.id())) {
                    redoReturn(row);
                }
            }
            for (State state : List.of(State.OPEN, State.UNKNOWN)) {
                for (JournalRow row : journal.inState(state)) {
                    if (calls.speaking()) {
                        settle(row);
                    }
                }
            }
        } finally {
            one.unlock();
        }
    }

    /** Settles one row if its end can be found out now. */
    void settle(JournalRow row) {
        boolean mayBeUnderWay = inFlight.contains(row.id()) || (row.state() == State.OPEN && row.live());
        if (mayBeUnderWay || row.state() == State.SETTLED || row.state() == State.WITH_STAFF) {
            return;
        }
        if (row.request().isEmpty()) {
            journal.notDone(row.id());
            return;
        }
        switch (row.request().get()) {
            case Checkout checkout -> askAboutLoan(row, checkout);
            // An undone checkout is not undone twice: the item may be somebody else's loan by now.
            case Checkin checkin when checkin.cancel().orElse(false) -> journal.notDone(row.id());
            case Checkin _ -> redoReturn(row);
            // A renewal that is done twice gives the same date, so that the repeat of the patron settles it.
            default -> journal.notDone(row.id());
        }
    }

    private void askAboutLoan(JournalRow row, Checkout checkout) {
        Terminal terminal = row.terminal();
        Outcome<PatronInformationResponse> patron = calls.call(() -> router.backend()
                .patronInformation(
                        new PatronInformation(
                                Language.UNSPECIFIED.code(),
                                now(),
                                ItemList.summary(Optional.of(ItemList.CHARGED)),
                                terminal.institutionId(),
                                checkout.patronIdentifier(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        terminal));
        Outcome<ItemInformationResponse> item = calls.call(
                () -> router.backend().itemInformation(question(checkout.itemIdentifier(), terminal), terminal));
        if (!(patron instanceof Outcome.Answered(PatronInformationResponse who))
                || !(item instanceof Outcome.Answered(ItemInformationResponse what))) {
            return;
        }
        boolean lent = what.circulationStatus() == CirculationStatus.CHARGED
                && who.items().getOrDefault(ItemList.CHARGED, List.of()).contains(checkout.itemIdentifier());
        if (!lent) {
            journal.notDone(row.id());
            LOG.info("Journal row {}: asked, no loan was made", row.id());
            return;
        }
        journal.done(
                row.id(),
                Optional.of(lent(checkout, what, terminal)),
                Optional.of(new CheckoutSettledLate(clock.instant(), terminal, checkout.itemIdentifier())));
        LOG.info("Journal row {}: asked, the loan stands", row.id());
    }

    private void redoReturn(JournalRow row) {
        if (row.overtaken() || !(row.request().orElse(null) instanceof Checkin original)) {
            // The item has moved on since: the return is history, and doing it now would undo what came after.
            journal.done(row.id(), Optional.empty(), Optional.empty());
            return;
        }
        Terminal terminal = row.terminal();
        Checkin replay = new Checkin(
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
        if (!(calls.call(() -> router.backend().checkin(replay, terminal))
                instanceof Outcome.Answered(CheckinResponse backend))) {
            return;
        }
        String branch = router.branchOf(original.currentLocation(), terminal);
        CheckinResponse answer = router.onward(backend, branch, true);
        boolean promised = row.state() == State.WAITING;
        if (answer.ok()) {
            // What was promised to the patron stays the answer to a repeat; else the terminal may have the new one.
            journal.done(
                    row.id(),
                    promised ? Optional.empty() : Optional.of(answer),
                    Optional.of(returned(answer, branch, terminal)));
            LOG.info("Journal row {}: the return is done", row.id());
        } else if (promised) {
            journal.withStaff(row.id(), new ReturnRefused(clock.instant(), terminal, original.itemIdentifier()));
            LOG.warn(
                    "Journal row {}: the backend refused a return that was accepted for it; staff must look", row.id());
        } else {
            journal.notDone(row.id());
        }
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

    private ItemInformation question(String item, Terminal terminal) {
        return new ItemInformation(now(), terminal.institutionId(), item, Optional.empty(), List.of());
    }

    private CheckoutResponse lent(Checkout checkout, ItemInformationResponse item, Terminal terminal) {
        return new CheckoutResponse(
                true,
                false,
                MagneticMedia.N,
                true,
                now(),
                terminal.institutionId(),
                checkout.patronIdentifier(),
                checkout.itemIdentifier(),
                item.titleIdentifier(),
                item.dueDate().orElse(""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                item.mediaType(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}
