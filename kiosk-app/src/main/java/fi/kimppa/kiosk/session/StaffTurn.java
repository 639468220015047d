package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.Uid;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What staff do at the kiosk: card, PIN, menu. Needs no library, since staff come when the line is down. A patron's session that is
 * open is never disturbed: the card is not looked at until it has ended.
 */
final class StaffTurn {
    private static final int TRIES = 3;
    /** How long the menu stands with nobody at it. */
    private static final Duration STANDS = Duration.ofMinutes(1);
    /** After which something that was begun is not waited for any more. */
    private static final Duration LONGEST_TASK = Duration.ofMinutes(2);

    private StaffTurn() {}

    /** A staff card was shown. */
    static Step shown(KioskState state, StaffCard card) {
        return switch (state) {
            case OutOfService _, Idle _, ElectronicCollections _, Choosing _, AskingCard _, TypingCard _ ->
                ask(state.around(), card, List.of());
            case Blocked s when s.patron().isEmpty() -> ask(s.around(), card, List.of());
            case Searching s when s.visitor().isEmpty() -> ask(s.around(), card, List.of());
            case AskingPin s -> ask(s.around(), card, List.of(new Effect.Erase(s.pin())));
            case StaffPin s when !s.card().equals(card) -> ask(s.around(), card, List.of(new Effect.Erase(s.pin())));
            case StaffPin _,
                    StaffMenu _,
                    Account _,
                    Searching _,
                    Blocked _,
                    Identifying _,
                    Borrowing _,
                    Returning _,
                    OfferingReceipt _,
                    Farewell _ -> Step.to(state);
        };
    }

    private static Step ask(Surroundings around, StaffCard card, List<Effect> effects) {
        Surroundings plain = around.forTheNext();
        return new Step(
                new StaffPin(plain, card, Secret.empty(), 0, 0, Optional.empty(), Patience.from(around.now())),
                effects);
    }

    /** With what staff must be told whatever the kiosk is doing. */
    static Step alerted(Surroundings before, Step step) {
        Machine now = step.next().around().machine();
        if (before.machine().clockWrong() || !now.clockWrong()) {
            return step;
        }
        List<Effect> effects = new ArrayList<>(step.effects());
        String seconds =
                now.clockOff().map(off -> Long.toString(off.toSeconds())).orElse("");
        effects.add(new Effect.Report(new Incident(Incident.Kind.CLOCK_WRONG, seconds)));
        return new Step(step.next(), effects);
    }

    // ---- the PIN -----------------------------------------------------------------------------------------

    static Step step(StaffPin state, KioskEvent event) {
        Surroundings around = state.around();
        return switch (event) {
            case KioskEvent.Touched(Choice choice) -> touched(state, choice);
            case KioskEvent.Staff(StaffNews.PinChecked(long request, boolean right))
            when state.checking().equals(Optional.of(request)) -> right ? enter(state) : wrong(state);
            default -> {
                Patience patience = state.checking().isPresent()
                        ? state.patience()
                        : KioskSession.patience(state.patience(), around, event);
                yield patience.over(around.now())
                        ? leave(state)
                        : Step.to(with(state, state.pin(), state.digits(), patience));
            }
        };
    }

    private static StaffPin with(StaffPin state, Secret pin, int digits, Patience patience) {
        return new StaffPin(state.around(), state.card(), pin, digits, state.wrong(), state.checking(), patience);
    }

    private static Step touched(StaffPin state, Choice choice) {
        Surroundings around = state.around();
        Patience patience = state.patience().renewed(around.now());
        return switch (choice) {
            case Choice.Cancel(), Choice.Finish() -> leave(state);
            case Choice.Digit(int digit)
            when state.checking().isEmpty() -> {
                if (state.digits() >= around.settings().mostPinDigits()) {
                    yield Step.to(with(state, state.pin(), state.digits(), patience));
                }
                char[] old = state.pin().reveal();
                char[] longer = Arrays.copyOf(old, state.digits() + 1);
                longer[state.digits()] = (char) ('0' + digit);
                yield replace(state, old, longer, patience);
            }
            case Choice.Erase()
            when state.checking().isEmpty() -> {
                char[] old = state.pin().reveal();
                yield replace(state, old, Arrays.copyOf(old, Math.max(0, state.digits() - 1)), patience);
            }
            case Choice.Ok()
            when state.complete() -> {
                long request = around.nextRequest();
                yield Step.to(
                        new StaffPin(
                                around.requested(),
                                state.card(),
                                state.pin(),
                                state.digits(),
                                state.wrong(),
                                Optional.of(request),
                                patience),
                        new Effect.Staff(new StaffTask.CheckPin(request, state.card(), state.pin())));
            }
            case Choice.Speak(Language language) ->
                Step.to(States.in(with(state, state.pin(), state.digits(), patience), around.speaking(language)));
            default -> Step.to(with(state, state.pin(), state.digits(), patience));
        };
    }

    private static Step replace(StaffPin state, char[] old, char[] next, Patience patience) {
        Secret pin = Secret.of(next);
        int digits = next.length;
        Arrays.fill(old, '\0');
        Arrays.fill(next, '\0');
        return Step.to(with(state, pin, digits, patience), new Effect.Erase(state.pin()));
    }

