package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways settle the rows of one journal: each row is one gateway's at a time, and neither believes too soon that nothing was done. */
class SettlingTogetherTest {
    private static final String MAKELA = "2000012345";
    private static final List<String> ITEMS = List.of("3000000011", "3000000028", "3000000035", "3000000042");

    private static BackHalf one;
    private static BackHalf other;
    private static FaultyBackend backend;
    private static FaultyBackend otherBackend;
    private Asking turku;
    private Asking turkuElsewhere;
    private int before;

    @BeforeAll
    static void start() {
        Map<String, String> settings = Map.of("kimppa.circulation.backend", "faulty", "kimppa.deadlines.backend", "4s");
        one = BackHalf.on(
                TestPostgres.demo(template -> BackHalf.on(template).close()), settings, FaultyBackend.Wiring.class);
        other = BackHalf.on(one.database(), settings, FaultyBackend.Wiring.class);
        backend = one.bean(FaultyBackend.class);
        otherBackend = other.bean(FaultyBackend.class);
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @BeforeEach
    void freshStart() {
        backend.release();
        otherBackend.release();
        await(() -> FaultyBackend.probed(one) && FaultyBackend.probed(other));
        one.jdbc().sql("delete from journal").update();
        one.jdbc().sql("delete from transits").update();
        one.jdbc()
                .sql("delete from loans where item in (:items)")
                .param("items", ITEMS)
                .update();
        one.bringAllHome();
        one.events().clear();
        other.events().clear();
        turku = new Asking(one.circulation(), BackHalf.TURKU, one.clock());
        turkuElsewhere = new Asking(other.circulation(), BackHalf.TURKU, other.clock());
        before = calls();
    }

    // ---- one gateway for each row ------------------------------------------------------------------------

    @Test
    void aReturnThatOneGatewayDoesIsLeftToItByTheOther() throws Exception {
        promise(List.of("3000000011"));
        backend.breaks(Fault.HANGS_BEFORE);
        CompletableFuture<Void> settling = CompletableFuture.runAsync(one.bean(Settlement.class)::settle);
        assertThat(backend.reached.await(20, TimeUnit.SECONDS)).isTrue();
        otherBackend.release();
        await(() -> FaultyBackend.probed(other));

        other.bean(Settlement.class).settle();

        assertThat(states()).containsExactly("WAITING");
        assertThat(calls()).as("of both gateways").isOne();
        backend.release();
        settling.get(20, TimeUnit.SECONDS);
        assertThat(states()).containsExactly("SETTLED");
        assertThat(calls()).isOne();
    }

    @Test
    void eachOfManyReturnsIsDoneByOneOfTheTwo() {
        promise(ITEMS);
        backend.release();
        otherBackend.release();
        await(() -> FaultyBackend.probed(one) && FaultyBackend.probed(other));

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(one.bean(Settlement.class)::settle),
                        CompletableFuture.runAsync(other.bean(Settlement.class)::settle))
                .join();

        await(() -> states().stream().allMatch("SETTLED"::equals));
        assertThat(calls()).isEqualTo(ITEMS.size());
        assertThat(one.events().stream().filter(ItemReturned.class::isInstance).count()
                        + other.events().stream()
                                .filter(ItemReturned.class::isInstance)
                                .count())
                .isEqualTo(ITEMS.size());
    }

    /** It may have sent it just before it died, so a while passes first. */
    @Test
    void whatAGatewayWasAtThatHasGoneIsTakenOver() {
        promise(List.of("3000000011"));
        one.jdbc()
                .sql("update journal set settler = 1, settler_since = clock_timestamp()")
                .update();
        backend.release();
        otherBackend.release();
        await(() -> FaultyBackend.probed(one) && FaultyBackend.probed(other));

        one.bean(Settlement.class).settle();
        assertThat(states()).containsExactly("WAITING");
        assertThat(calls()).isZero();

        one.pass(Duration.ofMinutes(1));
        one.bean(Settlement.class).settle();
        assertThat(states()).as("it has only begun to answer").containsExactly("WAITING");

        one.pass(Duration.ofMinutes(1));
        one.bean(Settlement.class).settle();
        await(() -> states().equals(List.of("SETTLED")));
        assertThat(calls()).isOne();
    }

    // ---- not done is not believed at once ----------------------------------------------------------------

    @Test
    void aLoanThatIsStillUnderWayIsNotTakenForNotMadeByTheOtherGateway() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        backend.breaks(Fault.HANGS_BEFORE);
        assertThat(turku.send(checkout).itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);

        other.bean(Settlement.class).settle();
        assertThat(states()).as("it is not there yet").containsExactly("UNKNOWN");
        CheckoutResponse repeat = turkuElsewhere.send(checkout);
        assertThat(repeat.ok()).isFalse();
        assertThat(repeat.itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);
        assertThat(calls()).as("a second loan may be a renewal").isOne();

