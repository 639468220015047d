package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Choosing;
import fi.kimppa.kiosk.session.KioskState.ElectronicCollections;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Identifying;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.OutOfService;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.KioskState.StaffMenu;
import fi.kimppa.kiosk.session.KioskState.StaffPin;
import fi.kimppa.kiosk.session.KioskState.TypingCard;
import fi.kimppa.sip2.wire.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The whole behaviour of a kiosk: what each event makes of each state. Pure; any thread.
 *
 * <pre>
 * OutOfService &lt;-&gt; Idle -&gt; Choosing -&gt; AskingCard (-&gt; TypingCard) -&gt; AskingPin -&gt; Identifying -&gt; Borrowing -&gt; OfferingReceipt -&gt; Farewell -&gt; Idle
 *                     |       |                       ^                |              &lt;-&gt; Account --^                 ^
 *                     |       +--&gt; Returning ---------+----------------|-----------------------------------------------+
 *                     +----------------^                               +--&gt; Blocked --&gt; Account, Returning, Idle
 * Idle, Choosing, Account -&gt; Searching -&gt; AskingCard, AskingPin, Identifying -&gt; Searching -&gt; Account, Farewell
 * Idle &lt;-&gt; ElectronicCollections
 * Borrowing, Account, Searching, by another patron's card and a yes -&gt; AskingPin
 * any state without a patron, by a staff card -&gt; StaffPin -&gt; StaffMenu -&gt; OutOfService, Idle, Choosing
 * </pre>
 *
 * <p>A patron who is identified turns from borrowing to the account and back without card or PIN.
 */
public final class KioskSession {
    private KioskSession() {}

    /** The state of a kiosk that is switched on for the first time. */
    public static KioskState start(KioskSettings settings, Instant now) {
        return start(settings, Upkeep.NONE, now);
    }

    /**
     * The state of a kiosk that has just been switched on.
     *
     * @param upkeep what staff told it before
     */
    public static KioskState start(KioskSettings settings, Upkeep upkeep, Instant now) {
        return new OutOfService(Surroundings.start(settings, upkeep, now), OutOfService.Cause.STARTING);
    }

    /**
     * What an event makes of a state. Events that have no meaning in a state, such as an answer that nobody waits for any more,
     * change nothing but what the kiosk knows of its surroundings.
     */
    public static Step step(KioskState state, KioskEvent event) {
        return event instanceof KioskEvent.Pressed(Key key) ? pressed(state, key) : happened(state, event);
    }

    private static Step happened(KioskState state, KioskEvent event) {
        KioskState seen = States.in(state, notice(state.around(), event));
        // Before anything else looks at the number: a staff card is neither a patron nor an item.
        Optional<StaffCard> staff = ShownCard.staff(seen.around(), event);
        KioskEvent meant = offered(seen.around(), event);
        Step step = StaffTurn.alerted(
                state.around(), staff.isPresent() ? StaffTurn.shown(seen, staff.get()) : VisitTurn.step(seen, meant));
        step = steered(closed(seen, meant, step));
        mustHold(state, step);
        return turned(state, step);
    }

    /** A touch that begins what this kiosk does not have only shows that somebody is here. */
    private static KioskEvent offered(Surroundings around, KioskEvent event) {
        boolean off = event instanceof KioskEvent.Touched(Choice choice)
                && Offering.begunBy(choice)
                        .filter(what -> !around.settings().offers(what))
                        .isPresent();
        if (!off) {
            return event;
        }
        // Whoever touches anything at a machine that only takes back has come for that.
        return new KioskEvent.Touched(around.settings().returnOnly() ? new Choice.Return() : new Choice.StillHere());
    }

    /** What the gateway and staff elsewhere want otherwise is so from when nobody is here. */
    private static Step steered(Step step) {
        KioskState next = step.next();
        boolean nobody = switch (next) {
            case Idle idle -> idle.forTheNextAt().isEmpty();
            case OutOfService out -> out.forTheNextAt().isEmpty();
            default -> false;
        };
        if (!nobody) {
            return step;
        }
        Step obeyed = next.around()
                .machine()
                .next()
                .map(settings -> new Step(States.in(next, next.around().obeying(settings)), step.effects()))
                .orElse(step);
        return restarted(obeyed);
    }

