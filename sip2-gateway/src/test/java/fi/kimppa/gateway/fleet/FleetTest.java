package fi.kimppa.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Eventually;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.fleet.DeviceReport.Device;
import fi.kimppa.gateway.fleet.DeviceReport.Event;
import fi.kimppa.gateway.fleet.Fleet.Change;
import fi.kimppa.gateway.fleet.Fleet.Change.EventAdded;
import fi.kimppa.gateway.fleet.Fleet.Change.TerminalChanged;
import fi.kimppa.gateway.fleet.TerminalState.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

class FleetTest extends GatewayTest {
    private static final Instant SINCE = Instant.parse("2026-11-24T17:29:58Z");
    private static final Device PAD = new Device("pad", "RFID_PAD", "READY", "NONE", SINCE);
    private static final Device LOST = new Device("pad", "RFID_PAD", "ABSENT", "UNPLUGGED", SINCE);

    @Autowired
    Fleet fleet;

    @Autowired
    FleetSignal signal;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    Clock clock;

    @Autowired
    TransactionOperations transactions;

    @BeforeEach
    void nothingWasHeard() {
        jdbc.sql("delete from fleet_terminals").update();
        jdbc.sql("delete from fleet_events").update();
    }

    @Test
    void readsTheReportOfTheContract() throws Exception {
        Path contract = Path.of("..", "deploy", "contract", "device-report.json");
        DeviceReport report = json.readValue(Files.readString(contract), DeviceReport.class);
        fleet.accept("kiosk-turku", report);
        TerminalState state = state("kiosk-turku");
        assertThat(state.condition()).isEqualTo(Condition.FAULT);
        assertThat(state.report().orElseThrow().devices()).hasSize(4);
        assertThat(fleet.events(9)).extracting(FleetEvent::kind).containsExactly("CHECKOUT_ANSWERED_LATE");
    }

    @Test
    void reportThatChangesNothingIsNoChange() {
        fleet.accept("kiosk-turku", report(1, PAD));
        long seen = fleet.lastChange();
        fleet.accept("kiosk-turku", report(2, PAD));
        assertThat(fleet.changesAfter(seen)).isEmpty();
        fleet.accept("kiosk-turku", report(3, LOST));
        assertThat(fleet.changesAfter(seen))
                .singleElement()
                .isInstanceOfSatisfying(
                        TerminalChanged.class,
                        change -> assertThat(change.state().condition()).isEqualTo(Condition.FAULT));
    }

    @Test
    void eventsAreTakenOnceById() {
        Event event = new Event(UUID.randomUUID(), SINCE, "DOOR_FORCED", "");
        DeviceReport report = new DeviceReport(
                1, clock.instant(), "0.1.0", "IDLE", 0, 0, List.of(PAD), List.of(event, event), null, null, null, null);
        fleet.accept("kiosk-turku", report);
        fleet.accept("kiosk-turku", report);
        assertThat(fleet.events(9)).hasSize(1);
    }

    @Test
    void olderReportIsNoNewsOfTheDevices() {
        fleet.accept("kiosk-turku", report(7, LOST));
        DeviceReport older = new DeviceReport(
                6,
                clock.instant().minus(Duration.ofMinutes(1)),
                "0.1.0",
                "IDLE",
                0,
                0,
                List.of(PAD),
                List.of(),
                null,
                null,
                null,
                null);
        fleet.accept("kiosk-turku", older);
        assertThat(state("kiosk-turku").condition()).isEqualTo(Condition.FAULT);
    }

    @Test
    void terminalWhoseClockIsBehindMayRestart() {
        Instant behind = clock.instant().minus(Duration.ofHours(1));
        fleet.accept(
                "kiosk-turku",
                new DeviceReport(7, behind, "0.1.0", "IDLE", 0, 0, List.of(LOST), List.of(), null, null, null, null));
        fleet.accept(
                "kiosk-turku",
                new DeviceReport(
                        1,
                        behind.plusSeconds(1),
                        "0.1.0",
                        "IDLE",
                        0,
                        0,
                        List.of(PAD),
                        List.of(),
                        null,
                        null,
                        null,
                        null));
        assertThat(state("kiosk-turku").condition()).isEqualTo(Condition.WORKING);
    }

    @Test
    void restartedTerminalCountsFromTheBeginningAgain() {
        fleet.accept("kiosk-turku", report(7, LOST));
        fleet.accept("kiosk-turku", report(1, PAD));
        assertThat(state("kiosk-turku").condition()).isEqualTo(Condition.WORKING);
    }

    @Test
    void whoHasSeenANumberGetsWhatCameAfterItInOrder() {
        fleet.accept("kiosk-turku", report(1, PAD));
        long seen = fleet.lastChange();
        fleet.accept("kiosk-lieto", report(1, LOST));
        fleet.noticed(List.of(new Noticed("kiosk-lieto", SINCE, "RETURN_WAITING", "3000000011")));
        fleet.accept("kiosk-turku", report(2, LOST));
        assertThat(fleet.changesAfter(seen))
                .extracting(FleetTest::what)
                .containsExactly("kiosk-lieto", "RETURN_WAITING", "kiosk-turku");
        assertThat(fleet.changesAfter(0)).hasSize(3);
    }

    /** A terminal and the event beside it are one transaction, which ends here between the reading of the one and the other. */
    @Test
    void whoFollowsMissesNothingThatIsCommittedWhileTheyLook() throws Exception {
        fleet.accept("kiosk-turku", report(1, PAD));
        long seen = fleet.lastChange();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<List<Change>> reading = transactions.execute(_ -> {
                jdbc.sql("lock table fleet_events in access exclusive mode").update();
                Future<List<Change>> begun = reader.submit(() -> fleet.changesAfter(seen));
                Eventually.await(this::somebodyWaitsForEvents);
                fleet.accept(
                        "kiosk-turku",
                        new DeviceReport(
                                2,
                                clock.instant(),
                                "0.1.0",
                                "IDLE",
                                0,
                                0,
                                List.of(LOST),
                                List.of(new Event(UUID.randomUUID(), SINCE, "DOOR_FORCED", "")),
                                null,
                                null,
                                null,
                                null));
                return begun;
            });
            List<Change> first = Objects.requireNonNull(reading).get();
            long then = first.stream().mapToLong(Change::id).max().orElse(seen);
            assertThat(Stream.concat(first.stream(), fleet.changesAfter(then).stream()))
                    .extracting(FleetTest::what)
                    .containsExactly("kiosk-turku", "DOOR_FORCED");
        }
    }

    private boolean somebodyWaitsForEvents() {
        return jdbc.sql("select count(*) from pg_locks where relation = 'fleet_events'::regclass and not granted")
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Test
    void changeOfAnotherGatewayWakesThoseWhoWait() throws Exception {
        long signals = signal.signals();
        // What another gateway does: a number and a notification in one transaction, without this one's memory.
        jdbc.sql("select pg_notify('fleet', '')").query((_, _) -> "").list();
        assertThat(signal.await(signals, Duration.ofSeconds(5))).isTrue();
    }

    private TerminalState state(String terminal) {
        return fleet.terminals().stream()
                .filter(state -> state.terminal().equals(terminal))
                .findFirst()
                .orElseThrow();
    }

    private static String what(Change change) {
        return switch (change) {
            case TerminalChanged(TerminalState state) -> state.terminal();
            case EventAdded(FleetEvent event) -> event.kind();
        };
    }

    private DeviceReport report(long sequence, Device device) {
        return new DeviceReport(
                sequence, clock.instant(), "0.1.0", "IDLE", 0, 0, List.of(device), List.of(), null, null, null, null);
    }
}
