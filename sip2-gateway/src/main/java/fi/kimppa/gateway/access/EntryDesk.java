package fi.kimppa.gateway.access;

import fi.kimppa.gateway.access.EntryDecision.Denied;
import fi.kimppa.gateway.access.EntryDecision.Reason;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.limits.CardHash;
import fi.kimppa.gateway.limits.PinTries;
import fi.kimppa.gateway.limits.PinTries.Pause;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Answers a door: asks who the card belongs to, lets the policy decide, writes it down. */
@Component
class EntryDesk {
    /** Card or door have seen too many wrong PINs. */
    static final class PausedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Instant until;

        PausedException(Instant until) {
            super("paused", null, false, false);
            this.until = until;
        }

        Instant until() {
            return until;
        }
    }

    /** Finnish: no one is there to read it, so the language does not matter, but the field must be filled. */
    private static final String LANGUAGE = "007";

    private final Circulation circulation;
    private final Consortium consortium;
    private final PinTries tries;
    private final EntryLog journal;
    private final CardHash cards;
    private final AccessSettings settings;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;

    EntryDesk(
            Circulation circulation,
            Consortium consortium,
            PinTries tries,
            EntryLog journal,
            CardHash cards,
            AccessSettings settings,
            Clock clock,
            ApplicationEventPublisher events,
            TransactionOperations transactions) {
        this.circulation = circulation;
        this.consortium = consortium;
        this.tries = tries;
        this.journal = journal;
        this.cards = cards;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * Decides and logs.
     *
     * @param door the terminal that asks
     * @param card number as read
     * @param pin erased by the caller
     * @throws PausedException if card or door must wait; then nobody is asked
     */
    EntryDecision enter(Terminal door, String card, Secret pin) {
        Branch branch = consortium
                .branch(door.branchCode())
                .orElseThrow(() -> new IllegalStateException(door.login() + " stands in no known branch"));
        Optional<Pause> paused = tries.pause(door, card);
        if (paused.isPresent()) {
            throw new PausedException(paused.get().until());
        }
        EntryDecision decision = decide(branch, door, card, pin);
        transactions.executeWithoutResult(_ -> {
            Instant now = clock.instant();
            journal.write(door, now, decision, cards.of(card));
            if (decision instanceof Denied denied && denied.reason() == Reason.CARD_OR_PIN) {
                tries.pause(door, card)
                        .ifPresent(pause -> events.publishEvent(
                                new EntryPaused(door.login(), door.branchCode(), now, pause.wholeTerminal())));
            }
        });
        return decision;
    }

    private EntryDecision decide(Branch branch, Terminal door, String card, Secret pin) {
        Instant now = clock.instant();
        Optional<Denied> closed = EntryPolicy.closed(branch, now);
        if (closed.isPresent()) {
            return closed.get();
        }
        Response answer = ask(door, card, pin, now);
        if (!(answer instanceof PatronInformationResponse patron)
                || (!patron.validPatron().orElse(false) && !circulation.online())) {
            return new Denied(Reason.DEVICE_OUT_OF_ORDER, Map.of("phone", branch.phone()));
        }
        return EntryPolicy.decide(branch, settings.rulesOf(branch.code()), patron, now, settings.unlock());
    }

    private Response ask(Terminal door, String card, Secret pin, Instant now) {
        try {
            return circulation.serve(
                    new PatronInformation(
                            LANGUAGE,
                            Timestamp.of(now, GatewayClock.ZONE),
                            ItemList.summary(Optional.empty()),
                            door.institutionId(),
                            card,
                            Optional.empty(),
                            Optional.of(pin),
                            Optional.empty(),
                            Optional.empty(),
                            List.of()),
                    door);
        } finally {
            circulation.forget(door);
        }
    }
}
