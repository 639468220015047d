package fi.kimppa.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.capture.Capture.Ending;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.capture.CaptureLine;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Two gateways on one database: what begins, ends and is kept. */
@Timeout(60)
class CapturesTest {
    private static final String TURKU = BackHalf.TURKU.login();
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Agreement WIRE = new Agreement(new FrameCodec(WireProfile.DEFAULT), (_, _) -> false);
    private static final byte[] STATUS = "9900302.00".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PATRON =
            "2300720261124    193000AOTURKU|AA2000012345|AC|AD1234|".getBytes(StandardCharsets.US_ASCII);

    private static BackHalf house;
    private static BackHalf neighbour;

    private Gateway here;
    private Gateway there;

    /** A gateway's captures, with its thread that writes. */
    private static final class Gateway implements AutoCloseable {
        private final CaptureStore store;
        private final CaptureWriter writer;
        private final Captures captures;

        Gateway(BackHalf half, CaptureSettings settings) {
            store = new CaptureStore(
                    half.jdbc(),
                    half.bean(JdbcTemplate.class),
                    new TransactionTemplate(half.bean(PlatformTransactionManager.class)),
                    settings,
                    house.clock());
            writer = new CaptureWriter(store, settings);
            captures = new Captures(store, writer, settings, half.bean(Settings.class), house.clock());
        }

        Tap say(Terminal terminal, byte[]... lines) {
            Tap tap = captures.tap();
            tap.over("plain");
            for (byte[] line : lines) {
                tap.heard(line, WIRE);
                tap.said(Optional.of(STATUS), WIRE, Optional.of(terminal));
            }
            return tap;
        }

        @Override
        public void close() {
            writer.stop();
        }
    }

    @BeforeAll
    static void start() {
        house = BackHalf.start();
        neighbour = BackHalf.on(house.database());
    }

    @AfterAll
    static void stop() {
        neighbour.close();
        house.close();
    }

    @BeforeEach
    void meet() {
        here = gateway(house, settings(100, DataSize.ofMegabytes(1), 100));
        there = gateway(neighbour, settings(100, DataSize.ofMegabytes(1), 100));
    }

    private static CaptureSettings settings(int lines, DataSize size, int waiting) {
        return new CaptureSettings(Duration.ofHours(24), lines, size, waiting, Duration.ofDays(14), Duration.ofDays(2));
    }

    private static Gateway gateway(BackHalf half, CaptureSettings settings) {
        Gateway gateway = new Gateway(half, settings);
        gateway.writer.start();
        return gateway;
    }

    @AfterEach
    void forget() {
        here.close();
        there.close();
        house.jdbc().sql("delete from captures").update();
        house.clock().reset();
    }

