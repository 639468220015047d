package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.circulation.CirculationEvent.LoanRefused;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnRefused;
import fi.kimppa.gateway.circulation.CirculationEvent.ReturnWaiting;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.privacy.PersonalData;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal promises, with a backend that is silent, slow or gone. */
class JournalTest {
    private static final String MAKELA = "2000012345";
    private static final String HEINO = "2000012395";

    private static BackHalf house;
    private static FaultyBackend backend;
    private Asking turku;
    private int before;

    @BeforeAll
    static void start() {
        house = BackHalf.start(FaultyBackend.Wiring.class);
        backend = house.bean(FaultyBackend.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void freshStart() {
        backend.release();
        await(() -> FaultyBackend.probed(house));
        house.clock().reset();
        house.jdbc().sql("delete from journal").update();
        house.jdbc().sql("delete from transits").update();
        house.jdbc()
                .sql("delete from loans where item in ('3000000011', '3000000028', '3000000035')")
                .update();
        house.bringAllHome();
        house.events().clear();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        before = backend.changes.get();
        backend.served.add(MessageType.FEE_PAID);
    }

    // ---- repeats -----------------------------------------------------------------------------------------

    @Test
    void answersARepeatFromTheJournalAndDoesNotLendTwice() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());

        CheckoutResponse first = turku.send(checkout);
        CheckoutResponse second = turku.send(checkout);

        assertThat(first.ok()).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(calls()).isOne();
    }

    @Test
    void answersARepeatAfterARestartToo() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        CheckoutResponse first = turku.send(checkout);

