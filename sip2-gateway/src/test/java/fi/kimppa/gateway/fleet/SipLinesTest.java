package fi.kimppa.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.circulation.Presence;
import fi.kimppa.gateway.circulation.TerminalClockSeen;
import fi.kimppa.gateway.circulation.TerminalClockSeen.Fault;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.fleet.TerminalState.Condition;
import fi.kimppa.gateway.fleet.TerminalState.Line;
import fi.kimppa.gateway.fleet.TerminalState.Link;
import fi.kimppa.gateway.fleet.TerminalState.WrongClock;
import fi.kimppa.gateway.sip.ExchangeOutcome;
import fi.kimppa.gateway.sip.Sip2Server;
import fi.kimppa.gateway.sip.TerminalNews;
import fi.kimppa.gateway.sip.TerminalNews.Connections;
import fi.kimppa.gateway.sip.TerminalNews.Done;
import fi.kimppa.gateway.sip.TerminalNews.Status;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.SipEnvelope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** What terminals do on SIP2 lines, as staff are told. */
@Timeout(60)
class SipLinesTest extends GatewayTest {
    private static final String AURA = "kiosk-aura";
    private static final String LOGIN = "9300CNkiosk-aura|COdemo-kiosk-aura|";
    private static final String ITEM = "1720261124    193000AOAURA|AB3000000011|";

    @LocalServerPort
    int port;

    @Autowired
    Fleet fleet;

    @Autowired
    SipLines lines;

    @Autowired
    FleetSignal signal;

    @Autowired
    FleetSettings settings;

    @Autowired
    Presence presence;

    @Autowired
    Sip2Server sip;

    @Autowired
    DataSource database;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    Clock clock;

    @BeforeEach
    void nothingWasHeard() {
        lines.write();
        jdbc.sql("delete from fleet_terminals").update();
        jdbc.sql("delete from terminal_counts").update();
        jdbc.sql("delete from fleet_events").update();
    }

    // ---- one conversation --------------------------------------------------------------------------------

    @Test
    void showsConnectionStatusAndTheLastTransactionThatSucceeded() throws Exception {
        Instant begun = clock.instant();
        try (Socket terminal = terminal()) {
            say(terminal, LOGIN, "9910802.00", ITEM, loan("2999999999"));
            until(() -> counted(ExchangeOutcome.REFUSED) == 1);
            Line line = line().orElseThrow();
            assertThat(line.links()).singleElement().satisfies(link -> {
                assertThat(link.gateway()).isEqualTo(presence.number());
                assertThat(link.connections().encrypted()).isFalse();
                assertThat(link.connections().since()).isAfterOrEqualTo(begun);
            });
            assertThat(line.status().map(Status::code)).contains("1");
            assertThat(line.done().map(Done::command)).contains("17");
            assertThat(state().condition()).isEqualTo(Condition.ATTENTION); // 99 said: out of paper
        }
        until(() -> line().filter(line -> line.links().isEmpty()).isPresent());
        assertThat(state().condition()).isEqualTo(Condition.UNKNOWN);
        assertThat(line().orElseThrow().lost()).isPresent();
        assertThat(line().orElseThrow().done()).isPresent();
    }

    @Test
    void twoConnectionsOfOneMachineAreSaidTogether() throws Exception {
        try (Socket first = terminal()) {
            say(first, LOGIN);
            until(() -> connections() == 1);
            Instant since =
                    line().orElseThrow().links().getFirst().connections().since();
            try (Socket second = terminal()) {
                say(second, LOGIN);
                until(() -> connections() == 2);
                assertThat(line().orElseThrow().links())
                        .singleElement()
                        .satisfies(
                                link -> assertThat(link.connections().since()).isEqualTo(since));
            }
            until(() -> connections() == 1);
        }
    }

    private int connections() {
        return line().stream()
                .flatMap(line -> line.links().stream())
                .mapToInt(link -> link.connections().many())
                .sum();
    }

