package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.Calls.Outcome;
import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemLent;
import fi.kimppa.gateway.circulation.CirculationEvent.LoanRenewed;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnWaiting;
import fi.kimppa.gateway.circulation.Journal.Opening;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Circulation.class);
    private static final long POLL_NANOS = 50_000_000;

    private final Journal journal;
    private final Router router;
    private final Calls calls;
    private final Settlement settlement;
    private final Deadlines deadlines;
    private final MeterRegistry meters;
    private final Clock clock;
    private final ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.circulation.messages");

    Circulation(
            Journal journal,
            Router router,
            Calls calls,
            Settlement settlement,
            Deadlines deadlines,
            MeterRegistry meters,
            Clock clock) {
        this.journal = journal;
        this.router = router;
        this.calls = calls;
        this.settlement = settlement;
        this.deadlines = deadlines;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Answers 23, 63, 17, 11, 09, 29 and 35, and refuses every other command. Blocks for at most the backend
     * deadline and a little.
     *
     * @param request as it came from the wire; its passwords are not kept
     * @param terminal who asks, logged in
     * @throws JournalSilentException if a change cannot be written down; a refusal would be believed
     */
    public Response serve(Request request, Terminal terminal) {
        Timer.Sample sample = Timer.start(meters);
        Outcomes outcomes = new Outcomes();
        Response response;
        try {
            response = answer(request, terminal, outcomes);
        } catch (DataAccessException | TransactionException e) {
            outcomes.outcome = "journal_silent";
            count(sample, request, outcomes);
            throw new JournalSilentException(e);
        } catch (RuntimeException e) {
            LOG.error("{} of {} failed", request.type().title(), terminal.login(), e);
            outcomes.outcome = "error";
            response = refusal(request, terminal, "backend.silent");
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

    /** Whether the backends answer: on-line status of the 98. */
    public boolean online() {
        return calls.speaking();
    }

    /** Drops whatever is remembered of a terminal's patron; to be called when its connection closes. */
    public void forget(Terminal terminal) {
        router.backend().forget(terminal);
    }

    private Response answer(Request request, Terminal terminal, Outcomes outcomes) {
        CirculationBackend backend = router.backend();
        return switch (request) {
            case PatronStatusRequest status ->
                ask(() -> backend.patronStatus(withoutEmptyPin(status), terminal), outcomes)
                        .<Response>map(Privacy::of)
                        .orElseGet(() -> silent(status, terminal));
            case PatronInformation information ->
                ask(() -> backend.patronInformation(withoutEmptyPin(information), terminal), outcomes)
                        .<Response>map(Privacy::of)
                        .orElseGet(() -> silent(information, terminal));
            case ItemInformation item ->
                ask(() -> (Response) backend.itemInformation(item, terminal), outcomes)
                        .orElseGet(() -> silent(item, terminal));
            case EndPatronSession end -> {
                backend.forget(terminal);
                yield ask(() -> (Response) backend.endPatronSession(end, terminal), outcomes)
                        .orElseGet(() -> refusal(end, terminal, "backend.silent"));
            }
            case Checkout checkout ->
                change(Change.of(checkout), terminal, outcomes, () -> backend.checkout(checkout, terminal));
            case Checkin checkin ->
                change(Change.of(checkin), terminal, outcomes, () -> backend.checkin(checkin, terminal));
            case Renew renew -> change(Change.of(renew), terminal, outcomes, () -> backend.renew(renew, terminal));
            default -> {
                outcomes.outcome = "refused";
                yield refusal(request, terminal, "command.refused");
            }
        };
    }

    // ---- questions ---------------------------------------------------------------------------------------

    private <T> Optional<T> ask(Supplier<T> question, Outcomes outcomes) {
        if (calls.call(question) instanceof Outcome.Answered<T>(T answer)) {
            return Optional.of(answer);
        }
        outcomes.outcome = "silent";
        return Optional.empty();
    }

    /** Machines without a keypad send an empty PIN, and some backends count it as a wrong one. */
    private static PatronInformation withoutEmptyPin(PatronInformation request) {
        return new PatronInformation(
                request.language(),
                request.transactionDate(),
                request.summary(),
                request.institutionId(),
                request.patronIdentifier(),
                request.terminalPassword(),
                request.patronPassword().filter(pin -> !pin.isEmpty()),
                request.startItem(),
                request.endItem(),
                request.extras());
    }

    private static PatronStatusRequest withoutEmptyPin(PatronStatusRequest request) {
        return new PatronStatusRequest(
                request.language(),
                request.transactionDate(),
                request.institutionId(),
                request.patronIdentifier(),
                request.terminalPassword(),
                request.patronPassword().filter(pin -> !pin.isEmpty()),
                request.extras());
    }

    // ---- changes -----------------------------------------------------------------------------------------

    private Response change(
            Change change, Terminal terminal, Outcomes outcomes, Supplier<? extends Response> backendCall) {
        if (change.request() instanceof Checkin checkin && router.foreign(checkin.itemProperties())) {
            return router.onward(
                    (CheckinResponse) refusal(checkin, terminal, "item.foreign"),
                    router.branchOf(checkin.currentLocation(), terminal),
                    false);
        }
        if (change.request() instanceof Checkout checkout && router.foreign(checkout.itemProperties())) {
            return refusal(checkout, terminal, "item.foreign");
        }
        if (journal.returnWaits(change.item())) {
            settlement.settle();
        }
        long patience = System.nanoTime() + deadlines.backend().toNanos();
        while (true) {
            switch (journal.open(change, terminal, router.backend().name())) {
                case Opening.New(long id) -> {
                    return execute(id, change, terminal, outcomes, backendCall);
                }
                case Opening.Known(JournalRow row) -> {
                    if (row.response().isPresent() && row.state() != State.OPEN && row.state() != State.UNKNOWN) {
                        outcomes.outcome = "repeat";
                        return row.response().get();
                    }
                    settlement.settle(row);
                    if (System.nanoTime() - patience > 0) {
                        outcomes.outcome = "unknown";
                        return unknown(change, terminal);
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

    private Response execute(
            long id, Change change, Terminal terminal, Outcomes outcomes, Supplier<? extends Response> backendCall) {
        settlement.underWay(id);
        Outcome<Response> outcome = calls.call(backendCall::get);
        switch (outcome) {
            case Outcome.Answered<Response>(Response answer) -> {
                Response completed = complete(answer, change, terminal);
                outcomes.outcome = ok(completed) ? "ok" : "refused";
                try {
                    settled(id, completed, change, terminal, Optional.empty());
                } catch (RuntimeException e) {
                    LOG.error("Journal row {} was answered but could not be settled; it is asked about later", id, e);
                } finally {
                    settlement.ended(id);
                }
                return completed;
            }
            case Outcome.NotDone<Response> _ -> {
                settlement.ended(id);
                outcomes.outcome = "silent";
                if (change.request() instanceof Checkin checkin && !change.cancel()) {
                    return promise(id, checkin, terminal);
                }
                journal.notDone(id);
                return refusal(change.request(), terminal, "backend.silent");
            }
            case Outcome.Unknown<Response>(CompletableFuture<Response> late) -> {
                outcomes.outcome = "unknown";
                Response answer;
                if (change.request() instanceof Checkin checkin && !change.cancel()) {
                    answer = promise(id, checkin, terminal);
                } else {
                    journal.unknown(id);
                    answer = unknown(change, terminal);
                }
                var _ = late.whenComplete((response, failure) -> {
                    try {
                        if (failure == null) {
                            settleLate(id, complete(response, change, terminal), change, terminal);
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

    private void settleLate(long id, Response response, Change change, Terminal terminal) {
        Optional<CirculationEvent> event = response instanceof CheckoutResponse checkout && checkout.ok()
                ? Optional.of(new CheckoutSettledLate(clock.instant(), terminal, checkout.itemIdentifier()))
                : Optional.empty();
        LOG.info("Journal row {}: the backend answered late", id);
        settled(id, response, change, terminal, event);
    }

    /** Writes down what the backend said; a promise to the patron stays the answer to a repeat. */
    private void settled(
            long id, Response response, Change change, Terminal terminal, Optional<CirculationEvent> instead) {
        if (!ok(response)) {
            // A return that was promised and is refused now is a matter for staff, found when it is done again.
            if (journal.find(id).filter(row -> row.state() == State.WAITING).isEmpty()) {
                journal.notDone(id);
            }
            return;
        }
        Optional<CirculationEvent> event = instead.or(() -> event(response, change, terminal));
        boolean promised =
                journal.find(id).filter(row -> row.state() == State.WAITING).isPresent();
        journal.done(id, promised ? Optional.empty() : Optional.of(response), event);
    }

    private Optional<CirculationEvent> event(Response response, Change change, Terminal terminal) {
        return switch (response) {
            case CheckoutResponse lent
            when lent.renewalOk() -> Optional.of(new LoanRenewed(clock.instant(), terminal, lent.itemIdentifier()));
            case CheckoutResponse lent -> Optional.of(new ItemLent(clock.instant(), terminal, lent.itemIdentifier()));
            case RenewResponse renewed ->
                Optional.of(new LoanRenewed(clock.instant(), terminal, renewed.itemIdentifier()));
            case CheckinResponse returned
            when change.request() instanceof Checkin checkin ->
                Optional.of(
                        settlement.returned(returned, router.branchOf(checkin.currentLocation(), terminal), terminal));
            default -> Optional.empty();
        };
    }

    private static boolean ok(Response response) {
        return switch (response) {
            case CheckoutResponse lent -> lent.ok();
            case RenewResponse renewed -> renewed.ok();
            case CheckinResponse returned -> returned.ok();
            default -> true;
        };
    }

    private Response complete(Response response, Change change, Terminal terminal) {
        return response instanceof CheckinResponse returned && change.request() instanceof Checkin checkin
                ? router.onward(returned, router.branchOf(checkin.currentLocation(), terminal), !change.cancel())
                : response;
    }

    /** Accepts a return for a silent backend: on the disk first, then to the patron. */
    private Response promise(long id, Checkin checkin, Terminal terminal) {
        CheckinResponse promise = new CheckinResponse(
                true,
                true,
                MagneticMedia.U,
                false,
                now(),
                terminal.institutionId(),
                checkin.itemIdentifier(),
                "",
                Optional.empty(),
                Optional.of(router.unprocessedBin(router.branchOf(checkin.currentLocation(), terminal))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(texts.text(Language.UNSPECIFIED, "return.waiting")),
                List.of(),
                List.of());
        journal.waiting(id, promise, new ReturnWaiting(clock.instant(), terminal, checkin.itemIdentifier()));
        return promise;
    }

    // ---- negative answers --------------------------------------------------------------------------------

    private Response refusal(Request request, Terminal terminal, String reason) {
        return Refusal.of(
                request, terminal.institutionId(), now(), Optional.of(texts.text(Language.UNSPECIFIED, reason)));
    }

    /** No backend, no word about the card: neither known nor unknown. */
    private Response silent(PatronInformation request, Terminal terminal) {
        PatronInformationResponse refusal = (PatronInformationResponse) refusal(request, terminal, "backend.silent");
        return new PatronInformationResponse(
                refusal.patronStatus(),
                refusal.language(),
                refusal.transactionDate(),
                refusal.counts(),
                refusal.institutionId(),
                refusal.patronIdentifier(),
                "",
                refusal.holdItemsLimit(),
                refusal.overdueItemsLimit(),
                refusal.chargedItemsLimit(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                refusal.items(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                refusal.screenMessages(),
                List.of(),
                List.of());
    }

    private Response silent(PatronStatusRequest request, Terminal terminal) {
        PatronStatusResponse refusal = (PatronStatusResponse) refusal(request, terminal, "backend.silent");
        return new PatronStatusResponse(
                refusal.patronStatus(),
                refusal.language(),
                refusal.transactionDate(),
                refusal.institutionId(),
                refusal.patronIdentifier(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                refusal.screenMessages(),
                List.of(),
                List.of());
    }

    /** An 18 that cannot be taken for that of an unknown item. */
    private Response silent(ItemInformation request, Terminal terminal) {
        ItemInformationResponse refusal = (ItemInformationResponse) refusal(request, terminal, "backend.silent");
        return new ItemInformationResponse(
                refusal.circulationStatus(),
                refusal.securityMarker(),
                refusal.feeType(),
                refusal.transactionDate(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                refusal.itemIdentifier(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(OUTCOME_UNKNOWN),
                refusal.screenMessages(),
                List.of(),
                List.of());
    }

    private Response unknown(Change change, Terminal terminal) {
        Response refusal = refusal(change.request(), terminal, "outcome.unknown");
        return switch (refusal) {
            case CheckoutResponse lent ->
                new CheckoutResponse(
                        false,
                        false,
                        MagneticMedia.U,
                        false,
                        lent.transactionDate(),
                        lent.institutionId(),
                        lent.patronIdentifier(),
                        lent.itemIdentifier(),
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(OUTCOME_UNKNOWN),
                        Optional.empty(),
                        lent.screenMessages(),
                        List.of(),
                        List.of());
            case RenewResponse renewed ->
                new RenewResponse(
                        false,
                        false,
                        MagneticMedia.U,
                        false,
                        renewed.transactionDate(),
                        renewed.institutionId(),
                        renewed.patronIdentifier(),
                        renewed.itemIdentifier(),
                        renewed.titleIdentifier(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(OUTCOME_UNKNOWN),
                        Optional.empty(),
                        renewed.screenMessages(),
                        List.of(),
                        List.of());
            default -> refusal;
        };
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }

    /** How one request ended, for the metrics. */
    private static final class Outcomes {
        private String outcome = "ok";
    }
}
