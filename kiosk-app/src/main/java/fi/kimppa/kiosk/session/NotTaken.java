package fi.kimppa.kiosk.session;

import java.util.Optional;

/**
 * A card that was shown, or a number that was typed, and nobody can go on with.
 *
 * @param times how often in a row, so that each time is told
 */
public record NotTaken(Reason reason, int times) {
    /** Why. */
    public enum Reason {
        /** What was typed is no card's number. */
        NUMBER,
        /** What was read is no library card, or its number cannot be read. */
        NO_CARD,
        /** It was taken away before it was read. */
        LIFTED
    }

    /** This too. */
    static NotTaken after(Optional<NotTaken> before, Reason reason) {
        return new NotTaken(reason, 1 + before.map(NotTaken::times).orElse(0));
    }
}
