package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo consortium's table, row by row, through circulation, the journal and PostgreSQL. */
class DemoRulesTest {
    private static final String MAKELA = "2000012345";
    private static final String VIRTANEN = "2000012353";
    private static final String LEHTONEN = "2000012379";
    private static final String SALO = "2000012387";
    private static final String HEINO = "2000012395";
    private static final String HELD = "3000000097";

    private static BackHalf house;
    private Asking turku;
    private Asking naantali;
    private Asking lieto;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void ask() {
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        naantali = new Asking(house.circulation(), BackHalf.NAANTALI, house.clock());
        lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
    }

    /** Back to the demonstration's first evening, on the same database. */
    @AfterEach
    void undo() {
        house.clock().reset();
        house.jdbc().sql("delete from journal").update();
        house.jdbc().sql("delete from transits").update();
        house.jdbc().sql("delete from pin_failures").update();
        house.jdbc().sql("delete from try_counts").update();
        house.jdbc().sql("delete from failed_tries").update();
        house.jdbc().sql("delete from pauses").update();
        house.jdbc()
                .sql("delete from loans where length(item) = 12 or item < '3000100000'")
                .update();
        house.jdbc()
                .sql("update holds set state = 'WAITING', trapped_item = null, ready_at = null, fulfilled_at = null"
                        + " where item = '3000000097'")
                .update();
        house.bringAllHome();
        house.jdbc()
                .sql("insert into loans (item, card, lent_at, lent_branch, due_at) values"
                        + " ('3000000097', '2000012345', '2026-11-10 12:00+02', 'TURKU', '2026-12-08 23:59+02'),"
                        + " ('3000000042', '2000012379', '2026-11-10 12:00+02', 'AURA', '2026-12-08 23:59+02')")
                .update();
        List.of(BackHalf.TURKU, BackHalf.LIETO, BackHalf.NAANTALI, BackHalf.AURA, BackHalf.DOOR)
                .forEach(house.circulation()::forget);
    }

