package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.limits.PinTries;
import fi.kimppa.gateway.limits.PinTries.Pause;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.wire.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Stands between a PIN and whoever checks it: counts the try before the backend is asked, so that no backend's own lock
 * is ever reached, and refuses without asking when there were too many. May be used by several threads.
 */
@Component
class PinGuard {
    /** What an answer says of a PIN. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** There is no such card. */
        UNKNOWN_CARD,
        /** Nobody looked at it. */
        UNASKED;

        /** Whether whoever asked must hear nothing else. */
        boolean refuses() {
            return this == WRONG || this == UNKNOWN_CARD;
        }

        /**
         * Reads the two fields that speak of it.
         *
         * @param validPatron BL
         * @param validPatronPassword CQ
         */
        static Verdict of(Optional<Boolean> validPatron, Optional<Boolean> validPatronPassword) {
            if (!validPatron.orElse(true)) {
                return UNKNOWN_CARD;
            }
            if (!validPatronPassword.orElse(true)) {
                return WRONG;
            }
            return validPatronPassword.isPresent() ? RIGHT : UNASKED;
        }
    }

    private final PinTries tries;
    private final PatronSessions sessions;
    private final MeterRegistry meters;
    private final Clock clock;
    private final ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.circulation.messages");

    PinGuard(PinTries tries, PatronSessions sessions, MeterRegistry meters, Clock clock) {
        this.tries = tries;
        this.sessions = sessions;
        this.meters = meters;
        this.clock = clock;
    }

    /** The same backend with this guard before it. */
    GuardedBackend before(CirculationBackend backend) {
        return new GuardedBackend(backend, this, sessions, clock);
    }

    /** Whether there is a PIN that has not been found right at this terminal a moment ago. */
    boolean open(Terminal terminal, String card, Optional<Secret> pin) {
        return pin.isPresent() && !sessions.knows(terminal, card, pin.get());
    }

    /**
     * Asks the backend, as one try of the card where the PIN is open.
     *
     * @param question asks the backend
     * @param verdict what its answer says of the PIN
     * @param paused the answer when nobody may try; its parameter is the sentence for the patron
     * @throws BackendBusyException if nobody was asked because the backend had no room
     * @throws BackendSilentException if the backend is silent, or if the try cannot be counted and so nobody was asked
     */
    <R> R check(
            Terminal terminal,
            String card,
            Optional<Secret> pin,
            Supplier<R> question,
            Function<R, Verdict> verdict,
            Function<String, R> paused) {
        if (!open(terminal, card, pin)) {
            return question.get();
        }
        // The caller may erase the PIN when it has waited long enough, while the backend is still at it.
        try (Secret own = Secret.of(pin.orElseThrow().reveal())) {
            Optional<Pause> pause = counted(() -> tries.begin(terminal, card));
            if (pause.isPresent()) {
                meter("paused");
                return paused.apply(sentence(sessions.language(terminal, card), pause.get()));
            }
            R answer = ask(card, question);
            Verdict said = verdict.apply(answer);
            meter(said.name().toLowerCase(Locale.ROOT));
            switch (said) {
                case RIGHT -> {
                    counted(() -> tries.right(card));
                    sessions.remember(terminal, card, own);
                }
                case WRONG -> counted(() -> tries.wrong(terminal, card));
                case UNKNOWN_CARD -> counted(() -> tries.unknown(terminal, card));
                case UNASKED -> counted(() -> tries.unasked(card));
            }
            return answer;
        }
    }

    private <R> R ask(String card, Supplier<R> question) {
        try {
            return question.get();
        } catch (BackendBusyException e) {
            counted(() -> tries.unasked(card));
            throw e;
        } catch (BackendSilentException e) {
            if (e.outcomeKnown()) {
                counted(() -> tries.unasked(card));
            }
            throw e;
        }
    }

    private static void counted(Runnable count) {
        counted(() -> {
            count.run();
            return true;
        });
    }

    private static <R> R counted(Supplier<R> count) {
        try {
            return count.get();
        } catch (DataAccessException e) {
            throw new BackendSilentException("the tries of PINs cannot be counted", true, e);
        }
    }

    private String sentence(Language language, Pause pause) {
        Duration left = Duration.between(clock.instant(), pause.until());
        return texts.text(
                language, "pin.paused", Math.max(1, left.plusSeconds(59).toMinutes()));
    }

    /** The sentence for a wrong PIN or an unknown card. */
    String wrong(Terminal terminal, String card) {
        return texts.text(sessions.language(terminal, card), "pin.wrong");
    }

    private void meter(String outcome) {
        meters.counter("kimppa.pin.tries", "outcome", outcome).increment();
    }
}
