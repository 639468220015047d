package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.Seeds;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.DeskClock;
import fi.kimppa.device.simulator.RelayTrouble;
import fi.kimppa.device.simulator.VirtualDoor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong on the line and at the board, a door is never released for longer than somebody asked for and its board allows.
 * Each seed begins with a relay that is on, draws faults and lets people come and go; door and driver live by a clock that stands
 * until the script moves it, so what is too long is known to the moment.
 */
class DoorLockFaultScriptsTest {
    /** Most of the time is waiting for answers that do not come. */
    private static final int AT_ONCE = 32;
    /** Far more than the time-outs of any one call together. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private static final List<RelayTrouble.Answer> ANSWERS = List.of(RelayTrouble.Answer.values());
    /** What ends a release when the program cannot: the board's timer, its watchdog, both, or nothing. */
    private static final List<String> BOARDS =
            List.of("flash=512", "watchdog=16:10", "flash=512&watchdog=16:10", "held=30");

    @ParameterizedTest
    @EnumSource(ModbusFraming.class)
    void isNeverReleasedForLongerThanAskedAndAllowed(ModbusFraming framing) {
        play(framing, 1, 150);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(ModbusFraming.class)
    void isNeverReleasedForLongerThanAskedAndAllowedInTenThousandScripts(ModbusFraming framing) {
        play(framing, 1_000, 10_000);
    }

    private static void play(ModbusFraming framing, long first, int count) {
        Seeds.each(first, count, AT_ONCE, () -> seed -> {
            try (Play play = new Play(framing, seed)) {
                play.run();
            }
        });
    }

    /** One script. */
    private static final class Play implements AutoCloseable {
        /** The script looks at the relay after each step of the clock. */
        private static final Duration STEP = Duration.ofMillis(50);

        private final ModbusFraming framing;
        private final Random random;
        private final DeskClock.Standing time = DeskClock.standing(Instant.parse("2026-11-27T17:00:00Z"));
        private final VirtualDoor door = new VirtualDoor(0, () -> {}, time);
        private final DoorSettings settings;
        private final FaultScript script;
        private final SentToBoard sent;
        private final DoorLock lock;
        private final List<String> calls = new ArrayList<>();
        /** The plug is the script's own: the port of a desk that is unplugged may be taken by another script's. */
        private volatile boolean plugged = true;

        private volatile Optional<ByteLink> board = Optional.empty();
        private final AtomicInteger serving = new AtomicInteger();
        private final AtomicInteger powerCuts = new AtomicInteger();
        /** From when on the relay must be off, if the board ends a release itself. */
        private Instant mustBeOff = Instant.MIN;

        Play(ModbusFraming framing, long seed) {
            this.framing = framing;
            this.random = Seeds.random(seed);
            DeviceAddress address = address(BOARDS.get((int) (seed % BOARDS.size())));
            this.settings = DoorSettings.of(address);
            this.script =
                    new FaultScript(seed, List.of(20, 60, 150).get(random.nextInt(3)), Duration.ofMillis(80), () -> {
                        powerCuts.incrementAndGet();
                        door.cutPower();
                    });
            this.sent = new SentToBoard(framing, settings);
            if (framing == ModbusFraming.TCP) {
                script.checked();
            }
            // What a program that was killed may have left behind.
            door.releaseAtTheBoard();
            assertThat(door.released()).isTrue();
            this.lock = new DoorLock(
                    DoorLockContract.ID,
                    address,
                    () -> sent.on(script.on(link(address))),
                    time.withZone(ZoneOffset.UTC));
        }

        private DeviceAddress address(String board) {
            DeviceAddress said =
                    DeviceAddress.parse("modbus:tcp:192.0.2.9:502?exit=1&exitgrant=1&tamper=2&timeout=50&counter=3:0&"
                            + board + "&framing=" + (framing == ModbusFraming.TCP ? "tcp" : "rtu"));
            return new DeviceAddress("modbus", new DeviceAddress.Link.Memory("faults"), said.settings());
        }

        private ByteLink link(DeviceAddress address) {
            if (!plugged) {
                throw new LinkException(address, Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, "unplugged");
            }
            MemoryLink.Pair pair = MemoryLink.pair(address);
            board = Optional.of(pair.device());
            serving.incrementAndGet();
            Thread.ofVirtual().start(() -> {
                door.serve(pair.device());
                serving.decrementAndGet();
            });
            return pair.host();
        }

        void run() {
            try {
                startsLocked();
                for (int i = 10 + random.nextInt(6); i > 0; i--) {
                    act();
                    isWithinLimits();
                }
                script.end();
                recovers();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        framing + ", " + settings + ", " + script + "\ncalls " + calls + "\n" + e.getMessage(), e);
            }
        }

        private void startsLocked() {
            assertThat(lock.state()).isEqualTo(new DoorState.Locked());
            eventually(
                    "connected",
                    () -> lock.status() instanceof DeviceStatus.Ready
                            || call("check", lock::check)
                                    .filter(DeviceStatus::usable)
                                    .isPresent());
            assertThat(door.released())
                    .as("released although the driver is ready")
                    .isFalse();
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> open();
                case 3 -> door.pull();
                case 4 -> door.leave();
                case 5 -> door.shut();
                case 6 -> door.tamper(random.nextBoolean());
                case 7 ->
                    door.trouble(
                            random.nextBoolean()
                                    ? new RelayTrouble.Refusal(1 + random.nextInt(8))
                                    : ANSWERS.get(random.nextInt(ANSWERS.size())));
                case 8 -> {
                    plugged = false;
                    board.ifPresent(ByteLink::close);
                    pass(Duration.ofMillis(1 + random.nextInt(1_500)));
                    plugged = true;
                }
                case 9 -> call("inspect", lock::inspect);
                case 10 -> call("counter", lock::counter);
                default -> pass(Duration.ofMillis(1 + random.nextInt(3_000)));
            }
        }

