package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.OutOfService;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.KioskState.Searching;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one event makes of a visit as a whole: the questions that lie over its screens, and who comes after it. All else is up to the
 * screen that the visit is on. Another patron's card ends nothing by itself: what is in work goes on, and a yes ends the visit as
 * "ready" does, but for the receipt.
 */
final class VisitTurn {
    /** So soon after a tag came or went, another may be about to. */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private VisitTurn() {}

    static Step step(KioskState before, KioskEvent event) {
        KioskState state = moved(before, event);
        Optional<Asked> open = state.around().stay().asked();
        Optional<CardNumber> another = another(state, event);
        if (another.isPresent()) {
            return over(state, event, on(ask(state, new Question.ChangeCustomer(another.get())), event));
        }
        if (open.isPresent()) {
            return over(state, event, recounted(open.get(), asked(state, open.get(), event)));
        }
        if (event instanceof KioskEvent.Touched(Choice.Finish())
                && state instanceof Borrowing pile
                && asksForAll(pile)) {
            KioskState asking = ask(pile, new Question.AllRead(pile.read()));
            return over(state, event, on(asking, new KioskEvent.Touched(new Choice.StillHere())));
        }
        return over(state, event, on(state, event));
    }

    private static Step on(KioskState state, KioskEvent event) {
        return KioskSession.turn(state, event);
    }

    // ---- questions ---------------------------------------------------------------------------------------

    /** Whoever is known at this visit. */
    static Optional<Patron> patron(KioskState state) {
        return switch (state) {
            case Borrowing s -> Optional.of(s.patron());
            case Account s -> Optional.of(s.patron());
            case Searching s -> s.visitor().map(Visitor::patron);
            case Blocked s -> s.patron();
            case Returning s -> s.visitor().map(Visitor::patron);
            default -> Optional.empty();
        };
    }

    /** The card that an event shows, if it is not that of whoever is known. */
    private static Optional<CardNumber> another(KioskState state, KioskEvent event) {
        return patron(state)
                .flatMap(known -> ShownCard.patron(state.around(), event).filter(card -> !card.equals(known.card())));
    }

    /** Lays a question over the screen; the choices of {@link Preferences} do not stay above it. */
    private static KioskState ask(KioskState state, Question question) {
        return States.in(state, asking(state.around(), question));
    }

    /** The same with a question. */
    static Surroundings asking(Surroundings around, Question question) {
        Surroundings unveiled = around.preferring(around.preferences().opened(false));
        return unveiled.with(around.stay().asking(new Asked(question, until(around))));
    }

    private static Instant until(Surroundings around) {
        return around.now().plus(around.lasting(around.settings().timeouts().warning()));
    }

    private static KioskState with(KioskState state, Surroundings around, Stay stay) {
        return States.in(state, around.with(stay));
    }

    private static KioskState with(KioskState state, Stay stay) {
        return with(state, state.around(), stay);
    }

    private static Step asked(KioskState state, Asked open, KioskEvent event) {
        Surroundings around = state.around();
        return switch (event) {
            case KioskEvent.Touched(Choice.Answer(boolean yes)) -> answered(state, open.question(), yes);
            case KioskEvent.Tick _
            when !around.now().isBefore(open.until()) ->
                on(with(state, around.stay().answered()), event);
            case KioskEvent.Touched(Choice choice) -> on(again(state, open), new KioskEvent.Touched(beside(choice)));
            case KioskEvent.Headphones _ -> on(again(state, open), event);
            default -> on(state, event);
        };
    }

    /** Whoever does anything still thinks about it. */
    private static KioskState again(KioskState state, Asked open) {
        return with(state, state.around().stay().asking(new Asked(open.question(), until(state.around()))));
    }

    /** What is beneath the question cannot be touched. */
    private static Choice beside(Choice choice) {
        return switch (choice) {
            case Choice.Speak _, Choice.Prefer _, Choice.ShowPreferences _, Choice.ShowHelp _ -> choice;
            default -> new Choice.StillHere();
        };
    }

    private static Step answered(KioskState state, Question question, boolean yes) {
        Stay stay = state.around().stay();
        if (!yes) {
            return on(with(state, stay.answered()), new KioskEvent.Touched(new Choice.StillHere()));
        }
        return switch (question) {
            case Question.ChangeCustomer(CardNumber card) -> {
                KioskState followed = with(state, stay.followedBy(card));
                KioskEvent finish = new KioskEvent.Touched(new Choice.Finish());
                yield over(followed, finish, on(followed, finish));
            }
            case Question.AllRead _ -> on(with(state, stay.answered()), new KioskEvent.Touched(new Choice.Finish()));
            case Question.OtherLanguage(Language language) -> {
                KioskState speaking = with(state, state.around().speaking(language), stay.answered());
                yield on(speaking, new KioskEvent.Touched(new Choice.StillHere()));
            }
            case Question.Costs costs -> FeeTurn.agreed(with(state, stay.answered()), costs);
        };
    }