    private static Step restarted(Step step) {
        Surroundings around = step.next().around();
        if (!around.machine().restart()) {
            return step;
        }
        List<Effect> effects = new ArrayList<>(step.effects());
        effects.add(new Effect.Staff(new StaffTask.Restart(false)));
        return new Step(States.in(step.next(), around.with(around.machine().restarting(false))), effects);
    }

    static Step turn(KioskState seen, KioskEvent event) {
        return switch (seen) {
            case OutOfService s -> outOfService(s, event);
            case Idle s -> idle(s, event);
            case ElectronicCollections s -> collections(s, event);
            case Choosing s -> choosing(s, event);
            case StaffPin s -> StaffTurn.step(s, event);
            case StaffMenu s -> StaffTurn.step(s, event);
            case AskingCard s -> CardTurn.step(s, event);
            case TypingCard s -> TypedCard.step(s, event);
            case AskingPin s -> CardTurn.step(s, event);
            case Identifying s -> identifying(s, event);
            case Blocked s -> blocked(s, event);
            case Borrowing s -> BorrowingTurn.step(s, event);
            case Account s -> AccountTurn.step(s, event);
            case Searching s -> SearchTurn.step(s, event);
            case Returning s -> ReturningTurn.step(s, event);
            case OfferingReceipt s -> Endings.step(s, event);
            case Farewell s -> Endings.step(s, event);
        };
    }

    /** Whoever goes on by a card or a thing is done with the preferences that lie over the screen, and so is who has gone. */
    private static Step closed(KioskState before, KioskEvent event, Step step) {
        boolean act = event instanceof KioskEvent.Scanned
                || event instanceof KioskEvent.CardHeld
                || event instanceof KioskEvent.TagArrived;
        KioskState next = step.next();
        Preferences preferences = next.around().preferences();
        return (act || next instanceof Farewell)
                        && preferences.open()
                        && !next.getClass().equals(before.getClass())
                ? new Step(States.in(next, next.around().preferring(preferences.opened(false))), step.effects())
                : step;
    }

    /**
     * The way out when a step has failed: nobody is known any more and the PIN is erased. Loans and returns that stand are not
     * touched.
     */
    public static Step abandon(KioskState state) {
        return new Step(
                Endings.idle(state.around()),
                States.pin(state).<Effect>map(Effect.Erase::new).stream().toList());
    }

    // ---- what every state takes notice of ----------------------------------------------------------------

    private static Surroundings notice(Surroundings around, KioskEvent event) {
        return switch (event) {
            case KioskEvent.Tick(Instant now) -> around.at(now);
            case KioskEvent.TagArrived(var tag) -> around.arrived(tag);
            case KioskEvent.TagLeft(var uid) -> around.left(uid);
            case KioskEvent.DeviceChanged(var kind, var status) -> around.with(kind, status);
            case KioskEvent.LineChanged(var line) -> around.with(line);
            case KioskEvent.Staff(StaffNews.ClockCompared(var off)) ->
                around.with(around.machine().clock(off));
            case KioskEvent.Staff(StaffNews.BranchTold(var now)) ->
                around.with(around.machine().told(now));
            case KioskEvent.Staff(StaffNews.RestartWanted()) ->
                around.with(around.machine().restarting(true));
            case KioskEvent.OffLine(OffLineNews.Permitted(var terms)) ->
                around.with(around.machine().permitted(terms));
            case KioskEvent.Steered(KioskSettings settings) ->
                around.with(around.machine().awaiting(Optional.of(settings)));
            case KioskEvent.Fed(Feed feed) -> around.with(around.machine().fed(feed));
            case KioskEvent.Printed(Printout printout, PrintOutcome outcome) ->
                around.kept(upkeep -> upkeep.printed(printout, outcome instanceof PrintOutcome.Printed));
            case KioskEvent.Touched(Choice.Speak(Language language)) -> around.speaking(language);
            case KioskEvent.Touched(Choice.ShowPreferences(boolean open)) ->
                around.preferring(around.preferences().opened(open));
            case KioskEvent.Touched(Choice.ShowHelp(boolean open)) ->
                around.preferring(around.preferences().helped(open));
            case KioskEvent.Touched(Choice.Prefer(Preference what, boolean on)) ->
                around.preferring(around.preferences().with(what, on));
            case KioskEvent.Headphones(boolean plugged) ->
                around.with(around.aids().plug(plugged));
            case KioskEvent.Touched _,
                    KioskEvent.Pressed _,
                    KioskEvent.Scanned _,
                    KioskEvent.CardHeld _,
                    KioskEvent.Answered _,
                    KioskEvent.Unanswered _,
                    KioskEvent.SecurityWritten _,
                    KioskEvent.Spooled _,
                    KioskEvent.OffLine _,
                    KioskEvent.Catalogue _,
                    KioskEvent.Mailed _,
                    KioskEvent.Staff _ -> around;
        };
    }

