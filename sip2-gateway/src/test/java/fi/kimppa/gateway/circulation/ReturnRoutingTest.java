package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.CirculationEvent.NoOwnerFound;
import fi.kimppa.gateway.circulation.DailyProof.Day;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.circulation.StaffTasks.Kind;
import fi.kimppa.gateway.circulation.WhatIf.Question;
import fi.kimppa.gateway.circulation.WhatIf.Thing;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.routing.Alert;
import fi.kimppa.gateway.routing.Destination;
import fi.kimppa.gateway.routing.Outcome;
import fi.kimppa.gateway.routing.RoutingRule;
import fi.kimppa.gateway.routing.RoutingRules;
import fi.kimppa.gateway.routing.Situation;
import fi.kimppa.gateway.routing.SlipText;
import fi.kimppa.gateway.transit.Transit;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consortium's rules at work on returns: what the machine is told, what the store and the transit write down. */
class ReturnRoutingTest {
    /** Of Naantali. */
    private static final String THEIRS = "3000000042";
    /** Of Turku. */
    private static final String OURS = "3000000011";

    private static final String NOBODYS = "3999999999";
    private static final LocalDate EVENING = LocalDate.of(2026, 11, 24);

    private static BackHalf house;
    private static FaultyBackend backend;
    private static RoutingRules rules;
    private Asking turku;
    private Asking lieto;

