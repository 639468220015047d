package fi.kimppa.gateway.circulation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long who waits ({@code kimppa.deadlines.*}); each shorter than the next, so that an answer always finds
 * somebody waiting.
 *
 * @param backend how long the gateway waits for a backend
 * @param timeoutPeriod what the 98 tells terminals to wait, in tenths of a second on the wire
 * @param kiosk how long our own kiosk waits before it gives up
 * @param settle how long after a change was sent, and after the library system has begun to answer again, "it is not there" is not believed
 *     yet, since it may still be at it: longer than the slowest of them ever needs
 */
@ConfigurationProperties("kimppa.deadlines")
public record Deadlines(
        @DefaultValue("8s") Duration backend,
        @DefaultValue("10s") Duration timeoutPeriod,
        @DefaultValue("15s") Duration kiosk,
        @DefaultValue("30s") Duration settle) {
    /** Checks that they nest. */
    public Deadlines {
        if (!backend.isPositive()
                || backend.compareTo(timeoutPeriod) >= 0
                || timeoutPeriod.compareTo(kiosk) >= 0
                || timeoutPeriod.compareTo(Duration.ofMillis(99_800)) > 0) {
            throw new IllegalArgumentException(
                    "kimppa.deadlines must nest: 0 < backend < timeout-period < kiosk, timeout-period at most 99.8 s;"
                            + " found backend " + backend.toMillis() + " ms, timeout-period "
                            + timeoutPeriod.toMillis() + " ms, kiosk " + kiosk.toMillis() + " ms");
        }
        if (settle.compareTo(backend) <= 0) {
            throw new IllegalArgumentException(
                    "kimppa.deadlines.settle must be longer than kimppa.deadlines.backend; found " + settle.toMillis()
                            + " ms and " + backend.toMillis() + " ms");
        }
    }
}
