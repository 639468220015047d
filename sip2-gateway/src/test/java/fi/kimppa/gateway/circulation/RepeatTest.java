package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.CirculationEvent.PaymentUnclear;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.circulation.Journal.Opening;
import fi.kimppa.sip2.message.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same line again: after a reconnect, after a restart, at two gateways at once, and when things have moved on. */
class RepeatTest {
    private static final String VIRTANEN = "2000012353";

    private static BackHalf house;
    private static BackHalf other;
    private static FaultyBackend backend;
    private static FaultyBackend otherBackend;
    private Asking turku;
    private Asking turkuElsewhere;
    private int before;

    @BeforeAll
    static void start() {
        house = BackHalf.start(FaultyBackend.Wiring.class);
        other = BackHalf.on(house.database(), FaultyBackend.Wiring.class);
        // One of the two looks through unfinished rows, so that it is known which.
        other.bean(Settlement.class).stop();
        backend = house.bean(FaultyBackend.class);
        otherBackend = other.bean(FaultyBackend.class);
    }

    @AfterAll
    static void stop() {
        other.close();
        house.close();
    }

    @BeforeEach
    void freshStart() {
        backend.release();
        await(() -> FaultyBackend.probed(house));
        house.clock().reset();
        other.clock().reset();
        for (String table : List.of("journal", "transits", "card_blocks", "payments", "undo")) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc().sql("delete from holds where card < '2000100000'").update();
        house.jdbc().sql("delete from loans where card < '2000100000'").update();
        house.jdbc().sql("delete from fees where card < '2000100000'").update();
        house.bringAllHome();
        house.jdbc()
                .sql("update items set properties = '' where properties <> ''")
                .update();
        house.jdbc().sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at) values
                        ('3000000097', '2000012345', '2026-11-10 12:00+02', 'TURKU', '2026-12-08 23:59+02')
                        """).update();
        house.jdbc().sql("""
                        insert into fees (card, fee_type, amount, created_at)
                        values ('2000012353', '04', 45.00, '2026-09-25 12:00+03')
                        """).update();
        house.events().clear();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        turkuElsewhere = new Asking(other.circulation(), BackHalf.TURKU, other.clock());
        before = backend.changes.get() + otherBackend.changes.get();
    }

    /** One line of every command that changes something; all are done in this state of things. */
    static List<String> changes() {
        return List.of(
                "01N{now}AOTURKU|ALforgotten|AA2000012345|AC|",
                "09N{now}{now}APTURKU|AOTURKU|AB3000000097|AC|",
                "11NN{now}{now}AOTURKU|AA2000012345|AB3000000011|AC|",
                "15+{now}AOTURKU|AA2000012345|AB3000000028|AC|",
                "19{now}AOTURKU|AB3000000066|AC|CHtorn|",
                "25{now}AOTURKU|AA2000012345|AC|",
                "29NN{now}{now}AOTURKU|AA2000012345|AB3000000097|",
                "37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-1|",
                "37{now}0400EURBV2.40|AOTURKU|AA2000012353|",
                "65{now}AOTURKU|AA2000012345|AC|");
    }

    // ---- repeats -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("changes")
    void answersTheSameLineFromTheJournal(String change) {
        String line = at(change);
        String first = turku.hear(line);
        house.pass(Duration.ofMinutes(5));
        turku.say("63007{now}          AOTURKU|AA2000012395|AC|");

        assertThat(turku.hear(line)).isEqualTo(first);

        assertThat(calls()).isOne();
        assertThat(first).as("done").doesNotContain("BN", "BLN").doesNotMatch("(100|120|160|200|300|38N|660).*");
    }

    /** As machines do that say a payment anew when they heard no answer: only its number tells that it is the same. */
    @Test
    void booksAPaymentOnceThatComesAgainAsANewMessage() {
        String pay = "37{now}0400EURBV%s|AOTURKU|AA2000012353|BK%s|";
        assertThat(turku.say(pay.formatted("2.40", "POS-1"))).startsWith("38Y");
        house.pass(Duration.ofMinutes(5));
        assertThat(turku.say(pay.formatted("2.40", "POS-2"))).as("another").startsWith("38Y");
        house.pass(Duration.ofMinutes(5));

        assertThat(turku.say(pay.formatted("2.40", "POS-1"))).startsWith("38Y");
        assertThat(turkuElsewhere.say(pay.formatted("2.40", "POS-1"))).startsWith("38Y");

        assertThat(calls()).isEqualTo(2);
        assertThat(turku.say(pay.formatted("2.50", "POS-1")))
                .as("another amount")
                .startsWith("38Y");
        house.pass(Duration.ofHours(25));
        turku.say(pay.formatted("2.40", "POS-1"));
        assertThat(calls()).as("a counter that began anew").isEqualTo(4);
    }

    @Test
    void answersTheSameLinesFromTheJournalAfterARestart() {
        List<String> lines = changes().stream()
                .filter(change -> !change.matches("(01|09).*|37.*53\\|"))
                .map(this::at)
                .toList();
        List<String> answers = lines.stream().map(turku::hear).toList();
        try (BackHalf restarted = BackHalf.on(house.database(), FaultyBackend.Wiring.class)) {
            Asking again = new Asking(restarted.circulation(), BackHalf.TURKU, restarted.clock());

            assertThat(lines.stream().map(again::hear).toList()).isEqualTo(answers);

            assertThat(restarted.bean(FaultyBackend.class).changes).hasValue(0);
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void carriesOutOnceWhatComesToTwoGatewaysAtOnce(String change) throws Exception {
        String line = at(change);
        backend.breaks(Fault.HANGS_AFTER);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> turku.hear(line));
        assertThat(backend.reached.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> turkuElsewhere.hear(line));
        backend.release();

        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(first.get(20, TimeUnit.SECONDS));
        assertThat(calls()).isOne();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void carriesItOutAgainAfterADay(String change) {
        String line = at(change);
        turku.hear(line);
        house.pass(Duration.ofHours(25));

        turku.hear(line);

        assertThat(calls()).isEqualTo(2);
    }

    /** A payment with a number stays the same whatever comes after it. */
    static List<String> changesWithoutNumbers() {
        return changes().stream().filter(change -> !change.contains("|BK")).toList();
    }

    @ParameterizedTest
    @MethodSource("changesWithoutNumbers")
    void carriesItOutAgainWhenALaterChangeIsAboutTheSame(String change) {
        String line = at(change);
        turku.hear(line);
        String later = turku.say(
                switch (change.substring(0, 2)) {
                    case "01" -> "25{now}AOTURKU|AA2000012345|AC|";
                    case "25" -> "01N{now}AOTURKU|AL|AA2000012345|AC|";
                    case "09" -> "11NY{now}{now}AOTURKU|AA2000012345|AB3000000097|AC|";
                    case "11" -> "09N{now}{now}AP|AO|AB3000000011|AC|";
                    case "29" -> "09N{now}{now}AP|AO|AB3000000097|AC|";
                    case "15" -> "15-{now}AOTURKU|AA2000012345|AB3000000028|AC|";
                    default -> change;
                });
        assertThat(later).doesNotMatch("(100|120|160|200|300|38N|660).*");

        turku.hear(line);

        assertThat(calls()).isEqualTo(3);
    }

    @Test
    void tellsPaymentsApartByNumberAmountAndFee() {
        String date = turku.tick().text();
        turku.hear("37" + date + "0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-1|");
        turku.hear("37" + date + "0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-2|");
        turku.hear("37" + date + "0400EURBV2.50|AOTURKU|AA2000012353|BKPOS-2|");
        turku.hear("37" + date + "0400EURBV2.50|AOTURKU|AA2000012353|BKPOS-2|CG1|");

        assertThat(calls()).isEqualTo(4);
        assertThat(owed()).isEqualByComparingTo("37.70");
    }

    @Test
    void repeatsWhatIsTheirsOnlyToWhoHasTheRightPin() {
        await(() -> turku.who("2000012345", "1234").identified());
        String line = at("65{now}AOTURKU|AA2000012345|AD1234|AC|");
        assertThat(turku.hear(line)).contains("BM3000000097|");

        assertThat(turku.hear(line.replace("AD1234", "AD9999")))
                .startsWith("661")
                .doesNotContain("3000000097");
        assertThat(turku.hear(line.replace("AD1234", "AD"))).doesNotContain("3000000097");
        assertThat(turku.hear(line)).contains("BM3000000097|");
        assertThat(house.value(String.class, "select journal::text from journal"))
                .doesNotContain("1234|");
    }

    @Test
    void keepsNothingAboutAPaymentLongerThanItNamesAnybody() {
        turku.hear(at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-1|"));
        house.pass(Duration.ofDays(8));
        house.bean(Journal.class).forget();

        assertThat(house.value(String.class, "select journal::text from journal"))
                .doesNotContain(VIRTANEN, "POS-1", "2.40", "45.00");
    }

    // ---- unknown outcomes --------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("changes")
    void findsOutByAskingWhatWasDone(String change) {
        String line = at(change);
        crash(line, true);

        house.bean(Settlement.class).settle();

        boolean asked = !change.startsWith("65");
        assertThat(backend.changes.get() + otherBackend.changes.get() - before)
                .as("nothing but a return is done again")
                .isEqualTo(change.startsWith("09") ? 2 : 1);
        if (asked) {
            assertThat(house.value(Boolean.class, "select ok from journal")).isTrue();
            int calls = calls();
            assertThat(turku.hear(line)).doesNotMatch("(100|120|160|200|300|38N|660).*");
            assertThat(calls()).isEqualTo(calls);
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void findsOutByAskingWhatWasNotDoneAndDoesItOnTheRepeat(String change) {
        String line = at(change);
        crash(line, false);

        settleAfterAWhile();

        assertThat(turku.hear(line)).doesNotMatch("(100|120|160|200|300|38N|660).*");
        assertThat(calls()).isEqualTo(change.startsWith("25") ? 0 : 1);
    }

    @Test
    void givesStaffAPaymentWhoseOutcomeCannotBeFoundOut() {
        String line = at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|");
        crash(line, true);
        house.jdbc().sql("""
                        insert into fees (card, fee_type, amount, created_at)
                        values ('2000012353', '04', 1.00, '2026-11-24 19:30+02')
                        """).update();

        settleAfterAWhile();

        assertThat(house.value(String.class, "select state from journal")).isEqualTo("WITH_STAFF");
        assertThat(house.events()).filteredOn(PaymentUnclear.class::isInstance).hasSize(1);
        assertThat(turku.hear(line)).startsWith("38N");
        assertThat(calls()).as("never paid twice").isOne();
    }

    /** Of two payments of the same sum, what is owed afterwards does not say by itself which was booked. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void knowsWhatBecameOfAPaymentWhoseCardHasPaidSince(boolean booked) {
        String first = at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-1|");
        begin(first, booked);
        assertThat(turku.say("37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-2|"))
                .startsWith("38Y");
        loseTheEnds("detail like 'POS-1%'");

        settleAfterAWhile();

        assertThat(house.value(Boolean.class, "select ok from journal where detail like 'POS-1%'"))
                .isEqualTo(booked);
        assertThat(turku.hear(first)).startsWith("38Y");
        assertThat(calls()).as("each booked once").isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void knowsWhatBecameOfTwoPaymentsOfACard(boolean first, boolean second) {
        begin(at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-1|"), first);
        house.pass(Duration.ofMinutes(1));
        begin(at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-2|"), second);
        loseTheEnds("true");

        settleAfterAWhile();

        assertThat(house.jdbc()
                        .sql("select ok from journal order by id")
                        .query(Boolean.class)
                        .list())
                .containsExactly(first, second);
    }

    /** The second was noted while the first may have been under way, and nobody will know any more what became of it. */
    @Test
    void givesStaffAPaymentAfterWhichAnotherIsUnclear() {
        begin(at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-1|"), false);
        begin(at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|BKPOS-2|"), true);
        loseTheEnds("true");
        house.bean(Journal.class)
                .withStaff(
                        house.value(Long.class, "select max(id) from journal"),
                        new PaymentUnclear(house.clock().instant(), BackHalf.TURKU, ""));

        settleAfterAWhile();

        assertThat(house.jdbc()
                        .sql("select state from journal")
                        .query(String.class)
                        .list())
                .containsOnly("WITH_STAFF");
    }

    /** Its gateway had died while it asked what is owed, and perhaps the next one while it settled that; meanwhile somebody else has paid. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", settler = 1, settler_since = clock_timestamp() - interval '1 minute'"})
    void aPaymentThatWasNeverSentIsNoMatterForStaff(String claimed) {
        crash(at("37{now}0400EURBV2.40|AOTURKU|AA2000012353|"), false);
        house.jdbc()
                .sql("update journal set owed = null, sent_at = null" + claimed)
                .update();
        house.jdbc()
                .sql(
                        "update fees set paid = amount, paid_at = '2026-11-24 12:00+02' where card = '2000012353' and amount < 5")
                .update();

        house.bean(Settlement.class).settle();

        assertThat(house.value(Boolean.class, "select ok from journal where state = 'SETTLED'"))
                .isFalse();
    }

    /** That something was not done is believed only once the library system has been answering for a while. */
    private static void settleAfterAWhile() {
        house.bean(Settlement.class).settle();
        house.pass(Duration.ofMinutes(1));
        house.bean(Settlement.class).settle();
    }

    /** Leaves the row of this line as a gateway does that dies before it has written the answer down. */
    private void crash(String line, boolean done) {
        begin(line, done);
        loseTheEnds("true");
    }

    /** Has a change done, or only what comes before it. */
    private void begin(String line, boolean done) {
        if (done) {
            turku.hear(line);
        } else {
            Request request = Asking.request(line);
            Opening opening = house.bean(Journal.class)
                    .open(
                            Change.of(request).orElseThrow(),
                            BackHalf.TURKU,
                            Optional.of(backend.name()),
                            OptionalLong.empty(),
                            false);
            if (opening instanceof Opening.New(long id, boolean _)) {
                house.bean(Settler.class).note(id, request, FaultyBackend.system(house), BackHalf.TURKU);
            }
        }
    }

    private void loseTheEnds(String which) {
        house.jdbc()
                .sql(
                        "update journal set state = 'OPEN', ok = null, response = null, settled_at = null, gateway = 1 where "
                                + which)
                .update();
        // Long enough for "it is not there" to be believed.
        house.pass(Duration.ofMinutes(1));
    }

    // ---- clocks ------------------------------------------------------------------------------------------

    @Test
    void carriesOutARealSecondChangeOfATerminalWhoseClockStandsStill() {
        String date = turku.tick().text();
        String lend = "11NN" + date + date + "AOTURKU|AA2000012345|AB3000000011|AC|";
        turku.hear(lend);
        house.pass(Duration.ofMinutes(20));
        turku.hear("11NN" + date + date + "AOTURKU|AA2000012345|AB3000000028|AC|");
        // Staff took it back at the library system's own desk: the journal knows nothing of it.
        house.jdbc().sql("delete from loans where item = '3000000011'").update();
        house.pass(Duration.ofMinutes(20));

        assertThat(turku.hear(lend)).startsWith("121");

        assertThat(house.value(
                        Integer.class, "select count(*) from loans where item = '3000000011' and returned_at is null"))
                .isOne();
    }

    @Test
    void takesNoCallOfAnotherGatewayForLostWhoseClockIsBehind() {
        other.clock().pass(Duration.ofMinutes(-10));
        Request lend = Asking.request(at("11NN{now}{now}AOTURKU|AA2000012345|AB3000000011|AC|"));
        other.bean(Journal.class)
                .open(
                        Change.of(lend).orElseThrow(),
                        BackHalf.TURKU,
                        Optional.of(otherBackend.name()),
                        OptionalLong.empty(),
                        false);

        house.bean(Settlement.class).settle();

        assertThat(house.value(String.class, "select state from journal")).isEqualTo("OPEN");
    }

    @Test
    void refusesAgainWhatAGatewayRefusedWhoseClockIsBehind() {
        other.clock().pass(Duration.ofMinutes(-10));
        String line = at("11NN{now}{now}AOTURKU|AA2000012345|AB3000000011|AC|");
        otherBackend.breaks(Fault.SILENT);
        assertThat(turkuElsewhere.hear(line)).startsWith("120");
        otherBackend.release();

        assertThat(turku.hear(line)).startsWith("120");

        assertThat(calls()).isZero();
    }

    @Test
    void stillAnswersARepeatWhenSeveralThingsHadTheSameSecond() {
        String date = turku.tick().text();
        String lend = "11NN" + date + date + "AOTURKU|AA2000012345|AB3000000011|AC|";
        String first = turku.hear(lend);
        turku.hear("11NN" + date + date + "AOTURKU|AA2000012345|AB3000000028|AC|");
        house.pass(Duration.ofMinutes(20));

        assertThat(turku.hear(lend)).isEqualTo(first);
        assertThat(calls()).isEqualTo(2);
    }

    private int calls() {
        return backend.changes.get() + otherBackend.changes.get() - before;
    }

    private String at(String change) {
        return change.replace("{now}", turku.tick().text());
    }

    private static BigDecimal owed() {
        return house.value(
                BigDecimal.class, "select sum(amount - paid) from fees where card = '2000012353' and paid_at is null");
    }
}
