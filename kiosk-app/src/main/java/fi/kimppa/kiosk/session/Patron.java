package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.wire.Secret;
import java.util.List;

/**
 * The patron whose session it is, known by card and PIN and nothing else: no name ever reaches a screen.
 *
 * @param card AA
 * @param pin AD; erased when the session ends
 * @param loans item numbers that were on the card when the session began
 */
public record Patron(CardNumber card, Secret pin, List<String> loans) {
    /** Takes a copy. */
    public Patron {
        loans = List.copyOf(loans);
    }

    @Override
    public String toString() {
        return "Patron[***]";
    }
}