    private static Step leave(StaffPin state) {
        return and(KioskSession.rest(state.around()), new Effect.Erase(state.pin()));
    }

    private static Step wrong(StaffPin state) {
        Surroundings around =
                state.around().kept(upkeep -> upkeep.wrongPin(state.around().now()));
        String detail = state.card().name() + ": " + around.machine().upkeep().wrongPins();
        Step next = state.wrong() + 1 < TRIES
                ? Step.to(new StaffPin(
                        around,
                        state.card(),
                        Secret.empty(),
                        0,
                        state.wrong() + 1,
                        Optional.empty(),
                        Patience.from(around.now())))
                : KioskSession.rest(around);
        return and(
                next,
                new Effect.Erase(state.pin()),
                new Effect.Report(new Incident(Incident.Kind.STAFF_PIN_WRONG, detail)));
    }

    private static Step enter(StaffPin state) {
        Surroundings around = state.around().kept(Upkeep::rightPin);
        return Step.to(
                new StaffMenu(
                        around,
                        state.card().name(),
                        StaffPage.MAIN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        around.now()),
                new Effect.Erase(state.pin()),
                new Effect.Report(
                        new Incident(Incident.Kind.STAFF_ENTERED, state.card().name())),
                new Effect.Staff(new StaffTask.Look()));
    }

    private static Step and(Step step, Effect... more) {
        List<Effect> effects = new ArrayList<>(step.effects());
        effects.addAll(List.of(more));
        return new Step(step.next(), effects);
    }

    // ---- the menu ----------------------------------------------------------------------------------------

    static Step step(StaffMenu state, KioskEvent event) {
        Surroundings around = state.around();
        return switch (event) {
            case KioskEvent.Touched(Choice.Staff(StaffAct act)) -> act(active(state), act);
            case KioskEvent.Touched(Choice.Cancel()), KioskEvent.Touched(Choice.Finish()) -> KioskSession.rest(around);
            case KioskEvent.Touched(Choice.Speak(Language language)) ->
                Step.to(States.in(active(state), around.speaking(language)));
            case KioskEvent.Touched _ -> Step.to(active(state));
            case KioskEvent.TagArrived(var tag)
            when state.page() == StaffPage.PAD ->
                Step.to(active(state), new Effect.Staff(new StaffTask.ReadTag(tag.uid())));
            case KioskEvent.Staff(StaffNews news) -> learn(state, news);
            case KioskEvent.Printed(Printout printout, var outcome)
            when slips(state) && WaitingSlip.of(printout).isPresent() -> printed(state, outcome);
            case KioskEvent.Printed(Printout printout, var outcome)
            when forStaff(printout) ->
                Step.to(ended(state, new StaffNews.Papered(outcome)), new Effect.Staff(new StaffTask.Look()));
            case KioskEvent.Tick _ -> {
                Duration longest = state.running().isPresent() ? LONGEST_TASK : STANDS;
                yield around.now().isBefore(state.idleSince().plus(longest))
                        ? Step.to(state)
                        : KioskSession.rest(around);
            }
            default -> Step.to(state);
        };
    }

    private static boolean slips(StaffMenu state) {
        return state.running().orElse(null) instanceof StaffAct.PrintSlips;
    }

    /** One slip after the other, until all are out or one is not. */
    private static Step printed(StaffMenu state, PrintOutcome outcome) {
        Optional<Effect> next = outcome instanceof PrintOutcome.Printed ? nextSlip(state.around()) : Optional.empty();
        return next.map(effect -> Step.to(active(state), effect))
                .orElseGet(() -> Step.to(ended(state, new StaffNews.Papered(outcome))));
    }

    private static Optional<Effect> nextSlip(Surroundings around) {
        return around.machine().upkeep().slips().stream()
                .findFirst()
                .map(slip -> new Effect.Print(slip.printout(), around.settings().branchLanguage()));
    }

    private static boolean forStaff(Printout printout) {
        return printout instanceof Printout.Feed
                || printout instanceof Printout.TestPage
                || printout instanceof Printout.DaySlip;
    }

    private static StaffMenu active(StaffMenu state) {
        return new StaffMenu(
                state.around(),
                state.who(),
                state.page(),
                state.view(),
                state.running(),
                state.learnt(),
                state.around().now());
    }

    private static Step learn(StaffMenu state, StaffNews news) {
        return switch (news) {
            case StaffNews.Looked(MachineView view) ->
                Step.to(new StaffMenu(
                        state.around(),
                        state.who(),
                        state.page(),
                        Optional.of(view),
                        state.running(),
                        state.learnt(),
                        state.idleSince()));
            case StaffNews.TagRead(var tag) ->
                Step.to(tag.filter(read -> state.around().tags().containsKey(read.uid()))
                        .map(read -> States.in(state, state.around().arrived(read)))
                        .orElse(state));
            case StaffNews.Tested _ -> Step.to(ended(state, news), new Effect.Staff(new StaffTask.Look()));
            case StaffNews.LineTested _, StaffNews.Papered _, StaffNews.Played _ -> Step.to(ended(state, news));
            case StaffNews.PinChecked _, StaffNews.ClockCompared _, StaffNews.BranchTold _, StaffNews.RestartWanted _ ->
                Step.to(state);
        };
    }

