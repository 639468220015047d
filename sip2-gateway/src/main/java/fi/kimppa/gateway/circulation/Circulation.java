package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.Journal.Opening;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.circulation.OneTransaction.Result;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LockedRead.Question;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.RequestAcsResend;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Answers what terminals ask about patrons and items: the only caller of backends. A change is a durable row of the
 * journal before the backend is asked and after it has answered. May be used by several threads.
 */
@Component
public class Circulation {
    /**
     * CH of a refused 12 or 30 whose outcome is not known yet, and of an 18 about whose item the backend was silent.
     * Free text to other machines; our kiosk reads it and asks (17, 63) before it says anything to the patron.
     */
    public static final String OUTCOME_UNKNOWN = "outcome=unknown";

    /** What a kiosk tells a patron before it lends anything. */
    private static final Set<PatronStatus.Flag> NOT_IN_ORDER = EnumSet.of(
            PatronStatus.Flag.CHARGE_PRIVILEGES_DENIED,
            PatronStatus.Flag.CARD_REPORTED_LOST,
            PatronStatus.Flag.TOO_MANY_ITEMS_CHARGED,
            PatronStatus.Flag.TOO_MANY_ITEMS_OVERDUE,
            PatronStatus.Flag.EXCESSIVE_OUTSTANDING_FINES,
            PatronStatus.Flag.EXCESSIVE_OUTSTANDING_FEES,
            PatronStatus.Flag.RECALL_OVERDUE);

    private static final Logger LOG = LoggerFactory.getLogger(Circulation.class);
    private static final long POLL_NANOS = 50_000_000;

    /** How long a library system is left alone between two questions about the same change. */
    private static final long ASK_NANOS = 500_000_000;

    private final Journal journal;
    private final OneTransaction oneTransaction;
    private final Router router;
    private final LibrarySystems systems;
    private final Owners owners;
    private final ChangeEnds ends;
    private final Agreements agreements;
    private final Settlement settlement;
    private final Settler settler;
    private final JournalWatch watch;
    private final TerminalClocks clocks;
    private final OwnAnswers own;
    private final Deadlines deadlines;
    private final MeterRegistry meters;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Circulation(
            Journal journal,
            OneTransaction oneTransaction,
            Router router,
            LibrarySystems systems,
            Owners owners,
            ChangeEnds ends,
            Agreements agreements,
            Settlement settlement,
            Settler settler,
            JournalWatch watch,
            TerminalClocks clocks,
            OwnAnswers own,
            Deadlines deadlines,
            MeterRegistry meters,
            ApplicationEventPublisher events,
            Clock clock) {
        this.journal = journal;
        this.oneTransaction = oneTransaction;
        this.router = router;
        this.systems = systems;
        this.owners = owners;
        this.ends = ends;
        this.agreements = agreements;
        this.settlement = settlement;
        this.settler = settler;
        this.watch = watch;
        this.clocks = clocks;
        this.own = own;
        this.deadlines = deadlines;
        this.meters = meters;
        this.events = events;
        this.clock = clock;
    }

    /** As {@link #serve(Request, Terminal, long)}, for what is heard just now. */
    public Response serve(Request request, Terminal terminal) {
        return serve(request, terminal, System.nanoTime());
    }

    /**
     * Answers what the backend serves, and refuses every other command. Blocks for at most the backend deadline and a
     * little.
     *
     * @param request as it came from the wire; its passwords are not kept
     * @param terminal who asks, logged in
     * @param heard when it came, by {@link System#nanoTime}: what came longer ago than the backend's deadline is not begun any more, since
     *     the process may have stood still after it was read
     * @throws JournalSilentException if a change cannot be written down, or is old; a refusal would be believed
     */
    public Response serve(Request request, Terminal terminal, long heard) {
        Timer.Sample sample = Timer.start(meters);
        Outcomes outcomes = new Outcomes();
        Response response;
        try {
            response = answer(request, terminal, heard, outcomes);
        } catch (JournalSilentException | DataAccessException | TransactionException e) {
            outcomes.outcome = "journal_silent";
            count(sample, request, outcomes);
            watch.failed(e);
            throw new JournalSilentException(!outcomes.begun && !watch.speaking(), e);
        } catch (RuntimeException e) {
            LOG.error("{} of {} failed", request.type().title(), terminal.login(), e);
            outcomes.outcome = "error";
            response = own.refusal(request, terminal, "backend.silent");
        }
        count(sample, request, outcomes);
        return response;
    }

