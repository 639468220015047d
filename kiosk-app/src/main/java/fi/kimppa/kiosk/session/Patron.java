package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.wire.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The patron whose session it is, known by card and PIN and nothing else: no name ever reaches a screen, and at most its first letter where the
 * branch wants that. Without connection the card
 * alone is known.
 *
 * @param card AA
 * @param pin AD; erased when the session ends; empty where nobody could check one
 * @param loans what is on the card, as far as the library said so: item numbers, or titles where it lists those
 * @param standing counts and what is denied
 * @param ready item numbers that wait on the hold shelf; empty until they were asked for
 * @param offLine how many things are lent without connection at this visit; empty until it was looked up
 * @param mailbox the address for e-mail with most of it covered, as in {@code k***@e***.fi}; empty where a receipt cannot go there
 * @param initial of the first name, to be greeted by; empty where nobody is
 * @param wished works for which a hold was asked for at this visit and not refused, as the catalogue names them
 */
public record Patron(
        CardNumber card,
        Secret pin,
        List<String> loans,
        Standing standing,
        Optional<List<String>> ready,
        Optional<Integer> offLine,
        Optional<String> mailbox,
        Optional<String> initial,
        List<String> wished) {
    /** Takes copies. */
    public Patron {
        loans = List.copyOf(loans);
        ready = ready.map(List::copyOf);
        wished = List.copyOf(wished);
    }

    /** A patron of whom no more than the loans is known. */
    public Patron(CardNumber card, Secret pin, List<String> loans) {
        this(card, pin, loans, Standing.UNKNOWN, Optional.empty());
    }

    /** A patron whom the library has told of. */
    public Patron(CardNumber card, Secret pin, List<String> loans, Standing standing, Optional<List<String>> ready) {
        this(card, pin, loans, standing, ready, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** Whether the library has found card and PIN right at this visit, and can be asked with them. */
    boolean identified() {
        return !pin.isEmpty();
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
        return new Patron(card, pin, next, standing, ready, offLine, mailbox, initial, wished);
    }

    /** The same without a loan that is none any more. */
    Patron without(ItemKey item) {
        return withLoans(
                loans.stream().filter(number -> !item.hasNumber(number)).toList());
    }

    Patron with(Standing next) {
        return new Patron(card, pin, loans, next, ready, offLine, mailbox, initial, wished);
    }

    Patron withReady(List<String> items) {
        return new Patron(card, pin, loans, standing, Optional.of(items), offLine, mailbox, initial, wished);
    }

    Patron lentOffLine(int things) {
        return new Patron(card, pin, loans, standing, ready, Optional.of(things), mailbox, initial, wished);
    }

    Patron reached(Optional<String> at) {
        return new Patron(card, pin, loans, standing, ready, offLine, at, initial, wished);
    }

    Patron greeted(Optional<String> letter) {
        return new Patron(card, pin, loans, standing, ready, offLine, mailbox, letter, wished);
    }

    /** Whether a hold on this work was asked for at this visit, and may stand. */
    public boolean hasWished(String title) {
        return wished.contains(title);
    }

    Patron wishing(String title) {
        return wishing(Stream.concat(wished.stream(), Stream.of(title)).toList());
    }

    Patron notWishing(String title) {
        return wishing(wished.stream().filter(other -> !other.equals(title)).toList());
    }

    private Patron wishing(List<String> all) {
        return new Patron(card, pin, loans, standing, ready, offLine, mailbox, initial, all);
    }

    @Override
    public String toString() {
        return "Patron[***]";
    }
}