    @Test
    void holdsAtAllGatewaysWithTheSameStandIns() {
        begin(QUARTER, true);
        eventually(() -> {
            there.captures.look();
            return !there.captures.idle();
        });
        here.say(BackHalf.TURKU, PATRON).closed(WIRE, Optional.of(BackHalf.TURKU));
        there.say(BackHalf.TURKU, PATRON);
        there.say(BackHalf.LIETO, PATRON);
        eventually(() -> capture().lines() == 9);
        List<CaptureLine> lines = lines();
        assertThat(lines).extracting(CaptureLine::connection).contains(1, 2).doesNotContain(3);
        assertThat(lines.stream()
                        .filter(line -> line.kind() == CaptureLine.Kind.REQUEST)
                        .map(CaptureLine::text)
                        .distinct())
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("23").doesNotContain("2000012345"));
    }

    @Test
    void endsByItselfWhereverItIsSeenAndDestroysTheKey() {
        begin(QUARTER, true);
        Tap tap = here.say(BackHalf.TURKU, STATUS);
        house.clock().pass(QUARTER);
        tap.heard(STATUS, WIRE);
        tap.said(Optional.of(STATUS), WIRE, Optional.of(BackHalf.TURKU));
        assertThat(house.value(Boolean.class, "select stand_ins is null from captures"))
                .isFalse();
        there.captures.look();
        here.captures.look();
        assertThat(capture().end()).hasValueSatisfying(end -> {
            assertThat(end.ending()).isEqualTo(Ending.TIME);
            assertThat(end.at()).isEqualTo(capture().endsAt());
        });
        assertThat(house.value(Boolean.class, "select stand_ins is null from captures"))
                .isTrue();
        assertThat(here.captures.idle()).isTrue();
        eventually(() -> capture().lines() == 4);
        assertThat(lines())
                .extracting(CaptureLine::kind)
                .containsExactly(
                        CaptureLine.Kind.OPEN,
                        CaptureLine.Kind.WIRE,
                        CaptureLine.Kind.REQUEST,
                        CaptureLine.Kind.RESPONSE);
    }

    @Test
    void endsWhenItIsFullAndSaysSo() {
        begin(QUARTER, true);
        for (int i = 0; i < 60; i++) {
            here.say(BackHalf.TURKU, STATUS);
        }
        eventually(() -> !capture().running());
        assertThat(capture().lines()).isEqualTo(100);
        assertThat(capture().end().orElseThrow().ending()).isEqualTo(Ending.FULL);
    }

    @Test
    void countsWhatItDroppedAndNeverWaits() {
        Gateway slow = new Gateway(house, settings(1000, DataSize.ofMegabytes(1), 10));
        assertThat(slow.captures.start(TURKU, QUARTER, true, "", "admin")).isEmpty();
        for (int i = 0; i < 10; i++) {
            slow.say(BackHalf.TURKU, STATUS); // three things each, and nobody writes yet
        }
        slow.writer.start();
        eventually(() -> capture().dropped() == 20);
        assertThat(capture().lines()).isGreaterThanOrEqualTo(10);
        slow.close();
    }

    @Test
    void isRefusedWithoutReasonTwiceOrForTooLong() {
        assertThat(start(Duration.ofMinutes(4), true, "")).contains(CaptureRefusal.TIME);
        assertThat(start(Duration.ofHours(25), true, "")).contains(CaptureRefusal.TIME);
        assertThat(start(QUARTER, false, "because")).contains(CaptureRefusal.REASON);
        assertThat(start(QUARTER, false, "x y z")).contains(CaptureRefusal.REASON);
        begin(QUARTER, true);
        assertThat(there.captures.start(TURKU, QUARTER, true, "", "other")).contains(CaptureRefusal.RUNNING);
        assertThat(house.value(Long.class, "select count(*) from captures")).isEqualTo(1);
    }

    @Test
    void everythingIsWrittenDownWithNameAndReason() {
        assertThat(start(QUARTER, false, "Card 12  is not read")).isEmpty();
        Capture capture = capture();
        here.captures.downloaded(capture, "somebody");
        here.captures.stop(capture, "admin");
        here.captures.delete(capture, "admin");
        String number = "#" + capture.id();
        assertThat(house.bean(Settings.class).changes(Optional.of(Scope.device(TURKU)), 4))
                .extracting(
                        SettingChange::who,
                        SettingChange::key,
                        change -> change.after().orElse(""))
                .containsExactly(
                        tuple("admin", "capture.deleted", number),
                        tuple("admin", "capture.stopped", number),
                        tuple("somebody", "capture.downloaded", number),
                        tuple("admin", "capture.unmasked", number + ", 15 min, Card 12 is not read"));
        assertThat(house.value(Long.class, "select count(*) from capture_lines"))
                .isZero();
    }

    @Test
    void isDeletedAfterItsTimeAndUnmaskedSooner() {
        begin(QUARTER, true);
        here.captures.stop(capture(), "admin");
        assertThat(start(QUARTER, false, "A fault at the reader")).isEmpty();
        house.clock().pass(QUARTER);
        here.captures.look();
        house.clock().pass(Duration.ofDays(2).plusMinutes(1));
        here.store.deleteOld();
        assertThat(here.store.of(TURKU))
                .singleElement()
                .satisfies(left -> assertThat(left.masked()).isTrue());
        house.clock().pass(Duration.ofDays(12));
        here.store.deleteOld();
        assertThat(here.store.of(TURKU)).isEmpty();
    }

    private void begin(Duration time, boolean masked) {
        assertThat(start(time, masked, "")).isEmpty();
    }

    private Optional<CaptureRefusal> start(Duration time, boolean masked, String reason) {
        return here.captures.start(TURKU, time, masked, reason, "admin");
    }

    private Capture capture() {
        return here.store.of(TURKU).getFirst();
    }

    private List<CaptureLine> lines() {
        List<CaptureLine> lines = new ArrayList<>();
        here.store.lines(capture(), lines::add);
        return lines;
    }

    private static void eventually(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