    private void count(Timer.Sample sample, Request request, Outcomes outcomes) {
        sample.stop(Timer.builder("kimppa.circulation")
                .description("Requests of terminals by command and outcome")
                .tag("command", request.type().code())
                .tag("outcome", outcomes.outcome)
                .publishPercentileHistogram()
                .register(meters));
    }

    /** Whether at least one library system answers, and what it says can be written down: loans and renewals of the 98. */
    public boolean online() {
        return writes() && systems.speaking();
    }

    /** Whether changes can be written down: on-line status of the 98. Where they cannot, nothing is to be begun. */
    public boolean writes() {
        return watch.speaking();
    }

    /** The requests that some library system answers in full. */
    public Set<MessageType> serves() {
        return systems.serves();
    }

    /** Whether the journal has the answer to this very change already, whatever has become of its thing since. */
    public boolean answered(Request request, Terminal terminal) {
        return Change.of(request)
                .filter(change -> journal.answers(change, terminal))
                .isPresent();
    }

    /** Drops whatever is remembered of a terminal's patron; to be called when its connection closes. */
    public void forget(Terminal terminal) {
        systems.all().forEach(system -> system.backend().forget(terminal));
    }

    private Response answer(Request request, Terminal terminal, long heard, Outcomes outcomes) {
        if (!systems.serve(request.type())) {
            outcomes.outcome = "refused";
            return own.refusal(request, terminal, "command.refused");
        }
        return switch (request) {
            case PatronStatusRequest status ->
                ask(status, terminal, backend -> backend.patronStatus(status, terminal), outcomes)
                        .<Response>map(Privacy::of)
                        .orElseGet(() -> own.silent(status, terminal));
            case PatronInformation information ->
                ask(information, terminal, backend -> backend.patronInformation(information, terminal), outcomes)
                        .map(answer -> seen(answer, information, terminal))
                        .<Response>map(Privacy::of)
                        .orElseGet(() -> own.silent(information, terminal));
            case ItemInformation item ->
                ask(item, terminal, backend -> (Response) backend.itemInformation(item, terminal), outcomes)
                        .orElseGet(() -> own.silent(item));
            case EndPatronSession end -> {
                forget(terminal);
                yield ask(end, terminal, backend -> (Response) backend.endPatronSession(end, terminal), outcomes)
                        .orElseGet(() -> own.refusal(end, terminal, "backend.silent"));
            }
            case Checkout r ->
                change(
                        r,
                        terminal,
                        heard,
                        outcomes,
                        backend -> agreed(r, terminal, backend, () -> backend.checkout(r, terminal)));
            case Checkin r -> change(r, terminal, heard, outcomes, backend -> backend.checkin(dated(r), terminal));
            case Renew r ->
                change(
                        r,
                        terminal,
                        heard,
                        outcomes,
                        backend -> agreed(r, terminal, backend, () -> backend.renew(r, terminal)));
            case RenewAll r -> change(r, terminal, heard, outcomes, backend -> backend.renewAll(r, terminal));
            case Hold r ->
                change(
                        r,
                        terminal,
                        heard,
                        outcomes,
                        backend -> agreed(r, terminal, backend, () -> backend.hold(r, terminal)));
            case FeePaid r -> change(r, terminal, heard, outcomes, backend -> backend.feePaid(r, terminal));
            case BlockPatron r -> change(r, terminal, heard, outcomes, backend -> backend.blockPatron(r, terminal));
            case PatronEnable r -> change(r, terminal, heard, outcomes, backend -> backend.patronEnable(r, terminal));
            case ItemStatusUpdate r ->
                change(r, terminal, heard, outcomes, backend -> backend.itemStatusUpdate(r, terminal));
            case Login _, ScStatus _, RequestAcsResend _ ->
                throw new IllegalArgumentException(request.type().title() + " is the session's own matter");
        };
    }

    // ---- questions ---------------------------------------------------------------------------------------

    private <T> Optional<T> ask(
            Request request, Terminal terminal, Function<CirculationBackend, T> question, Outcomes outcomes) {
        Asked asked = owners.of(request, terminal);
        Optional<T> answer = asked.system().flatMap(system -> answer(system, question));
        if (answer.isEmpty()) {
            outcomes.outcome = "silent";
        }
        return answer.filter(Circulation::unknown)
                .flatMap(_ -> asked.then())
                .flatMap(system -> answer(system, question))
                .filter(old -> !unknown(old))
                .or(() -> answer);
    }

