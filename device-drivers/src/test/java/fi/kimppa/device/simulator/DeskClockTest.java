package fi.kimppa.device.simulator;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeskClockTest {
    private static final Instant START = Instant.parse("2026-11-27T17:00:00Z");

    @Test
    void aStandingClockRunsEachTaskAtItsOwnMomentAndInOrder() {
        List<String> ran = new ArrayList<>();
        try (var clock = DeskClock.standing(START)) {
            clock.after(Duration.ofSeconds(3), () -> ran.add("c " + since(clock)));
            clock.after(Duration.ofSeconds(1), () -> {
                ran.add("a " + since(clock));
                clock.after(Duration.ofSeconds(1), () -> ran.add("b " + since(clock)));
            });
            clock.after(Duration.ofSeconds(3), () -> ran.add("d " + since(clock)));
            clock.after(Duration.ofSeconds(9), () -> ran.add("never"));
            assertThat(ran).isEmpty();
            clock.advance(Duration.ofSeconds(8));
            assertThat(ran).containsExactly("a 1", "b 2", "c 3", "d 3");
            assertThat(clock.instant()).isEqualTo(START.plusSeconds(8));
        }
    }

    private static long since(DeskClock clock) {
        return Duration.between(START, clock.instant()).toSeconds();
    }

    @Test
    void aRunningClockGoesByItselfAndForgetsWhenClosed() {
        var ran = new AtomicBoolean();
        var never = new AtomicBoolean();
        DeskClock clock = DeskClock.running();
        Instant begun = clock.instant();
        clock.after(Duration.ofMillis(5), () -> ran.set(true));
        eventually("the task", ran::get);
        assertThat(clock.instant()).isAfterOrEqualTo(begun.plusMillis(5));
        clock.after(Duration.ofHours(1), () -> never.set(true));
        clock.close();
        clock.after(Duration.ZERO, () -> never.set(true));
        assertThat(never).isFalse();
    }
}