    // ---- was that all of the pile? -----------------------------------------------------------------------

    /** Taking away what has been lent is what everybody does; anything else may be a tag that is hardly read. */
    private static KioskState moved(KioskState state, KioskEvent event) {
        boolean moved = state instanceof Borrowing pile
                && switch (event) {
                    case KioskEvent.TagArrived _ -> true;
                    case KioskEvent.TagLeft(var uid) ->
                        pile.rows().stream()
                                .noneMatch(row ->
                                        row.tags().contains(uid) && row.state().isLoan());
                    default -> false;
                };
        return moved ? with(state, state.around().stay().movedAt(state.around().now())) : state;
    }

    private static boolean asksForAll(Borrowing pile) {
        Surroundings around = pile.around();
        return !pile.leaving()
                && pile.read() > 0
                && switch (around.settings().pile().asksForAll()) {
                    case NEVER -> false;
                    case UNSETTLED ->
                        around.stay()
                                .moved()
                                .filter(at -> around.now().isBefore(at.plus(UNSETTLED)))
                                .isPresent();
                    case ALWAYS -> true;
                };
    }

    /** While it is asked whether that was all, more may be read. */
    private static Step recounted(Asked open, Step step) {
        boolean stands = step.next().question().equals(Optional.of(open.question()));
        if (!(stands
                && open.question() instanceof Question.AllRead(int read)
                && step.next() instanceof Borrowing pile
                && pile.read() != read)) {
            return step;
        }
        return new Step(
                pile.read() > 0
                        ? ask(pile, new Question.AllRead(pile.read()))
                        : with(pile, pile.around().stay().answered()),
                step.effects());
    }

    // ---- from one screen to another ----------------------------------------------------------------------

    /** Whether a patron can turn to borrowing now. */
    static boolean mayBorrow(Surroundings around, Visitor visitor) {
        return !isStopped(visitor) || up(around);
    }

    /** Whether a patron can turn to the account now. */
    static boolean hasAccount(Surroundings around, Visitor visitor) {
        return up(around) && visitor.patron().identified();
    }

    private static boolean up(Surroundings around) {
        return around.line() == Surroundings.Line.UP;
    }

    /** Whether the library has said that this patron may not borrow, and nothing was lent since. */
    private static boolean isStopped(Visitor visitor) {
        return visitor.patron().standing().block().isPresent()
                && visitor.visit().rows().stream().allMatch(row -> row.state() instanceof LoanState.Renewed);
    }

    /** To the pile. Whoever could not borrow may have renewed or returned since: the library says whether they can now. */
    static Step borrow(Surroundings around, Visitor visitor, Patience patience, List<Effect> effects) {
        Patron patron = visitor.patron();
        Visit visit = visitor.visit();
        if (isStopped(visitor)) {
            Surroundings kept = around.with(around.stay().keeping(visit.rows()));
            return IdentifyingRules.askAgain(kept, Goal.BORROW, patron, effects);
        }
        return after(effects, BorrowingTurn.goOn(around, patron, visit, patience));
    }

    private static Step after(List<Effect> effects, Step next) {
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(next.effects());
        return new Step(next.next(), all);
    }

    // ---- what comes after --------------------------------------------------------------------------------

    /**
     * A question falls with the screen that it lay over. Where a visit is over, whoever was to follow comes; and whoever has done
     * something before, and then does without the rest, leaves with the receipt of it.
     */
    private static Step over(KioskState before, KioskEvent event, Step step) {
        KioskState next = step.next();
        if (next.getClass().equals(before.getClass())) {
            return step;
        }
        Stay stay = before.around().stay();
        boolean gone = next instanceof Idle || next instanceof OutOfService;
        if ((gone || next instanceof OfferingReceipt || next instanceof Farewell)
                && stay.follower().isPresent()) {
            return after(
                    step.effects(),
                    CardTurn.askPin(
                            next.around().forTheNextCard(), stay.follower().get()));
        }
        if (gone && !(stay.loans().isEmpty() && stay.returns().isEmpty())) {
            boolean nobodyHere = !(event instanceof KioskEvent.Touched);
            return Endings.withoutMore(next.around().stillWith(before.around()), step.effects(), nobodyHere);
        }
        Stay then = next.around().stay();
        boolean fallen = then.asked().isPresent() && then.asked().equals(stay.asked());
        return fallen ? new Step(with(next, then.answered()), step.effects()) : step;
    }
}