    // ---- without sight, without touch --------------------------------------------------------------------

    /**
     * A key of the keypad. The first one only shows the numbers and starts the voice, for nobody has been told yet what it does;
     * but for a digit of a PIN, which everybody knows.
     */
    private static Step pressed(KioskState state, Key key) {
        Aids aids = state.around().aids();
        boolean wakes = !aids.keys() && !aids.speaking() && !Keypad.typing(state) && !Keypad.spelling(state);
        KioskState seen = using(state, aids.used());
        Choice here = new Choice.StillHere();
        if (wakes) {
            return by(seen, here, UnaryOperator.identity());
        }
        return switch (Keypad.press(seen, key)) {
            case Keypad.Meaning.Chosen(Choice choice) -> by(seen, choice, used -> used.movedTo(0));
            case Keypad.Meaning.Moved(int at) -> by(seen, here, used -> used.movedTo(at));
            case Keypad.Meaning.Again() -> by(seen, here, Aids::again);
            case Keypad.Meaning.Volume(int steps) -> by(seen, here, used -> used.louder(steps));
        };
    }

    /** The choice of somebody at the keypad. */
    private static Step by(KioskState seen, Choice choice, UnaryOperator<Aids> change) {
        Step step = happened(seen, new KioskEvent.Touched(choice));
        Aids used = step.next().around().aids().used();
        return new Step(using(step.next(), change.apply(used)), step.effects());
    }

    /** The same state with the keypad in use; where no session is, for a while. */
    private static KioskState using(KioskState state, Aids aids) {
        Surroundings around = state.around().with(aids);
        return switch (state) {
            case Idle _ -> new Idle(around, Optional.of(inAWhile(around)));
            case OutOfService s -> new OutOfService(around, s.cause(), Optional.of(inAWhile(around)));
            default -> States.in(state, around);
        };
    }

    /** On another screen the keypad begins at its first page. */
    private static Step turned(KioskState before, Step step) {
        KioskState next = step.next();
        Aids aids = next.around().aids();
        return aids.at() == 0 || next.onTheScreenOf(before)
                ? step
                : new Step(States.in(next, next.around().with(aids.movedTo(0))), step.effects());
    }

    // ---- at rest -----------------------------------------------------------------------------------------

    /**
     * Out of service if nothing can be done here, else {@code otherwise}, or what follows on coming into service.
     *
     * @param here until when somebody is here who may not see the screen and has to be told, and keeps the language that they chose
     */
    private static Step atRest(Surroundings around, KioskState otherwise, Optional<Instant> here) {
        Optional<OutOfService.Cause> cause = why(around);
        if (cause.isPresent()) {
            return Step.to(
                    here.isPresent()
                            ? new OutOfService(around, cause.get(), here)
                            : new OutOfService(around.forTheNext(), cause.get()));
        }
        if (!(otherwise instanceof OutOfService)) {
            return Step.to(otherwise);
        }
        // What was laid while nobody could take it, or lay there when the power failed, is not left lying.
        Idle idle = here.isPresent() ? new Idle(around, here) : Endings.idle(around);
        return around.tags().values().stream().anyMatch(tag -> Pile.card(tag).isEmpty())
                ? pile(idle.around())
                : Step.to(idle);
    }

