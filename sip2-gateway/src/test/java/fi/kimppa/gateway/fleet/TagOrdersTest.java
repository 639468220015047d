package fi.kimppa.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.fleet.DeviceReport.Ended;
import fi.kimppa.gateway.fleet.DeviceReport.TagWork;
import fi.kimppa.gateway.fleet.TagOrders.Pad;
import fi.kimppa.gateway.fleet.TagOrders.Placed;
import fi.kimppa.gateway.fleet.TagOrders.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders to write tags, with two gateways on one PostgreSQL. */
class TagOrdersTest {
    private static final String ITEM = "3000000011";
    private static final Terminal DESK = new Terminal("desk-turku", Terminal.Kind.DESK, "TURKU", "TURKU");
    private static final UUID RUN = new UUID(0, 1);
    private static final UUID NEXT_RUN = new UUID(0, 2);
    private static final Duration LONG = Duration.ofDays(1);

    private static BackHalf here;
    private static BackHalf there;
    private static TagOrders taking;
    private static TagOrders giving;

    @BeforeAll
    static void start() {
        here = BackHalf.startWith();
        there = BackHalf.on(here.database());
        taking = here.bean(TagOrders.class);
        giving = there.bean(TagOrders.class);
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
    }

    @BeforeEach
    void nothingIsOrdered() {
        here.clock().reset();
        there.clock().reset();
        run("delete from tag_orders");
        run("delete from desk_changes");
        run("delete from fleet_terminals");
        run("delete from terminals where login like 'desk-%'");
        here.consortium().refresh();
    }

    private static void run(String sql) {
        here.jdbc().sql(sql).update();
    }

    private static void pass(long seconds) {
        here.clock().pass(Duration.ofSeconds(seconds));
        there.clock().pass(Duration.ofSeconds(seconds));
    }

    private static Wish wish(int part) {
        return new Wish("desk-turku", ITEM, "FI-Turku", part, 3);
    }

    private static TagOrder latest() {
        return taking.latest(ITEM, LONG).orElseThrow();
    }

    private static Optional<TagCommand> asks(UUID run, Ended... ended) {
        return giving.answer(DESK, new TagWork(run, List.of(ended)));
    }

    private static int written() {
        return here.value(Integer.class, "select count(*) from desk_changes where kind = 'TAG_WRITTEN'");
    }

    // ---- which pads --------------------------------------------------------------------------------------

    @Test
    void knowsTheStaffPadsOfAMunicipality() {
        terminal("desk-a", "DESK", "TURKU", "WORKING", "RFID_PAD", "READY");
        terminal("desk-b", "DESK", "TURKU", "SILENT", "RFID_PAD", "READY");
        terminal("desk-c", "DESK", "TURKU", "FAULT", "RFID_PAD", "ABSENT");
        terminal("desk-d", "DESK", "TURKU", "ATTENTION", "RFID_PAD", "DEGRADED");
        terminal("desk-e", "DESK", "TURKU", "WORKING", "RECEIPT_PRINTER", "READY");
        terminal("desk-f", "DESK", "LIETO", "WORKING", "RFID_PAD", "READY");
        terminal("desk-g", "KIOSK", "TURKU", "WORKING", "RFID_PAD", "READY");
        run(
                "insert into terminals (login, kind, branch_code, institution_id, password) values ('desk-h', 'DESK', 'TURKU', 'TURKU', 'x')");
        here.consortium().refresh();

        assertThat(taking.pads("TURKU"))
                .containsExactly(
                        new Pad("desk-a", "TURKU", true),
                        new Pad("desk-b", "TURKU", false),
                        new Pad("desk-c", "TURKU", false),
                        new Pad("desk-d", "TURKU", true));
        assertThat(taking.pads("LIETO")).containsExactly(new Pad("desk-f", "LIETO", true));
        assertThat(taking.pads("RAISIO")).isEmpty();
    }

