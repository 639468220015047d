package fi.kimppa.kiosk.session;

import java.util.Optional;

/** States of visits for tests of other packages. */
public final class Visits {
    private Visits() {}

    /** The same state with a question over its screen. */
    public static KioskState asking(KioskState state, Question question) {
        Surroundings around = state.around();
        Asked asked = new Asked(question, around.now().plusSeconds(20));
        return States.in(state, around.with(around.stay().asking(asked)));
    }

    /** The same with somebody who is greeted. */
    public static KioskState greeted(KioskState borrowing) {
        KioskState.Borrowing pile = (KioskState.Borrowing) borrowing;
        return new KioskState.Borrowing(
                pile.around(),
                pile.patron().greeted(Optional.of("A")),
                pile.rows(),
                pile.pending(),
                pile.nextRow(),
                pile.leaving(),
                pile.began(),
                pile.askAgainAt(),
                pile.patience());
    }

    /** The same returns at the visit of somebody who is known and has borrowed before. */
    public static KioskState within(KioskState.Returning returns, KioskState borrowing) {
        KioskState.Borrowing pile = (KioskState.Borrowing) borrowing;
        Visit visit = new Visit(pile.rows(), pile.nextRow(), pile.began());
        return new KioskState.Returning(
                returns.around(),
                returns.rows(),
                returns.pending(),
                returns.nextRow(),
                returns.leaving(),
                Optional.of(new Visitor(pile.patron(), visit)),
                returns.patience());
    }
}
