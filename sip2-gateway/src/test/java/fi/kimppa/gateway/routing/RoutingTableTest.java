package fi.kimppa.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.consortium.SortSituation;
import fi.kimppa.gateway.routing.Decision.Passed;
import fi.kimppa.gateway.routing.RoutingRule.Problem;
import fi.kimppa.gateway.routing.RoutingTable.Never;
import fi.kimppa.sip2.message.AlertType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table by which returned things travel: pure, and every corner of it. */
class RoutingTableTest {
    private static final List<ReturnedThing> ALL = Things.all();
    private static final int TABLES = 40;

    private static Optional<String> some(String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty());
    }

    private static RoutingRule rule(long id, Situation situation, Map<Condition, String> asks, Outcome outcome) {
        return new RoutingRule(
                id,
                situation,
                Optional.ofNullable(asks.get(Condition.OWNER)),
                Optional.ofNullable(asks.get(Condition.HOME)),
                Optional.ofNullable(asks.get(Condition.SERVING)),
                Optional.ofNullable(asks.get(Condition.COLLECTION)),
                Optional.ofNullable(asks.get(Condition.MEDIA_TYPE)),
                outcome);
    }

    private static RoutingRule rule(long id, Situation situation, Map<Condition, String> asks) {
        return rule(id, situation, asks, situation.standard());
    }

    private static RoutingTable table(RoutingRule... own) {
        return new RoutingTable(List.of(own));
    }

    private static Optional<Never> never(RoutingTable table, long id) {
        return table.never(table.own(id).orElseThrow(), Things::municipality);
    }

    private static ReturnedThing thing(String alert, String home, String told, boolean undone) {
        return ReturnedThing.of(
                "A1",
                Things.municipality(home == null ? "" : home),
                Things.answer(
                        true,
                        undone,
                        some(alert).flatMap(AlertType::of),
                        some(home),
                        Optional.of("LOCAL"),
                        Optional.of("001"),
                        some(told)));
    }

    // ---- what a library system says, and what that is ------------------------------------------------------

    @ParameterizedTest
    @CsvSource(textBlock = """
            # CV, AQ, CT, undone, situation; it comes back at A1
            01,   B1,   ,    false, HOLD_HERE
            01,   A1,   A1,  false, HOLD_HERE
            02,   A1,   B1,  false, HOLD_ELSEWHERE
            03,   ,     FAR, false, HOLD_ILL
            04,   B1,   B1,  false, SENT_ELSEWHERE
            04,   A1,   B1,  false, SENT_ELSEWHERE
            04,   B1,   ,    false, BELONGS_ELSEWHERE
            04,   ,     ,    false, SENT_ELSEWHERE
            04,   B1,   A1,  false, FLOATS
            04,   A1,   A1,  false, AT_HOME
            ,     A1,   ,    false, AT_HOME
            ,     B1,   ,    false, BELONGS_ELSEWHERE
            ,     Q,    ,    false, BELONGS_ELSEWHERE
            ,     ,     ,    false, HOME_UNKNOWN
            ,     B1,   B1,  false, SENT_ELSEWHERE
            ,     B1,   A1,  false, FLOATS
            ,     ,     A1,  false, HOME_UNKNOWN
            ,     B1,   ,    true,  UNDONE
            04,   A1,   B1,  true,  SENT_ELSEWHERE
            01,   A1,   ,    true,  HOLD_HERE
            00,   A1,   ,    false, ATTENTION
            99,   B1,   B1,  false, ATTENTION
            53,   A1,   ,    false, ATTENTION
            """)
    void anAnswerIsOneSituation(String alert, String home, String told, boolean undone, Situation situation) {
        assertThat(thing(alert, home, told, undone).situation()).isEqualTo(situation);
    }

    @Test
    void aRefusalIsARefusalWhateverElseItSays() {
        for (AlertType alert : AlertType.values()) {
            assertThat(ReturnedThing.of(
                                    "A1",
                                    Optional.empty(),
                                    Things.answer(
                                            false,
                                            false,
                                            Optional.of(alert),
                                            Optional.of("B1"),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.of("B1")))
                            .situation())
                    .isEqualTo(Situation.REFUSED);
        }
    }

    @Test
    void thereIsAThingForEverySituation() {
        assertThat(ALL).extracting(ReturnedThing::situation).contains(Situation.values());
    }

    // ---- what holds without rules ------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(textBlock = """
            # CV, AQ, CT, then what comes of it: CV, CT, bin for, text
            01,   B1,   ,    HOLD_HERE,      ,    HOLD_HERE,   HOLD_HERE
            02,   A1,   B1,  HOLD_ELSEWHERE, B1,  TRANSPORT,   HOLD_ELSEWHERE
            03,   A1,   FAR, HOLD_ILL,       FAR, TRANSPORT,   HOLD_ELSEWHERE
            04,   A1,   B1,  SEND_ELSEWHERE, B1,  TRANSPORT,   TRANSPORT
            04,   ,     ,    SEND_ELSEWHERE, ,    TRANSPORT,   NONE
            ,     B1,   ,    SEND_ELSEWHERE, B1,  TRANSPORT,   TRANSPORT
            ,     A1,   ,    ,               ,    STAYS_HERE,  NONE
            ,     B1,   A1,  ,               ,    STAYS_HERE,  NONE
            ,     ,     ,    ,               ,    STAYS_HERE,  NONE
            00,   A1,   ,    UNKNOWN,        ,    STAFF,       NONE
            99,   A1,   B1,  OTHER,          B1,  STAFF,       NONE
            """)
    void withoutRulesAThingGoesWhereTheLibrarySystemSaysElseHome(
            String alert,
            String home,
            String told,
            AlertType type,
            String destination,
            SortSituation bin,
            SlipText text) {
        Decision decision = table().decide(thing(alert, home, told, false));

        assertThat(decision.alert()).isEqualTo(Optional.ofNullable(type));
        assertThat(decision.destination()).isEqualTo(some(destination));
        assertThat(decision.bin()).isEmpty();
        assertThat(decision.binFor()).isEqualTo(bin);
        assertThat(decision.text()).isEqualTo(text);
        assertThat(decision.rule().isStandard()).isTrue();
    }

    @Test
    void withoutRulesNobodysThingGoesToStaffAndAnUnprocessedOneWaits() {
        assertThat(table().decide(ReturnedThing.noOwner("A1"))).satisfies(decision -> {
            assertThat(decision.alert()).contains(AlertType.OTHER);
            assertThat(decision.binFor()).isEqualTo(SortSituation.STAFF);
            assertThat(decision.text()).isEqualTo(SlipText.NO_OWNER);
        });
        assertThat(table().decide(ReturnedThing.unprocessed("A1", Optional.of("B"))))
                .satisfies(decision -> {
                    assertThat(decision.alert()).isEmpty();
                    assertThat(decision.binFor()).isEqualTo(SortSituation.UNPROCESSED);
                    assertThat(decision.text()).isEqualTo(SlipText.UNPROCESSED);
                });
    }

    @ParameterizedTest
    @EnumSource
    void theStandardRowOfEverySituationIsOneThatMayBe(Situation situation) {
        assertThat(RoutingRule.standard(situation).problem()).isEmpty();
        assertThat(table().rules()).hasSize(Situation.values().length).allMatch(RoutingRule::isStandard);
    }

    // ---- every situation, every kind of rule -------------------------------------------------------------

    /** In each situation every destination and alert type that is allowed, without conditions. */
    @ParameterizedTest
    @EnumSource
    void everyOutcomeOfEverySituationDoesWhatItSays(Situation situation) {
        for (Destination.Kind kind : Destination.Kind.values()) {
            for (Alert alert : Alert.values()) {
                Destination to = kind == Destination.Kind.BRANCH
                        ? Destination.to("A2")
                        : new Destination(kind, Optional.empty());
                RoutingRule rule =
                        rule(1, situation, Map.of(), new Outcome(to, alert, Optional.of("7"), SlipText.STAFF));
                if (rule.problem().isPresent()) {
                    assertThat(situation.allows(kind)
                                    && situation.allows(alert)
                                    && !(alert == Alert.SEND_ELSEWHERE && kind == Destination.Kind.STAY))
                            .isFalse();
                } else {
                    things(situation)
                            .forEach(thing -> doesWhatItSays(table(rule).decide(thing), thing, rule));
                }
            }
        }
    }

    private static void doesWhatItSays(Decision decision, ReturnedThing thing, RoutingRule rule) {
        Outcome outcome = rule.outcome();
        boolean there = outcome.destination().branch().equals(Optional.of(thing.branch()));
        Optional<String> onwards = thing.situation() == Situation.BELONGS_ELSEWHERE ? thing.home() : thing.told();
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.bin()).contains("7");
        assertThat(decision.destination())
                .isEqualTo(
                        switch (outcome.destination().kind()) {
                            case STAY -> Optional.empty();
                            case HOME -> thing.home();
                            case TOLD -> thing.told();
                            case BRANCH ->
                                there ? onwards : outcome.destination().branch();
                        });
        boolean travels =
                decision.destination().filter(to -> !to.equals(thing.branch())).isPresent();
        switch (outcome.alert()) {
            case NONE -> assertThat(decision.alert()).isEmpty();
            case TOLD -> assertThat(decision.alert()).isEqualTo(thing.toldAlert());
            case OTHER -> assertThat(decision.alert()).contains(AlertType.OTHER);
            case SEND_ELSEWHERE -> {
                if (outcome.destination().kind() != Destination.Kind.TOLD
                        || thing.told().isPresent()) {
                    assertThat(decision.alert().isPresent()).as("%s", thing).isEqualTo(travels);
                }
                assertThat(decision.text()).isEqualTo(decision.alert().isPresent() ? SlipText.STAFF : SlipText.NONE);
            }
        }
    }

    private static Stream<ReturnedThing> things(Situation situation) {
        return ALL.stream().filter(thing -> thing.situation() == situation);
    }

    /** In each situation a rule with one condition of each kind, for each thing: it holds exactly where it fits. */
    @ParameterizedTest
    @EnumSource
    void everyConditionInEverySituationHoldsExactlyWhereItFits(Situation situation) {
        Map<Condition, String> asked = new EnumMap<>(Map.of(
                Condition.OWNER, "B",
                Condition.HOME, "B1",
                Condition.SERVING, "A1",
                Condition.COLLECTION, "DEPOT",
                Condition.MEDIA_TYPE, "006"));
        asked.forEach((condition, value) -> {
            RoutingRule rule = rule(1, situation, Map.of(condition, value));
            List<Boolean> fits = new ArrayList<>();
            things(situation).forEach(thing -> {
                Optional<String> known = switch (condition) {
                    case OWNER -> thing.owner();
                    case HOME -> thing.home();
                    case SERVING -> Optional.of(thing.branch());
                    case COLLECTION -> thing.collection();
                    case MEDIA_TYPE -> thing.mediaType();
                    case SITUATION -> throw new AssertionError();
                };
                boolean fit = known.filter(value::equalsIgnoreCase).isPresent();
                Decision decision = table(rule).decide(thing);
                assertThat(decision.rule().equals(rule))
                        .as("%s for %s", rule, thing)
                        .isEqualTo(fit);
                assertThat(decision.passed().contains(new Passed(rule, condition)))
                        .isEqualTo(!fit);
                fits.add(fit);
            });
            assertThat(fits.contains(true)).as("%s %s", situation, condition).isEqualTo(situation.knows(condition));
            assertThat(never(table(rule), 1).isPresent()).isEqualTo(!situation.knows(condition));
        });
    }

    @Test
    void aHoldIsNeverOverruledByARuleForOwnersAndCollections() {
        RoutingTable table = table(
                rule(1, Situation.BELONGS_ELSEWHERE, Map.of()),
                rule(2, Situation.AT_HOME, Map.of()),
                rule(3, Situation.FLOATS, Map.of()));
        things(Situation.HOLD_ELSEWHERE).forEach(thing -> {
            assertThat(table.decide(thing).destination()).isEqualTo(thing.told());
            assertThat(table.decide(thing).alert()).contains(AlertType.HOLD_ELSEWHERE);
        });
        assertThat(Situation.HOLD_HERE.allows(Destination.Kind.STAY)).isFalse();
        assertThat(Situation.HOLD_ELSEWHERE.allows(Destination.Kind.HOME)).isFalse();
        assertThat(Situation.SENT_ELSEWHERE.allows(Destination.Kind.STAY))
                .as("what a library system has written is not left undone")
                .isFalse();
    }

    @Test
    void aCollectionGoesHomeAlthoughTheOthersOfItsOwnerFloat() {
        Outcome home = new Outcome(Destination.HOME, Alert.SEND_ELSEWHERE, Optional.of("4"), SlipText.GOES_HOME);
        Outcome stays = new Outcome(Destination.STAY, Alert.NONE, Optional.empty(), SlipText.FLOATS);
        RoutingTable table = table(
                rule(1, Situation.BELONGS_ELSEWHERE, Map.of(Condition.COLLECTION, "LOCAL"), home),
                rule(2, Situation.BELONGS_ELSEWHERE, Map.of(Condition.OWNER, "B"), stays));

        Decision local = table.decide(thing("", "B1", "", false));
        assertThat(local.rule().id()).isEqualTo(1);
        assertThat(local.destination()).contains("B1");
        assertThat(local.bin()).contains("4");

        Decision other = table.decide(ReturnedThing.of(
                "A1",
                Optional.of("B"),
                Things.answer(
                        true,
                        false,
                        Optional.empty(),
                        Optional.of("B1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
        assertThat(other.rule().id()).isEqualTo(2);
        assertThat(other.destination()).isEmpty();
        assertThat(other.alert()).isEmpty();
        assertThat(other.binFor()).isEqualTo(SortSituation.STAYS_HERE);
        assertThat(other.text()).isEqualTo(SlipText.FLOATS);
    }

    @Test
    void atTheBranchThatEverythingGoesByAThingGoesOn() {
        Outcome by = new Outcome(Destination.to("A1"), Alert.SEND_ELSEWHERE, Optional.empty(), SlipText.TRANSPORT);
        RoutingTable table = table(rule(1, Situation.BELONGS_ELSEWHERE, Map.of(), by));
        assertThat(table.decide(thing("", "B1", "", false)).destination()).contains("B1");

        RoutingTable depot = table(rule(1, Situation.AT_HOME, Map.of(), by));
        Decision there = depot.decide(thing("", "A1", "", false));
        assertThat(there.destination()).isEmpty();
        assertThat(there.alert()).isEmpty();
        assertThat(there.text()).as("it does not travel").isEqualTo(SlipText.NONE);
    }

    @Test
    void theLibrarySystemsOwnBinStandsUnlessTheRuleNamesOne() {
        ReturnedThing told = new ReturnedThing(
                Situation.AT_HOME,
                "A1",
                Optional.of("A"),
                Optional.of("A1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("12"));
        assertThat(table().decide(told).bin()).contains("12");
        Outcome seven = new Outcome(Destination.STAY, Alert.NONE, Optional.of("7"), SlipText.NONE);
        assertThat(table(rule(1, Situation.AT_HOME, Map.of(), seven))
                        .decide(told)
                        .bin())
                .contains("7");
    }

    // ---- what cannot be ----------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(textBlock = """
            BELONGS_ELSEWHERE, STAY,   SEND_ELSEWHERE, 1,     LOCAL, 001, ALERT
            BELONGS_ELSEWHERE, STAY,   TOLD,           1,     LOCAL, 001, ALERT
            BELONGS_ELSEWHERE, TOLD,   NONE,           1,     LOCAL, 001, DESTINATION
            HOLD_HERE,         STAY,   TOLD,           1,     LOCAL, 001, DESTINATION
            HOLD_ELSEWHERE,    TOLD,   NONE,           1,     LOCAL, 001, ALERT
            HOLD_ELSEWHERE,    STAY,   TOLD,           1,     LOCAL, 001, DESTINATION
            SENT_ELSEWHERE,    STAY,   OTHER,          1,     LOCAL, 001, DESTINATION
            NO_OWNER,          HOME,   OTHER,          1,     LOCAL, 001, DESTINATION
            UNPROCESSED,       STAY,   SEND_ELSEWHERE, 1,     LOCAL, 001, ALERT
            AT_HOME,           STAY,   NONE,           12345, LOCAL, 001, BIN
            AT_HOME,           STAY,   NONE,           a|b,   LOCAL, 001, BIN
            AT_HOME,           STAY,   NONE,           1,     a|b,   001, COLLECTION
            AT_HOME,           STAY,   NONE,           1,     LOCAL, 1,   MEDIA_TYPE
            AT_HOME,           STAY,   NONE,           1,     LOCAL, abc, MEDIA_TYPE
            """)
    void aRuleThatCannotBeIsToldWhy(
            Situation situation,
            Destination.Kind to,
            Alert alert,
            String bin,
            String collection,
            String type,
            Problem problem) {
        RoutingRule rule = rule(
                1,
                situation,
                Map.of(Condition.COLLECTION, collection, Condition.MEDIA_TYPE, type),
                new Outcome(new Destination(to, Optional.empty()), alert, Optional.of(bin), SlipText.NONE));
        assertThat(rule.problem()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            AT_HOME,           ,  B1, A1
            AT_HOME,           B, ,   A1
            BELONGS_ELSEWHERE, ,  A1, A1
            FLOATS,            ,  A1, A1
            BELONGS_ELSEWHERE, A, B1,
            HOLD_HERE,         A, B1, A1
            HOME_UNKNOWN,      ,  A1,
            NO_OWNER,          A, ,
            UNPROCESSED,       ,  A1,
            """)
    void aRuleThatContradictsItselfNeverHolds(Situation situation, String owner, String home, String serving) {
        Map<Condition, String> asks = new EnumMap<>(Condition.class);
        some(owner).ifPresent(asked -> asks.put(Condition.OWNER, asked));
        some(home).ifPresent(asked -> asks.put(Condition.HOME, asked));
        some(serving).ifPresent(asked -> asks.put(Condition.SERVING, asked));
        assertThat(never(table(rule(1, situation, asks)), 1)).contains(new Never.Impossible());
    }

    @Test
    void aRuleBehindAWiderOneNeverHoldsAndIsToldWhichTakesItsThings() {
        RoutingRule wide = rule(1, Situation.BELONGS_ELSEWHERE, Map.of(Condition.OWNER, "B"));
        RoutingRule narrow =
                rule(2, Situation.BELONGS_ELSEWHERE, Map.of(Condition.HOME, "B1", Condition.SERVING, "A1"));
        assertThat(never(table(wide, narrow), 2)).contains(new Never.Covered(wide));
        assertThat(never(table(wide, narrow), 1)).isEmpty();
        assertThat(never(table(narrow, wide), 1)).isEmpty();
        assertThat(never(table(narrow, wide), 2)).isEmpty();
    }

    @Test
    void aRuleForEverythingTakesThePlaceOfTheStandardRow() {
        RoutingRule all = rule(1, Situation.AT_HOME, Map.of());
        RoutingTable table = table(all);
        RoutingRule standard = RoutingRule.standard(Situation.AT_HOME);
        assertThat(table.never(standard, Things::municipality)).contains(new Never.Covered(all));
        assertThat(table.never(RoutingRule.standard(Situation.FLOATS), Things::municipality))
                .isEmpty();
    }

    // ---- properties --------------------------------------------------------------------------------------

    private static void inManyTables(Function<Random, RoutingTable> maker, BiConsumer<RoutingTable, String> property) {
        for (long seed = 1; seed <= TABLES; seed++) {
            property.accept(maker.apply(new Random(seed)), "seed " + seed);
        }
    }

    private static RoutingTable atRandom(Random random) {
        return new RoutingTable(IntStream.rangeClosed(1, 1 + random.nextInt(40))
                .mapToObj(id -> Things.rule(id, random))
                .toList());
    }

    @Test
    void theFirstRowThatFitsHoldsAndEachBeforeFailsForTheReasonThatIsGiven() {
        inManyTables(RoutingTableTest::atRandom, (table, seed) -> {
            List<ReturnedThing> things = new ArrayList<>(ALL);
            Collections.shuffle(things, new Random(seed.hashCode()));
            for (ReturnedThing thing : things.subList(0, 60)) {
                List<RoutingRule> fitting =
                        table.rules().stream().filter(rule -> fits(rule, thing)).toList();
                Decision decision = table.decide(thing);
                assertThat(decision.rule()).as("%s, %s", seed, thing).isEqualTo(fitting.getFirst());
                assertThat(decision.passed())
                        .as("%s, %s", seed, thing)
                        .extracting(Passed::rule)
                        .containsExactlyElementsOf(
                                table.rules().subList(0, table.rules().indexOf(decision.rule())));
                assertThat(decision.passed()).as("%s, %s", seed, thing).allSatisfy(passed -> {
                    Optional<String> asked = passed.rule().asks(passed.why());
                    assertThat(asked).isPresent();
                    assertThat(thing.by(passed.why()).filter(asked.orElseThrow()::equalsIgnoreCase))
                            .isEmpty();
                });
            }
        });
    }

    private static boolean fits(RoutingRule rule, ReturnedThing thing) {
        return rule.situation() == thing.situation()
                && (rule.owner().isEmpty() || rule.owner().equals(thing.owner()))
                && (rule.home().isEmpty() || rule.home().equals(thing.home()))
                && (rule.serving().isEmpty() || rule.serving().get().equals(thing.branch()))
                && (rule.collection().isEmpty()
                        || thing.collection()
                                .filter(code ->
                                        code.equalsIgnoreCase(rule.collection().get()))
                                .isPresent())
                && (rule.mediaType().isEmpty() || rule.mediaType().equals(thing.mediaType()));
    }

    @Test
    void theSameThingAlwaysGoesTheSameWay() {
        inManyTables(RoutingTableTest::atRandom, (table, seed) -> {
            Random random = new Random(seed.hashCode());
            RoutingTable same = new RoutingTable(
                    table.rules().stream().filter(rule -> !rule.isStandard()).toList());
            for (int i = 0; i < 100; i++) {
                ReturnedThing thing = Things.pick(ALL, random);
                assertThat(same.decide(thing)).as("%s, %s", seed, thing).isEqualTo(table.decide(thing));
            }
        });
    }

    @Test
    void theOrderOfRowsForDifferentSituationsMakesNoDifference() {
        inManyTables(RoutingTableTest::atRandom, (table, seed) -> {
            List<RoutingRule> own = new ArrayList<>(
                    table.rules().stream().filter(rule -> !rule.isStandard()).toList());
            List<Situation> situations = new ArrayList<>(Arrays.asList(Situation.values()));
            Collections.shuffle(situations, new Random(seed.hashCode()));
            own.sort((one, other) -> situations.indexOf(one.situation()) - situations.indexOf(other.situation()));
            assertThat(new RoutingTable(own).rules()).as(seed).isEqualTo(table.rules());
        });
    }

    @Test
    void aRowIsSaidToHoldNeverExactlyWhenNothingThatCanComeBackMeetsIt() {
        inManyTables(RoutingTableTest::atRandom, (table, seed) -> {
            List<RoutingRule> used = ALL.stream()
                    .map(thing -> table.decide(thing).rule())
                    .distinct()
                    .toList();
            for (RoutingRule rule : table.rules()) {
                assertThat(table.never(rule, Things::municipality).isEmpty())
                        .as("%s: %s in %s", seed, rule, table.rules())
                        .isEqualTo(used.contains(rule));
            }
        });
    }
}
