package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.sip2.wire.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A card is asked for, and the PIN after it; or what stands in the way of both is said. Pure. */
final class CardTurn {
    private CardTurn() {}

    static Step step(AskingCard state, KioskEvent event) {
        Surroundings around = state.around();
        Optional<CardNumber> card = ShownCard.patron(around, event);
        if (card.isPresent()) {
            return askPin(around, state.goal(), card.get());
        }
        return switch (event) {
            case KioskEvent.Touched(Choice.Cancel()), KioskEvent.Touched(Choice.Finish()) ->
                without(around, state.goal());
            case KioskEvent.Touched(Choice.Return()) -> ReturningTurn.begin(around);
            case KioskEvent.Touched(Choice.TypeCard())
            when around.cardMayBeTyped() -> TypedCard.begin(around, state.goal());
            default -> {
                Patience patience = KioskSession.patience(state.patience(), around, event);
                yield patience.over(around.now())
                        ? Step.to(Endings.idle(around))
                        : Step.to(new AskingCard(
                                around,
                                state.goal(),
                                ShownCard.notTaken(around, event)
                                        .map(reason -> NotTaken.after(state.notTaken(), reason))
                                        .or(state::notTaken),
                                patience));
            }
        };
    }

    static Step step(AskingPin state, KioskEvent event) {
        Surroundings around = state.around();
        Optional<CardNumber> card = ShownCard.patron(around, event);
        if (card.isPresent() && !card.get().equals(state.card())) {
            Step other = askPin(around.forTheNextCard().with(around.stay()), state.goal(), card.get());
            List<Effect> effects = new ArrayList<>(other.effects());
            effects.add(new Effect.Erase(state.pin()));
            return new Step(other.next(), effects);
        }
        if (event instanceof KioskEvent.Touched(Choice choice)) {
            return IdentifyingRules.pin(state, choice);
        }
        Patience patience = KioskSession.patience(state.patience(), around, event);
        return patience.over(around.now())
                ? Step.to(Endings.idle(around), new Effect.Erase(state.pin()))
                : Step.to(new AskingPin(
                        around,
                        state.goal(),
                        state.card(),
                        state.pin(),
                        state.digits(),
                        state.wrong(),
                        state.unreachable(),
                        patience));
    }

    /** A card that somebody shows without a word, and that is not taken, is asked for again. */
    static Optional<Step> askAgain(Surroundings around, KioskEvent event) {
        return ShownCard.cardNotTaken(around, event)
                .filter(_ -> !around.settings().returnOnly())
                .map(reason -> {
                    Step asked = askCard(around, unsaid(around));
                    return asked.next() instanceof AskingCard card
                            ? Step.to(new AskingCard(
                                    card.around(),
                                    card.goal(),
                                    Optional.of(NotTaken.after(Optional.empty(), reason)),
                                    card.patience()))
                            : asked;
                });
    }

    static Step askCard(Surroundings around, Goal goal) {
        if (padStops(around, goal)) {
            return Step.to(stopped(around, Blocked.Reason.NO_PAD));
        }
        return around.line() == Surroundings.Line.UP || offLine(around, goal)
                ? Step.to(new AskingCard(around, goal, Patience.from(around.now())))
                : Step.to(offline(around));
    }

    /** A card that somebody shows without a word. */
    static Step askPin(Surroundings around, CardNumber card) {
        return askPin(around, unsaid(around), card);
    }

    static Step askPin(Surroundings around, Goal goal, CardNumber card) {
        if (padStops(around, goal)) {
            return Step.to(stopped(around, Blocked.Reason.NO_PAD));
        }
        if (offLine(around, goal)) {
            return OffLineTurn.begin(around, card);
        }
        return around.line() == Surroundings.Line.UP
                ? Step.to(new AskingPin(around, goal, card, Secret.empty(), 0, 0, false, Patience.from(around.now())))
                : Step.to(offline(around));
    }

    /** What a card is for that somebody shows without a word: borrowing, where and while things are lent. */
    private static Goal unsaid(Surroundings around) {
        KioskSettings settings = around.settings();
        boolean borrow = settings.offers(Offering.BORROW) && (around.lends() || !settings.offers(Offering.ACCOUNT));
        return borrow ? Goal.BORROW : Goal.ACCOUNT;
    }

    /** Whether what somebody has come for cannot be done because the pad is away. */
    private static boolean padStops(Surroundings around, Goal goal) {
        return goal.equals(Goal.BORROW) && !around.lends();
    }

    /** Whether what somebody has come for can be done while nobody answers. */
    private static boolean offLine(Surroundings around, Goal goal) {
        return goal.equals(Goal.BORROW) && OffLineRules.openToNewcomers(around);
    }

    /** Where somebody is who has thought better of showing a card. */
    static Step without(Surroundings around, Goal goal) {
        return goal.search()
                .map(search -> SearchTurn.withoutACard(around, search))
                .orElseGet(() -> Step.to(Endings.idle(around)));
    }

    /** Nobody answers, and that is all. */
    static Blocked offline(Surroundings around) {
        return stopped(around, Blocked.Reason.OFFLINE);
    }

    /** Somebody of whom nothing is known cannot do here what they came for. */
    private static Blocked stopped(Surroundings around, Blocked.Reason reason) {
        return new Blocked(
                around,
                reason,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Patience.from(around.now()));
    }
}