    /** Whoever keeps a list of cards that are in order hears of it. A wrong PIN says nothing of the card. */
    private PatronInformationResponse seen(
            PatronInformationResponse answer, PatronInformation asked, Terminal terminal) {
        if (answer.identified() || unknown(answer)) {
            boolean inOrder = answer.identified() && NOT_IN_ORDER.stream().noneMatch(answer.patronStatus()::has);
            events.publishEvent(new CardSeen(clock.instant(), terminal, asked.patronIdentifier(), inOrder));
        }
        return answer;
    }

    private static <T> Optional<T> answer(LibrarySystem system, Function<CirculationBackend, T> question) {
        return system.call(question) instanceof Outcome.Answered<T>(T said) ? Optional.of(said) : Optional.empty();
    }

    /** Whether a library system says that it does not know what it was asked about. */
    private static boolean unknown(Object answer) {
        return switch (answer) {
            case ItemInformationResponse item -> item.titleIdentifier().isBlank();
            case PatronStatusResponse patron -> patron.validPatron().equals(Optional.of(false));
            case PatronInformationResponse patron -> patron.validPatron().equals(Optional.of(false));
            default -> false;
        };
    }

    // ---- changes -----------------------------------------------------------------------------------------

    /**
     * What comes back now comes back by the gateway's clock: library systems reckon fees by the return date, and machines' clocks are
     * wrong (backends.md section 4). One that waits has the moment at which it was taken ({@link JournalRow#cameBack}).
     */
    private Checkin dated(Checkin request) {
        return request.noBlock() ? request : request.returnedAt(Timestamp.of(clock.instant(), clock.getZone()));
    }

    /** No library system hears of what an agreement between municipalities does not allow. */
    private Response agreed(
            Request request, Terminal terminal, CirculationBackend backend, Supplier<? extends Response> ask) {
        Optional<String> reason = agreements.against(request, backend.sharesOurDatabase());
        return reason.isPresent() ? own.refusal(request, terminal, reason.get()) : ask.get();
    }

    private Response change(
            Request request,
            Terminal terminal,
            long heard,
            Outcomes outcomes,
            Function<CirculationBackend, ? extends Response> backendCall) {
        Change change = Change.of(request).orElseThrow();
        clocks.see(change, terminal);
        if (change.request() instanceof Checkin checkin && router.foreign(checkin.itemProperties())) {
            return router.onward((CheckinResponse) own.refusal(checkin, terminal, "item.foreign"), checkin, terminal);
        }
        if (change.request() instanceof Checkout checkout && router.foreign(checkout.itemProperties())) {
            return own.refusal(checkout, terminal, "item.foreign");
        }
        Asked whose = owners.of(change.request(), terminal);
        Optional<LibrarySystem> owner = whose.system();
        if (owner.filter(system -> !system.backend().serves().contains(request.type()))
                .isPresent()) {
            outcomes.outcome = "refused";
            return own.refusal(request, terminal, "command.refused");
        }
        boolean ours =
                owner.filter(system -> system.backend().sharesOurDatabase()).isPresent();
        // It is seen on the way whether any wait, where they can only be under the number that was said.
        boolean returnsFirst = !change.item().isEmpty() && !whose.closed();
        boolean seenOnTheWay = settlement.hasOneNumber(change.item());
        if (returnsFirst && !seenOnTheWay) {
            settlement.settleWaiting(change.item());
        }
        Optional<LibrarySystem> asked = owner;
        if (ours) {
            LibrarySystem system = owner.get();
            Outcome<Result> outcome = inOneTransaction(
                    system, whose, change, request, terminal, heard, returnsFirst && seenOnTheWay, backendCall);
            if (outcome instanceof Outcome.Answered<Result>(Result.ReturnsWait _)) {
                settlement.settleWaiting(change.item());
                outcome = inOneTransaction(system, whose, change, request, terminal, heard, false, backendCall);
            }
            switch (outcome) {
                case Outcome.Answered<Result>(Result.Answered(Response answer)) -> {
                    outcomes.outcome = ChangeEnds.ok(answer) ? "ok" : "refused";
                    return answer;
                }
                case Outcome.Answered<Result>(Result.Open _), Outcome.Answered<Result>(Result.ReturnsWait _) -> {}
                case Outcome.NotDone<Result> _
                when late(heard) || !watch.speaking() -> throw new JournalSilentException();
                case Outcome.NotDone<Result> _ -> asked = Optional.empty();
                // It is written down if it was done, and then its repeat is answered; an answer now might be wrong.
                case Outcome.Unknown<Result> _ -> {
                    outcomes.begun = true;
                    throw new JournalSilentException();
                }
            }
        }
        boolean lookFirst = returnsFirst && seenOnTheWay && !ours;
        return inTwoSteps(request, change, terminal, whose, asked, heard, lookFirst, outcomes, backendCall);
    }