    @Test
    void countsRefusalsApartFromFaults() throws Exception {
        try (Socket terminal = terminal()) {
            say(terminal, LOGIN, ITEM, ITEM, loan("2999999999"), ITEM + "AY1AZ0000", "1720261124", "42nothing");
            until(() -> counted(ExchangeOutcome.UNKNOWN_COMMAND) == 1);
            assertThat(state().lastHour())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            ExchangeOutcome.OK, 2L,
                            ExchangeOutcome.REFUSED, 1L,
                            ExchangeOutcome.BAD_CHECKSUM, 1L,
                            ExchangeOutcome.MALFORMED, 1L,
                            ExchangeOutcome.UNKNOWN_COMMAND, 1L));
        }
    }

    @Test
    void machineOverHttpsIsShownByItsLastRequest() throws Exception {
        byte[] xml = SipEnvelope.request(new SipEnvelope.Request(AURA, Secret.of("demo-" + AURA), "9900802.00"));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + SipEnvelope.PATH))
                .POST(HttpRequest.BodyPublishers.ofByteArray(xml))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("98");
        until(() -> line().flatMap(Line::passing).isPresent());
        assertThat(line().orElseThrow().links()).isEmpty();
        assertThat(state().condition()).isEqualTo(Condition.WORKING);

        change(line -> new Line(
                List.of(),
                Optional.empty(),
                Optional.of(clock.instant().minus(Duration.ofMinutes(61))),
                line.status(),
                line.done(),
                line.clock()));
        fleet.findSilent();
        assertThat(state().condition()).isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void wrongClockIsShownUntilItIsRight() throws Exception {
        try (Socket terminal = terminal()) {
            say(terminal, LOGIN, loan("2999999999", "20200101    000000"));
            until(() -> line().flatMap(Line::clock).map(WrongClock::fault).equals(Optional.of(Fault.FAR_OFF)));
            assertThat(state().condition()).isEqualTo(Condition.ATTENTION);
            assertThat(fleet.events(9)).extracting(FleetEvent::kind).containsExactly("CLOCK_FAR_OFF");
            say(terminal, loan("2999999999"));
            until(() -> line().flatMap(Line::clock).isEmpty());
            assertThat(state().condition()).isEqualTo(Condition.WORKING);
        }
    }

    @Test
    void writesNothingWhereNothingIsNew() throws Exception {
        try (Socket terminal = terminal()) {
            say(terminal, LOGIN);
            until(() -> line().isPresent());
            String written = version();
            long seen = fleet.lastChange();
            lines.tellConnections();
            lines.write();
            fleet.findSilent();
            assertThat(version()).isEqualTo(written);
            assertThat(fleet.lastChange()).isEqualTo(seen);
        }
    }

    @Test
    void lineThatWasTakenForLostIsToldOfAgain() throws Exception {
        try (Socket terminal = terminal()) {
            say(terminal, LOGIN);
            until(() -> line().filter(line -> !line.links().isEmpty()).isPresent());
            change(_ -> Line.NONE);
            assertThat(line().orElseThrow().links()).isEmpty();
            lines.tellConnections();
            lines.write();
            assertThat(line().orElseThrow().links()).hasSize(1);
        }
    }

    // ---- time --------------------------------------------------------------------------------------------

    @Test
    void clockThatStandsStillStaysWrongWhateverElseItsDateIs() {
        Instant says = clock.instant().minus(Duration.ofHours(2));
        Line still = Line.NONE.heard(seen(says, Fault.STANDS_STILL));
        assertThat(still.heard(seen(says, Fault.FAR_OFF))).isEqualTo(still);
        assertThat(still.heard(seen(clock.instant())).clock()).isEmpty();
    }

    @Test
    void countsOfMoreThanAnHourAgoAreForgottenAndThePageIsTold() {
        fleet.onLines(Map.of(AURA, UnaryOperator.identity()), Map.of(AURA, Map.of(ExchangeOutcome.OK, 3L)));
        assertThat(counted(ExchangeOutcome.OK)).isEqualTo(3);
        // The gateway looks for itself, too, and may be the first to forget.
        long seen = fleet.lastChange();
        jdbc.sql("update terminal_counts set stretch = stretch - interval '70 minutes'")
                .update();
        fleet.findSilent();
        assertThat(fleet.changesAfter(seen)).hasSize(1);
        assertThat(counted(ExchangeOutcome.OK)).isZero();
        assertThat(jdbc.sql("select count(*) from terminal_counts")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    // ---- two gateways ------------------------------------------------------------------------------------

    @Test
    void twoGatewaysAddUpWhatTheyCount() throws Exception {
        Fleet other = new Fleet(jdbc, transactions, json, clock, presence, settings);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> writers = new ArrayList<>();
        for (int gateway = 1; gateway <= 2; gateway++) {
            int number = gateway;
            Fleet mine = gateway == 1 ? fleet : other;
            writers.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, e) -> failure.set(e))
                    .start(() -> {
                        for (int turn = 0; turn < 30; turn++) {
                            mine.onLines(
                                    Map.of(AURA, from(number), "kiosk-turku", from(number)),
                                    Map.of(
                                            AURA,
                                            Map.of(ExchangeOutcome.OK, 2L, ExchangeOutcome.REFUSED, 1L),
                                            "kiosk-turku",
                                            Map.of(ExchangeOutcome.OK, 1L)));
                        }
                    }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(counted(ExchangeOutcome.OK)).isEqualTo(120);
        assertThat(counted(ExchangeOutcome.REFUSED)).isEqualTo(60);
        assertThat(line().orElseThrow().done()).isPresent();
    }

    @Test
    void linesOfAGatewayThatIsGoneGoWithItAndTheFiguresStay() throws Exception {
        int neighbour = 4711;
        try (java.sql.Connection alive = database.getConnection();
                Statement lock = alive.createStatement()) {
            lock.execute("select pg_advisory_lock(" + Presence.LOCKS + ", " + neighbour + ")");
            fleet.onLines(
                    Map.of(
                            AURA,
                            line -> from(neighbour)
                                    .apply(from(presence.number()).apply(line))),
                    Map.of(AURA, Map.of(ExchangeOutcome.OK, 7L)));
            fleet.findSilent();
            assertThat(fleet.severalGateways()).isTrue();
            assertThat(line().orElseThrow().links())
                    .extracting(Link::gateway)
                    .containsExactlyInAnyOrder(presence.number(), neighbour);
            unlock(lock);
        }
        until(() -> !fleet.severalGateways()
                && line().orElseThrow().links().stream().allMatch(link -> link.gateway() == presence.number()));
        assertThat(line().orElseThrow().links()).hasSize(1);
        change(line -> line.of(Set.of(), clock.instant()));
        assertThat(state().condition()).isEqualTo(Condition.UNKNOWN);
        assertThat(line().orElseThrow().lost()).isPresent();
        assertThat(counted(ExchangeOutcome.OK)).isEqualTo(7);
    }

    private static void unlock(Statement lock) throws SQLException {
        lock.execute("select pg_advisory_unlock_all()");
    }

    private UnaryOperator<Line> from(int gateway) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TerminalNews news = new TerminalNews(
                Optional.of(new Connections(now, true, 1)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Done(now, "11")),
                Map.of());
        return line -> line.heard(news, gateway, "gateway-" + gateway, now);
    }

    private TerminalClockSeen seen(Instant says, Fault... fault) {
        return new TerminalClockSeen(
                clock.instant(),
                BackHalf.AURA,
                Optional.of(says),
                Arrays.stream(fault).findFirst());
    }

    private void change(UnaryOperator<Line> change) {
        fleet.onLines(Map.of(AURA, change), Map.of());
    }

    private String version() {
        return jdbc.sql("select xmin::text from fleet_terminals where terminal = :terminal")
                .param("terminal", AURA)
                .query((row, _) -> row.getString(1))
                .single();
    }

    private TerminalState state() {
        return fleet.terminals().stream()
                .filter(state -> state.terminal().equals(AURA))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Line> line() {
        return fleet.terminals().stream()
                .filter(state -> state.terminal().equals(AURA))
                .findFirst()
                .flatMap(TerminalState::line);
    }

    private long counted(ExchangeOutcome outcome) {
        return fleet.terminals().stream()
                .filter(state -> state.terminal().equals(AURA))
                .mapToLong(state -> state.lastHour().getOrDefault(outcome, 0L))
                .sum();
    }

    private String loan(String card) {
        return loan(card, Timestamp.of(clock.instant(), GatewayClock.ZONE).text());
    }

    private static String loan(String card, String date) {
        return "11YN" + date + " ".repeat(18) + "AOAURA|AA" + card + "|AB3000000028|AC|";
    }

    private Socket terminal() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), sip.plainPort().orElseThrow());
    }

    private static void say(Socket terminal, String... lines) throws IOException {
        terminal.getOutputStream().write((String.join("\r", lines) + "\r").getBytes(StandardCharsets.US_ASCII));
    }

    /** Looks again at every change of the fleet, for at most ten seconds. */
    private void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        long signals = signal.signals();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            signal.await(signals, Duration.ofMillis(100));
            signals = signal.signals();
        }
    }
}
