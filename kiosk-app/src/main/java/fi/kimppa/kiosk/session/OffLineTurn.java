package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Identifying;
import fi.kimppa.sip2.wire.Secret;
import java.util.List;

/**
 * From a card to a pile while nobody answers: the kiosk asks itself what it knows of the card. No PIN is asked for, since nobody
 * could check it, and none is kept.
 */
final class OffLineTurn {
    private OffLineTurn() {}

    /** A card was shown. */
    static Step begin(Surroundings around, CardNumber card) {
        long request = around.nextRequest();
        return Step.to(
                new Identifying(around.requested(), Goal.BORROW, card, Secret.empty(), 0, request, around.now()),
                new Effect.OffLine(new OffLineTask.LookUp(request, card)));
    }

    /** The kiosk knows what it knows. With a line that is back meanwhile the library is asked instead. */
    static Step looked(Identifying state, OffLineCard card) {
        Surroundings around = state.around();
        if (around.line() == Surroundings.Line.UP) {
            return CardTurn.askPin(around, state.card());
        }
        int things = OffLineRules.open(around) ? OffLineRules.allowance(around, false, card) : 0;
        return things > 0
                ? BorrowingTurn.begin(around, new Patron(state.card(), Secret.empty(), List.of()).lentOffLine(things))
                : Step.to(CardTurn.offline(around));
    }
}