        backend.release();
        await(() -> states().equals(List.of("SETTLED")));
        assertThat(turkuElsewhere.send(checkout).ok()).isTrue();
        assertThat(calls()).isOne();
    }

    /** What was sent lies in front of it still when it goes on, and a question that comes by another way may be answered first. */
    @Test
    void aSystemThatStoodStillIsNotBelievedBeforeItHasAnsweredForAWhile() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        backend.breaks(Fault.HANGS_BEFORE);
        assertThat(turku.send(checkout).itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);

        one.pass(Duration.ofMinutes(1));
        other.bean(Settlement.class).settle();
        assertThat(states()).as("it has only begun to answer").containsExactly("UNKNOWN");

        otherBackend.breaks(Fault.SILENT);
        one.pass(Duration.ofMinutes(1));
        other.bean(Settlement.class).settle(row());
        otherBackend.release();
        await(() -> FaultyBackend.probed(other));
        other.bean(Settlement.class).settle();
        assertThat(states()).as("it was silent again").containsExactly("UNKNOWN");

        backend.release();
        await(() -> states().equals(List.of("SETTLED")));
        assertThat(turkuElsewhere.send(checkout).ok()).isTrue();
        assertThat(calls()).isOne();
    }

    @Test
    void whatIsStillNotThereAfterAWhileOfAnswersWasNotDone() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        backend.breaks(Fault.HANGS_BEFORE);
        assertThat(turku.send(checkout).itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);

        one.pass(Duration.ofMinutes(1));
        other.bean(Settlement.class).settle();
        one.pass(Duration.ofMinutes(1));
        other.bean(Settlement.class).settle();

        assertThat(states()).containsExactly("SETTLED");
        assertThat(one.value(Boolean.class, "select ok from journal")).isFalse();
        backend.release();
    }

    private static JournalRow row() {
        return one.bean(Journal.class)
                .find(one.value(Long.class, "select id from journal"))
                .orElseThrow();
    }

    @Test
    void aLoanThatWasMadeIsBelievedAtOnceByTheOtherGateway() {
        Checkout checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        backend.breaks(Fault.HANGS_AFTER);
        assertThat(turku.send(checkout).itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);

        assertThat(turkuElsewhere.send(checkout).ok()).isTrue();

        assertThat(states()).containsExactly("SETTLED");
        assertThat(calls()).isOne();
    }

    /** A copy of it may still be on its way, and would undo what comes after. */
    @Test
    void aPromisedReturnIsNotSentAgainWhileItsFirstCopyMayArrive() {
        turku.lend(MAKELA, "3000000028");
        Checkin checkin = turku.checkin("3000000028", turku.tick());
        backend.breaks(Fault.HANGS_BEFORE);
        assertThat(turku.send(checkin).sortBin()).contains("9");
        int sent = calls();

        other.bean(Settlement.class).settle();
        assertThat(states()).containsExactly("SETTLED", "WAITING");
        assertThat(calls()).isEqualTo(sent);

        one.pass(Duration.ofMinutes(1));
        other.bean(Settlement.class).settle();
        one.pass(Duration.ofMinutes(1));
        other.bean(Settlement.class).settle();
        await(() -> states().equals(List.of("SETTLED", "SETTLED")));
        backend.release();
        assertThat(calls()).isEqualTo(sent + 1);
    }

    /** The gateway that sent it has gone, and the first copy may lie in front of a system that goes on after it stood still. */
    @Test
    void aReturnOfWhichNobodyKnowsIsNotSentAgainToASystemThatHasJustStoodStill() {
        turku.lend(MAKELA, "3000000028");
        backend.breaks(Fault.SILENT);
        otherBackend.breaks(Fault.SILENT);
        turku.item("3000000028");
        turkuElsewhere.item("3000000028");
        backend.release();
        otherBackend.release();
        await(() -> FaultyBackend.probed(one) && FaultyBackend.probed(other));
        int sent = calls();
        Checkin checkin = turku.checkin("3000000028", turku.tick());
        one.bean(Journal.class)
                .open(
                        Change.of(checkin).orElseThrow(),
                        BackHalf.TURKU,
                        Optional.of("faulty"),
                        OptionalLong.empty(),
                        false);
        one.jdbc().sql("update journal set gateway = 1 where state = 'OPEN'").update();

        other.bean(Settlement.class).settle();
        assertThat(states()).containsExactly("SETTLED", "OPEN");
        assertThat(calls()).isEqualTo(sent);

        one.pass(Duration.ofMinutes(1));
        other.bean(Settlement.class).settle();
        await(() -> states().equals(List.of("SETTLED", "SETTLED")));
        assertThat(calls()).isEqualTo(sent + 1);
    }

    /** Returns of these things that were promised while no gateway met the library system. */
    private void promise(List<String> items) {
        backend.breaks(Fault.SILENT);
        otherBackend.breaks(Fault.SILENT);
        items.forEach(turku::bringBack);
        assertThat(states()).hasSize(items.size()).containsOnly("WAITING");
        assertThat(FaultyBackend.system(one).speaking()).isFalse();
        FaultyBackend.probed(other);
    }

    private int calls() {
        return backend.changes.get() + otherBackend.changes.get() - before;
    }

    private static List<String> states() {
        return one.jdbc()
                .sql("select state from journal order by id")
                .query((row, _) -> row.getString(1))
                .list();
    }
}