    @BeforeAll
    static void start() {
        house = BackHalf.start(FaultyBackend.Wiring.class);
        backend = house.bean(FaultyBackend.class);
        rules = house.bean(RoutingRules.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void freshStart() {
        backend.release();
        await(() -> FaultyBackend.probed(house));
        rules.table().rules().stream()
                .filter(rule -> !rule.isStandard())
                .forEach(rule -> rules.remove(rule.id(), "cleaner"));
        for (Scope scope : List.of(Scope.CONSORTIUM, Scope.municipality("TURKU"), Scope.branch("TURKU"))) {
            wish(scope, "");
        }
        for (String table : List.of("journal", "transits", "journal_chain", "journal_chain_ends", "number_rules")) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc()
                .sql(
                        "update items set collection = '', destination = null, current_branch = home_branch where number in (?, ?)")
                .params(List.of(THEIRS, OURS))
                .update();
        house.consortium().refresh();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
    }

    private static void wish(Scope scope, String wish) {
        assertThat(house.bean(Settings.class)
                        .change(
                                scope,
                                UnownedThings.KEY.name(),
                                Optional.of(wish).filter(text -> !text.isEmpty()),
                                "anna"))
                .isEmpty();
    }

    private static void rule(Situation situation, String collection, Outcome outcome) {
        assertThat(rules.add(
                        new RoutingRule(
                                0,
                                situation,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(collection).filter(code -> !code.isEmpty()),
                                Optional.empty(),
                                outcome),
                        "anna"))
                .isEmpty();
    }

    private static Outcome outcome(Destination to, Alert alert, String bin, SlipText text) {
        return new Outcome(to, alert, Optional.of(bin).filter(code -> !code.isEmpty()), text);
    }

    private static String destination(String item) {
        return house.value(String.class, "select coalesce(destination, '-') from items where number = ?", item);
    }

    // ---- where it goes -----------------------------------------------------------------------------------

    @Test
    void aFloatingCollectionStaysWhereItCameBack() {
        rule(Situation.BELONGS_ELSEWHERE, "float", outcome(Destination.STAY, Alert.NONE, "", SlipText.FLOATS));
        house.jdbc()
                .sql("update items set collection = 'FLOAT' where number = ?")
                .param(THEIRS)
                .update();

        CheckinResponse answer = turku.bringBack(THEIRS);

        assertThat(answer.ok()).isTrue();
        assertThat(answer.alert()).isFalse();
        assertThat(answer.alertType()).isEmpty();
        assertThat(answer.destinationLocation()).isEmpty();
        assertThat(answer.sortBin()).contains("1");
        assertThat(answer.collectionCode()).contains("FLOAT");
        assertThat(answer.permanentLocation()).isEqualTo("NAANTALI");
        assertThat(answer.screenMessages()).containsExactly("Palautettu. Jää tähän kirjastoon.");
        assertThat(answer.printLines()).containsExactly("JÄÄ TÄNNE");
        assertThat(destination(THEIRS)).isEqualTo("-");
        assertThat(turku.item(THEIRS).circulationStatus()).isEqualTo(CirculationStatus.AVAILABLE);
        assertThat(house.bean(Transit.class).expectedAt("NAANTALI")).isEmpty();
    }

    @Test
    void theStoreAndTheTransitWriteDownWhereTheRuleSendsAThing() {
        rule(Situation.AT_HOME, "", outcome(Destination.to("LIETO"), Alert.SEND_ELSEWHERE, "8", SlipText.GOES_HOME));

        CheckinResponse answer = turku.bringBack(OURS);

        assertThat(answer.alertType()).contains(AlertType.SEND_ELSEWHERE);
        assertThat(answer.alert()).isTrue();
        assertThat(answer.destinationLocation()).contains("LIETO");
        assertThat(answer.sortBin()).contains("8");
        assertThat(answer.screenMessages()).containsExactly("Palautettu. Kuuluu kokoelmaan: Lieto.");
        assertThat(answer.printLines()).containsExactly("KOKOELMA, KULJETUS: Lieto");
        assertThat(destination(OURS)).isEqualTo("LIETO");
        assertThat(turku.item(OURS).circulationStatus()).isEqualTo(CirculationStatus.IN_TRANSIT);
        assertThat(house.bean(Transit.class).expectedAt("LIETO"))
                .singleElement()
                .satisfies(expected -> assertThat(expected.item()).isEqualTo(OURS));

        assertThat(lieto.bringBack(OURS).destinationLocation())
                .as("it belongs elsewhere there, and that has no rule of its own")
                .contains("TURKU");
    }

    @Test
    void aBranchMayHaveABinOfItsOwnForOneKindOfThings() {
        assertThat(rules.add(
                        new RoutingRule(
                                0,
                                Situation.BELONGS_ELSEWHERE,
                                Optional.of("NAANTALI"),
                                Optional.empty(),
                                Optional.of("TURKU"),
                                Optional.empty(),
                                Optional.empty(),
                                outcome(Destination.HOME, Alert.SEND_ELSEWHERE, "4", SlipText.TRANSPORT)),
                        "anna"))
                .isEmpty();
        assertThat(turku.bringBack(THEIRS).sortBin()).contains("4");
        assertThat(lieto.bringBack(THEIRS).sortBin()).contains("3");
    }

    @Test
    void theSameReturnAgainGetsTheSameAnswerAlthoughTheRulesHaveChanged() {
        Checkin checkin = turku.checkin(THEIRS, turku.tick());
        CheckinResponse first = turku.send(checkin);
        rule(Situation.BELONGS_ELSEWHERE, "", outcome(Destination.STAY, Alert.NONE, "", SlipText.FLOATS));
        assertThat(turku.send(checkin).destinationLocation()).isEqualTo(first.destinationLocation());
        assertThat(turku.bringBack(THEIRS).destinationLocation()).isEmpty();
    }

    @Test
    void whatIsUnprocessedHasARuleOfItsOwn() {
        rule(Situation.UNPROCESSED, "", outcome(Destination.STAY, Alert.OTHER, "6", SlipText.UNPROCESSED));
        backend.breaks(Fault.SILENT);
        CheckinResponse promise = turku.bringBack(THEIRS);
        assertThat(promise.ok()).isTrue();
        assertThat(promise.alertType()).contains(AlertType.OTHER);
        assertThat(promise.sortBin()).contains("6");
        assertThat(promise.screenMessages()).containsExactly("Palautettu. Käsitellään myöhemmin.");
        assertThat(promise.printLines()).containsExactly("KÄSITTELEMÄTTÄ");
    }

    // ---- things that nobody owns -------------------------------------------------------------------------

    private static List<StaffTasks.Task> tasks() {
        return house.bean(StaffTasks.class).open();
    }

    private static List<Day> days() {
        return house.bean(DailyProof.class).days(EVENING, EVENING);
    }

    @Test
    void aThingThatNobodyOwnsIsRefusedWhereNobodySaidOtherwise() {
        CheckinResponse answer = turku.bringBack(NOBODYS);
        assertThat(answer.ok()).isFalse();
        assertThat(answer.alertType()).contains(AlertType.OTHER);
        assertThat(answer.sortBin()).contains("9");
        assertThat(answer.screenMessages()).containsExactly("Tuntematon aineisto. Vie henkilökunnalle.");
        assertThat(tasks()).isEmpty();
        assertThat(days()).isEmpty();
    }

    @Test
    void aThingThatNobodyOwnsIsTakenWhereTheBranchSaysSoAndIsWithStaff() {
        wish(Scope.branch("TURKU"), "take");
        rule(Situation.NO_OWNER, "", outcome(Destination.STAY, Alert.OTHER, "6", SlipText.NO_OWNER));
        Checkin checkin = turku.checkin(NOBODYS, turku.tick());

        CheckinResponse answer = turku.send(checkin);

        assertThat(answer.ok()).isTrue();
        assertThat(answer.alertType()).contains(AlertType.OTHER);
        assertThat(answer.sortBin()).contains("6");
        assertThat(answer.screenMessages()).containsExactly("Otettu vastaan. Henkilökunta selvittää omistajan.");
        assertThat(answer.printLines()).containsExactly("OMISTAJA TUNTEMATON, HENKILÖKUNNALLE");
        assertThat(tasks()).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo(Kind.NO_OWNER);
            assertThat(task.item()).isEqualTo(NOBODYS);
            assertThat(task.branch()).isEqualTo("TURKU");
            assertThat(task.since()).isEqualTo(house.clock().instant());
            assertThat(task.system()).isEmpty();
        });
        assertThat(house.events()).last().isInstanceOf(NoOwnerFound.class);
        assertThat(days()).containsExactly(new Day(EVENING, "TURKU", 1, 0, 0, 1, 0));

        assertThat(turku.send(checkin).ok()).as("a repeat").isTrue();
        assertThat(tasks()).hasSize(1);
        assertThat(house.bean(StaffTasks.class).decide(tasks().getFirst().id(), true, "maija", ""))
                .isTrue();
        assertThat(days()).containsExactly(new Day(EVENING, "TURKU", 1, 0, 0, 1, 0));
        assertThat(lieto.bringBack(NOBODYS).ok()).as("another branch").isFalse();
    }