    /** Where the kiosk is when nobody is at it: nothing of whoever was there is left. */
    static Step rest(Surroundings around) {
        return atRest(around.forTheNext(), new OutOfService(around, OutOfService.Cause.STARTING), Optional.empty());
    }

    private static Step outOfService(OutOfService state, KioskEvent event) {
        Optional<Instant> until = forTheNextAt(state.forTheNextAt(), state.around(), event);
        return atRest(state.around(), new OutOfService(state.around(), state.cause(), until), until);
    }

    /** Where no session is, what somebody has chosen stays for as long as they go on, and a while. */
    private static Optional<Instant> forTheNextAt(Optional<Instant> before, Surroundings around, KioskEvent event) {
        return event instanceof KioskEvent.Touched || event instanceof KioskEvent.Headphones
                ? Optional.of(inAWhile(around))
                : before.filter(end -> around.now().isBefore(end));
    }

    private static Instant inAWhile(Surroundings around) {
        return around.now().plus(around.lasting(around.settings().timeouts().borrowing()));
    }

    /** Something lies on the pad and nobody has said what is to become of it. */
    private static Step pile(Surroundings around) {
        KioskSettings settings = around.settings();
        boolean borrow = settings.offers(Offering.BORROW);
        if (settings.offers(Offering.RETURN)) {
            return borrow ? Step.to(new Choosing(around, Patience.from(around.now()))) : ReturningTurn.begin(around);
        }
        return borrow ? CardTurn.askCard(around, Goal.BORROW) : Step.to(Endings.idle(around));
    }

    private static Optional<OutOfService.Cause> why(Surroundings around) {
        if (around.machine().upkeep().closed().isPresent()) {
            return Optional.of(OutOfService.Cause.STAFF);
        }
        if (around.line() == Surroundings.Line.REFUSED) {
            return Optional.of(OutOfService.Cause.LOGIN_REFUSED);
        }
        if (around.otherWorld()) {
            return Optional.of(OutOfService.Cause.OTHER_WORLD);
        }
        boolean knowsDevices =
                around.devices().containsKey(DeviceKind.PAD) || around.devices().containsKey(DeviceKind.SCANNER);
        if (around.line() == Surroundings.Line.CONNECTING || !knowsDevices) {
            return Optional.of(OutOfService.Cause.STARTING);
        }
        return around.usable(DeviceKind.PAD) || around.usable(DeviceKind.SCANNER)
                ? Optional.empty()
                : Optional.of(OutOfService.Cause.NO_DEVICES);
    }

    private static Step idle(Idle state, KioskEvent event) {
        Surroundings around = state.around();
        if (why(around).isPresent()) {
            return atRest(around, state, forTheNextAt(state.forTheNextAt(), around, event));
        }
        Optional<CardNumber> card = ShownCard.patron(around, event);
        if (card.isPresent()) {
            return around.settings().returnOnly() ? Step.to(state) : CardTurn.askPin(around, card.get());
        }
        Optional<Step> again = CardTurn.askAgain(around, event);
        if (again.isPresent()) {
            return again.get();
        }
        return switch (event) {
            case KioskEvent.Touched(Choice.Borrow()) -> CardTurn.askCard(around, Goal.BORROW);
            case KioskEvent.Touched(Choice.Account()) -> CardTurn.askCard(around, Goal.ACCOUNT);
            case KioskEvent.Touched(Choice.Return()) -> ReturningTurn.begin(around);
            case KioskEvent.Touched(Choice.Search()) when around.searchable() -> SearchTurn.begin(around);
            case KioskEvent.Touched(Choice.ShowCollections())
            when hasCollections(around) -> Step.to(new ElectronicCollections(around, Patience.from(around.now())));
            case KioskEvent.TagArrived(PadTag tag) when Pile.card(tag).isEmpty() -> pile(around);
            default -> {
                Optional<Instant> until = forTheNextAt(state.forTheNextAt(), around, event);
                yield Step.to(until.isPresent() ? new Idle(around, until) : Endings.idle(around));
            }
        };
    }

