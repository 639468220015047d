package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.circulation.Breaker.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When nobody else waits for a library system, and when somebody does again. */
class BreakerTest {
    private long now = 5_000;
    private final Breaker breaker =
            new Breaker(new BreakerSettings(3, Duration.ofSeconds(30), Duration.ofSeconds(10)), () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void staysClosedAfterOneFailureWhileTheSystemSaysThatItIsThere() {
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.doubted()).isTrue();
        breaker.probed(true);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void opensAfterOneFailureAndOneProbeAndClosesWithAGoodOne() {
        breaker.failed();
        assertThat(breaker.probed(false)).isTrue();
        assertThat(breaker.admits()).isFalse();

        assertThat(breaker.probed(true)).isTrue();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void takesTwoProbesWhereNoCallHasFailed() {
        assertThat(breaker.probed(false)).isFalse();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.probed(false)).isTrue();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void countsFailuresInARowAndForgetsThemWithAnAnswer() {
        breaker.failed();
        breaker.failed();
        breaker.answered();
        breaker.failed();
        breaker.failed();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);

        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void countsFailuresWithinTheWindowOnly() {
        breaker.failed();
        breaker.failed();
        pass(Duration.ofSeconds(31));
        assertThat(breaker.failed()).isFalse();
        pass(Duration.ofSeconds(31));

        assertThat(breaker.probed(false)).as("what failed is long ago").isFalse();
    }

    /** A 98 may come from in front of a server that does nothing (backends.md section 3.1). */
    @Test
    void letsOneCallGoFirstWhereProbesSucceedAndCallsFail() {
        for (int failure = 0; failure < 3; failure++) {
            breaker.failed();
        }
        breaker.probed(true);

        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).as("the second").isFalse();
        breaker.answered();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).as("everybody").isTrue();
    }

    @Test
    void waitsAfterATrialThatFailed() {
        for (int failure = 0; failure < 3; failure++) {
            breaker.failed();
        }
        breaker.probed(true);
        breaker.admits();
        assertThat(breaker.failed()).isTrue();

        breaker.probed(true);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        pass(Duration.ofSeconds(10));
        breaker.probed(true);
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void makesTheTrialAgainWhereItSaidNothing() {
        for (int failure = 0; failure < 3; failure++) {
            breaker.failed();
        }
        breaker.probed(true);
        breaker.admits();
        breaker.neither();

        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new BreakerSettings(0, Duration.ofSeconds(30), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kimppa.breaker.failures");
    }
}
