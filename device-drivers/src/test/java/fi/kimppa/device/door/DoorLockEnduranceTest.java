package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.PulledPlug;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.DeskClock;
import fi.kimppa.device.simulator.RelayTrouble;
import fi.kimppa.device.simulator.VirtualDoor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulled plugs and faults by the hundred. */
class DoorLockEnduranceTest {
    private static final List<RelayTrouble.Answer> ANSWERS = List.of(RelayTrouble.Answer.values());

    enum Way {
        TCP,
        SERIAL_LINE
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void comesBackFiveTimesAfterAPulledPlug(Way way) {
        pullThePlug(way, 5);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(Way.class)
    void comesBackAHundredTimesAfterAPulledPlugAndLeavesNothingBehind(Way way) {
        pullThePlug(way, 100);
    }

    private static void pullThePlug(Way way, int times) {
        try (var door = new VirtualDoor(0, () -> {}, DeskClock.running());
                DoorLock lock = switch (way) {
                    case TCP -> DoorLock.connect(door.address());
                    case SERIAL_LINE -> DoorLockLinksTest.onALine(door, "flash=512", Clock.systemUTC());
                }) {
            PulledPlug.again(
                    times,
                    lock::status,
                    door::unplug,
                    door::replug,
                    _ -> assertThat(lock.open(Duration.ofMillis(200))).isInstanceOf(Unlocking.Released.class));
        }
    }

    @ParameterizedTest
    @EnumSource(ModbusFraming.class)
    void endsLockedWhateverGoesWrongInSixtyEvenings(ModbusFraming framing) {
        AtOnce.each(60, seed -> evening(framing, seed));
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(ModbusFraming.class)
    void endsLockedWhateverGoesWrongInAThousandEvenings(ModbusFraming framing) {
        var room = new Semaphore(30);
        AtOnce.each(1_000, seed -> {
            room.acquireUninterruptibly();
            try {
                evening(framing, 100 + seed);
            } finally {
                room.release();
            }
        });
    }

    /**
     * People come, go and break in while links are cut, bytes turn over and answers go wrong. Nothing may hang, and when the faults
     * are over driver, board and door agree, the door works, and the lock is off at the end.
     */
    private static void evening(ModbusFraming framing, int seed) {
        var random = new Random(seed);
        try (var door = new VirtualDoor(0, () -> {}, DeskClock.running())) {
            var faults = new Faults(framing, door, random.nextLong());
            try (DoorLock lock = faults.lock(random.nextBoolean() ? "&flash=512" : "")) {
                for (int i = 0; i < 12; i++) {
                    act(random, door, lock);
                }
                faults.end();
                door.calm();
                door.shut();
                door.tamper(false);
                // Links with faults end with the plug.
                door.unplug();
                door.replug();
                eventually("well again with seed " + seed, () -> lock.check() instanceof DeviceStatus.Ready);
                assertThat(lock.state().alarming()).as("seed %s", seed).isFalse();
                DoorInspection test = lock.inspect();
                assertThat(test.released()).as("seed %s", seed).contains(door.released());
                lock.open(Duration.ofSeconds(30));
                assertThat(door.released()).as("seed %s", seed).isTrue();
            }
            assertThat(door.released()).as("seed %s", seed).isFalse();
        }
    }

    private static void act(Random random, VirtualDoor door, DoorLock lock) {
        try {
            switch (random.nextInt(8)) {
                case 0, 1 -> lock.open(Duration.ofSeconds(20));
                case 2 -> door.pull();
                case 3 -> door.leave();
                case 4 -> door.shut();
                case 5 -> door.tamper(random.nextBoolean());
                case 6 ->
                    door.trouble(
                            random.nextBoolean()
                                    ? new RelayTrouble.Refusal(1 + random.nextInt(8))
                                    : ANSWERS.get(random.nextInt(ANSWERS.size())));
                default -> lock.check();
            }
        } catch (DeviceException _) {
            // The board could not be reached; who wanted in stays out.
        }
    }

    /** Opens links that go wrong in new ways each time, until it is told to end. */
    private static final class Faults {
        private final ModbusFraming framing;
        private final VirtualDoor door;
        private final Random random;
        private volatile boolean over;

        Faults(ModbusFraming framing, VirtualDoor door, long seed) {
            this.framing = framing;
            this.door = door;
            this.random = new Random(seed);
        }

        DoorLock lock(String settings) {
            var parsed = DeviceAddress.parse("modbus:tcp:192.0.2.9:502?exit=1&tamper=2&timeout=150&framing="
                    + (framing == ModbusFraming.TCP ? "tcp" : "rtu") + settings);
            var address = new DeviceAddress("modbus", new DeviceAddress.Link.Memory("faults"), parsed.settings());
            return new DoorLock(
                    DoorLockContract.ID,
                    address,
                    () -> {
                        MemoryLink.Pair pair = MemoryLink.pair(address);
                        FaultPlan there = plan();
                        FaultPlan back = plan();
                        Thread.ofVirtual().start(() -> door.serve(there.on(pair.device())));
                        return back.on(pair.host());
                    },
                    Clock.systemUTC());
        }

        void end() {
            over = true;
        }

        private synchronized FaultPlan plan() {
            if (over) {
                return FaultPlan.NONE;
            }
            FaultPlan plan = FaultPlan.NONE.withChunk(1 + random.nextInt(12));
            if (random.nextInt(3) == 0) {
                plan = plan.withCutAfter(random.nextInt(200));
            }
            Set<Long> corrupt = new HashSet<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                corrupt.add((long) random.nextInt(300));
            }
            return plan.withCorrupt(corrupt);
        }
    }
}
