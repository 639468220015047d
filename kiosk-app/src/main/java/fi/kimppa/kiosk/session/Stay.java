package fi.kimppa.kiosk.session;

import java.util.Optional;

/**
 * What belongs to a visit on whichever screen it is. Nothing of it outlives the visit.
 *
 * @param asked the question that is open
 * @param follower whose visit begins when this one has ended
 */
public record Stay(Optional<Asked> asked, Optional<CardNumber> follower) {
    /** Nobody is here, or nothing has come of it yet. */
    public static final Stay NONE = new Stay(Optional.empty(), Optional.empty());

    Stay asking(Asked question) {
        return new Stay(Optional.of(question), follower);
    }

    Stay answered() {
        return new Stay(Optional.empty(), follower);
    }

    Stay followedBy(CardNumber card) {
        return new Stay(Optional.empty(), Optional.of(card));
    }
}
