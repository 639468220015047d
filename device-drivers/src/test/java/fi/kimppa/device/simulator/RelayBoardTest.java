package fi.kimppa.device.simulator;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.MemoryLink;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The virtual board's answers, byte by byte, and its life by a clock that only goes when told. */
class RelayBoardTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final DeskClock.Standing clock = DeskClock.standing(Instant.parse("2026-11-27T17:00:00Z"));
    private final AtomicInteger changes = new AtomicInteger();
    private final RelayBoard board = new RelayBoard(clock, changes::incrementAndGet);

    @AfterEach
    void close() {
        clock.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # Modbus Application Protocol 1.1b3, sections 6.1 to 6.6, 6.11, 6.12 and 7
        # switch on, off; read 8 coils, 8 inputs; all off; flash for 0.7 s
        050000FF00,           050000FF00
        0500000000,           0500000000
        0100000008,           010100
        0200000008,           020100
        0F000000080100,       0F00000008
        0502000007,           0502000007
        # counters, watchdog
        0300000002,           030400000000
        0400000001,           04020000
        060010000A,           060010000A
        10000000020400050006, 1000000002
        # no such coil, flash, register; no such value, no such function
        050008FF00,           8502
        0502080007,           8502
        0300110001,           8302
        0500001234,           8503
        1100000001,           9101
        # too short, count 0, byte count that does not fit
        0100,                 8103
        05,                   8503
        0100000000,           8103
        0F000000090100,       8F03
        1000000002020005,     9003
        """)
    void answersTheGoldenRequests(String request, String answer) {
        assertThat(board.answer(hex(request))).isEqualTo(hex(answer));
    }

    @Test
    void answersAnyRequestAtAll() {
        var random = new Random(502);
        for (int i = 0; i < 10_000; i++) {
            byte[] request = new byte[1 + random.nextInt(20)];
            random.nextBytes(request);
            if (random.nextBoolean()) {
                request[0] = new byte[] {1, 2, 3, 4, 5, 6, 0x0F, 0x10}[random.nextInt(8)];
            }
            assertThat(board.answer(request)).hasSizeGreaterThan(1);
        }
    }

    @Test
    void endsATimedOutputByItself() {
        board.answer(hex("0502030007"));
        clock.advance(Duration.ofMillis(699));
        assertThat(board.coil(3)).isTrue();
        assertThat(board.answer(hex("0100000008"))).isEqualTo(hex("010108"));
        int before = changes.get();
        clock.advance(Duration.ofMillis(1));
        assertThat(board.coil(3)).isFalse();
        assertThat(changes).hasValue(before + 1);
        board.answer(hex("0502030007"));
        board.answer(hex("0500030000"));
        assertThat(board.coil(3)).isFalse();
    }

    @Test
    void dropsItsRelaysWhenNobodyTalksToItAndItsWatchdogIsSet() {
        board.answer(hex("0F00000008010F"));
        clock.advance(Duration.ofHours(1));
        assertThat(board.coil(0)).isTrue();
        board.answer(hex("060010000A"));
        clock.advance(Duration.ofMillis(900));
        board.answer(hex("0200000001"));
        clock.advance(Duration.ofMillis(900));
        assertThat(board.coil(0)).isTrue();
        clock.advance(Duration.ofMillis(100));
        assertThat(board.coil(0)).isFalse();
        assertThat(board.answer(hex("0100000008"))).isEqualTo(hex("010100"));
    }

    @Test
    void countsHowOftenAnInputWasSwitchedOn() {
        board.input(2, true);
        board.input(2, true);
        board.input(2, false);
        board.input(2, true);
        assertThat(board.answer(hex("0400020001"))).isEqualTo(hex("04020002"));
        board.answer(hex("060002FFFF"));
        board.input(2, false);
        board.input(2, true);
        assertThat(board.answer(hex("0300020001"))).isEqualTo(hex("03020000"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # two frames at once, a frame byte by byte, noise before a frame, another unit, all units, an unknown function
        rtu, 512, 01050000FF008C3A 01050000FF008C3A, 01050000FF008C3A 01050000FF008C3A
        rtu, 1,   0101000000083DCC,                  01010100 5188
        rtu, 512, 02050000FF008C09,                  ''
        rtu, 512, 00050000FF008DEB,                  ''
        rtu, 512, 0111C02C,                          0191018C50
        rtu, 512, 010500,                            ''
        tcp, 1,   000100000006 01 050000FF00,        000100000006 01 050000FF00
        tcp, 512, 000900000006 11 0300110001,        000900000003 11 8302
        """)
    void findsTheFramesOnALink(String framing, int chunk, String bytes, String expected) {
        MemoryLink.Pair pair = MemoryLink.pair(DeviceAddress.parse("modbus:tcp:192.0.2.9:502?framing=" + framing));
        serve(FaultPlan.NONE.withChunk(chunk).on(pair.device()));
        try (ByteLink host = pair.host()) {
            host.write(hex(bytes));
            assertThat(read(host, hex(expected).length)).isEqualTo(hex(expected));
            assertThat(board.coil(0))
                    .as("the relay of units 0 and 1 only")
                    .isEqualTo(expected.contains("FF00") || bytes.startsWith("00050000FF"));
        }
    }

    @Test
    void forgetsWhatIsNotWholeWhenTheLineFallsSilent() {
        MemoryLink.Pair pair = MemoryLink.pair(DeviceAddress.parse("modbus:serial:/dev/null"));
        serve(pair.device());
        try (ByteLink host = pair.host()) {
            host.write(hex("01050000"));
            eventually("it answers what comes after the silence", () -> {
                host.write(hex("0101000000083DCC"));
                return read(host, 6).length > 0;
            });
        }
    }

    private void serve(ByteLink device) {
        Thread.ofVirtual().start(() -> {
            try (device) {
                new RelayHost(board, device).serve();
            } catch (LinkException _) {
                // The host hung up: the test is over.
            }
        });
    }

    private static byte[] read(ByteLink link, int expected) {
        var out = new ByteArrayOutputStream();
        byte[] buffer = new byte[64];
        int count = 1;
        while (count > 0) {
            count = link.read(buffer, out.size() < expected ? LONG.dividedBy(50) : SHORT);
            out.write(buffer, 0, count);
        }
        return out.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
