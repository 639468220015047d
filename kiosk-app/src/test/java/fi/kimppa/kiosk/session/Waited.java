package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Returning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** States in which the library has been asked about a row for a while. */
public final class Waited {
    private Waited() {}

    private static Optional<Pending> since(Surroundings around, Pending.Purpose purpose, int row, Duration time) {
        return Optional.of(new Pending(
                99,
                purpose,
                row,
                Requests.item(around, ItemKey.scanned("3000000011")),
                around.now().minus(time),
                List.of()));
    }

    /** The same pile; the loan of this row was asked for so long ago. */
    public static Borrowing over(Borrowing state, int row, Duration time) {
        return new Borrowing(
                state.around(),
                state.patron(),
                state.rows(),
                since(state.around(), Pending.Purpose.LEND, row, time),
                state.nextRow(),
                state.leaving(),
                state.began(),
                state.askAgainAt(),
                state.patience());
    }

    /** The same returns; the return of this row was told so long ago. */
    public static Returning over(Returning state, int row, Duration time) {
        return new Returning(
                state.around(),
                state.rows(),
                since(state.around(), Pending.Purpose.CHECK_IN, row, time),
                state.nextRow(),
                state.leaving(),
                state.patience());
    }
}
