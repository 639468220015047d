package fi.kimppa.gateway.consortium;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongClockTest {
    private static final Instant RIGHT = Instant.parse("2026-11-27T18:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void isWrongByWhatTheFileSaysAndRightWithoutIt() throws IOException {
        Path file = folder.resolve("clock.txt");
        WrongClock clock = new WrongClock(Clock.fixed(RIGHT, GatewayClock.ZONE), file);
        assertThat(clock.instant()).isEqualTo(RIGHT);
        assertThat(clock.getZone()).isEqualTo(GatewayClock.ZONE);

        Files.writeString(file, "-PT90S\n");
        await(() -> clock.instant().equals(RIGHT.minus(Duration.ofSeconds(90))));

        Files.writeString(file, "nonsense");
        await(() -> clock.instant().equals(RIGHT.minus(Duration.ofSeconds(90))));

        Files.delete(file);
        await(() -> clock.instant().equals(RIGHT));
    }
}