    private static void terminal(
            String login, String kind, String branch, String condition, String device, String status) {
        run(
                "insert into terminals (login, kind, branch_code, institution_id, password) values ('%s', '%s', '%s', '%s', 'x')"
                        .formatted(login, kind, branch, branch));
        run("""
                insert into fleet_terminals (terminal, change, condition, condition_since, report)
                values ('%s', 0, '%s', '2026-11-24 12:00+02', '{"devices": [{"kind": "%s", "status": "%s"}]}')
                """.formatted(login, condition, device, status));
    }

    // ---- from the button to the outcome ------------------------------------------------------------------

    @Test
    void oneGatewayTakesAnOrderAndAnotherGivesIt() {
        assertThat(asks(RUN)).isEmpty();
        assertThat(taking.place(wish(2), "anna")).isEqualTo(Placed.ORDERED);
        assertThat(latest().state()).isEqualTo(TagOrder.WAITING);
        pass(5);

        TagCommand command = asks(RUN).orElseThrow();
        assertThat(command).isEqualTo(new TagCommand(latest().id(), 55_000, ITEM, "FI-Turku", 2, 3, "ISO_28560_2"));
        assertThat(latest().state()).isEqualTo(TagOrder.GIVEN);
        assertThat(latest().moves()).isTrue();

        Ended done = new Ended(command.id(), "WRITTEN", "E004015000000001");
        assertThat(asks(RUN, done)).isEmpty();
        assertThat(latest())
                .isEqualTo(new TagOrder(command.id(), "desk-turku", 2, 3, TagOrder.WRITTEN, "E004015000000001"));
        assertThat(taking.order(command.id())).contains(latest());
        assertThat(taking.lastTerminal("anna")).contains("desk-turku");
        assertThat(taking.lastTerminal("bertta")).isEmpty();

        assertThat(asks(RUN, done, new Ended(command.id(), "NO_TAG", ""))).isEmpty();
        assertThat(latest().state()).as("said again and otherwise").isEqualTo(TagOrder.WRITTEN);
        assertThat(written()).isOne();
    }

    @Test
    void whatWasNotWrittenIsToldAndNotRecorded() {
        taking.place(wish(1), "anna");
        UUID id = asks(RUN).orElseThrow().id();
        assertThat(asks(RUN, new Ended(id, "SOMETHING_NEW", ""))).isEmpty();
        assertThat(latest().state()).isEqualTo("SOMETHING_NEW");
        assertThat(latest().moves()).isFalse();
        assertThat(written()).isZero();
        assertThat(taking.place(wish(1), "anna")).as("once more").isEqualTo(Placed.ORDERED);
    }

    @Test
    void anAnswerThatWasLostIsGivenAgainToTheSameProcessAndToNoOther() {
        taking.place(wish(1), "anna");
        TagCommand first = asks(RUN).orElseThrow();
        pass(2);
        assertThat(asks(RUN).orElseThrow().id()).isEqualTo(first.id());
        assertThat(asks(NEXT_RUN)).as("started anew").isEmpty();
        assertThat(latest().state()).isEqualTo(TagOrder.UNKNOWN);
        assertThat(asks(NEXT_RUN)).isEmpty();
        assertThat(taking.place(wish(1), "anna")).isEqualTo(Placed.ORDERED);
        assertThat(asks(NEXT_RUN)).isPresent();
    }

    @Test
    void whatTheTerminalSaysLateReplacesTheGuess() {
        taking.place(wish(1), "anna");
        UUID id = asks(RUN).orElseThrow().id();
        pass(120);
        taking.place(wish(2), "anna");
        assertThat(taking.order(id).orElseThrow().state()).isEqualTo(TagOrder.UNKNOWN);
        assertThat(asks(RUN, new Ended(id, "WRITTEN", "E004015000000001"))).isPresent();
        assertThat(taking.order(id).orElseThrow().state()).isEqualTo(TagOrder.WRITTEN);
        assertThat(written()).isOne();
    }

    @Test
    void anOrderEndsAfterAMinuteIfNoTerminalLooks() {
        taking.place(wish(1), "anna");
        pass(59);
        assertThat(latest().state()).isEqualTo(TagOrder.WAITING);
        pass(1);
        assertThat(latest().state()).isEqualTo(TagOrder.EXPIRED);
        assertThat(asks(RUN)).isEmpty();
        assertThat(latest().state()).isEqualTo(TagOrder.EXPIRED);
        assertThat(asks(RUN, new Ended(latest().id(), "WRITTEN", "E004015000000001")))
                .as("from a terminal that never got it")
                .isEmpty();
        assertThat(latest().state()).isEqualTo(TagOrder.EXPIRED);
        assertThat(taking.place(wish(1), "anna")).isEqualTo(Placed.ORDERED);
    }

