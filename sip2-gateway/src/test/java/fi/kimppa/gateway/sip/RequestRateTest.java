package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RequestRate rate = new RequestRate(new Sip2Limits(1, 1, 10, 3, 4), 0);

    @Test
    void takesAHandfulAtOnceAndLetsTheNextWait() {
        for (int i = 0; i < 3; i++) {
            assertThat(rate.take(0)).isZero();
        }
        assertThat(rate.take(0)).isEqualTo(SECOND / 10);
        assertThat(rate.take(SECOND / 10)).isEqualTo(SECOND / 10);
    }

    @Test
    void neverSlowsWhoStaysBelowTheRate() {
        for (int i = 0; i < 100; i++) {
            assertThat(rate.take(i * SECOND / 10)).isZero();
        }
    }

    @Test
    void savesUpNoMoreThanAHandfulInAQuietHour() {
        for (int i = 0; i < 3; i++) {
            assertThat(rate.take(3600 * SECOND)).isZero();
        }
        assertThat(rate.take(3600 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Test
    void callsItAFloodOnlyWhenThePeerDoesNotWaitForAnswers() {
        for (int i = 0; i < 50; i++) {
            assertThat(rate.isFlood(false)).isFalse();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(rate.isFlood(true)).isFalse();
        }
        assertThat(rate.isFlood(true)).isTrue();
    }

    @Test
    void beginsAnewWhenThePeerWaitsOrSlowsDown() {
        for (int round = 0; round < 5; round++) {
            assertThat(rate.isFlood(true)).isFalse();
            assertThat(rate.isFlood(true)).isFalse();
            assertThat(rate.isFlood(round % 2 == 0)).isFalse();
            assertThat(rate.take(round * 3600L * SECOND)).isZero();
        }
    }
}
