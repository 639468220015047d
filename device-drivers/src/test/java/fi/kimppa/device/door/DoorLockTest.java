package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.door.DoorInspection.Weakness;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualDoor;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the driver does not depend on the link: time that really passes, its settings, and boards that do not obey. */
class DoorLockTest {
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualDoor door = desk.door();

    private DoorLock ready(String settings) {
        DoorLock lock =
                DoorLock.connect(DeviceAddress.parse("modbus:" + door.address().link() + settings));
        eventually("the board is ready", () -> lock.status() instanceof DeviceStatus.Ready);
        return lock;
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?flash=512", ""})
    void goesByItselfInRealTime(String settings) {
        try (DoorLock lock = ready(settings)) {
            List<DoorState> states = new CopyOnWriteArrayList<>();
            lock.onState(states::add);
            assertThat(lock.open(Duration.ofMillis(400))).isInstanceOf(Unlocking.Released.class);
            assertThat(door.pull()).isTrue();
            eventually("open", () -> lock.state() instanceof DoorState.Open);
            eventually("locked by itself", () -> !door.released());
            door.shut();
            eventually("locked", () -> lock.state() instanceof DoorState.Locked);
            assertThat(states).hasSize(3);
        }
    }

    @Test
    void extendsAReleaseButNeverShortensIt() {
        try (DoorLock lock = ready("?flash=512")) {
            Unlocking first = lock.open(Duration.ofSeconds(20));
            assertThat(lock.open(Duration.ofMillis(200))).isEqualTo(first);
            assertThat(((Unlocking.Released) lock.open(Duration.ofSeconds(30))).until())
                    .isAfter(((Unlocking.Released) first).until());
        }
    }

    @Test
    void readsContactsTheOtherWayRound() {
        try (DoorLock lock = ready("?input=!5&exit=!6&exitgrant=60")) {
            // Inputs 5 and 6 of the virtual board stay 0: open, and somebody leaves.
            eventually("open", () -> lock.state() instanceof DoorState.Open);
        }
        try (DoorLock lock = ready("?input=none&tamper=!6")) {
            eventually(
                    "tampered",
                    () -> lock.state() instanceof DoorState.Forced forced
                            && forced.cause() == DoorState.Cause.TAMPERED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?coil=8", "?watchdog=40:10", "?alloff=9"})
    void opensNothingOnABoardThatRefusesToBeMadeSafe(String settings) {
        try (DoorLock lock =
                DoorLock.connect(DeviceAddress.parse("modbus:" + door.address().link() + settings))) {
            eventually("degraded", () -> lock.status() instanceof DeviceStatus.Degraded);
            for (int i = 0; i < 3; i++) {
                assertThat(lock.check().why()).contains(StatusReason.DEVICE_ERROR);
                assertThat(lock.open(Duration.ofSeconds(8))).isEqualTo(new Unlocking.Refused(2));
            }
            assertThat(door.released()).isFalse();
        }
    }

    @Test
    void saysThatTheContactIsNotThere() {
        try (DoorLock lock =
                DoorLock.connect(DeviceAddress.parse("modbus:" + door.address().link() + "?input=99"))) {
            eventually("degraded", () -> lock.status() instanceof DeviceStatus.Degraded);
            assertThat(lock.check().why()).contains(StatusReason.DEVICE_ERROR);
        }
    }

    /** A board that says yes to everything and has its relay on all the same. */
    @Test
    void noticesARelayThatStaysOn() {
        var address = new DeviceAddress("modbus", new DeviceAddress.Link.Memory("stuck"), Map.of());
        try (var lock = new DoorLock(DoorLockContract.ID, address, () -> stuck(address), Clock.systemUTC())) {
            eventually("degraded", () -> lock.status() instanceof DeviceStatus.Degraded);
            assertThat(lock.inspect().released()).contains(true);
        }
    }

    private static ByteLink stuck(DeviceAddress address) {
        MemoryLink.Pair pair = MemoryLink.pair(address);
        Thread.ofVirtual().start(() -> {
            try (ByteLink board = pair.device()) {
                byte[] buffer = new byte[12];
                while (true) {
                    if (board.read(buffer, Duration.ofSeconds(5)) == 12) {
                        board.write(obedient(buffer));
                    }
                }
            } catch (LinkException _) {
                // The driver was closed.
            }
        });
        return pair.host();
    }

    /** Writes are echoed; a coil or input is 1 and 0. */
    private static byte[] obedient(byte[] request) {
        if (request[7] == 0x05) {
            return request.clone();
        }
        byte[] answer = Arrays.copyOf(request, 10);
        answer[5] = 4;
        answer[8] = 1;
        answer[9] = (byte) (request[7] == 0x01 ? 1 : 0);
        return answer;
    }

    @Test
    void knowsWhatItsSettingsLeaveOpen() {
        assertThat(settings("").weaknesses())
                .containsExactlyInAnyOrder(Weakness.CRASH_LEAVES_RELEASED, Weakness.FAIL_MODE_UNKNOWN);
        assertThat(settings("input=none&flash=512&fail=safe").weaknesses()).containsExactly(Weakness.NO_CONTACT);
        assertThat(settings("watchdog=3:10&fail=secure").weaknesses()).isEmpty();
    }

    @Test
    void takesTheFramingThatFitsTheLink() {
        assertThat(settings("").wire().framing()).isEqualTo(ModbusFraming.TCP);
        assertThat(settings("framing=rtu").wire().framing()).isEqualTo(ModbusFraming.RTU);
        assertThat(DoorSettings.of(DeviceAddress.parse("modbus:serial:/dev/ttyUSB2?baud=19200&unit=17"))
                        .wire())
                .isEqualTo(new ModbusBoard.Wire(
                        ModbusFraming.RTU, 17, Duration.ofMillis(500), Duration.ofNanos(2_005_208)));
    }

    @Test
    void roundsATimedOutputUpToItsUnit() {
        assertThat(new DoorSettings.Flash(512, 100).units(Duration.ofMillis(601)))
                .isEqualTo(7);
        assertThat(new DoorSettings.Flash(512, 1_000).units(Duration.ofMillis(100)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        framing=ascii          | expected framing tcp or rtu
        framing=rtu&unit=248   | expected unit from 1 to 247
        unit=256               | expected unit from 0 to 255
        input=door             | expected input to be an input's number
        exit=!70000            | expected exit to be an input's number
        tamper=2001            | at most 2000 apart
        watchdog=16            | expected watchdog to be REGISTER:TENTHS
        watchdog=16:4          | at least 5 tenths
        counter=5:1            | expected counter to be 3:REGISTER or 4:REGISTER
        fail=open              | expected fail to be safe, secure or unknown
        flash=512&flashunit=5  | expected flashunit from 10 to 1000
        bell=1                 | unknown setting 'bell'
        """)
    void refusesSettingsThatMakeNoSense(String settings, String complaint) {
        assertThatThrownBy(() -> settings(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    private static DoorSettings settings(String settings) {
        return DoorSettings.of(
                DeviceAddress.parse("modbus:tcp:192.0.2.9:502" + (settings.isEmpty() ? "" : "?" + settings)));
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        try (DoorLock lock = ready("?flash=512")) {
            assertThatThrownBy(() -> lock.open(Duration.ofMillis(99))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> lock.open(Duration.ofSeconds(61))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