    // ---- patrons -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "2000012345, 1234, 'Mäkelä, Åke'",
        "2000012353, 4321, 'Virtanen, Sanni'",
        "2000012361, 1111, 'Niemi, Onni'",
        "2000012379, 2222, 'Lehtonen, Aino'",
        "2000012387, 3333, 'Salo, Pekka'",
        "2000012395, 246810, 'Heino, Liisa'"
    })
    void knowsTheFixedPatronsByCardAndPin(String card, String pin, String name) {
        PatronInformationResponse answer = turku.who(card, pin);

        assertThat(answer.identified()).isTrue();
        assertThat(answer.personalName()).isEqualTo(name);
        assertThat(answer.counts()).hasSize(6);
        assertThat(answer.currencyType()).contains("EUR");
    }

    @Test
    void saysNothingAboutThePatronWhenThePinIsWrong() {
        PatronInformationResponse answer = turku.who(VIRTANEN, "9999", Language.SWEDISH, Optional.of(ItemList.FINE));

        assertThat(answer.validPatron()).contains(true);
        assertThat(answer.validPatronPassword()).contains(false);
        assertThat(answer.personalName()).isEmpty();
        assertThat(answer.counts()).isEmpty();
        assertThat(answer.items()).isEmpty();
        assertThat(answer.feeAmount()).isEmpty();
        assertThat(answer.patronStatus()).isEqualTo(PatronStatus.UNKNOWN_CARD);
        assertThat(answer.screenMessages()).containsExactly("Kortet eller PIN-koden är fel.");
    }

    @Test
    void tellsOnlyThatTheCardIsKnownWhenNoPinCame() {
        for (Optional<Secret> pin : List.of(Optional.<Secret>empty(), Optional.of(Secret.empty()))) {
            PatronInformationResponse answer = turku.who(
                    VIRTANEN, pin, Language.FINNISH, Optional.of(ItemList.FINE), Optional.empty(), Optional.empty());

            assertThat(answer.validPatron()).contains(true);
            assertThat(answer.validPatronPassword()).isEmpty();
            assertThat(answer.personalName()).isEmpty();
            assertThat(answer.counts()).isEmpty();
            assertThat(answer.items()).isEmpty();
            assertThat(answer.feeAmount()).isEmpty();
            assertThat(answer.patronStatus().has(Flag.EXCESSIVE_OUTSTANDING_FEES))
                    .isTrue();
        }
    }

    @Test
    void doesNotKnowAnUnknownCard() {
        PatronInformationResponse answer = turku.who("2000099999", "1234");

        assertThat(answer.validPatron()).contains(false);
        assertThat(answer.patronStatus()).isEqualTo(PatronStatus.UNKNOWN_CARD);
    }

    @Test
    void neverCountsAnEmptyPinAsATryAndPausesTheCardAfterFiveWrongOnes() {
        for (int i = 0; i < 10; i++) {
            turku.who(MAKELA, "");
        }
        assertThat(turku.who(MAKELA, "1234").identified()).isTrue();
        turku.end(MAKELA);
        for (int i = 0; i < 5; i++) {
            assertThat(turku.who(MAKELA, "0000").identified()).isFalse();
        }

        assertThat(turku.who(MAKELA, "1234").identified()).isFalse();
        house.clock().pass(Pins.PAUSE.plusSeconds(1));
        assertThat(turku.who(MAKELA, "1234").identified()).isTrue();
    }

    @Test
    void remembersARightPinUntilTheSessionEnds() {
        PatronSessions sessions = house.bean(PatronSessions.class);
        Secret pin = Secret.of("1234");
        turku.who(MAKELA, "1234");
        assertThat(sessions.knows(BackHalf.TURKU, MAKELA, pin)).isTrue();
        assertThat(sessions.knows(BackHalf.TURKU, MAKELA, Secret.of("1235"))).isFalse();
        assertThat(sessions.knows(BackHalf.LIETO, MAKELA, pin)).isFalse();

        turku.end(MAKELA);
        assertThat(sessions.knows(BackHalf.TURKU, MAKELA, pin)).isFalse();

        turku.who(MAKELA, "1234");
        house.circulation().forget(BackHalf.TURKU);
        assertThat(sessions.knows(BackHalf.TURKU, MAKELA, pin)).isFalse();

        turku.who(MAKELA, "1234");
        house.clock().pass(Duration.ofMinutes(5));
        assertThat(sessions.knows(BackHalf.TURKU, MAKELA, pin)).isFalse();
    }

    @Test
    void givesTheDoorWhatItDecidesBy() {
        Asking door = new Asking(house.circulation(), BackHalf.DOOR, house.clock());
        var profile = fi.kimppa.gateway.circulation.PatronProfile.of(
                door.who(HEINO, "246810"), house.clock().getZone());

        assertThat(profile.selfService()).contains(true);
        assertThat(profile.birthDate().orElseThrow().getYear()).isEqualTo(1994);
        assertThat(profile.homeLibrary()).contains("UKI");
        assertThat(profile.expires().orElseThrow()).isAfter(house.clock().instant());
        assertThat(door.who(SALO, "3333").extras()).hasSize(5);
        assertThat(door.who(HEINO, "1").extras()).isEmpty();
    }

    @Test
    void listsWhatAPatronHasInPagesCountedFromOne() {
        for (String item : List.of("3000000011", "3000000028", "3000000059")) {
            assertThat(turku.lend(MAKELA, item).ok()).isTrue();
        }
        PatronInformationResponse all = turku.who(MAKELA, "1234", Language.FINNISH, Optional.of(ItemList.CHARGED));
        assertThat(all.counts()).containsEntry(ItemList.CHARGED, 4);
        assertThat(all.items().get(ItemList.CHARGED))
                .containsExactly("3000000097", "3000000011", "3000000028", "3000000059");

        PatronInformationResponse page = turku.who(
                MAKELA,
                Optional.of(Secret.of("1234")),
                Language.FINNISH,
                Optional.of(ItemList.CHARGED),
                Optional.of("2"),
                Optional.of("3"));
        assertThat(page.items().get(ItemList.CHARGED)).containsExactly("3000000011", "3000000028");
        assertThat(page.counts()).containsEntry(ItemList.CHARGED, 4);
    }

    @Test
    void listsFeesAndHoldsAndOverdueLoans() {
        assertThat(turku.who(VIRTANEN, "4321", Language.FINNISH, Optional.of(ItemList.FINE))
                        .items())
                .containsEntry(ItemList.FINE, List.of("04 45.00"));
        assertThat(turku.who(HEINO, "246810", Language.FINNISH, Optional.of(ItemList.UNAVAILABLE_HOLDS))
                        .items())
                .containsEntry(ItemList.UNAVAILABLE_HOLDS, List.of(HELD));
        lieto.bringBack(HELD);
        PatronInformationResponse ready = turku.who(HEINO, "246810", Language.FINNISH, Optional.of(ItemList.HOLD));
        assertThat(ready.items()).containsEntry(ItemList.HOLD, List.of(HELD));
        assertThat(ready.counts()).containsEntry(ItemList.UNAVAILABLE_HOLDS, 0);
        assertThat(turku.who(MAKELA, "1234", Language.FINNISH, Optional.of(ItemList.RECALL))
                        .items())
                .isEmpty();
        assertThat(turku.who(MAKELA, "1234", Language.FINNISH, Optional.of(ItemList.OVERDUE))
                        .counts())
                .containsEntry(ItemList.OVERDUE, 0);
    }

    // ---- 11 ----------------------------------------------------------------------------------------------

    @Test
    void lendsThePileOfPathOne() {
        for (String item : List.of("3000000011", "3000000028", "3000000035", "3000000059", "853N06240600")) {
            CheckoutResponse answer = turku.lend(MAKELA, item);
            assertThat(answer.ok()).as(item).isTrue();
            assertThat(answer.renewalOk()).isFalse();
            assertThat(answer.desensitize()).isTrue();
            assertThat(answer.dueDate()).isEqualTo("20261222    235900");
            assertThat(answer.institutionId()).isEqualTo("TURKU");
        }
        assertThat(turku.item("3000000011").titleIdentifier()).isEqualTo("Sinuhe egyptiläinen / Mika Waltari");
        assertThat(turku.item("3000000011").circulationStatus()).isEqualTo(CirculationStatus.CHARGED);
        assertThat(turku.item("3000000011").dueDate()).contains("20261222    235900");
    }

    @ParameterizedTest
    @CsvSource({
        "fees over the limit, 2000012353, 3000000011, 'Maksuraja on ylittynyt. Et voi lainata.'",
        "expired card, 2000012387, 3000000011, 'Kortti on vanhentunut. Kysy henkilökunnalta.'",
        "age limit, 2000012361, 3000000080, 'Ikäraja. Jätä aineisto tiskille.'",
        "reference only, 2000012345, 3000000073, 'Vain käytettäväksi kirjastossa.'",
        "on loan to another, 2000012345, 3000000042, 'Lainassa toisella asiakkaalla.'",
        "own loan, 2000012345, 3000000097, 'Tämä on jo lainassasi.'",
        "unknown item, 2000012345, 3999999999, 'Tuntematon aineisto. Vie henkilökunnalle.'",
        "unknown card, 2000099999, 3000000011, 'Kortti tai tunnusluku on väärin.'"
    })
    void refusesCheckout(String why, String card, String item, String sentence) {
        CheckoutResponse answer = turku.lend(card, item);

        assertThat(answer.ok()).as(why).isFalse();
        assertThat(answer.desensitize()).isFalse();
        assertThat(answer.dueDate()).isEmpty();
        assertThat(answer.screenMessages()).containsExactly(sentence);
    }

    @Test
    void refusesCheckoutInTheLanguageThatThePatronSpokeAtSignIn() {
        turku.who(VIRTANEN, "4321", Language.ENGLISH, Optional.empty());

        assertThat(turku.lend(VIRTANEN, "3000000011").screenMessages())
                .containsExactly("The fee limit is exceeded. No loans.");
    }

    @Test
    void refusesCheckoutWithAWrongPinAndLendsWithARightOne() {
        assertThat(turku.send(turku.checkout(MAKELA, "3000000011", turku.tick(), false, false, false, "0000"))
                        .ok())
                .isFalse();
        assertThat(turku.send(turku.checkout(MAKELA, "3000000011", turku.tick(), false, false, false, "1234"))
                        .ok())
                .isTrue();
    }

    @Test
    void lendsAPartnerMunicipalitysPatronFiveThingsAtMost() {
        Asking aura = new Asking(house.circulation(), BackHalf.AURA, house.clock());
        for (String item : List.of("3000000011", "3000000028", "3000000059", "853N06240600")) {
            assertThat(aura.lend(LEHTONEN, item).ok()).isTrue();
        }

        CheckoutResponse sixth = aura.lend(LEHTONEN, "3000000035");

        assertThat(sixth.ok()).isFalse();
        assertThat(sixth.screenMessages()).containsExactly("Lainojen enimmäismäärä (5) on täynnä.");
        assertThat(aura.who(LEHTONEN, "2222").patronStatus().has(Flag.TOO_MANY_ITEMS_CHARGED))
                .isTrue();
    }

    @Test
    void lendsTheAdultFilmToAnAdultForAWeek() {
        assertThat(turku.lend(MAKELA, "3000000080").dueDate()).isEqualTo("20261201    235900");
    }

    @Test
    void renewsOnAnElevenOnlyWhereTheMachineAllowsIt() {
        turku.lend(MAKELA, "3000000011");
        house.clock().pass(Duration.ofDays(7));
        assertThat(turku.send(turku.checkout(MAKELA, "3000000011", turku.tick()))
                        .ok())
                .isFalse();

        CheckoutResponse renewed =
                turku.send(turku.checkout(MAKELA, "3000000011", turku.tick(), true, false, false, ""));

        assertThat(renewed.ok()).isTrue();
        assertThat(renewed.renewalOk()).isTrue();
        assertThat(renewed.dueDate()).isGreaterThan("20261222    235900");
    }

    @Test
    void keepsAHeldItemForWhoeverWaitsForIt() {
        lieto.bringBack(HELD);

        assertThat(lieto.lend(MAKELA, HELD).screenMessages()).containsExactly("Varattu toiselle asiakkaalle.");
        assertThat(lieto.lend(HEINO, HELD).ok()).isTrue();
        assertThat(house.value(String.class, "select state from holds where item = ?", HELD))
                .isEqualTo("FULFILLED");
    }

    @Test
    void recordsAnOfflineLoanInSpiteOfBlocksWithItsOwnDates() {
        var offline = new fi.kimppa.sip2.message.Checkout(
                false,
                true,
                new fi.kimppa.sip2.message.Timestamp("20261124    170000"),
                new fi.kimppa.sip2.message.Timestamp("20261215    235900"),
                "TURKU",
                VIRTANEN,
                "3000000011",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());

        CheckoutResponse answer = turku.send(offline);

        assertThat(answer.ok()).isTrue();
        assertThat(answer.dueDate()).isEqualTo("20261215    235900");
        assertThat(answer.screenMessages()).containsExactly("Kirjattu esteestä huolimatta. Henkilökunta tarkistaa.");
        assertThat(house.value(
                        Boolean.class, "select lent_at = '2026-11-24 17:00+02' from loans where item = '3000000011'"))
                .isTrue();
    }

    @Test
    void undoesACheckinByACancelledCheckout() {
        lieto.bringBack(HELD);

        assertThat(lieto.send(lieto.checkout(MAKELA, HELD, lieto.tick(), false, false, true, ""))
                        .ok())
                .isTrue();

        assertThat(lieto.item(HELD).circulationStatus()).isEqualTo(CirculationStatus.CHARGED);
        assertThat(house.value(String.class, "select state from holds where item = ?", HELD))
                .isEqualTo("WAITING");
        assertThat(house.value(Integer.class, "select count(*) from loans where item = ? and card = ?", HELD, MAKELA))
                .isOne();
    }

    // ---- 09 ----------------------------------------------------------------------------------------------

    @Test
    void catchesTheHeldItemAtAnotherBranchAndSendsItToThePickUpBranch() {
        CheckinResponse answer = naantali.bringBack(HELD);

        assertThat(answer.ok()).isTrue();
        assertThat(answer.resensitize()).isTrue();
        assertThat(answer.alert()).isTrue();
        assertThat(answer.alertType()).contains(AlertType.HOLD_ELSEWHERE);
        assertThat(answer.destinationLocation()).contains("LIETO");
        assertThat(answer.sortBin()).contains("3");
        assertThat(answer.permanentLocation()).isEqualTo("UKI");
        assertThat(answer.holdPatronName()).contains("KOIVU 4711");
        assertThat(answer.holdPatronId()).isEmpty();
        assertThat(answer.patronIdentifier()).isEmpty();
        assertThat(answer.toFrame().fields().toString()).doesNotContain("Heino", "Mäkelä", "Liisa", MAKELA, HEINO);
        assertThat(naantali.item(HELD).circulationStatus()).isEqualTo(CirculationStatus.IN_TRANSIT);
        assertThat(house.bean(fi.kimppa.gateway.transit.Transit.class).expectedAt("LIETO"))
                .singleElement()
                .satisfies(expected -> {
                    assertThat(expected.item()).isEqualTo(HELD);
                    assertThat(expected.origin()).isEqualTo("NAANTALI");
                });

        CheckinResponse arrived = lieto.bringBack(HELD);
        assertThat(arrived.alertType()).contains(AlertType.HOLD_HERE);
        assertThat(arrived.sortBin()).contains("5");
        assertThat(arrived.destinationLocation()).isEmpty();
        assertThat(lieto.item(HELD).circulationStatus()).isEqualTo(CirculationStatus.WAITING_ON_HOLD_SHELF);
        assertThat(house.bean(fi.kimppa.gateway.transit.Transit.class).expectedAt("LIETO"))
                .isEmpty();
    }

    @Test
    void sendsAnotherMunicipalitysItemHome() {
        CheckinResponse answer = turku.bringBack("3000000042");

        assertThat(answer.ok()).isTrue();
        assertThat(answer.alertType()).contains(AlertType.SEND_ELSEWHERE);
        assertThat(answer.destinationLocation()).contains("NAANTALI");
        assertThat(answer.permanentLocation()).isEqualTo("NAANTALI");
        assertThat(answer.sortBin()).contains("3");
        assertThat(answer.screenMessages()).containsExactly("Palautettu. Kuuluu: Naantali.");

        CheckinResponse home = naantali.bringBack("3000000042");
        assertThat(home.alertType()).isEmpty();
        assertThat(home.sortBin()).contains("1");
    }

    @Test
    void takesBackWhatIsNotOnLoanAndKeepsItsOwnThings() {
        CheckinResponse answer = turku.bringBack("3000000011");

        assertThat(answer.ok()).isTrue();
        assertThat(answer.alert()).isFalse();
        assertThat(answer.sortBin()).contains("1");
        assertThat(answer.destinationLocation()).isEmpty();
    }

    @Test
    void givesTheSameAnswerToASecondReturn() {
        CheckinResponse first = naantali.bringBack(HELD);
        CheckinResponse second = naantali.bringBack(HELD);

        assertThat(second.alertType()).isEqualTo(first.alertType());
        assertThat(second.destinationLocation()).isEqualTo(first.destinationLocation());
        assertThat(second.sortBin()).isEqualTo(first.sortBin());
        assertThat(house.value(Integer.class, "select count(*) from transits")).isOne();
    }

    @Test
    void refusesAnUnknownItemAndSendsItToStaff() {
        CheckinResponse answer = turku.bringBack("3999999999");

        assertThat(answer.ok()).isFalse();
        assertThat(answer.resensitize()).isFalse();
        assertThat(answer.alertType()).contains(AlertType.OTHER);
        assertThat(answer.sortBin()).contains("9");
    }

    @Test
    void refusesAnItemWhoseTagNamesALibraryOutsideTheConsortium() {
        assertThat(turku.send(turku.checkin("3000000011", turku.tick(), false, Optional.of("owner=FI-Helsinki")))
                        .ok())
                .isFalse();
        assertThat(turku.send(turku.checkin("3000000011", turku.tick(), false, Optional.of("owner=FI-Turku")))
                        .ok())
                .isTrue();
    }

    @Test
    void undoesACheckoutByACancelledCheckin() {
        turku.lend(MAKELA, "3000000035");

        CheckinResponse undone = turku.send(turku.checkin("3000000035", turku.tick(), true, Optional.empty()));

        assertThat(undone.ok()).isTrue();
        assertThat(undone.alertType()).isEmpty();
        assertThat(turku.item("3000000035").circulationStatus()).isEqualTo(CirculationStatus.AVAILABLE);
        assertThat(house.value(Integer.class, "select count(*) from loans where item = '3000000035'"))
                .isZero();
    }

    @Test
    void doesNotCloseANewerLoanWhenAnOldReturnIsReplayed() {
        var late = new fi.kimppa.sip2.message.Checkin(
                true,
                new fi.kimppa.sip2.message.Timestamp("20261123    120000"),
                new fi.kimppa.sip2.message.Timestamp("20261123    120000"),
                "TURKU",
                "TURKU",
                "3000000011",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        turku.lend(MAKELA, "3000000011");

        assertThat(lieto.send(late).ok()).isTrue();

        assertThat(turku.item("3000000011").circulationStatus()).isEqualTo(CirculationStatus.CHARGED);
    }

    // ---- 29, 17 ------------------------------------------------------------------------------------------

    @Test
    void renewsALoanOnceADay() {
        turku.lend(MAKELA, "3000000011");
        house.clock().pass(Duration.ofDays(1));
        RenewResponse first = turku.renew(MAKELA, "3000000011");
        RenewResponse second = turku.renew(MAKELA, "3000000011");

        assertThat(first.ok()).isTrue();
        assertThat(first.renewalOk()).isTrue();
        assertThat(second.dueDate()).isEqualTo(first.dueDate());
        assertThat(house.value(Integer.class, "select renewals from loans where item = '3000000011'"))
                .isOne();
    }

    @Test
    void refusesToRenewWhatIsHeldOrLentToSomebodyElse() {
        assertThat(turku.renew(MAKELA, HELD).screenMessages()).containsExactly("Varattu toiselle, ei voi uusia.");
        assertThat(turku.renew(MAKELA, "3000000042").screenMessages())
                .containsExactly("Aineisto ei ole lainassa sinulla.");
    }

    @Test
    void describesItemsAndSetsOfSeveralParts() {
        ItemInformationResponse set = turku.item("3000000066");
        assertThat(set.circulationStatus()).isEqualTo(CirculationStatus.AVAILABLE);
        assertThat(set.itemProperties()).contains("parts=3");
        assertThat(set.owner()).contains("FI-Turku");
        assertThat(set.permanentLocation()).contains("TURKU");

        ItemInformationResponse unknown = turku.item("3999999999");
        assertThat(unknown.circulationStatus()).isEqualTo(CirculationStatus.OTHER);
        assertThat(unknown.titleIdentifier()).isEmpty();
    }

    // ---- all at once -------------------------------------------------------------------------------------

    @Test
    void lendsOneItemToOneOfManyTerminalsThatAskAtOnce() throws Exception {
        List<Callable<CheckoutResponse>> asks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Asking terminal = i % 2 == 0 ? turku : lieto;
            var checkout = terminal.checkout(i % 2 == 0 ? MAKELA : HEINO, "3000000059", terminal.tick());
            asks.add(() -> terminal.send(checkout));
        }
        int lent = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<CheckoutResponse> answer : threads.invokeAll(asks)) {
                lent += answer.get().ok() ? 1 : 0;
            }
        }

        assertThat(lent).isOne();
        assertThat(house.value(Integer.class, "select count(*) from loans where item = '3000000059'"))
                .isOne();
    }

    @Test
    void keepsTheLimitWhenOnePatronBorrowsAtTwoTerminalsAtOnce() throws Exception {
        List<Callable<CheckoutResponse>> asks = new ArrayList<>();
        List<String> items =
                List.of("3000000011", "3000000028", "3000000035", "3000000059", "853N06240600", "3000000066");
        for (int i = 0; i < items.size(); i++) {
            Asking terminal = i % 2 == 0 ? turku : lieto;
            var checkout = terminal.checkout(LEHTONEN, items.get(i), terminal.tick());
            asks.add(() -> terminal.send(checkout));
        }
        int lent = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<CheckoutResponse> answer : threads.invokeAll(asks)) {
                lent += answer.get().ok() ? 1 : 0;
            }
        }

        assertThat(lent).isEqualTo(4);
    }

    @Test
    void hasTheGeneratedPatronsAndItems() {
        assertThat(house.value(Integer.class, "select count(*) from patrons")).isEqualTo(2006);
        assertThat(house.value(Integer.class, "select count(*) from items")).isEqualTo(20_010);
        assertThat(house.consortium().branches()).hasSize(18);
        assertThat(house.consortium().branch("MYNAMAKI").orElseThrow().name()).isEqualTo("Mynämäki");
        assertThat(house.consortium().municipality("AURA").orElseThrow().partner())
                .isTrue();
    }
}