    @Test
    void anOrderThatATerminalHasGotIsWaitedForALittleLonger() {
        taking.place(wish(1), "anna");
        asks(RUN);
        pass(60);
        assertThat(asks(RUN)).as("not begun any more").isEmpty();
        assertThat(latest().state()).isEqualTo(TagOrder.GIVEN);
        assertThat(taking.place(wish(2), "anna")).isEqualTo(Placed.BUSY);
        pass(30);
        assertThat(latest().state()).isEqualTo(TagOrder.UNKNOWN);
        assertThat(taking.place(wish(2), "anna")).isEqualTo(Placed.ORDERED);
    }

    @Test
    void aClockThatIsBehindMakesNoOrderLiveLonger() {
        there.clock().pass(Duration.ofMinutes(-10));
        taking.place(wish(1), "anna");
        assertThat(asks(RUN).orElseThrow().millisLeft()).isEqualTo(60_000);
    }

    // ---- who ---------------------------------------------------------------------------------------------

    @Test
    void oneOrderWaitsAtATerminalHoweverManyPressAtOnce() throws Exception {
        List<Callable<Placed>> presses = IntStream.range(0, 8)
                .<Callable<Placed>>mapToObj(n ->
                        () -> (n % 2 == 0 ? taking : giving).place(wish(1 + n % 2), "staff-" + n / 4))
                .toList();
        List<Placed> placed;
        try (ExecutorService staff = Executors.newVirtualThreadPerTaskExecutor()) {
            placed = staff.invokeAll(presses).stream().map(Future::resultNow).toList();
        }
        assertThat(placed).containsOnlyOnce(Placed.ORDERED);
        assertThat(here.value(Integer.class, "select count(*) from tag_orders")).isOne();
        for (int part : List.of(1, 2)) {
            assertThat(taking.place(wish(part), "nobody-else")).isEqualTo(Placed.BUSY);
        }
    }

    @Test
    void pressedTwiceItIsOneOrder() {
        assertThat(taking.place(wish(1), "anna")).isEqualTo(Placed.ORDERED);
        assertThat(giving.place(wish(1), "anna")).isEqualTo(Placed.ALREADY);
        assertThat(giving.place(wish(1), "bertta")).isEqualTo(Placed.BUSY);
        assertThat(giving.place(new Wish("desk-lieto", ITEM, "FI-Turku", 1, 3), "bertta"))
                .as("at another pad")
                .isEqualTo(Placed.ORDERED);
    }

    @Test
    void noOtherTerminalGetsOrEndsAnOrder() {
        taking.place(wish(1), "anna");
        Terminal other = new Terminal("desk-lieto", Terminal.Kind.DESK, "LIETO", "LIETO");
        Terminal kiosk = new Terminal("desk-turku", Terminal.Kind.KIOSK, "TURKU", "TURKU");
        UUID id = latest().id();
        assertThat(giving.answer(other, new TagWork(RUN, List.of()))).isEmpty();
        assertThat(giving.answer(kiosk, new TagWork(RUN, List.of()))).isEmpty();
        assertThat(asks(RUN)).isPresent();
        giving.answer(other, new TagWork(RUN, List.of(new Ended(id, "WRITTEN", "E004015000000001"))));
        assertThat(latest().state()).isEqualTo(TagOrder.GIVEN);
    }

    @Test
    void ordersAreForgottenAfterAMonth() {
        taking.place(wish(1), "anna");
        pass(Duration.ofDays(29).toSeconds());
        taking.forget();
        assertThat(taking.latest(ITEM, Duration.ofDays(60))).isPresent();
        pass(Duration.ofDays(2).toSeconds());
        taking.forget();
        assertThat(taking.latest(ITEM, Duration.ofDays(60))).isEmpty();
    }
}
