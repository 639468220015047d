package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.simulator.DeskClock;
import fi.kimppa.device.simulator.RelayTrouble;
import fi.kimppa.device.simulator.VirtualDoor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every door does over every link: lock, contacts, troubles of the board, and a plug that is pulled. */
abstract class DoorLockContract {
    static final DeviceId ID = DeviceId.of(DeviceKind.DOOR);
    private static final String ALL_CONTACTS = "exit=1&tamper=2&timeout=500";

    /** The time of the board and of the driver; a minute passes in no time. */
    private final DeskClock.Standing time = DeskClock.standing(Instant.parse("2026-11-27T17:00:00Z"));

    protected final Clock clock = time.withZone(ZoneOffset.UTC);
    protected final VirtualDoor door = new VirtualDoor(0, () -> {}, time);

    /** A driver with these settings, on the way to {@link #door} that the test is about. */
    abstract DoorLock driver(String settings);

    private DoorLock ready(String settings) {
        DoorLock lock = driver(settings);
        awaits(lock, "ready", () -> lock.status() instanceof DeviceStatus.Ready);
        return lock;
    }

    /** Has the driver look at the board until it has seen what must be there, instead of waiting until it looks by itself. */
    private static void awaits(DoorLock lock, String what, BooleanSupplier condition) {
        eventually(what, () -> {
            lock.check();
            return condition.getAsBoolean();
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flash=512", "held=30"})
    void releasesForAWhileAndLocksAgain(String pulse) {
        try (DoorLock lock = ready(ALL_CONTACTS + "&" + pulse)) {
            List<DoorState> states = new CopyOnWriteArrayList<>();
            lock.onState(states::add);
            assertThat(door.pull()).isFalse();
            assertThat(lock.open(Duration.ofSeconds(8))).isInstanceOf(Unlocking.Released.class);
            assertThat(lock.state()).isInstanceOf(DoorState.Unlocked.class);
            assertThat(door.pull()).isTrue();
            awaits(lock, "open", () -> lock.state() instanceof DoorState.Open);
            time.advance(Duration.ofSeconds(7));
            lock.check();
            assertThat(door.released()).isTrue();
            time.advance(Duration.ofSeconds(2));
            awaits(lock, "locked by itself", () -> !door.released());
            door.shut();
            awaits(lock, "locked", () -> lock.state() instanceof DoorState.Locked);
            assertThat(states).hasSize(3);
            assertThat(door.pull()).isFalse();
        }
    }

    @Test
    void letsPeopleOutWithoutTouchingTheLockAndWithoutAnAlarm() {
        try (DoorLock lock = ready(ALL_CONTACTS)) {
            List<DoorState> states = new CopyOnWriteArrayList<>();
            lock.onState(states::add);
            door.leave();
            awaits(lock, "open", () -> lock.state() instanceof DoorState.Open);
            assertThat(door.released()).isFalse();
            door.shut();
            awaits(lock, "shut", () -> lock.state() instanceof DoorState.Unlocked);
            assertThat(states).noneMatch(DoorState::alarming);
        }
    }

    @Test
    void tellsAtOnceOfADoorThatIsForcedHeldOpenOrTamperedWith() {
        try (DoorLock lock = ready(ALL_CONTACTS + "&held=30")) {
            door.force();
            awaits(lock, "forced", () -> forced(lock, DoorState.Cause.OPENED));
            door.shut();
            awaits(lock, "locked", () -> lock.state() instanceof DoorState.Locked);
            door.tamper(true);
            awaits(lock, "tampered", () -> forced(lock, DoorState.Cause.TAMPERED));
            door.tamper(false);
            awaits(lock, "locked", () -> lock.state() instanceof DoorState.Locked);
            lock.open(Duration.ofSeconds(1));
            door.pull();
            awaits(lock, "open", () -> lock.state() instanceof DoorState.Open);
            time.advance(Duration.ofSeconds(30));
            awaits(lock, "held open", () -> lock.state() instanceof DoorState.HeldOpen);
        }
    }

    private static boolean forced(DoorLock lock, DoorState.Cause cause) {
        return lock.state() instanceof DoorState.Forced forced && forced.cause() == cause;
    }

    @Test
    void passesARefusalOnAndAsksABusyBoardAgain() {
        try (DoorLock lock = ready("input=none&timeout=500&flash=4000")) {
            assertThat(lock.open(Duration.ofSeconds(1))).isEqualTo(new Unlocking.Refused(2));
            assertThat(lock.state()).isEqualTo(new DoorState.Locked());
        }
        try (DoorLock lock = ready("exit=1&timeout=500")) {
            door.trouble(new RelayTrouble.Refusal(6));
            door.trouble(new RelayTrouble.Refusal(6));
            assertThat(lock.open(Duration.ofSeconds(60))).isInstanceOf(Unlocking.Released.class);
            assertThat(door.released()).isTrue();
        }
        assertThat(door.released()).isFalse();
    }

    /** On a serial line the driver does not notice that the board was without power, so it asks when it matters. */
    @Test
    void hasABoardThatForgotItsWatchdogWatchAgainBeforeAnybodyReliesOnIt() {
        try (DoorLock lock = ready("exit=1&timeout=500&watchdog=16:10")) {
            door.cutPower();
            eventually("back", () -> lock.check() instanceof DeviceStatus.Ready);
            assertThat(lock.open(Duration.ofSeconds(60))).isInstanceOf(Unlocking.Released.class);
            // The program stands still: nobody asks the board for a moment.
            time.advance(Duration.ofSeconds(1));
            assertThat(door.released()).isFalse();
        }
    }

    @Test
    void switchesARelayOffThatIsOnAlthoughNobodyWasLetIn() {
        door.releaseAtTheBoard();
        assertThat(door.released()).isTrue();
        try (DoorLock lock = ready("exit=1&timeout=500")) {
            assertThat(door.released()).isFalse();
            door.releaseAtTheBoard();
            awaits(lock, "locked", () -> !door.released());
            assertThat(lock.status()).isInstanceOf(DeviceStatus.Ready.class);
        }
    }

    /** Whatever goes wrong with single answers, the door ends as the driver says, and both are well again. */
    @ParameterizedTest
    @EnumSource(RelayTrouble.Answer.class)
    void livesWithAnswersThatGoWrong(RelayTrouble.Answer trouble) {
        try (DoorLock lock = ready("exit=1&tamper=2&timeout=60")) {
            for (int i = 0; i < 2; i++) {
                door.trouble(trouble);
                try {
                    lock.open(Duration.ofSeconds(20));
                } catch (DeviceException e) {
                    assertThat(trouble).as("%s", e).isNotEqualTo(RelayTrouble.Answer.TWICE);
                }
                eventually(
                        "as the driver says",
                        () -> lock.status() instanceof DeviceStatus.Ready
                                && door.released() == lock.state() instanceof DoorState.Unlocked);
            }
        }
        assertThat(door.released()).isFalse();
    }

    @Test
    void readsCountersAndKnowsItself() {
        try (DoorLock lock = ready(ALL_CONTACTS + "&counter=4:0&fail=secure&flash=512")) {
            assertThat(lock.counter()).isEqualTo(OptionalInt.of(0));
            door.force();
            door.shut();
            door.force();
            assertThat(lock.counter()).isEqualTo(OptionalInt.of(2));
            lock.open(Duration.ofSeconds(20));
            DoorInspection test = lock.inspect();
            assertThat(test.status()).isInstanceOf(DeviceStatus.Ready.class);
            assertThat(test.released()).contains(true);
            assertThat(test.failMode()).isEqualTo(FailMode.SECURE);
            assertThat(test.weaknesses()).isEmpty();
        }
        try (DoorLock lock = ready("counter=3:99")) {
            assertThat(lock.counter()).isEmpty();
        }
    }

    @Test
    void locksWhenItConnectsAgainAndWhenItIsClosed() {
        try (DoorLock lock = ready("timeout=200")) {
            lock.open(Duration.ofSeconds(60));
            door.unplug();
            awaits(lock, "absent", () -> lock.status() instanceof DeviceStatus.Absent);
            assertThatThrownBy(() -> lock.open(Duration.ofSeconds(8))).isInstanceOf(DeviceException.class);
            assertThat(lock.inspect().released()).isEmpty();
            assertThat(door.released()).isTrue();
            door.replug();
            awaits(lock, "locked", () -> !door.released() && lock.state() instanceof DoorState.Locked);
            awaits(lock, "ready", () -> lock.status() instanceof DeviceStatus.Ready);
            lock.open(Duration.ofSeconds(60));
            assertThat(door.released()).isTrue();
        }
        assertThat(door.released()).isFalse();
    }
}