    private static StaffMenu ended(StaffMenu state, StaffNews news) {
        return new StaffMenu(
                state.around(),
                state.who(),
                state.page(),
                state.view(),
                Optional.empty(),
                Optional.of(news),
                state.around().now());
    }

    private static Step act(StaffMenu state, StaffAct act) {
        if (act instanceof StaffAct.Open(StaffPage page)) {
            return open(state, page);
        }
        if (act instanceof StaffAct.Close) {
            return KioskSession.rest(state.around());
        }
        if (state.running().isPresent()) {
            return Step.to(state);
        }
        Effect audit = new Effect.Report(new Incident(Incident.Kind.STAFF_ACT, state.who() + ": " + act.audit()));
        Surroundings around = state.around();
        return switch (act) {
            case StaffAct.Open _, StaffAct.Close _ -> throw new IllegalStateException("done above");
            case StaffAct.SelfTest(DeviceKind device, SelfTestLevel level) ->
                begin(state, act, audit, new Effect.Staff(new StaffTask.SelfTest(device, level)));
            case StaffAct.TestLine() -> begin(state, act, audit, new Effect.Staff(new StaffTask.TestLine()));
            case StaffAct.Feed() -> begin(state, act, audit, print(around, new Printout.Feed(around.now())));
            case StaffAct.TestPage() -> begin(state, act, audit, print(around, new Printout.TestPage(around.now())));
            case StaffAct.PrintDay() -> begin(state, act, audit, print(around, day(state)));
            case StaffAct.PrintSlips() ->
                nextSlip(around).map(slip -> begin(state, act, audit, slip)).orElseGet(() -> Step.to(state));
            case StaffAct.ForgetSlips() -> Step.to(change(state, around.kept(Upkeep::withoutSlips)), audit);
            case StaffAct.PaperChanged() ->
                begin(
                        change(state, around.kept(Upkeep::paperChanged)),
                        act,
                        audit,
                        new Effect.Staff(new StaffTask.SelfTest(DeviceKind.PRINTER, SelfTestLevel.HEALTHY)));
            case StaffAct.BinFull(String bin) ->
                Step.to(change(state, around.kept(upkeep -> upkeep.markedFull(bin))), audit);
            case StaffAct.BinEmptied(String bin) ->
                Step.to(change(state, around.kept(upkeep -> upkeep.emptied(bin))), audit);
            case StaffAct.TakeOut(Upkeep.Closure why) ->
                Step.to(change(state, around.kept(upkeep -> upkeep.closed(Optional.of(why)))), audit);
            case StaffAct.PutBack() ->
                Step.to(change(state, around.kept(upkeep -> upkeep.closed(Optional.empty()))), audit);
            case StaffAct.Volume(int steps) ->
                heard(change(state, around.kept(upkeep -> upkeep.louder(steps))), act, audit, Announcement.TRIAL);
            case StaffAct.Play(Announcement what) -> heard(state, act, audit, what);
            case StaffAct.Restart(boolean machine) ->
                begin(state, act, audit, new Effect.Staff(new StaffTask.Restart(machine)));
        };
    }

    /** Whoever turns it hears how loud it is now. */
    private static Step heard(StaffMenu state, StaffAct act, Effect audit, Announcement what) {
        int softer = state.around().machine().upkeep().softer();
        return begin(state, act, audit, new Effect.Staff(new StaffTask.Play(what, softer)));
    }

    private static StaffMenu change(StaffMenu state, Surroundings around) {
        return new StaffMenu(
                around, state.who(), state.page(), state.view(), state.running(), state.learnt(), state.idleSince());
    }

    private static Step begin(StaffMenu state, StaffAct act, Effect... effects) {
        return Step.to(
                new StaffMenu(
                        state.around(),
                        state.who(),
                        state.page(),
                        state.view(),
                        Optional.of(act),
                        Optional.empty(),
                        state.idleSince()),
                effects);
    }

    private static Effect print(Surroundings around, Printout printout) {
        return new Effect.Print(printout, around.language());
    }

    private static Printout day(StaffMenu state) {
        Surroundings around = state.around();
        return new Printout.DaySlip(
                around.now(),
                around.machine().upkeep().on(around.today()),
                state.view().map(MachineView::waiting).orElse(0),
                state.view().map(MachineView::refused).orElse(0));
    }

    private static Step open(StaffMenu state, StaffPage page) {
        List<Effect> effects = new ArrayList<>(List.of(new Effect.Staff(new StaffTask.Look())));
        if (page == StaffPage.PAD) {
            for (Uid uid : state.around().tags().keySet()) {
                effects.add(new Effect.Staff(new StaffTask.ReadTag(uid)));
            }
        }
        return new Step(
                new StaffMenu(
                        state.around(),
                        state.who(),
                        page,
                        state.view(),
                        state.running(),
                        Optional.empty(),
                        state.idleSince()),
                effects);
    }
}
