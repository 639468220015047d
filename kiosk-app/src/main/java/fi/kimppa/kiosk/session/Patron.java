package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.wire.Secret;
import java.util.List;
import java.util.Optional;

/**
 * The patron whose session it is, known by card and PIN and nothing else: no name ever reaches a screen.
 *
 * @param card AA
 * @param pin AD; erased when the session ends
 * @param loans item numbers that are on the card, as far as the library said so
 * @param standing counts and what is denied
 * @param ready item numbers that wait on the hold shelf; empty until they were asked for
 */
public record Patron(CardNumber card, Secret pin, List<String> loans, Standing standing, Optional<List<String>> ready) {
    /** Takes copies. */
    public Patron {
        loans = List.copyOf(loans);
        ready = ready.map(List::copyOf);
    }

    /** A patron of whom no more than the loans is known. */
    public Patron(CardNumber card, Secret pin, List<String> loans) {
        this(card, pin, loans, Standing.UNKNOWN, Optional.empty());
    }

    /** Whether this item is on the card. */
    boolean has(ItemKey item) {
        return loans.stream().anyMatch(item::hasNumber);
    }

    /** Whether this item waits on the hold shelf for this patron. */
    public boolean awaits(ItemKey item) {
        return ready.orElse(List.of()).stream().anyMatch(item::hasNumber);
    }

    Patron withLoans(List<String> next) {
        return new Patron(card, pin, next, standing, ready);
    }

    Patron with(Standing next) {
        return new Patron(card, pin, loans, next, ready);
    }

    Patron withReady(List<String> items) {
        return new Patron(card, pin, loans, standing, Optional.of(items));
    }

    @Override
    public String toString() {
        return "Patron[***]";
    }
}
