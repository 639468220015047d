package fi.kimppa.gateway.limits;

import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How often the PIN of a card may be tried, at SIP2 machines and at doors together, and how often PINs at one
 * terminal. Counted in the database, so that all gateways count together. May be used by several threads.
 *
 * <p>For each try: {@link #begin}, then the library system is asked, then one of {@link #right}, {@link #wrong},
 * {@link #unknown} and {@link #unasked}. The card's try is taken before its PIN is looked at, so that many tries at one moment cannot pass
 * the library system's own lock.
 */
@Component
public class PinTries {
    private static final Logger log = LoggerFactory.getLogger(PinTries.class);

    /**
     * Nobody may try now.
     *
     * @param until when it is over
     * @param wholeTerminal whether the terminal waits for all cards, or this card waits at all terminals
     */
    public record Pause(Instant until, boolean wholeTerminal) {}

    private final TryCounts counts;
    private final TryLimit limit;
    private final CardHash cards;
    private final PinSettings settings;
    private final Clock clock;

    PinTries(TryCounts counts, TryLimit limit, CardHash cards, PinSettings settings, Clock clock) {
        this.counts = counts;
        this.limit = limit;
        this.cards = cards;
        this.settings = settings;
        this.clock = clock;
    }

    /** The pause that card or terminal are in, the longer one if both are; takes no try. */
    public Optional<Pause> pause(Terminal terminal, String card) {
        return Stream.concat(terminalPause(terminal).stream(), cardPause(card).stream())
                .max((one, other) -> one.until().compareTo(other.until()));
    }

    /**
     * Takes one of the card's tries.
     *
     * @return the pause that forbids it, and then nobody must be asked; empty when it was taken
     */
    public Optional<Pause> begin(Terminal terminal, String card) {
        Optional<Pause> atTerminal = terminalPause(terminal);
        if (atTerminal.isPresent() || counts.take(subject(card), settings.cardTries(), settings.cardQuiet())) {
            return atTerminal;
        }
        return Optional.of(cardPause(card).orElseGet(() -> new Pause(clock.instant(), false)));
    }

    /** How many tries a card has used since it was last quiet. */
    public int used(String card) {
        return Optional.ofNullable(
                        counts.of(List.of(subject(card)), settings.cardQuiet()).get(subject(card)))
                .map(TryCounts.Count::tries)
                .orElse(0);
    }

    /** The PIN was right: the card has all of its tries again. */
    public void right(String card) {
        counts.forget(subject(card));
    }

    /** The PIN was wrong: the terminal has one more against it, as the card has. */
    public void wrong(Terminal terminal, String card) {
        countAt(terminal);
        if (cardPause(card).isPresent()) {
            log.info("A card at {} has seen {} wrong PINs and waits", terminal.login(), settings.cardTries());
        }
    }

    /** There is no such card: the terminal alone has one more against it, for there is nothing that could be locked. */
    public void unknown(Terminal terminal, String card) {
        unasked(card);
        countAt(terminal);
    }

    private void countAt(Terminal terminal) {
        if (limit.failed(subject(terminal), terminalPolicy(terminal))) {
            log.warn("{} has seen too many wrong PINs and waits {}", terminal.login(), settings.pause());
        }
    }

    /** It was no try after all: the PIN was not looked at. */
    public void unasked(String card) {
        counts.giveBack(subject(card));
    }

    private Optional<Pause> cardPause(String card) {
        return counts.spent(subject(card), settings.cardTries(), settings.cardQuiet())
                .map(last -> new Pause(last.plus(settings.cardQuiet()), false));
    }

    private Optional<Pause> terminalPause(Terminal terminal) {
        return limit.pausedUntil(List.of(subject(terminal))).map(until -> new Pause(until, true));
    }

    private TryLimit.Policy terminalPolicy(Terminal terminal) {
        return new TryLimit.Policy(
                terminal.kind() == Terminal.Kind.DOOR ? settings.doorTries() : settings.terminalTries(),
                settings.window(),
                settings.pause());
    }

    private String subject(String card) {
        return "pin-card:" + cards.of(card);
    }

    private static String subject(Terminal terminal) {
        return "pin-terminal:" + terminal.login();
    }
}