    /** A change in our own database: journal and change are on the disk together, or not at all. */
    private Outcome<Result> inOneTransaction(
            LibrarySystem system,
            Asked whose,
            Change change,
            Request request,
            Terminal terminal,
            long heard,
            boolean returnsFirst,
            Function<CirculationBackend, ? extends Response> backendCall) {
        return system.call(backend -> {
            Optional<Response> refusal = backend.refusal(request, terminal);
            List<Question<?>> foreseen = refusal.isPresent() ? List.of() : backend.foreseen(request);
            return oneTransaction.carryOut(change, terminal, whose, returnsFirst, foreseen, () -> {
                // The journal's lock is held by now: from here on nobody else can decide about the same.
                if (late(heard)) {
                    throw new BackendBusyException("what was heard waited too long");
                }
                Response said = refusal.orElseGet(() -> backendCall.apply(backend));
                return ends.ending(said, change, identified(request), terminal);
            });
        });
    }

    /**
     * A change in a library system elsewhere: its row of the journal first, and what became of it after.
     *
     * @param whose the library system, where it is known
     * @param asked the library system; empty when it is not asked now
     * @param returnsFirst whether returns of the same item that wait come first, and have not been looked for
     */
    private Response inTwoSteps(
            Request request,
            Change change,
            Terminal terminal,
            Asked whose,
            Optional<LibrarySystem> asked,
            long heard,
            boolean returnsFirst,
            Outcomes outcomes,
            Function<CirculationBackend, ? extends Response> backendCall) {
        long begun = System.nanoTime();
        long asks = begun;
        boolean first = returnsFirst;
        while (true) {
            switch (journal.open(change, terminal, whose.system().map(LibrarySystem::name), whose.cutOverId(), first)) {
                case Opening.ReturnsWait _ -> {
                    settlement.settleWaiting(change.item());
                    first = false;
                }
                case Opening.New(long id, boolean returnsWait) -> {
                    outcomes.begun = true;
                    if (late(heard)) {
                        journal.notDone(id, Optional.empty());
                        throw new JournalSilentException();
                    }
                    // Settlement takes for certain that it was not sent.
                    return asked.filter(_ -> !(returnsWait && comesAfter(change, id)))
                            .map(system -> execute(id, system, change, request, terminal, heard, outcomes, backendCall))
                            .orElseGet(() -> notDone(id, change, terminal, outcomes, whose.closedUntil()));
                }
                case Opening.Old _ -> {
                    LOG.warn(
                            "{} of {} is not done: it was done, and machine and thing have moved on since",
                            request.type().title(),
                            terminal.login());
                    throw new JournalSilentException();
                }
                case Opening.Known(JournalRow row) -> {
                    if (row.response().isPresent() && row.state() != State.OPEN && row.state() != State.UNKNOWN) {
                        outcomes.outcome = "repeat";
                        return again(request, row.response().get(), terminal);
                    }
                    if (System.nanoTime() - asks >= 0) {
                        settlement.settle(row);
                        asks = System.nanoTime() + ASK_NANOS;
                    }
                    if (System.nanoTime() - begun > patience(row)) {
                        Optional<Response> answer = ends.unended(row.id(), change, terminal);
                        if (answer.isPresent()) {
                            outcomes.outcome = "unknown";
                            return answer.get();
                        }
                    }
                    if (journal.find(row.id())
                            .filter(again -> again.state() != State.SETTLED)
                            .isPresent()) {
                        LockSupport.parkNanos(POLL_NANOS);
                    }
                }
            }
        }
    }

    /** Whether a change is not sent while something that was taken earlier of the same thing waits: a return goes before no loan. */
    private boolean comesAfter(Change change, long id) {
        return change.comesAfterReturns() || (change.request() instanceof Checkin && journal.inLine(id));
    }

    /** How long whoever repeats a change waits for its end, in nanoseconds: less where its gateway has gone, and tells no end any more. */
    private long patience(JournalRow row) {
        long longest = deadlines.backend().toNanos();
        return row.live() ? longest : longest / 2;
    }