        try (BackHalf restarted = BackHalf.on(house.database(), FaultyBackend.Wiring.class)) {
            CheckoutResponse second = (CheckoutResponse) restarted.circulation().serve(checkout, BackHalf.TURKU);

            assertThat(second).isEqualTo(first);
            assertThat(restarted.bean(FaultyBackend.class).changes).hasValue(0);
        }
    }

    @Test
    void doesNotTakeAnotherTerminalOrTimeOrFlagForARepeat() {
        Timestamp when = turku.tick();
        turku.send(turku.checkout(MAKELA, "3000000011", when));
        new Asking(house.circulation(), BackHalf.LIETO, house.clock()).send(turku.checkout(MAKELA, "3000000011", when));
        turku.send(turku.checkout(MAKELA, "3000000011", turku.tick()));
        turku.send(turku.checkout(MAKELA, "3000000011", when, false, true, false, ""));

        assertThat(calls()).isEqualTo(4);
    }

    @Test
    void doesNotAnswerFromTheJournalOnceTheItemHasMovedOn() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        turku.send(checkout);
        turku.bringBack("3000000011");

        assertThat(turku.send(checkout).ok()).isTrue();

        assertThat(calls()).isEqualTo(3);
        assertThat(openLoans("3000000011")).isOne();
    }

    /** A process that stood still goes on with what it read before, and whoever said that has been served by another gateway since. */
    @Test
    void beginsNothingThatWasHeardLongAgo() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        long heard = System.nanoTime() - Duration.ofMinutes(1).toNanos();

        assertThatThrownBy(() -> house.circulation().serve(checkout, BackHalf.TURKU, heard))
                .isInstanceOf(JournalSilentException.class);

        assertThat(calls()).isZero();
        assertThat(turku.send(checkout).ok()).isTrue();
    }

    /** A copy that lay on the way, at a balancer or in a process that stood still, while its machine was served elsewhere. */
    @Test
    void takesACopyForOldOnceItsMachineAndItsThingHaveMovedOn() {
        Asking lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        turku.send(checkout);
        lieto.bringBack("3000000011");
        turku.lend(MAKELA, "3000000028");

        assertThatThrownBy(() -> turku.send(checkout)).isInstanceOf(JournalSilentException.class);

        assertThat(calls()).isEqualTo(3);
        assertThat(openLoans("3000000011")).isZero();
    }

    @Test
    void takesNoCopyForOldWhoseMachineHasSaidNothingSince() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        turku.send(checkout);
        new Asking(house.circulation(), BackHalf.LIETO, house.clock()).bringBack("3000000011");

        assertThat(turku.send(checkout).ok()).isTrue();
    }

    @Test
    void doesNotReplayARefusal() {
        Checkout checkout = turku.checkout(MAKELA, "3000000073", turku.tick());
        assertThat(turku.send(checkout).ok()).isFalse();
        assertThat(turku.send(checkout).ok()).isFalse();

        assertThat(calls()).isEqualTo(2);
    }

    /** An older copy of the request may still wait somewhere to be done, and the patron was told no. */
    @Test
    void refusesAgainForAMomentWhatWasRefusedWithoutAnybodyAsked() {
        backend.breaks(Fault.SILENT);
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        assertThat(turku.send(checkout).ok()).isFalse();
        backend.release();
        await(() -> FaultyBackend.probed(house));

        assertThat(turku.send(checkout).ok()).isFalse();
        assertThat(calls()).isZero();

        house.pass(Duration.ofSeconds(3));
        assertThat(turku.send(checkout).ok()).isTrue();
        assertThat(calls()).isOne();
    }

    @Test
    void namesThePatronOfAThingForSevenDaysAndKeepsTheCount() {
        turku.send(turku.checkout(MAKELA, "3000000011", turku.tick()));
        assertThat(house.value(String.class, "select card from journal")).isEqualTo(MAKELA);

        house.pass(Duration.ofDays(6));
        house.bean(Journal.class).forget();
        assertThat(house.value(String.class, "select card from journal")).isEqualTo(MAKELA);

        house.pass(Duration.ofHours(25));
        house.bean(Journal.class).forget();
        assertThat(house.value(
                        Integer.class,
                        "select count(*) from journal where card is null and request is null"
                                + " and response is null and state = 'SETTLED'"))
                .isOne();
        assertThat(house.value(String.class, "select journal::text from journal"))
                .doesNotContain(MAKELA);

        house.pass(Duration.ofDays(7));
        house.bean(Journal.class).forget();
        assertThat(house.value(Integer.class, "select count(*) from journal")).isZero();
    }

    @Test
    void erasesOnRequestWhatAnswersNoRepeatAnyMoreAndTheRestADayLater() {
        PersonInTheJournal person = house.bean(PersonInTheJournal.class);
        turku.send(turku.checkout(MAKELA, "3000000011", turku.tick()));
        house.pass(Duration.ofHours(25));
        turku.send(turku.checkout(MAKELA, "3000000028", turku.tick()));
        turku.send(turku.checkout(HEINO, "3000000035", turku.tick()));

        PersonalData.Erasure erasure = person.erase(MAKELA);

        assertThat(erasure.erased()).isOne();
        assertThat(erasure.kept())
                .extracting(PersonalData.Kept::reason, PersonalData.Kept::records)
                .containsExactly(tuple("tomorrow", 1));
        assertThat(person.about(MAKELA)).hasSize(1);
        house.pass(Duration.ofHours(25));
        house.bean(Journal.class).forget();
        assertThat(person.about(MAKELA)).isEmpty();
        assertThat(person.about(HEINO)).hasSize(1);
    }

    @Test
    void neverWritesAPinDown() {
        assertThat(turku.send(turku.checkout(HEINO, "3000000011", turku.tick(), false, false, false, "246810"))
                        .ok())
                .isTrue();

        assertThat(house.value(String.class, "select journal::text from journal"))
                .contains(HEINO)
                .doesNotContain("246810");
    }

    @Test
    void letsASecondTerminalConnectionWaitForTheFirstAnswer() throws Exception {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        backend.breaks(Fault.HANGS_AFTER);
        CompletableFuture<CheckoutResponse> first = CompletableFuture.supplyAsync(() -> turku.send(checkout));
        assertThat(backend.reached.await(5, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<CheckoutResponse> second = CompletableFuture.supplyAsync(() -> turku.send(checkout));
        backend.release();

        assertThat(first.get(5, TimeUnit.SECONDS).ok()).isTrue();
        assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(first.get());
        assertThat(calls()).isOne();
    }

    // ---- a silent backend --------------------------------------------------------------------------------

    @Test
    void acceptsReturnsForASilentBackendAndDoesThemInOrderWhenItIsBack() {
        turku.lend(MAKELA, "3000000011");
        turku.lend(MAKELA, "3000000035");
        backend.breaks(Fault.SILENT);
        house.pass(Duration.ofMinutes(30));

        CheckinResponse first = turku.bringBack("3000000011");
        CheckinResponse second = turku.bringBack("3000000035");
        CheckoutResponse refused = turku.lend(MAKELA, "3000000028");

        assertThat(List.of(first, second)).allSatisfy(promise -> {
            assertThat(promise.ok()).isTrue();
            assertThat(promise.sortBin()).contains("9");
            assertThat(promise.screenMessages()).containsExactly("Palautettu. Käsitellään myöhemmin.");
        });
        assertThat(refused.ok()).isFalse();
        assertThat(house.circulation().online()).isFalse();
        assertThat(states()).containsExactly("SETTLED", "SETTLED", "WAITING", "WAITING", "SETTLED");
        assertThat(house.events()).filteredOn(ReturnWaiting.class::isInstance).hasSize(2);

        house.pass(Duration.ofHours(1));
        backend.release();
        house.bean(Settlement.class).settle();

        assertThat(states()).containsOnly("SETTLED");
        assertThat(openLoans("3000000011") + openLoans("3000000035")).isZero();
        assertThat(house.events())
                .filteredOn(ItemReturned.class::isInstance)
                .extracting(CirculationEvent::item)
                .containsExactly("3000000011", "3000000035");
        assertThat(house.value(
                        Boolean.class,
                        "select returned_at < '2026-11-24 20:05+02' from loans where item = '3000000011'"))
                .as("the return date is when it came back, not when the backend was back")
                .isTrue();
        assertThat(house.circulation().online()).isTrue();
    }

    @Test
    void answersARepeatedReturnByTheSamePromise() {
        backend.breaks(Fault.SILENT);
        var checkin = turku.checkin("3000000011", turku.tick());
        CheckinResponse first = turku.send(checkin);
        CheckinResponse second = turku.send(checkin);
        backend.release();
        house.bean(Settlement.class).settle();
        CheckinResponse third = turku.send(checkin);

        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
        assertThat(states()).containsExactly("SETTLED");
        assertThat(calls()).isOne();
    }

    /** Another gateway has its row and does not come to an end; nothing may be said but what will be true. */
    @Test
    void promisesAReturnThatSomebodyElseIsStillAt() {
        turku.lend(MAKELA, "3000000011");
        var checkin = turku.checkin("3000000011", turku.tick());
        house.bean(Journal.class)
                .open(
                        Change.of(checkin).orElseThrow(),
                        BackHalf.TURKU,
                        Optional.of("embedded"),
                        OptionalLong.empty(),
                        false);

        CheckinResponse promise = turku.send(checkin);

        assertThat(promise.ok()).isTrue();
        assertThat(promise.sortBin()).contains("9");
        house.bean(Settlement.class).settle();
        house.pass(Duration.ofMinutes(1));
        house.bean(Settlement.class).settle();
        assertThat(states()).containsExactly("SETTLED", "SETTLED");
        assertThat(turku.send(checkin)).isEqualTo(promise);
        assertThat(house.events()).filteredOn(ItemReturned.class::isInstance).hasSize(1);
    }

    /** Whoever was at it says no after all: that is for staff, the promise stands. */
    @Test
    void keepsAPromiseWhoseFirstCopyIsRefused() {
        var checkin = turku.checkin("3000000011", turku.tick());
        Journal journal = house.bean(Journal.class);
        assertThat(journal.open(
                        Change.of(checkin).orElseThrow(),
                        BackHalf.TURKU,
                        Optional.of("embedded"),
                        OptionalLong.empty(),
                        false))
                .isInstanceOf(Journal.Opening.New.class);
        CheckinResponse promise = turku.send(checkin);
        long id = house.value(Long.class, "select id from journal");

        assertThat(journal.notDone(id, Optional.empty())).isFalse();

        assertThat(turku.send(checkin)).isEqualTo(promise);
    }

    @Test
    void givesStaffAReturnThatTheBackendRefusesLater() {
        backend.breaks(Fault.SILENT);
        turku.send(turku.checkin("3999999999", turku.tick(), false, Optional.of("owner=FI-Turku")));
        backend.release();
        house.bean(Settlement.class).settle();

        assertThat(states()).containsExactly("WITH_STAFF");
        assertThat(house.events()).filteredOn(ReturnRefused.class::isInstance).hasSize(1);
    }

    /** The patron has left with it long ago: whoever refuses it now, somebody must look. */
    @Test
    void givesStaffALoanThatHadHappenedOffLineAndIsRefused() {
        String date = turku.tick().text();
        String unknown = "11NY" + date + date + "AOTURKU|AA2999999999|AB3000000011|AC|";
        String refusal = turku.hear(unknown);
        assertThat(refusal).startsWith("120");
        assertThat(turku.hear(unknown)).isEqualTo(refusal);
        backend.breaks(Fault.SILENT);
        String later = "11NY" + date + date + "AOTURKU|AA2999999998|AB3000000028|AC|";
        String promise = turku.hear(later);
        assertThat(promise).startsWith("121").contains("AH" + date + "|");
        assertThat(states()).containsExactly("WITH_STAFF", "WAITING");
        assertThat(house.bean(StaffTasks.class).open()).hasSize(1);
        backend.release();
        house.bean(Settlement.class).settle();
        assertThat(turku.hear(later)).isEqualTo(promise);

        assertThat(house.bean(StaffTasks.class).open())
                .extracting(
                        StaffTasks.Task::kind,
                        StaffTasks.Task::item,
                        task -> task.patron().orElse(""))
                .containsExactly(
                        tuple(StaffTasks.Kind.LOAN_REFUSED, "3000000011", "2999999999"),
                        tuple(StaffTasks.Kind.LOAN_REFUSED, "3000000028", "2999999998"));
        assertThat(house.events()).filteredOn(LoanRefused.class::isInstance).hasSize(2);
    }

    /** The library system reckons fees by that date. */
    @Test
    void tellsAReturnThatWaitedWithTheMomentAtWhichItWasTakenWhateverTheMachinesClockSaid() {
        turku.lend(MAKELA, "3000000011");
        turku.lend(MAKELA, "3000000028");
        turku.lend(MAKELA, "3000000035");
        backend.breaks(Fault.SILENT);
        house.pass(Duration.ofMinutes(30));
        Instant taken = house.clock().instant();
        turku.send(turku.checkin(
                "3000000011", Timestamp.of(LocalDateTime.now(house.clock()).plusDays(3))));
        turku.send(turku.checkin(
                "3000000028", Timestamp.of(LocalDateTime.now(house.clock()).minusMinutes(20))));
        turku.hear("09Y{date}{date}APTURKU|AOTURKU|AB3000000035|AC|"
                .replace(
                        "{date}",
                        Timestamp.of(LocalDateTime.now(house.clock()).minusMinutes(20))
                                .text()));
        house.jdbc().sql("update journal set heard_at = opened_at").update();
        house.clock().pass(Duration.ofHours(1));
        backend.release();
        house.bean(Settlement.class).settle();

        assertThat(returnedAt("3000000011")).isBetween(taken.minusSeconds(5), taken.plusSeconds(30));
        assertThat(returnedAt("3000000028")).isBetween(taken.minusSeconds(5), taken.plusSeconds(30));
        assertThat(returnedAt("3000000035"))
                .as("what a machine took off-line keeps its date")
                .isBetween(taken.minusSeconds(1205), taken.minusSeconds(1170));
    }

    private static Instant returnedAt(String item) {
        return house.value(OffsetDateTime.class, "select returned_at from loans where item = ?", item)
                .toInstant();
    }

    /** The answer was lost with the line, and the machine tells it from its disk: one thing came back. */
    @Test
    void knowsAReturnToldFromTheDiskAsTheOneThatWasSaidLiveJustBefore() {
        turku.lend(MAKELA, "3000000011");
        int calls = calls();
        String line = "09N20261124    19400120261124    194001APTURKU|AOTURKU|AB3000000011|AC|";
        String answer = turku.hear(line);
        assertThat(answer).startsWith("101");

        assertThat(turku.hear(line.replace("09N", "09Y"))).isEqualTo(answer);
        assertThat(turku.hear(line.replace("09N", "09Y").replace("194001", "194048")))
                .as("a machine that dates it anew")
                .isEqualTo(answer);
        assertThat(turku.hear(line)).isEqualTo(answer);
        assertThat(calls()).isEqualTo(calls + 1);
        assertThat(states()).containsExactly("SETTLED", "SETTLED");
        assertThat(house.events()).filteredOn(ItemReturned.class::isInstance).hasSize(1);

        turku.hear(line.replace("09N", "09Y").replace("194001", "194101"));
        assertThat(calls()).as("another minute is another return").isEqualTo(calls + 2);
    }

    @Test
    void knowsALateLiveCopyOfAReturnThatWasToldFromTheDisk() {
        backend.breaks(Fault.SILENT);
        String line = "09Y20261124    19400120261124    194001APTURKU|AOTURKU|AB3000000011|AC|";
        String promise = turku.hear(line);

        assertThat(turku.hear(line.replace("09Y", "09N"))).isEqualTo(promise);
        assertThat(states()).containsExactly("WAITING");
    }

    /** The earlier return, the loan and the later return come from three machines; no order but theirs is right. */
    @Test
    void tellsALoanThatHappenedOffLineOnceAndInOrderWithTheReturnsOfItsThing() {
        Asking lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
        turku.lend(HEINO, "3000000011");
        house.pass(Duration.ofMinutes(10));
        int calls = calls();
        backend.breaks(Fault.SILENT);
        turku.bringBack("3000000011");
        house.pass(Duration.ofMinutes(10));
        CheckoutResponse promise =
                lieto.send(lieto.checkout(MAKELA, "3000000011", lieto.tick(), false, true, false, ""));
        assertThat(promise.ok()).isTrue();
        assertThat(promise.desensitize()).isTrue();
        house.pass(Duration.ofMinutes(10));
        turku.bringBack("3000000011");
        turku.send(turku.checkout(MAKELA, "3000000028", turku.tick(), false, true, false, ""));
        assertThat(states()).containsExactly("SETTLED", "WAITING", "WAITING", "WAITING", "WAITING");
        backend.release();

        await(() -> {
            house.bean(Settlement.class).settle();
            return states().stream().allMatch("SETTLED"::equals);
        });

        assertThat(calls()).as("each was told once").isEqualTo(calls + 4);
        assertThat(house.jdbc()
                        .sql("select card from loans where item = '3000000011' and returned_at is not null order by id")
                        .query(String.class)
                        .list())
                .containsExactly(HEINO, MAKELA);
        assertThat(openLoans("3000000011")).isZero();
        assertThat(openLoans("3000000028")).isOne();
        assertThat(house.bean(StaffTasks.class).open()).isEmpty();
    }

    @Test
    void asksAboutALoanThatHappenedOffLineBeforeItIsToldASecondTime() {
        backend.breaks(Fault.SILENT);
        Checkout made = turku.checkout(MAKELA, "3000000011", turku.tick(), false, true, false, "");
        Checkout notMade = turku.checkout(MAKELA, "3000000028", turku.tick(), false, true, false, "");
        turku.send(made);
        turku.send(notMade);
        backend.release();
        backend.checkout(made, BackHalf.TURKU);
        house.jdbc().sql("update journal set sent_at = clock_timestamp()").update();
        int calls = calls();

        house.bean(Settlement.class).settle();
        assertThat(states()).as("what is not there may come yet").containsExactly("SETTLED", "WAITING");
        assertThat(calls()).isEqualTo(calls);
        house.pass(Duration.ofMinutes(1));
        house.bean(Settlement.class).settle();

        assertThat(states()).containsOnly("SETTLED");
        assertThat(calls()).isEqualTo(calls + 1);
        assertThat(openLoans("3000000011")).isOne();
        assertThat(openLoans("3000000028")).isOne();
    }

    @Test
    void promisesALoanThatHappenedOffLineAndWhoseAnswerIsLate() {
        backend.breaks(Fault.HANGS_AFTER);
        CheckoutResponse promise =
                turku.send(turku.checkout(MAKELA, "3000000011", turku.tick(), false, true, false, ""));

        assertThat(promise.ok()).isTrue();
        assertThat(states()).containsExactly("WAITING");
        backend.release();
        await(() -> states().equals(List.of("SETTLED")));
        assertThat(calls()).isOne();
        assertThat(house.events()).noneMatch(CheckoutSettledLate.class::isInstance);
    }

    /** What has come back must not be lent again by what is told late. */
    @Test
    void keepsAReturnBehindALoanOfTheSameThingThatWaits() {
        backend.breaks(Fault.SILENT);
        turku.send(turku.checkout(MAKELA, "3000000011", turku.tick(), false, true, false, ""));
        house.jdbc().sql("update journal set sent_at = clock_timestamp()").update();
        backend.release();
        await(() -> FaultyBackend.probed(house));
        house.pass(Duration.ofSeconds(5));

        assertThat(turku.bringBack("3000000011").sortBin()).contains("9");
        assertThat(states()).containsExactly("WAITING", "WAITING");
        house.pass(Duration.ofMinutes(1));
        house.bean(Settlement.class).settle();

        assertThat(states()).containsOnly("SETTLED");
        assertThat(openLoans("3000000011")).isZero();
    }

    @Test
    void tellsARenewalThatHappenedOffLineWhenTheSystemIsBack() {
        turku.lend(MAKELA, "3000000011");
        house.pass(Duration.ofDays(3));
        backend.breaks(Fault.SILENT);
        String date = turku.tick().text();
        assertThat(turku.hear("29NY" + date + date + "AOTURKU|AA2000012345|AB3000000011|"))
                .startsWith("301");
        backend.release();
        house.bean(Settlement.class).settle();

        assertThat(states()).containsOnly("SETTLED");
        assertThat(house.value(Boolean.class, "select renewed_at is not null from loans where item = '3000000011'"))
                .isTrue();
    }

    @Test
    void givesStaffAReturnThatHadHappenedOffLineAndIsRefused() {
        String date = turku.tick().text();
        assertThat(turku.hear("09Y" + date + date + "APTURKU|AOTURKU|AB3999999999|AC|CHowner=FI-Turku|"))
                .startsWith("100");

        assertThat(house.bean(StaffTasks.class).open())
                .extracting(StaffTasks.Task::kind)
                .containsExactly(StaffTasks.Kind.RETURN_REFUSED);
    }

    @Test
    void doesAWaitingReturnBeforeTheSameItemIsLentAgain() {
        turku.lend(MAKELA, "3000000011");
        backend.breaks(Fault.SILENT);
        turku.bringBack("3000000011");
        backend.release();

        assertThat(turku.lend(HEINO, "3000000011").ok()).isTrue();

        house.bean(Settlement.class).settle();
        assertThat(house.value(
                        String.class, "select card from loans where item = '3000000011' and returned_at is null"))
                .isEqualTo(HEINO);
    }

    @Test
    void saysNeitherKnownNorUnknownOfACardWhenTheBackendIsSilent() {
        backend.breaks(Fault.SILENT);

        PatronInformationResponse answer = turku.who(MAKELA, "1234");

        assertThat(answer.validPatron()).isEmpty();
        assertThat(answer.identified()).isFalse();
        assertThat(answer.screenMessages()).containsExactly("Kirjastojärjestelmä ei vastaa. Yritä hetken päästä.");
    }

    @Test
    void remembersTheLanguageThatWasChosenWhileTheBackendWasSilent() {
        backend.breaks(Fault.SILENT);
        turku.item("3000000011");
        assertThat(FaultyBackend.system(house).speaking())
                .as("so the backend is not even asked")
                .isFalse();

        assertThat(turku.who(HEINO, "1234", Language.SWEDISH, Optional.empty()).screenMessages())
                .containsExactly("Bibliotekssystemet svarar inte. Försök snart igen.");
        assertThat(turku.lend(HEINO, "3000000011").screenMessages())
                .containsExactly("Bibliotekssystemet svarar inte. Försök snart igen.");

        backend.release();
        await(() -> FaultyBackend.probed(house));
        assertThat(turku.lend(HEINO, "3000000073").screenMessages())
                .as("what the library system says of a reference book")
                .containsExactly("Får bara användas i biblioteket.");
    }

    @Test
    void saysThatItDoesNotKnowAnItemsStateWhenTheBackendIsSilent() {
        backend.breaks(Fault.SILENT);

        assertThat(turku.item("3000000011").itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);
    }

    // ---- late answers ------------------------------------------------------------------------------------

    @Test
    void saysOfAPaymentWhoseOutcomeNobodyKnowsThatItIsNoNo() {
        backend.breaks(Fault.HANGS_AFTER);

        assertThat(turku.say("37{now}0100EURBV1.00|AOTURKU|AA" + MAKELA + "|BKpayment-1|"))
                .as("a machine that took it for a no would take the money again")
                .startsWith("38N")
                .contains("|CHoutcome=unknown|");
        backend.release();
    }

    @Test
    void settlesALoanThatIsAnsweredAfterTheTerminalGaveUpAndTellsStaff() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        backend.breaks(Fault.HANGS_AFTER);

        CheckoutResponse answer = turku.send(checkout);

        assertThat(answer.ok()).isFalse();
        assertThat(answer.itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);
        assertThat(states()).containsExactly("UNKNOWN");

        backend.release();
        await(() -> states().equals(List.of("SETTLED")));
        assertThat(house.events())
                .singleElement()
                .isInstanceOf(CheckoutSettledLate.class)
                .extracting(CirculationEvent::item)
                .isEqualTo("3000000011");
        await(() -> FaultyBackend.probed(house));
        assertThat(turku.send(checkout).ok()).as("the repeat").isTrue();
        assertThat(calls()).isOne();
    }

    @Test
    void acceptsAReturnWhoseBackendHangsAndDoesItOnce() {
        turku.lend(MAKELA, "3000000035");
        backend.breaks(Fault.HANGS_BEFORE);

        assertThat(turku.bringBack("3000000035").sortBin()).contains("9");
        assertThat(states()).containsExactly("SETTLED", "WAITING");

        backend.release();
        await(() -> states().equals(List.of("SETTLED", "SETTLED")));
        assertThat(house.events()).filteredOn(ItemReturned.class::isInstance).hasSize(1);
        assertThat(house.value(Integer.class, "select count(*) from transits")).isOne();
    }

    @Test
    void asksAboutALoanThatACrashLeftOpen() {
        try (BackHalf crashed = BackHalf.on(house.database(), FaultyBackend.Wiring.class)) {
            // The rows stay open: the gateway goes between the journal and the answer.
            Journal journal = crashed.bean(Journal.class);
            Checkout done = turku.checkout(MAKELA, "3000000011", turku.tick());
            Checkout notDone = turku.checkout(MAKELA, "3000000028", turku.tick());
            journal.open(
                    Change.of(done).orElseThrow(), BackHalf.TURKU, Optional.of("faulty"), OptionalLong.empty(), false);
            crashed.bean(FaultyBackend.class).checkout(done, BackHalf.TURKU);
            journal.open(
                    Change.of(notDone).orElseThrow(),
                    BackHalf.TURKU,
                    Optional.of("faulty"),
                    OptionalLong.empty(),
                    false);
            house.bean(Settlement.class).settle();
            assertThat(states()).as("while it lives").containsExactly("OPEN", "OPEN");
        }

        house.bean(Settlement.class).settle();
        assertThat(states()).as("what is not there may come yet").containsExactly("SETTLED", "OPEN");
        house.pass(Duration.ofMinutes(1));
        house.bean(Settlement.class).settle();

        assertThat(house.jdbc()
                        .sql("select ok from journal order by id")
                        .query((row, _) -> row.getBoolean(1))
                        .list())
                .containsExactly(true, false);
        assertThat(openLoans("3000000011")).isOne();
        assertThat(openLoans("3000000028")).isZero();
        assertThat(house.events())
                .filteredOn(CheckoutSettledLate.class::isInstance)
                .hasSize(1);
    }

    @Test
    void asksAboutALoanWhoseEndCouldNotBeWrittenAlthoughItsGatewayLives() {
        Checkout done = turku.checkout(MAKELA, "3000000011", turku.tick());
        house.bean(Journal.class)
                .open(
                        Change.of(done).orElseThrow(),
                        BackHalf.TURKU,
                        Optional.of("faulty"),
                        OptionalLong.empty(),
                        false);
        backend.checkout(done, BackHalf.TURKU);
        house.bean(Settlement.class).settle();
        assertThat(states()).as("while somebody may wait for it").containsExactly("OPEN");

        house.pass(Duration.ofMinutes(1));
        house.bean(Settlement.class).settle();

        assertThat(states()).containsExactly("SETTLED");
        assertThat(house.value(Boolean.class, "select ok from journal")).isTrue();
    }

    // ---- the rest ----------------------------------------------------------------------------------------

    @Test
    void refusesWhatTheBackendDoesNotServe() {
        backend.served.remove(MessageType.FEE_PAID);

        assertThat(turku.say("37{now}0100EURBV2.40|AOTURKU|AA2000012345|"))
                .startsWith("38N")
                .contains("AFToiminto ei ole käytössä.|");
        assertThat(house.circulation().serves()).doesNotContain(MessageType.FEE_PAID);
    }

    @Test
    void countsAndTimesByCommandAndOutcome() {
        var meters = house.bean(io.micrometer.core.instrument.MeterRegistry.class);
        turku.lend(MAKELA, "3000000011");

        assertThat(meters.get("kimppa.circulation")
                        .tag("command", "11")
                        .tag("outcome", "ok")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void tellsWhatHasNoEndForLong() {
        UnfinishedChanges unfinished = house.bean(UnfinishedChanges.class);
        backend.breaks(Fault.SILENT);
        turku.bringBack("3000000011");
        turku.bringBack("3000000035");
        assertThat(unfinished.overdue()).isEmpty();

        house.clock().pass(Duration.ofHours(2));
        unfinished.look();

        assertThat(unfinished.overdue())
                .extracting(UnfinishedChanges.Pile::system, UnfinishedChanges.Pile::kind, UnfinishedChanges.Pile::count)
                .containsExactly(tuple(Optional.of("faulty"), UnfinishedChanges.Kind.WAITING, 2L));
        assertThat(age("faulty", "waiting")).isBetween(7200.0, 7300.0);
        assertThat(age("faulty", "unknown")).isZero();
        assertThat(age("-", "waiting")).isZero();

        backend.release();
        house.bean(Settlement.class).settle();
        unfinished.look();
        assertThat(unfinished.overdue()).isEmpty();
        assertThat(age("faulty", "waiting")).isZero();
    }

    private static double age(String system, String state) {
        return house.bean(io.micrometer.core.instrument.MeterRegistry.class)
                .get("kimppa.journal.unfinished.age")
                .tag("system", system)
                .tag("state", state)
                .gauge()
                .value();
    }

    private int calls() {
        return backend.changes.get() - before;
    }

    private static int openLoans(String item) {
        return house.value(Integer.class, "select count(*) from loans where item = ? and returned_at is null", item);
    }

    private static List<String> states() {
        return house.jdbc()
                .sql("select state from journal order by id")
                .query((row, _) -> row.getString(1))
                .list();
    }
}
