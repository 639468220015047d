package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.Pty;
import fi.kimppa.device.simulator.VirtualDoor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contract of a door over each link and framing; and a short one with a real board, where one is named. */
class DoorLockLinksTest {
    @Nested
    class OverTcp extends DoorLockContract {
        @Override
        DoorLock driver(String settings) {
            return overTcp(DeviceAddress.parse("modbus:" + door.address().link() + "?" + settings), clock);
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class OverASerialLine extends DoorLockContract {
        @Override
        DoorLock driver(String settings) {
            return onALine(door, settings, clock);
        }
    }

    @Nested
    class InMemoryAsTcp extends DoorLockContract {
        @Override
        DoorLock driver(String settings) {
            return inMemory(door, settings + "&framing=tcp", 1, clock);
        }
    }

    @Nested
    class InMemoryAsRtu extends DoorLockContract {
        @Override
        DoorLock driver(String settings) {
            return inMemory(door, settings + "&framing=rtu", 1, clock);
        }
    }

    /** A serial server: RTU on a TCP connection. */
    @Nested
    class RtuOverTcp extends DoorLockContract {
        private final TcpListener server = TcpListener.listen("modbus", 0, link -> {
            if (door.plugged()) {
                door.serve(new AsRtu(link));
            }
        });

        @Override
        DoorLock driver(String settings) {
            return overTcp(
                    DeviceAddress.parse("modbus:tcp:127.0.0.1:" + server.port() + "?framing=rtu&" + settings), clock);
        }

        @AfterEach
        void closeServer() {
            server.close();
        }
    }

    private static DoorLock overTcp(DeviceAddress address, Clock clock) {
        return new DoorLock(DoorLockContract.ID, address, () -> ByteLink.open(address, DoorSettings.USUAL_LINE), clock);
    }

    /** A pseudo-terminal, a new one for each time that the plug is put in. */
    static DoorLock onALine(VirtualDoor door, String settings, Clock clock) {
        var address = DeviceAddress.parse("modbus:serial:/dev/pty?" + settings);
        return new DoorLock(
                DoorLockContract.ID,
                address,
                () -> {
                    refuseUnlessPlugged(door, address);
                    Pty pty = Pty.open("modbus");
                    Thread.ofPlatform().daemon().start(() -> door.serve(pty));
                    return ByteLink.open(pty.address(), DoorSettings.USUAL_LINE);
                },
                clock);
    }

    static DoorLock inMemory(VirtualDoor door, String settings, int chunk, Clock clock) {
        var parsed = DeviceAddress.parse("modbus:tcp:192.0.2.9:502?" + settings);
        var address = new DeviceAddress("modbus", new DeviceAddress.Link.Memory("test"), parsed.settings());
        return new DoorLock(
                DoorLockContract.ID,
                address,
                () -> {
                    refuseUnlessPlugged(door, address);
                    MemoryLink.Pair pair = MemoryLink.pair(address);
                    Thread.ofVirtual()
                            .start(() ->
                                    door.serve(FaultPlan.NONE.withChunk(chunk).on(pair.device())));
                    return FaultPlan.NONE.withChunk(chunk).on(pair.host());
                },
                clock);
    }

    private static void refuseUnlessPlugged(VirtualDoor door, DeviceAddress address) {
        if (!door.plugged()) {
            throw new LinkException(address, Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, "unplugged");
        }
    }

    /** Needs a board with nothing dangerous on its relay: {@code -Dkimppa.hardware.door=modbus:serial:/dev/ttyUSB2}. */
    @Test
    void aRealBoardReleasesAndLocksAgain() {
        String named = System.getProperty("kimppa.hardware.door", "");
        assumeTrue(!named.isEmpty(), "no board is named by kimppa.hardware.door");
        try (DoorLock lock = DoorLock.connect(DeviceAddress.parse(named))) {
            eventually("ready", () -> lock.status() instanceof DeviceStatus.Ready);
            assertThat(lock.inspect().released()).contains(false);
            assertThat(lock.open(Duration.ofSeconds(1))).isInstanceOf(Unlocking.Released.class);
            assertThat(lock.inspect().released()).contains(true);
            eventually("locked by itself", () -> lock.inspect().released().equals(Optional.of(false)));
        }
    }
}
