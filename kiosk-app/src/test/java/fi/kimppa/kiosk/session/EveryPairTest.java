package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.sip2.message.Checkout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of state meets every kind of event. The states are those that simulated evenings come through, told apart by their
 * {@link Shape}; the events are all that their types allow. Whatever meets: the step ends in a state that keypad and screens can
 * show, an answer that nobody waits for changes nothing, and whoever is left alone from there comes to rest. Every build takes some
 * shapes of each kind, more with {@code -Dkiosk.shapes=…}.
 */
class EveryPairTest {
    private static final long FIRST_SEED = 1_795_541_400L;
    private static final int EVENINGS = 60;
    private static final int SHAPES_OF_A_KIND = Integer.getInteger("kiosk.shapes", 16);
    private static final int TOLD = 12;
    private static final Duration STEP = Duration.ofMillis(700);
    private static final Duration LONGEST_VISIT = Duration.ofHours(2);

    private static final Map<Class<?>, Map<String, KioskState>> STATES = new HashMap<>();
    private static final Set<String> CAME_TO_REST = new HashSet<>();

    @BeforeAll
    static void gather() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EVENINGS; seed++) {
            new SimulatedEvening(seed, EveryPairTest::keep).play();
        }
    }

    @AfterAll
    static void forget() {
        STATES.clear();
        CAME_TO_REST.clear();
    }

    private static void keep(KioskState state) {
        Map<String, KioskState> shapes = STATES.computeIfAbsent(state.getClass(), _ -> new LinkedHashMap<>());
        if (shapes.size() < SHAPES_OF_A_KIND) {
            shapes.putIfAbsent(Shape.of(state), state);
        }
    }

    static Stream<Class<?>> kindsOfStates() {
        return EveryEvent.kinds(KioskState.class).stream();
    }

    @Test
    void theEveningsComeThroughEveryKindOfState() {
        assertThat(STATES.keySet()).containsExactlyInAnyOrderElementsOf(EveryEvent.kinds(KioskState.class));
    }

    @ParameterizedTest
    @MethodSource("kindsOfStates")
    void takesEveryEvent(Class<?> kind) {
        Map<String, String> faults = new LinkedHashMap<>();
        Set<Class<?>> met = new HashSet<>();
        STATES.getOrDefault(kind, Map.of()).forEach((shape, state) -> {
            for (KioskEvent event : EveryEvent.of(state)) {
                met.add(event.getClass());
                fault(state, event)
                        .ifPresent(fault ->
                                faults.putIfAbsent(named(event) + ": " + fault, shape + " on " + named(event)));
            }
        });
        assertThat(faults.entrySet().stream()
                        .limit(TOLD)
                        .map(fault -> fault.getKey() + "\n    in " + fault.getValue())
                        .toList())
                .isEmpty();
        assertThat(met).containsExactlyInAnyOrderElementsOf(EveryEvent.kinds(KioskEvent.class));
    }

    /** By kind where it is an answer: some of them would not fit on a line of SIP2. */
    private static String named(KioskEvent event) {
        return event instanceof KioskEvent.Answered(long request, var response)
                ? "Answered " + request + " " + response.getClass().getSimpleName()
                : event.toString();
    }

    private static Optional<String> fault(KioskState state, KioskEvent event) {
        try {
            Step step = KioskSession.step(state, event);
            Keypad.pages(step.next());
            return numbers(state, step)
                    .or(() -> forNobody(state, event, step))
                    .or(() -> asksForALoanElsewhere(step))
                    .or(() -> rest(step));
        } catch (RuntimeException e) {
            return Optional.of(e + at(e));
        }
    }

    private static String at(RuntimeException e) {
        return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    }

    /** Every question has a number of its own that nobody has used. */
    private static Optional<String> numbers(KioskState state, Step step) {
        Set<Long> used = new HashSet<>();
        for (Effect effect : step.effects()) {
            long number = number(effect);
            boolean fresh = number >= state.around().nextRequest()
                    && number < step.next().around().nextRequest()
                    && used.add(number);
            if (number > 0 && !fresh) {
                return Optional.of("a question has the number of another");
            }
        }
        return Optional.empty();
    }

    private static long number(Effect effect) {
        return switch (effect) {
            case Effect.Send send -> send.request();
            case Effect.Spool spool -> spool.request();
            case Effect.Mail mail -> mail.request();
            case Effect.Catalogue(CatalogueTask task) -> task.request();
            case Effect.OffLine(OffLineTask.LookUp(long request, CardNumber _)) -> request;
            case Effect.OffLine(OffLineTask.NoteLoan(long request, Checkout _)) -> request;
            case Effect.Staff(StaffTask.CheckPin check) -> check.request();
            case Effect.SetSecurity _, Effect.Print _, Effect.Erase _, Effect.Report _, Effect.Rate _, Effect.Staff _ ->
                0;
        };
    }

    private static Optional<String> forNobody(KioskState state, KioskEvent event, Step step) {
        boolean late = switch (event) {
            case KioskEvent.Answered(long request, var _) -> request == EveryEvent.NEVER_ASKED;
            case KioskEvent.Unanswered(long request, boolean _) -> request == EveryEvent.NEVER_ASKED;
            case KioskEvent.Spooled(long request, boolean _) -> request == EveryEvent.NEVER_ASKED;
            case KioskEvent.Mailed(long request, boolean _) -> request == EveryEvent.NEVER_ASKED;
            case KioskEvent.Catalogue(CatalogueNews news) -> news.request() == EveryEvent.NEVER_ASKED;
            case KioskEvent.OffLine(OffLineNews.CardLookedUp(long request, var _)) -> request == EveryEvent.NEVER_ASKED;
            case KioskEvent.Staff(StaffNews.PinChecked(long request, boolean _)) -> request == EveryEvent.NEVER_ASKED;
            default -> false;
        };
        return late && !(step.next().equals(state) && step.effects().isEmpty())
                ? Optional.of("an answer that nobody waits for changed something")
                : Optional.empty();
    }

    private static Optional<String> asksForALoanElsewhere(Step step) {
        boolean asks = step.effects().stream()
                .anyMatch(effect -> effect instanceof Effect.Send send && send.message() instanceof Checkout);
        return asks && !(step.next() instanceof KioskState.Borrowing)
                ? Optional.of("a loan was asked for in " + step.next().getClass())
                : Optional.empty();
    }

    // ---- nobody is there any more, and nothing answers --------------------------------------------------------

    /** Everything that is open goes wrong, things are taken along, and time passes. */
    private static Optional<String> rest(Step reached) {
        if (!CAME_TO_REST.add(Shape.of(reached.next()))) {
            return Optional.empty();
        }
        Deque<KioskEvent> coming = new ArrayDeque<>(openQuestions(reached.next()));
        reached.effects().forEach(effect -> coming.addAll(failure(effect)));
        KioskState state = reached.next();
        Instant began = state.around().now();
        Instant now = began;
        while (now.isBefore(began.plus(LONGEST_VISIT))) {
            for (Uid uid : List.copyOf(state.around().tags().keySet())) {
                coming.add(new KioskEvent.TagLeft(uid));
            }
            now = now.plus(STEP);
            coming.add(new KioskEvent.Tick(now));
            while (!coming.isEmpty()) {
                Step step = KioskSession.step(state, coming.remove());
                state = step.next();
                step.effects().forEach(effect -> coming.addAll(failure(effect)));
            }
            boolean rests = switch (state) {
                case KioskState.Idle idle -> idle.forTheNextAt().isEmpty();
                case KioskState.OutOfService out -> out.forTheNextAt().isEmpty();
                default -> false;
            };
            if (rests) {
                return Optional.empty();
            }
        }
        return Optional.of("left alone it never comes to rest: " + Shape.of(state));
    }

    /** What was asked before this state fails as well. */
    private static List<KioskEvent> openQuestions(KioskState state) {
        List<KioskEvent> events = new ArrayList<>();
        long next = state.around().nextRequest();
        for (long request = Math.max(0, next - 40); request < next; request++) {
            events.add(new KioskEvent.Unanswered(request, false));
            events.add(new KioskEvent.Spooled(request, false));
            events.add(new KioskEvent.Mailed(request, false));
            events.add(new KioskEvent.Catalogue(new CatalogueNews.Silent(request)));
            events.add(new KioskEvent.Staff(new StaffNews.PinChecked(request, false)));
            events.add(new KioskEvent.OffLine(new OffLineNews.CardLookedUp(request, new OffLineCard(false, 0))));
        }
        switch (state) {
            case KioskState.Borrowing pile -> pile.rows().forEach(row -> unwritten(events, row.number(), row.tags()));
            case KioskState.Returning pile -> pile.rows().forEach(row -> unwritten(events, row.number(), row.tags()));
            case KioskState.Farewell bye
            when bye.printing() ->
                events.add(new KioskEvent.Printed(
                        new Printout.ReturnReceipt(bye.around().now(), List.of()),
                        new PrintOutcome.NotPrinted(StatusReason.UNPLUGGED)));
            default -> {}
        }
        events.add(new KioskEvent.Staff(new StaffNews.Tested(Optional.empty())));
        events.add(new KioskEvent.Staff(new StaffNews.Played(false)));
        events.add(new KioskEvent.Staff(new StaffNews.LineTested(Optional.empty(), "", "")));
        events.add(new KioskEvent.Staff(new StaffNews.Papered(new PrintOutcome.NotPrinted(StatusReason.UNPLUGGED))));
        return events;
    }

    private static void unwritten(List<KioskEvent> events, int row, Iterable<Uid> tags) {
        tags.forEach(uid -> events.add(new KioskEvent.SecurityWritten(row, uid, Optional.empty())));
    }

    private static List<KioskEvent> failure(Effect effect) {
        return switch (effect) {
            case Effect.Send send -> List.of(new KioskEvent.Unanswered(send.request(), false));
            case Effect.SetSecurity write ->
                List.of(new KioskEvent.SecurityWritten(write.row(), write.uid(), Optional.empty()));
            case Effect.Spool spool -> List.of(new KioskEvent.Spooled(spool.request(), false));
            case Effect.OffLine(OffLineTask.LookUp(long request, CardNumber _)) ->
                List.of(new KioskEvent.OffLine(new OffLineNews.CardLookedUp(request, new OffLineCard(false, 0))));
            case Effect.OffLine(OffLineTask.NoteLoan(long request, Checkout _)) ->
                List.of(new KioskEvent.Spooled(request, false));
            case Effect.Catalogue(CatalogueTask task) ->
                List.of(new KioskEvent.Catalogue(new CatalogueNews.Silent(task.request())));
            case Effect.Print print ->
                List.of(new KioskEvent.Printed(print.printout(), new PrintOutcome.NotPrinted(StatusReason.UNPLUGGED)));
            case Effect.Mail mail -> List.of(new KioskEvent.Mailed(mail.request(), false));
            case Effect.Staff(StaffTask.CheckPin check) ->
                List.of(new KioskEvent.Staff(new StaffNews.PinChecked(check.request(), false)));
            case Effect.Staff(StaffTask.ReadTag _) ->
                List.of(new KioskEvent.Staff(new StaffNews.TagRead(Optional.empty())));
            case Effect.Staff(StaffTask.SelfTest _) ->
                List.of(new KioskEvent.Staff(new StaffNews.Tested(Optional.empty())));
            case Effect.Staff(StaffTask.TestLine _) ->
                List.of(new KioskEvent.Staff(new StaffNews.LineTested(Optional.empty(), "", "")));
            case Effect.Staff(StaffTask.Play _) -> List.of(new KioskEvent.Staff(new StaffNews.Played(false)));
            case Effect.Staff(StaffTask.Look _) -> List.of();
            case Effect.Staff(StaffTask.Restart _), Effect.Erase _, Effect.Report _, Effect.Rate _ -> List.of();
        };
    }
}
