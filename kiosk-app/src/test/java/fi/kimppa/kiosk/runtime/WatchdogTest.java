package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the service manager is told that the kiosk lives, and that it hears it. */
class WatchdogTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicLong now = new AtomicLong(1_000);
    private final AtomicLong session = new AtomicLong(1_000);
    private final AtomicLong window = new AtomicLong(1_000);
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> told = new ArrayList<>();

    private Watchdog watchdog(Optional<Duration> limit) {
        return new Watchdog(
                told::add,
                limit,
                List.of(
                        new Watchdog.Pulse("the session", () -> {}, session::get),
                        new Watchdog.Pulse("the window", asked::incrementAndGet, window::get)),
                now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void beat(AtomicLong pulse) {
        pulse.set(now.get());
    }

    @Test
    void saysReadyOnlyWhenEverythingHasBeatenOnce() {
        try (Watchdog watchdog = watchdog(Optional.of(LIMIT))) {
            assertThat(watchdog.turn()).contains(Duration.ofMillis(50));
            pass(Duration.ofSeconds(1));
            beat(session);
            assertThat(watchdog.turn()).contains(Duration.ofMillis(50));
            assertThat(told).isEmpty();
            assertThat(asked).hasValue(2);
            beat(window);
            assertThat(watchdog.turn()).contains(LIMIT.dividedBy(4));
            assertThat(told).containsExactly("READY=1");
        }
    }

    @Test
    void feedsWhileBothBeatAndStopsWhenOneStandsStill() {
        try (Watchdog watchdog = watchdog(Optional.of(LIMIT))) {
            pass(Duration.ofSeconds(1));
            beat(session);
            beat(window);
            watchdog.turn();
            pass(Duration.ofSeconds(5));
            beat(session);
            watchdog.turn();
            assertThat(told).containsExactly("READY=1", "WATCHDOG=1");
            // The window has not drawn for more than half of the limit, and the loop turns all the same.
            pass(Duration.ofSeconds(6));
            beat(session);
            assertThat(watchdog.turn()).contains(LIMIT.dividedBy(4));
            assertThat(told).containsExactly("READY=1", "WATCHDOG=1");
            beat(window);
            watchdog.turn();
            assertThat(told).containsExactly("READY=1", "WATCHDOG=1", "WATCHDOG=1");
            // Now the other way round.
            pass(Duration.ofSeconds(11));
            beat(window);
            watchdog.turn();
            assertThat(told).hasSize(3);
        }
    }

    @Test
    void saysNothingMoreWhereNobodyWaits() {
        try (Watchdog watchdog = watchdog(Optional.empty())) {
            pass(Duration.ofSeconds(1));
            beat(session);
            beat(window);
            assertThat(watchdog.turn()).isEmpty();
            assertThat(told).containsExactly("READY=1");
        }
    }

    @ParameterizedTest
    @CsvSource({"20000000, 20", "1, 0", "0,", "-5,", "soon,", "9999999999999999999999,"})
    void readsTheLimitInMicroseconds(String micros, Integer seconds) {
        assertThat(Watchdog.limit(Map.of("WATCHDOG_USEC", micros)).map(Duration::toSeconds))
                .isEqualTo(Optional.ofNullable(seconds).map(Integer::longValue));
    }

    @Test
    void isNotThereWithoutAServiceManager() {
        assertThat(Watchdog.start(Map.of("NOTIFY_SOCKET", ""), List.of())).isEmpty();
        assertThat(Watchdog.start(Map.of(), List.of())).isEmpty();
    }

    /** A real datagram socket of the system, by name in the file system and by an abstract name. */
    @ParameterizedTest
    @ValueSource(strings = {"", "@"})
    @EnabledOnOs(OS.LINUX)
    void isHeardOnALocalSocket(String kind, @TempDir Path folder) throws IOException {
        String socket = kind.isEmpty()
                ? folder.resolve("notify").toString()
                : "@kimppa-watchdog-" + ProcessHandle.current().pid();
        Process manager = listener(socket);
        try (BufferedReader heard = manager.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(heard.readLine()).as("python3 listens").isEqualTo("listening");
            AtomicLong beat = new AtomicLong(System.nanoTime());
            Map<String, String> environment = Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "400000");
            var pulse = new Watchdog.Pulse("a test", () -> beat.set(System.nanoTime()), beat::get);
            try (Watchdog _ = Watchdog.start(environment, List.of(pulse)).orElseThrow()) {
                assertThat(heard.readLine()).isEqualTo("READY=1");
                assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
                assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
            }
        } finally {
            manager.destroyForcibly();
        }
    }

    private static Process listener(String socket) throws IOException {
        return new ProcessBuilder("python3", "-c", """
                            import socket, sys
                            name = sys.argv[1]
                            heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                            heard.bind('\\0' + name[1:] if name.startswith('@') else name)
                            print('listening', flush=True)
                            while True:
                                print(heard.recv(4096).decode(), flush=True)
                            """, socket)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