    /**
     * Whether a change was heard so long ago that whoever said it may have said it again to another gateway, and have been answered
     * there: then it is not begun any more. It waited for a lock, a connection or a silent library system.
     */
    private boolean late(long heard) {
        return System.nanoTime() - heard > deadlines.backend().toNanos();
    }

    /** A repeat has a PIN of its own: what says who somebody is or has leaves only if that one is right too. */
    private Response again(Request repeat, Response stored, Terminal terminal) {
        return switch (repeat) {
            case RenewAll r
            when stored instanceof RenewAllResponse renewed ->
                Privacy.of(renewed, knows(r.patronIdentifier(), r.patronPassword(), terminal));
            case PatronEnable r
            when stored instanceof PatronEnableResponse enabled ->
                Privacy.of(enabled, knows(r.patronIdentifier(), r.patronPassword(), terminal));
            default -> stored;
        };
    }

    private boolean knows(String card, Optional<Secret> pin, Terminal terminal) {
        return pin.filter(digits -> !digits.isEmpty()).isPresent()
                && knows(
                        new PatronStatusRequest(
                                Language.UNSPECIFIED.code(),
                                Timestamp.of(clock.instant(), clock.getZone()),
                                terminal.institutionId(),
                                card,
                                Optional.empty(),
                                pin,
                                List.of()),
                        terminal);
    }

    private boolean knows(PatronStatusRequest question, Terminal terminal) {
        return ask(question, terminal, backend -> backend.patronStatus(question, terminal), new Outcomes())
                .filter(PatronStatusResponse::identified)
                .isPresent();
    }

    /** Whether a PIN came with it: a wrong one is refused by the backend. */
    private static boolean identified(Request request) {
        return request.toFrame().fields().stream()
                .anyMatch(field -> field instanceof CodedField.Hidden hidden
                        && hidden.code().equals(Field.AD.code())
                        && !hidden.value().isEmpty());
    }

    private Response execute(
            long id,
            LibrarySystem system,
            Change change,
            Request request,
            Terminal terminal,
            long heard,
            Outcomes outcomes,
            Function<CirculationBackend, ? extends Response> backendCall) {
        boolean identified = identified(request);
        // What had to be asked first may have taken so long that others may take it for certain that this was not sent.
        if (!settler.note(id, change.request(), system, terminal) || late(heard)) {
            return notDone(id, change, terminal, outcomes, Optional.empty());
        }
        settlement.underWay(id);
        Outcome<Response> outcome = system.call(backendCall::apply);
        switch (outcome) {
            case Outcome.Answered<Response>(Response answer) -> {
                try {
                    return ends.noOwner(id, answer, change, terminal)
                            .orElseGet(() -> answered(id, answer, change, identified, terminal, outcomes));
                } finally {
                    settlement.ended(id);
                }
            }
            case Outcome.NotDone<Response> _ -> {
                settlement.ended(id);
                return notDone(id, change, terminal, outcomes, Optional.empty());
            }
            case Outcome.Unknown<Response>(CompletableFuture<Response> late) -> {
                outcomes.outcome = "unknown";
                Response answer = ends.unknown(id, change, terminal);
                var _ = late.whenComplete((response, failure) -> {
                    try {
                        if (failure == null) {
                            ends.settleLate(id, response, change, identified, terminal);
                        }
                    } catch (RuntimeException e) {
                        LOG.error("The late answer of journal row {} could not be written", id, e);
                    } finally {
                        settlement.ended(id);
                    }
                });
                return answer;
            }
        }
    }

    private Response answered(
            long id, Response said, Change change, boolean identified, Terminal terminal, Outcomes outcomes) {
        Response answer = ends.answered(id, said, change, identified, terminal);
        outcomes.outcome = ChangeEnds.ok(answer) ? "ok" : "refused";
        return answer;
    }

    private Response notDone(
            long id, Change change, Terminal terminal, Outcomes outcomes, Optional<Instant> closedUntil) {
        outcomes.outcome = closedUntil.isPresent() ? "closed" : "silent";
        return ends.notDone(id, change, terminal, closedUntil);
    }

    /** How one request ended, for the metrics, and how far it came. */
    private static final class Outcomes {
        private String outcome = "ok";

        /** Whether something may have been done that is not known to be undone. */
        private boolean begun;
    }
}