    @Test
    void theWishInheritsFromTheConsortiumAndTheNearestHolds() {
        wish(Scope.CONSORTIUM, "take");
        assertThat(lieto.bringBack(NOBODYS).ok()).isTrue();
        wish(Scope.municipality("TURKU"), "reject");
        assertThat(turku.bringBack(NOBODYS).ok()).isFalse();
        wish(Scope.branch("TURKU"), "take");
        assertThat(turku.bringBack(NOBODYS).ok()).isTrue();
    }

    @Test
    void whatHasAnOwnerByTagOrNumberIsNotNobodys() {
        wish(Scope.CONSORTIUM, "take");
        assertThat(turku.send(turku.checkin(NOBODYS, turku.tick(), false, Optional.of("owner=FI-Turku")))
                        .ok())
                .isFalse();
        assertThat(turku.send(turku.checkin(NOBODYS, turku.tick(), false, Optional.of("owner=FI-Helsinki")))
                        .ok())
                .isFalse();
        house.jdbc()
                .sql("insert into number_rules (numbers, pattern, municipality) values ('ITEM', '3999######', 'TURKU')")
                .update();
        house.consortium().refresh();
        assertThat(turku.bringBack(NOBODYS).ok()).isFalse();
        assertThat(turku.send(turku.checkin(NOBODYS, turku.tick(), true, Optional.empty()))
                        .ok())
                .as("nothing to undo")
                .isFalse();
        assertThat(tasks()).isEmpty();
    }