        private void open() {
            Duration asked = Duration.ofMillis(100 + random.nextInt(3_000));
            Instant until = time.instant().plus(asked);
            int cuts = powerCuts.get();
            sent.asked(true);
            Optional<Unlocking> answer = call("open " + asked.toMillis(), () -> lock.open(asked));
            sent.asked(false);
            // Also when it failed: the board may have obeyed.
            Instant off = until.plusMillis(
                    settings.flash().map(DoorSettings.Flash::unitMillis).orElse(0));
            mustBeOff = off.isAfter(mustBeOff) ? off : mustBeOff;
            if (answer.isPresent() && answer.get() instanceof Unlocking.Released(Instant told)) {
                assertThat(told).isAfterOrEqualTo(until).isBeforeOrEqualTo(mustBeOff);
            }
            if (answer.isEmpty() && powerCuts.get() > cuts) {
                // A board that begins anew with a release has no watchdog until the driver is back, which locks first.
                eventually("locked by the next connection", () -> {
                    lock.check();
                    return !door.released();
                });
            }
        }

        /** Lets time pass in small steps, and looks each time. */
        private void pass(Duration total) {
            calls.add("pass " + total.toMillis());
            // This clock is faster than a busy machine: what was sent before must not arrive after.
            lock.check();
            eventually("the board has one host at most", () -> serving.get() <= 1);
            for (Duration left = total; left.isPositive(); left = left.minus(STEP)) {
                time.advance(left.compareTo(STEP) < 0 ? left : STEP);
                isWithinLimits();
            }
        }

        private void isWithinLimits() {
            assertThat(sent.forbidden()).isEmpty();
            Instant now = time.instant();
            // The driver talks to the board until the release is over, and perhaps one step longer, before it wants it
            // to be off.
            Optional<Instant> limit = settings.flash().isPresent()
                    ? Optional.of(mustBeOff)
                    : settings.watchdog()
                            .map(watchdog -> mustBeOff
                                    .plusMillis(watchdog.tenths() * 100L)
                                    .plus(STEP));
            limit.ifPresent(end -> assertThat(door.released() && now.isAfter(end))
                    .as("released at %s, %s was the end", now, end)
                    .isFalse());
        }

        /** One call; empty when the driver says that the board is not there. */
        private <T> Optional<T> call(String name, Supplier<T> call) {
            long begun = System.nanoTime();
            Optional<T> result;
            try {
                result = Optional.of(call.get());
            } catch (DeviceException e) {
                result = Optional.empty();
            }
            calls.add(name + (result.isPresent() ? "" : " (failed)"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(name).isLessThan(LONGEST_CALL);
            return result;
        }

        /** When nothing goes wrong any more, driver and board agree, and the door works. */
        private void recovers() {
            door.calm();
            door.shut();
            door.tamper(false);
            eventually(
                    "agrees with the board",
                    () -> lock.check() instanceof DeviceStatus.Ready
                            && lock.inspect().released().equals(Optional.of(door.released()))
                            && !lock.state().alarming());
            pass(Duration.ofSeconds(4));
            agreesThatItIs(false);
            releases(Duration.ofSeconds(2));
            // Until bolts have taken their time too.
            pass(Duration.ofMillis(2_101).plus(DoorState.GRACE));
            agreesThatItIs(false);
            releases(Duration.ofSeconds(30));
            lock.close();
            // On a busy machine the board may read what was sent at last only after the driver has given up its answer.
            eventually("locked by closing", () -> !door.released());
            assertThat(sent.forbidden()).isEmpty();
        }

        /** On a busy machine an answer may still be late; then nobody is let in, and who wants in tries again. */
        private void releases(Duration asked) {
            sent.asked(true);
            eventually("released, and driver and board agree", () -> {
                lock.check();
                return call("open " + asked.toMillis(), () -> lock.open(asked))
                                .filter(Unlocking.Released.class::isInstance)
                                .isPresent()
                        && door.released()
                        && lock.state() instanceof DoorState.Unlocked
                        && lock.inspect().released().equals(Optional.of(true));
            });
            sent.asked(false);
            mustBeOff = time.instant().plus(asked).plusMillis(100);
        }

        private void agreesThatItIs(boolean released) {
            eventually("driver and board agree on released=" + released, () -> {
                lock.check();
                return door.released() == released
                        && lock.inspect().released().equals(Optional.of(released))
                        && lock.state() instanceof DoorState.Unlocked == released;
            });
        }

        @Override
        public void close() {
            lock.close();
            door.close();
        }
    }
}
