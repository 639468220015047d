package fi.kimppa.gateway.capture;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long and how much may be captured, and how long it is kept.
 *
 * @param longest the longest time that a capture may run, 5 minutes to 24 hours
 * @param maxLines lines of one capture: messages, and beginnings and ends of connections
 * @param maxSize characters of one capture's messages
 * @param waitingLines messages of all captures that may wait in memory to be written; more are dropped and counted
 * @param keep how long a masked capture is kept after its end
 * @param keepUnmasked how long an unmasked one is
 */
@Validated
@ConfigurationProperties("kimppa.capture")
record CaptureSettings(
        @DefaultValue("24h") Duration longest,
        @Min(100) @DefaultValue("50000") int maxLines,
        @DefaultValue("20MB") DataSize maxSize,
        @Min(1) @DefaultValue("4096") int waitingLines,
        @DefaultValue("14d") Duration keep,
        @DefaultValue("2d") Duration keepUnmasked) {
    /** The shortest time that can be asked for. */
    static final Duration SHORTEST = Duration.ofMinutes(5);

    private static final Duration DAY = Duration.ofDays(1);

    CaptureSettings {
        if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(DAY) > 0) {
            throw new IllegalArgumentException("kimppa.capture.longest is 5m to 24h");
        }
        if (keep.isNegative() || keepUnmasked.isNegative()) {
            throw new IllegalArgumentException("kimppa.capture.keep and keep-unmasked are not negative");
        }
    }
}