    @Test
    void whatWasPromisedWhileTheSystemWasSilentAndIsNobodysIsSuchATask() {
        backend.breaks(Fault.SILENT);
        assertThat(turku.bringBack(NOBODYS).ok()).isTrue();
        assertThat(days()).containsExactly(new Day(EVENING, "TURKU", 1, 0, 1, 0, 0));
        backend.release();
        await(() -> FaultyBackend.probed(house));
        house.bean(Settlement.class).settle();
        assertThat(tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.kind()).isEqualTo(Kind.NO_OWNER));
        assertThat(days()).containsExactly(new Day(EVENING, "TURKU", 1, 0, 0, 1, 0));
    }

    // ---- what would happen -------------------------------------------------------------------------------

    private static WhatIf.Answer ask(String branch, Thing thing, String pickup) {
        return house.bean(WhatIf.class)
                .ask(new Question(
                        branch, thing, Optional.of(pickup).filter(code -> !code.isEmpty()), Optional.empty()));
    }

    @Test
    void whatWouldHappenIsWhatHappensAndNothingHasHappenedByAsking() {
        rule(Situation.BELONGS_ELSEWHERE, "float", outcome(Destination.STAY, Alert.NONE, "", SlipText.FLOATS));
        for (String collection : List.of("FLOAT", "")) {
            house.jdbc()
                    .sql("update items set collection = ? where number = ?")
                    .params(List.of(collection, THEIRS))
                    .update();
            Integer before = house.value(Integer.class, "select count(*) from journal");
            for (String branch : List.of("TURKU", "LIETO")) {
                WhatIf.Answer foreseen = ask(branch, new Thing.Numbered(THEIRS), "");
                assertThat(house.value(Integer.class, "select count(*) from journal"))
                        .isEqualTo(before);
                CheckinResponse answer = (branch.equals("TURKU") ? turku : lieto).bringBack(THEIRS);
                assertThat(answer.destinationLocation())
                        .isEqualTo(foreseen.way().decision().destination());
                assertThat(answer.alertType())
                        .isEqualTo(foreseen.way().decision().alert());
                assertThat(answer.sortBin()).contains(foreseen.way().bin());
                assertThat(answer.screenMessages())
                        .isEqualTo(foreseen.way().screen().stream().toList());
                before = house.value(Integer.class, "select count(*) from journal");
            }
        }
    }

    @Test
    void whatWouldHappenToAThingOnHoldThatIsKnownOrNobodysOrOfASilentSystem() {
        assertThat(ask("TURKU", new Thing.Numbered(THEIRS), "TURKU").thing().situation())
                .isEqualTo(Situation.HOLD_HERE);
        WhatIf.Answer elsewhere = ask("TURKU", new Thing.Numbered(THEIRS), "LIETO");
        assertThat(elsewhere.thing().situation()).isEqualTo(Situation.HOLD_ELSEWHERE);
        assertThat(elsewhere.way().decision().destination()).contains("LIETO");
        assertThat(elsewhere.way().screen()).contains("Palautettu. Varattu, kuljetus: Lieto.");
        assertThat(elsewhere.found()).contains(new WhatIf.Found("Muumipappa ja meri / Tove Jansson", "faulty", 0));

        assertThat(ask("TURKU", new Thing.Numbered(NOBODYS), "").taken()).isFalse();
        wish(Scope.CONSORTIUM, "take");
        assertThat(ask("TURKU", new Thing.Numbered(NOBODYS), "").thing().situation())
                .isEqualTo(Situation.NO_OWNER);
        assertThat(ask("TURKU", new Thing.Nobodys(), "").taken()).isTrue();

        assertThat(ask(
                                "TURKU",
                                new Thing.Described(
                                        Optional.of("LIETO"),
                                        Optional.of("NAANTALI"),
                                        Optional.empty(),
                                        Optional.empty()),
                                "")
                        .thing()
                        .owner())
                .as("the home's municipality owns it")
                .contains("NAANTALI");

        backend.breaks(Fault.SILENT);
        assertThat(ask("TURKU", new Thing.Numbered(THEIRS), "").thing().situation())
                .isEqualTo(Situation.UNPROCESSED);
        assertThat(ask("TURKU", new Thing.OfASilentSystem(Optional.of("LIETO")), "")
                        .way()
                        .bin())
                .isEqualTo("9");
        assertThat(house.value(Integer.class, "select count(*) from journal")).isZero();
    }
}
