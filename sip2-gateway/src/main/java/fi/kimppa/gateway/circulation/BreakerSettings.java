package fi.kimppa.gateway.circulation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a library system is taken for silent ({@code kimppa.breaker.*}).
 *
 * @param failures how many calls in a row must fail, without an answer to any in between
 * @param window within how long
 * @param pause how long after a failed trial no other is made
 */
@ConfigurationProperties("kimppa.breaker")
record BreakerSettings(
        @DefaultValue("3") int failures,
        @DefaultValue("30s") Duration window,
        @DefaultValue("10s") Duration pause) {
    BreakerSettings {
        if (failures < 1 || !window.isPositive() || pause.isNegative()) {
            throw new IllegalArgumentException(
                    "kimppa.breaker.failures must be at least 1, kimppa.breaker.window positive and"
                            + " kimppa.breaker.pause not negative; found " + failures + ", " + window + " and "
                            + pause);
        }
    }
}
