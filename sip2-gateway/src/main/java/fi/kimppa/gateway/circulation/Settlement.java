package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.Calls.Outcome;
import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.circulation.CirculationEvent.PaymentUnclear;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnRefused;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashSet;
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
 * Finds out what became of rows whose end nobody saw. A return, harmless when done twice, is done again with its own
 * date and "no block"; everything else is asked about (17, 23, 63) and never repeated by us: what turns out not to be
 * done is done when the terminal says it again. Runs before the first terminal
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
            case Checkin checkin when checkin.cancel().orElse(false) -> askAboutUndoing(row, checkin);
            case Checkin _ -> redoReturn(row);
            case FeePaid payment -> askAboutPayment(row, payment);
            case Hold hold -> askAboutHold(row, hold);
            case BlockPatron block -> askAboutCard(row, block.patronIdentifier(), true);
            case PatronEnable enable -> askAboutCard(row, enable.patronIdentifier(), false);
            case ItemStatusUpdate update -> askAboutProperties(row, update);
            // A renewal that is done twice gives the same date, so that the repeat of the patron settles it.
            default -> journal.notDone(row.id());
        }
    }

    /**
     * Notes what the patron owes before a payment is made.
     *
     * @return false if the backend is silent, and then nothing may be paid
     */
    boolean noteDebt(long id, FeePaid payment, Terminal terminal) {
        Optional<PatronInformationResponse> patron =
                patron(payment.patronIdentifier(), Optional.of(ItemList.FINE), terminal);
        patron.flatMap(PatronInformationResponse::feeAmount).ifPresent(owed -> journal.owed(id, owed));
        return patron.isPresent();
    }

    /** Booked if the debt is less by what was paid, not booked if it is the same, else a matter for staff. */
    private void askAboutPayment(JournalRow row, FeePaid payment) {
        Optional<PatronInformationResponse> patron =
                patron(payment.patronIdentifier(), Optional.of(ItemList.FINE), row.terminal());
        if (patron.isEmpty()) {
            return;
        }
        Optional<BigDecimal> paid =
                row.owed().flatMap(before -> patron.get().feeAmount().map(before::subtract));
        if (paid.filter(amount -> amount.signum() == 0).isPresent()) {
            journal.notDone(row.id());
        } else if (paid.isPresent()
                && payment.feeAmount()
                        .filter(amount -> amount.compareTo(paid.get()) == 0)
                        .isPresent()) {
            done(
                    row,
                    new FeePaidResponse(
                            true,
                            now(),
                            row.terminal().institutionId(),
                            payment.patronIdentifier(),
                            payment.transactionId(),
                            List.of(),
                            List.of(),
                            List.of()));
        } else {
            String fee = payment.feeIdentifier().orElse("");
            journal.withStaff(row.id(), new PaymentUnclear(clock.instant(), row.terminal(), fee));
            LOG.warn("Journal row {}: nobody can tell whether the payment was booked; staff must look", row.id());
        }
    }

    /**
     * A hold that was placed is in one of the two lists, by its item or its title; one that was deleted is in none. A
     * change is the same when done twice.
     */
    private void askAboutHold(JournalRow row, Hold hold) {
        if (hold.holdMode() == HoldMode.CHANGE) {
            journal.notDone(row.id());
            return;
        }
        Optional<Set<String>> held = held(hold.patronIdentifier(), row.terminal());
        Optional<String> title = hold.itemIdentifier()
                .flatMap(number -> item(number, row.terminal()))
                .map(ItemInformationResponse::titleIdentifier)
                .or(hold::titleIdentifier);
        if (held.isEmpty() || title.isEmpty()) {
            return;
        }
        boolean stands = held.get().contains(title.get())
                || hold.itemIdentifier().filter(held.get()::contains).isPresent();
        if (stands == (hold.holdMode() == HoldMode.ADD)) {
            done(
                    row,
                    new HoldResponse(
                            true,
                            false,
                            now(),
                            hold.expirationDate(),
                            Optional.empty(),
                            hold.pickupLocation(),
                            row.terminal().institutionId(),
                            hold.patronIdentifier(),
                            hold.itemIdentifier(),
                            hold.titleIdentifier(),
                            List.of(),
                            List.of(),
                            List.of()));
        } else {
            journal.notDone(row.id());
        }
    }

    private Optional<Set<String>> held(String card, Terminal terminal) {
        Set<String> held = new HashSet<>();
        for (ItemList list : List.of(ItemList.HOLD, ItemList.UNAVAILABLE_HOLDS)) {
            Optional<PatronInformationResponse> patron = patron(card, Optional.of(list), terminal);
            if (patron.isEmpty()) {
                return Optional.empty();
            }
            held.addAll(patron.get().items().getOrDefault(list, List.of()));
        }
        return Optional.of(held);
    }

    private void askAboutCard(JournalRow row, String card, boolean block) {
        Terminal terminal = row.terminal();
        if (!(calls.call(() -> router.backend().patronStatus(question(card, terminal), terminal))
                instanceof Outcome.Answered(PatronStatusResponse patron))) {
            return;
        }
        if (patron.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED) != block) {
            journal.notDone(row.id());
        } else if (block) {
            done(row, Privacy.of(patron));
        } else {
            done(
                    row,
                    new PatronEnableResponse(
                            patron.patronStatus(),
                            patron.language(),
                            now(),
                            terminal.institutionId(),
                            card,
                            "",
                            patron.validPatron(),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            List.of()));
        }
    }

    private void askAboutProperties(JournalRow row, ItemStatusUpdate update) {
        Terminal terminal = row.terminal();
        Optional<ItemInformationResponse> item = item(update.itemIdentifier(), terminal);
        if (item.isEmpty()) {
            return;
        }
        if (item.get().itemProperties().orElse("").contains(update.itemProperties())) {
            done(
                    row,
                    new ItemStatusUpdateResponse(
                            true,
                            now(),
                            update.itemIdentifier(),
                            Optional.of(item.get().titleIdentifier()),
                            Optional.of(update.itemProperties()),
                            List.of(),
                            List.of(),
                            List.of()));
        } else {
            journal.notDone(row.id());
        }
    }

    /** An undone checkout is never undone again: the item may be somebody else's loan by now. */
    private void askAboutUndoing(JournalRow row, Checkin checkin) {
        Terminal terminal = row.terminal();
        Optional<ItemInformationResponse> item = item(checkin.itemIdentifier(), terminal);
        if (item.isEmpty()) {
            return;
        }
        if (item.get().circulationStatus() == CirculationStatus.CHARGED) {
            journal.notDone(row.id());
            return;
        }
        done(
                row,
                CheckinResponse.bare(
                        true,
                        now(),
                        terminal.institutionId(),
                        checkin.itemIdentifier(),
                        Optional.of(router.unprocessedBin(router.branchOf(checkin.currentLocation(), terminal))),
                        Optional.empty(),
                        List.of()));
    }

    private void done(JournalRow row, Response answer) {
        journal.done(row.id(), Optional.of(answer), Optional.empty());
        LOG.info("Journal row {}: asked, it was done", row.id());
    }

    private void askAboutLoan(JournalRow row, Checkout checkout) {
        Terminal terminal = row.terminal();
        Optional<PatronInformationResponse> patron =
                patron(checkout.patronIdentifier(), Optional.of(ItemList.CHARGED), terminal);
        Optional<ItemInformationResponse> item = item(checkout.itemIdentifier(), terminal);
        if (patron.isEmpty() || item.isEmpty()) {
            return;
        }
        ItemInformationResponse what = item.get();
        boolean lent = what.circulationStatus() == CirculationStatus.CHARGED
                && patron.get()
                        .items()
                        .getOrDefault(ItemList.CHARGED, List.of())
                        .contains(checkout.itemIdentifier());
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

    private Optional<PatronInformationResponse> patron(String card, Optional<ItemList> list, Terminal terminal) {
        PatronInformation question = new PatronInformation(
                Language.UNSPECIFIED.code(),
                now(),
                ItemList.summary(list),
                terminal.institutionId(),
                card,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return calls.call(() -> router.backend().patronInformation(question, terminal))
                        instanceof Outcome.Answered(PatronInformationResponse patron)
                ? Optional.of(patron)
                : Optional.empty();
    }

    private Optional<ItemInformationResponse> item(String item, Terminal terminal) {
        ItemInformation question =
                new ItemInformation(now(), terminal.institutionId(), item, Optional.empty(), List.of());
        return calls.call(() -> router.backend().itemInformation(question, terminal))
                        instanceof Outcome.Answered(ItemInformationResponse answer)
                ? Optional.of(answer)
                : Optional.empty();
    }

    private PatronStatusRequest question(String card, Terminal terminal) {
        return new PatronStatusRequest(
                Language.UNSPECIFIED.code(),
                now(),
                terminal.institutionId(),
                card,
                Optional.empty(),
                Optional.empty(),
                List.of());
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