    private static boolean hasCollections(Surroundings around) {
        return !around.feed().resources().isEmpty();
    }

    /** Whoever shows a card or lays something down meanwhile has come for more. */
    private static Step collections(ElectronicCollections state, KioskEvent event) {
        Surroundings around = state.around();
        Optional<CardNumber> card = ShownCard.patron(around, event);
        if (card.isPresent() && !around.settings().returnOnly()) {
            return CardTurn.askPin(around, card.get());
        }
        Optional<Step> again = CardTurn.askAgain(around, event);
        if (again.isPresent()) {
            return again.get();
        }
        return switch (event) {
            case KioskEvent.Touched(Choice.Cancel()), KioskEvent.Touched(Choice.Finish()) ->
                Step.to(Endings.idle(around));
            case KioskEvent.TagArrived(PadTag tag) when Pile.card(tag).isEmpty() -> pile(around);
            default -> {
                Patience patience = patience(
                        state.patience(),
                        around,
                        event,
                        around.settings().timeouts().account());
                yield patience.over(around.now()) || !hasCollections(around)
                        ? Step.to(Endings.idle(around))
                        : Step.to(new ElectronicCollections(around, patience));
            }
        };
    }

    private static Step choosing(Choosing state, KioskEvent event) {
        Surroundings around = state.around();
        Optional<CardNumber> card = ShownCard.patron(around, event);
        if (card.isPresent()) {
            return CardTurn.askPin(around, card.get());
        }
        if (around.tags().isEmpty()) {
            return Step.to(Endings.idle(around));
        }
        Optional<Step> again = CardTurn.askAgain(around, event);
        if (again.isPresent()) {
            return again.get();
        }
        return switch (event) {
            case KioskEvent.Touched(Choice.Borrow()) -> CardTurn.askCard(around, Goal.BORROW);
            case KioskEvent.Touched(Choice.Account()) -> CardTurn.askCard(around, Goal.ACCOUNT);
            case KioskEvent.Touched(Choice.Return()) -> ReturningTurn.begin(around);
            case KioskEvent.Touched(Choice.Search()) when around.searchable() -> SearchTurn.begin(around);
            case KioskEvent.Touched(Choice.Cancel()), KioskEvent.Touched(Choice.Finish()) ->
                Step.to(Endings.idle(around));
            default -> {
                Patience patience = patience(state.patience(), around, event);
                yield patience.over(around.now())
                        ? Step.to(Endings.idle(around))
                        : Step.to(new Choosing(around, patience));
            }
        };
    }

    // ---- somebody is known, or not -----------------------------------------------------------------------

    private static Step identifying(Identifying state, KioskEvent event) {
        return switch (event) {
            case KioskEvent.Answered(long request, var response)
            when request == state.request() -> IdentifyingRules.answered(state, response);
            case KioskEvent.Unanswered(long request, boolean _)
            when request == state.request() -> IdentifyingRules.unanswered(state);
            // Only a card that came without a PIN was looked up here.
            case KioskEvent.OffLine(OffLineNews.CardLookedUp(long request, var known))
            when request == state.request() && state.pin().isEmpty() -> OffLineTurn.looked(state, known);
            default -> Step.to(state);
        };
    }

