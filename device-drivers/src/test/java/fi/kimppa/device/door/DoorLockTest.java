package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualDoor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The door driver against the virtual board, over TCP and in memory, with timed outputs and without. */
class DoorLockTest {
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualDoor door = desk.door();

    /** The ways to reach the board. */
    enum Way {
        TCP_WITH_TIMED_OUTPUT,
        TCP_SWITCHED,
        MEMORY_BYTE_BY_BYTE
    }

    private DoorLock lock(Way way) {
        DoorLock lock = switch (way) {
            case TCP_WITH_TIMED_OUTPUT -> DoorLock.connect(door.address());
            case TCP_SWITCHED ->
                DoorLock.connect(new DeviceAddress("modbus", door.address().link(), Map.of("coil", "0", "held", "1")));
            case MEMORY_BYTE_BY_BYTE -> inMemory();
        };
        eventually("the board is ready", () -> lock.status() instanceof DeviceStatus.Ready);
        return lock;
    }

    private DoorLock inMemory() {
        var address = new DeviceAddress("modbus", new DeviceAddress.Link.Memory("test"), Map.of());
        return new DoorLock(
                DeviceId.of(DeviceKind.DOOR),
                address,
                () -> {
                    MemoryLink.Pair pair = MemoryLink.pair(address);
                    Thread.ofVirtual()
                            .start(() -> door.serve(FaultPlan.NONE.withChunk(1).on(pair.device())));
                    return FaultPlan.NONE.withChunk(1).on(pair.host());
                },
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void releasesForAWhileAndLocksAgain(Way way) {
        try (DoorLock lock = lock(way)) {
            List<DoorState> states = new CopyOnWriteArrayList<>();
            lock.onState(states::add);
            assertThat(door.pull()).isFalse();
            assertThat(lock.open(Duration.ofMillis(400))).isInstanceOf(Unlocking.Released.class);
            assertThat(lock.state()).isInstanceOf(DoorState.Unlocked.class);
            assertThat(door.pull()).isTrue();
            eventually("open", () -> lock.state() instanceof DoorState.Open);
            eventually("locked by itself", () -> !door.released());
            door.shut();
            eventually("locked", () -> lock.state() instanceof DoorState.Locked);
            assertThat(states).hasSize(3);
            assertThat(door.pull()).isFalse();
        }
    }

    @Test
    void extendsAReleaseButNeverShortensIt() {
        try (DoorLock lock = lock(Way.TCP_WITH_TIMED_OUTPUT)) {
            Unlocking first = lock.open(Duration.ofSeconds(20));
            assertThat(lock.open(Duration.ofMillis(200))).isEqualTo(first);
            assertThat(((Unlocking.Released) lock.open(Duration.ofSeconds(30))).until())
                    .isAfter(((Unlocking.Released) first).until());
        }
    }

    @Test
    void noticesADoorHeldOpenAndADoorForced() {
        try (DoorLock lock = lock(Way.TCP_SWITCHED)) {
            assertThat(lock.open(Duration.ofMillis(300))).isInstanceOf(Unlocking.Released.class);
            door.pull();
            eventually("held open", () -> lock.state() instanceof DoorState.HeldOpen);
            door.shut();
            eventually("locked", () -> lock.state() instanceof DoorState.Locked);
            door.force();
            eventually("forced", () -> lock.state() instanceof DoorState.Forced);
            assertThat(lock.state().alarming()).isTrue();
        }
    }

    @Test
    void locksWhenItConnectsAndWhenItIsClosed() {
        DoorLock first = lock(Way.TCP_SWITCHED);
        assertThat(first.open(Duration.ofSeconds(60))).isInstanceOf(Unlocking.Released.class);
        assertThat(door.released()).isTrue();
        // The first program is cut off with the lock released; the next one that connects locks it.
        door.unplug();
        first.close();
        assertThat(door.released()).isTrue();
        door.replug();
        try (DoorLock second = lock(Way.TCP_SWITCHED)) {
            assertThat(door.released()).isFalse();
            assertThat(second.open(Duration.ofSeconds(60))).isInstanceOf(Unlocking.Released.class);
        }
        assertThat(door.released()).isFalse();
    }

    @Test
    void isAbsentWhileTheBoardIsAwayAndOpensNothing() {
        try (DoorLock lock = lock(Way.TCP_WITH_TIMED_OUTPUT)) {
            door.unplug();
            eventually("absent", () -> lock.status() instanceof DeviceStatus.Absent);
            assertThatThrownBy(() -> lock.open(Duration.ofSeconds(8))).isInstanceOf(DeviceException.class);
            assertThat(door.released()).isFalse();
            door.replug();
            eventually("back", () -> lock.status() instanceof DeviceStatus.Ready);
            assertThat(lock.open(Duration.ofSeconds(8))).isInstanceOf(Unlocking.Released.class);
        }
    }

    @Test
    void passesOnWhatTheBoardRefuses() {
        var address = new DeviceAddress("modbus", door.address().link(), Map.of("flash", "4000"));
        try (DoorLock lock = DoorLock.connect(address)) {
            eventually("ready", () -> lock.status() instanceof DeviceStatus.Ready);
            assertThat(lock.open(Duration.ofSeconds(8))).isEqualTo(new Unlocking.Refused(2));
            assertThat(lock.state()).isEqualTo(new DoorState.Locked());
        }
        var wrongInput = new DeviceAddress("modbus", door.address().link(), Map.of("input", "99"));
        try (DoorLock lock = DoorLock.connect(wrongInput)) {
            eventually("degraded", () -> lock.status() instanceof DeviceStatus.Degraded);
        }
    }

    @Test
    void refusesTimesAndAddressesThatMakeNoSense() {
        try (DoorLock lock = lock(Way.TCP_WITH_TIMED_OUTPUT)) {
            assertThatThrownBy(() -> lock.open(Duration.ofMillis(99))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> lock.open(Duration.ofSeconds(61))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
