package fi.kimppa.device.simulator;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.door.DoorLock;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.rfid.RfidPad;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One model behind every protocol and every kind of port, by one clock, with faults on all of them. */
class DeskModelTest {
    private static final SerialLine LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final VirtualTag TAG = DemoTags.items().getFirst().tags().getFirst();

    private final DeskClock.Standing clock = DeskClock.standing(Instant.parse("2026-11-27T17:00:00Z"));
    private final VirtualDesk desk =
            VirtualDesk.start(DeskSetup.at(DeskPorts.any()).withClock(clock));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource
    void hasAPadOfEitherMakeOnEveryPort(PadModel make) {
        try (VirtualDesk own = VirtualDesk.start(DeskSetup.at(DeskPorts.any()).withPad(make))) {
            own.pad().lay(TAG);
            DeviceAddress serial = own.pad().serial(folder.resolve("pad"), Optional.empty());
            assertThat(serial).hasToString(make.driver() + ":serial:" + folder.resolve("pad"));
            for (DeviceAddress address : new DeviceAddress[] {own.pad().address(), serial}) {
                try (RfidPad pad = RfidPad.open(address)) {
                    eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
                    assertThat(pad.inventory()).containsExactly(TAG.uid());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void pullsThePlugOfEveryKindOfPort(DeskDevice which) {
        VirtualDevice device = desk.device(which);
        Path name = folder.resolve("port");
        DeviceAddress serial = device.serial(name, Optional.empty());
        device.unplug();
        assertThat(device.plugged()).isFalse();
        eventually("no port", () -> !Files.exists(name));
        assertThatThrownBy(() -> ByteLink.open(device.address(), LINE)).isInstanceOf(DeviceException.class);
        device.replug();
        eventually("a port", () -> Files.exists(name));
        try (ByteLink tcp = ByteLink.open(device.address(), LINE);
                ByteLink pty = ByteLink.open(serial, LINE)) {
            assertThat(tcp.address()).isNotEqualTo(pty.address());
        }
    }

    // --- the card

    private static byte[] uid(ByteLink reader, Duration patience) {
        reader.write(HexFormat.of().parseHex("FFCA000000"));
        byte[] answer = new byte[32];
        return Arrays.copyOf(answer, reader.read(answer, patience));
    }

    @Test
    void holdsACardForAsLongAsAHandDoes() {
        MemoryLink.Pair wire =
                MemoryLink.pair(new DeviceAddress("card", new DeviceAddress.Link.Memory("desk"), Map.of()));
        Thread.ofVirtual().start(() -> desk.card().serve(wire.device()));
        assertThat(uid(wire.host(), SHORT)).isEmpty();
        desk.card().touch(VirtualCard.withUid("04A1B2C3"), Duration.ofSeconds(1));
        assertThat(uid(wire.host(), LONG)).asHexString().isEqualTo("04A1B2C39000");
        assertThat(desk.snapshot().card().uid()).contains("04A1B2C3");
        clock.advance(Duration.ofMillis(999));
        assertThat(desk.snapshot().card().uid()).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(desk.snapshot().card().uid()).isEmpty();
        assertThat(uid(wire.host(), SHORT)).isEmpty();

        desk.card().touch(VirtualCard.withUid("04A1B2C3"), Duration.ofSeconds(1));
        desk.card().lay(VirtualCard.withUid("04A1B2C4"));
        clock.advance(Duration.ofSeconds(9));
        assertThat(desk.snapshot().card().uid())
                .as("the next card is not taken away")
                .contains("04A1B2C4");
    }

    @Test
    void losesACardInTheMiddleAndSeesItAgain() {
        MemoryLink.Pair wire =
                MemoryLink.pair(new DeviceAddress("card", new DeviceAddress.Link.Memory("desk"), Map.of()));
        Thread.ofVirtual().start(() -> desk.card().serve(wire.device()));
        desk.card().endanger(new LineFaults(7, 300));
        desk.card().lay(VirtualCard.withUid("04A1B2C3"));
        int lost = 0;
        for (int i = 0; i < 20; i++) {
            if (uid(wire.host(), SHORT).length == 0) {
                lost++;
                assertThat(desk.snapshot().card().uid())
                        .as("it is on its way back")
                        .isPresent();
                clock.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(lost).as("of 20, seed 7").isBetween(2, 15);
        desk.card().lift();
        clock.advance(Duration.ofSeconds(1));
        assertThat(uid(wire.host(), SHORT)).isEmpty();
    }

    // --- the door

    @Test
    void letsOutForFiveSecondsWhenTheExitButtonIsPressed() {
        assertThat(desk.door().pull()).isFalse();
        desk.door().pressExit();
        assertThat(desk.snapshot().door().letOut()).isTrue();
        assertThat(desk.door().pull()).isTrue();
        desk.door().shut();
        desk.door().pressExit();
        clock.advance(Duration.ofMillis(4_999));
        assertThat(desk.snapshot().door().letOut()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(desk.snapshot().door().letOut()).isFalse();
        assertThat(desk.door().pull()).isFalse();
        desk.door().tamper(true);
        assertThat(desk.snapshot().door().tampered()).isTrue();
    }

    @Test
    void locksWhenTheBoardLosesItsPower() {
        try (DoorLock lock = DoorLock.connect(desk.door().address())) {
            eventually("ready", () -> lock.status() instanceof DeviceStatus.Ready);
            lock.open(Duration.ofSeconds(5));
            assertThat(desk.snapshot().door().released()).isTrue();
            desk.door().cutPower();
            assertThat(desk.snapshot().door().released()).isFalse();
            assertThat(desk.door().plugged()).isTrue();
        }
    }

    // --- time

    @Test
    void feedsPaperInItsOwnTime() {
        desk.printer().setSpeed(1_200);
        try (ByteLink host = ByteLink.open(desk.printer().address(), LINE)) {
            host.write("one\ntwo\n\u001DV\u0000".getBytes(StandardCharsets.ISO_8859_1));
            host.write(new byte[] {0x10, 4, 1});
            assertThat(host.read(new byte[1], Duration.ofSeconds(5)))
                    .as("real-time status does not wait")
                    .isOne();
            assertThat(desk.printer().slips()).isEmpty();
            Instant begun = clock.instant();
            eventually("a slip", () -> {
                clock.advance(Duration.ofMillis(5));
                return !desk.printer().slips().isEmpty();
            });
            // Two lines are at least 48 dots: 40 ms.
            assertThat(clock.instant()).isAfterOrEqualTo(begun.plusMillis(40));
            assertThat(desk.printer().slips().getFirst().text()).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void keepsALineBusyByTheDesksClock() {
        MemoryLink.Pair wire =
                MemoryLink.pair(new DeviceAddress("feig", new DeviceAddress.Link.Memory("desk"), Map.of()));
        // 9600 bits a second, 10 bits a byte: 96 bytes in 100 ms.
        ByteLink slow = new LineTiming(9_600, 10, Duration.ZERO).on(wire.device(), clock);
        var sending = CompletableFuture.runAsync(() -> slow.write(new byte[96]));
        byte[] buffer = new byte[96];
        assertThat(wire.host().read(buffer, Duration.ofMillis(50))).isZero();
        Instant begun = clock.instant();
        eventually("all sent", () -> {
            clock.advance(Duration.ofMillis(5));
            return sending.isDone();
        });
        assertThat(clock.instant()).isAfterOrEqualTo(begun.plusMillis(100));
        assertThat(sending).isCompleted();
        desk.close();
        slow.write(new byte[96]);
    }

    // --- faults

    /** A question that is harmless, and for the scanner something to tell. */
    private void provoke(DeskDevice which, ByteLink host) {
        boolean serial = host.address().link() instanceof DeviceAddress.Link.Serial;
        switch (which) {
            case PAD -> host.write(HexFormat.of().parseHex("020007FF656E61"));
            case PRINTER -> host.write(HexFormat.of().parseHex("100401"));
            case SCANNER -> {
                // What was read while nobody listened lies in the system's port.
                host.read(new byte[4_096], Duration.ofMillis(20));
                desk.scanner().scan("12345");
            }
            case DOOR -> host.write(HexFormat.of().parseHex(serial ? "0101000000083DCC" : "000100000006010100000008"));
        }
    }

    /** What a host gets that connects anew, in hexadecimal. */
    private String heard(DeskDevice which, DeviceAddress address, Duration patience) {
        try (ByteLink host = ByteLink.open(address, LINE)) {
            // One that is cut off at once may never be counted: the read says so.
            eventually(
                    "one host",
                    () -> host.read(new byte[64], Duration.ofMillis(5)) < 0
                            || desk.device(which).outlet().hosts() == 1);
            provoke(which, host);
            byte[] buffer = new byte[64];
            int got = host.read(buffer, patience);
            int more = host.read(new byte[64], Duration.ofMillis(20));
            return HexFormat.of().formatHex(buffer, 0, got) + (more > 0 ? " and more" : "");
        } catch (DeviceException e) {
            return "away";
        }
    }

    private void befalls(DeskDevice which, DeviceAddress address, String well) {
        Runnable wellAgain = () -> eventually(
                "well at " + address,
                () -> heard(which, address, Duration.ofSeconds(1)).equals(well));
        wellAgain.run();
        desk.device(which).endanger(new LineFaults(5, 1_000, Duration.ofMillis(40)));
        long wrong = IntStream.range(0, 8)
                .filter(_ -> !heard(which, address, Duration.ofMillis(40)).equals(well))
                .count();
        assertThat(wrong).as("of 8 at %s, seed 5", address).isGreaterThanOrEqualTo(2);
        desk.device(which).heal();
        wellAgain.run();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        PAD,     02000f00650003030044530d307469, 02000f00650003030044530d307469
        PRINTER, 12,                             12
        SCANNER, 31323334350d,                   31323334350d
        DOOR,    00010000000401010100,           010101005188
        """)
    void letsThingsGoWrongOnEveryKindOfPortAndBeWellAgain(DeskDevice which, String overTcp, String overSerial) {
        befalls(which, desk.device(which).address(), overTcp);
        befalls(which, desk.device(which).serial(folder.resolve("port"), Optional.empty()), overSerial);
    }
}