    private static Step blocked(Blocked state, KioskEvent event) {
        Surroundings around = state.around();
        boolean up = around.line() == Surroundings.Line.UP;
        Optional<CardNumber> card = ShownCard.patron(around, event)
                .filter(_ -> state.patron().isEmpty() && (up || OffLineRules.openToNewcomers(around)));
        if (card.isPresent()) {
            return CardTurn.askPin(around.forTheNextCard().with(around.stay()), card.get());
        }
        return switch (event) {
            case KioskEvent.Touched(Choice.Account())
            when up && state.patron().isPresent() ->
                AccountTurn.begin(around, state.patron().get(), state.patience().renewed(around.now()));
            case KioskEvent.Touched(Choice.Return()) ->
                state.patron()
                        .map(patron -> ReturningTurn.goOn(
                                around.with(around.stay().keeping(List.of())),
                                new Visitor(patron, Visit.begun(around)),
                                state.patience()))
                        .orElseGet(() -> ReturningTurn.begin(around));
            case KioskEvent.Touched(Choice.Cancel()),
                    KioskEvent.Touched(Choice.Finish()),
                    KioskEvent.Touched(Choice.Ok()) -> leave(state);
            default -> {
                Patience patience = patience(state.patience(), around, event);
                yield patience.over(around.now())
                        ? leave(state)
                        : Step.to(new Blocked(
                                around,
                                state.reason(),
                                state.owed(),
                                state.limit(),
                                state.libraryLines(),
                                state.patron(),
                                patience));
            }
        };
    }

    private static Step leave(Blocked state) {
        List<Effect> effects = new ArrayList<>();
        Surroundings around = state.patron()
                .map(patron -> Endings.forget(state.around(), patron, effects))
                .orElse(state.around());
        return new Step(Endings.idle(around), effects);
    }

    // ---- small things ------------------------------------------------------------------------------------

    /** Touches, cards and items show that somebody is there; a tick wears the patience down. */
    static Patience patience(Patience patience, Surroundings around, KioskEvent event) {
        return patience(patience, around, event, around.settings().timeouts().pin());
    }

    /** The same with another wait than for a card. */
    private static Patience patience(Patience patience, Surroundings around, KioskEvent event, Wait idle) {
        return switch (event) {
            case KioskEvent.Touched _,
                    KioskEvent.Pressed _,
                    KioskEvent.Headphones _,
                    KioskEvent.Scanned _,
                    KioskEvent.CardHeld _,
                    KioskEvent.TagArrived _,
                    KioskEvent.TagLeft _ -> patience.renewed(around.now());
            case KioskEvent.Tick _ -> patience.tick(around, idle);
            case KioskEvent.DeviceChanged _,
                    KioskEvent.LineChanged _,
                    KioskEvent.Answered _,
                    KioskEvent.Unanswered _,
                    KioskEvent.SecurityWritten _,
                    KioskEvent.Spooled _,
                    KioskEvent.OffLine _,
                    KioskEvent.Catalogue _,
                    KioskEvent.Printed _,
                    KioskEvent.Mailed _,
                    KioskEvent.Steered _,
                    KioskEvent.Fed _,
                    KioskEvent.Staff _ -> patience;
        };
    }

    /**
     * What must hold after each step, in production too: a PIN that is not needed any more is erased, an idle kiosk is as for
     * the next person unless somebody has just touched or pressed something, and no tag is switched off but for a loan that
     * stands.
     */
    private static void mustHold(KioskState before, Step step) {
        Optional<Secret> pin = States.pin(before);
        if (pin.isPresent()
                && !pin.get().isEmpty()
                && States.pin(step.next()).filter(pin.get()::equals).isEmpty()) {
            require(
                    step.effects().stream()
                            .anyMatch(effect ->
                                    effect instanceof Effect.Erase(Secret erased) && erased.equals(pin.get())),
                    "a PIN was dropped without being erased");
        }
        if (step.next() instanceof Idle idle && idle.forTheNextAt().isEmpty()) {
            require(idle.around().asForTheNext(), "an idle kiosk kept something of somebody");
        }
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SetSecurity write && write.target() == TagSecurity.UNSECURED) {
                require(
                        step.next() instanceof Borrowing borrowing
                                && borrowing.rows().stream()
                                        .anyMatch(row -> row.number() == write.row()
                                                && row.state().isLoan()
                                                && row.tags().contains(write.uid())),
                        "a tag would be switched off without a loan");
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
