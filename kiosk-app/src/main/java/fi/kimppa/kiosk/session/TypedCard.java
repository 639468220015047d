package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.TypingCard;
import java.util.Optional;

/** A card that cannot be read, typed digit by digit. What is typed goes the way of what is read: the same rules, then the PIN. */
final class TypedCard {
    /** More than any library card has. */
    private static final int MOST_DIGITS = 14;

    private TypedCard() {}

    static Step begin(Surroundings around, Goal goal) {
        return Step.to(new TypingCard(around, goal, new CardNumber(""), Optional.empty(), Patience.from(around.now())));
    }

    static Step step(TypingCard state, KioskEvent event) {
        Surroundings around = state.around();
        Optional<CardNumber> read = ShownCard.patron(around, event);
        if (read.isPresent()) {
            return CardTurn.askPin(around, state.goal(), read.get());
        }
        Optional<NotTaken> shown =
                ShownCard.notTaken(around, event).map(reason -> NotTaken.after(state.notTaken(), reason));
        Patience patience = KioskSession.patience(state.patience(), around, event);
        String typed = state.typed().text();
        return switch (event) {
            case KioskEvent.Touched(Choice.Digit(int digit))
            when typed.length() < MOST_DIGITS -> Step.to(with(state, typed + digit, patience));
            case KioskEvent.Touched(Choice.Erase())
            when !typed.isEmpty() -> Step.to(with(state, typed.substring(0, typed.length() - 1), patience));
            case KioskEvent.Touched(Choice.Ok())
            when !typed.isEmpty() ->
                around.settings()
                        .cards()
                        .patron(typed)
                        .map(card -> CardTurn.askPin(around, state.goal(), card))
                        .orElseGet(() -> Step.to(new TypingCard(
                                around,
                                state.goal(),
                                state.typed(),
                                Optional.of(NotTaken.after(state.notTaken(), NotTaken.Reason.NUMBER)),
                                patience)));
            case KioskEvent.Touched(Choice.Cancel()), KioskEvent.Touched(Choice.Finish()) ->
                CardTurn.without(around, state.goal());
            default ->
                patience.over(around.now())
                        ? Step.to(Endings.idle(around))
                        : Step.to(new TypingCard(
                                around, state.goal(), state.typed(), shown.or(state::notTaken), patience));
        };
    }

    private static TypingCard with(TypingCard state, String typed, Patience patience) {
        return new TypingCard(state.around(), state.goal(), new CardNumber(typed), Optional.empty(), patience);
    }
}
