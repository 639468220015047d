package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.simulator.DeskClock;
import fi.kimppa.device.simulator.VirtualDoor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that is killed, as by kill -9, while it has the lock released: no hook, no closing, no farewell on the wire. */
class CrashTest {
    /** The program that is killed: releases the lock for ten seconds, says so and waits. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (DoorLock lock = DoorLock.connect(DeviceAddress.parse(arguments[0]))) {
                eventually("ready", () -> lock.status() instanceof DeviceStatus.Ready);
                lock.open(Duration.ofSeconds(10));
                System.out.println("released");
                // Stopped as a frozen program is: alive and silent until it is killed.
                Thread.currentThread().join();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # the board ends the release itself by its timer; by its watchdog, sooner; or not at all
        flash=512,       10100
        watchdog=16:10,   1100
        '',              never
        """)
    void aKilledProgramLeavesTheDoorOpenNoLongerThanItsBoardAllows(String settings, String locksAfterMillis)
            throws IOException {
        try (var clock = DeskClock.standing(Instant.parse("2026-11-27T17:00:00Z"));
                var door = new VirtualDoor(0, () -> {}, clock)) {
            var address = DeviceAddress.parse("modbus:" + door.address().link() + "?timeout=500&" + settings
                    + (settings.isEmpty() ? "held=30" : ""));
            kill(address);
            assertThat(door.released()).as("killed in the middle").isTrue();
            boolean never = locksAfterMillis.equals("never");
            clock.advance(never ? Duration.ofDays(1) : Duration.ofMillis(Long.parseLong(locksAfterMillis)));
            assertThat(door.released()).isEqualTo(never);
            try (DoorLock next = DoorLock.connect(address)) {
                eventually("the next start locks it", () -> next.status() instanceof DeviceStatus.Ready);
                assertThat(door.released()).isFalse();
                assertThat(next.inspect().weaknesses().contains(DoorInspection.Weakness.CRASH_LEAVES_RELEASED))
                        .isEqualTo(never);
            }
        }
    }

    /** Starts the program and kills it as soon as the lock is released. */
    private static void kill(DeviceAddress address) throws IOException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        address.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = program.inputReader()) {
            assertThat(said.readLine()).isEqualTo("released");
        } finally {
            program.destroyForcibly();
            program.onExit().join();
        }
    }
}
