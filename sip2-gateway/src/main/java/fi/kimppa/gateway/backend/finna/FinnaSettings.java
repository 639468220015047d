package fi.kimppa.gateway.backend.finna;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Finna is asked. It is a public service without a key, so it is asked as little as will do.
 *
 * @param url where its interface is
 * @param answer how long one answer may take, 1 ms or more
 * @param keep how long an answer is good for
 * @param mostKept how many answers are kept, 1 to 100,000
 * @param perMinute how many questions this gateway asks in a minute at most, 1 or more
 * @param pause how long nothing is asked after Finna was silent or said that it has no time
 */
@ConfigurationProperties("kimppa.finna")
record FinnaSettings(
        @DefaultValue("https://api.finna.fi/v1") URI url,
        @DefaultValue("4s") Duration answer,
        @DefaultValue("5m") Duration keep,
        @DefaultValue("500") int mostKept,
        @DefaultValue("120") int perMinute,
        @DefaultValue("15s") Duration pause) {
    /** Checks the ranges. */
    FinnaSettings {
        if (answer.toMillis() < 1 || keep.isNegative() || pause.isNegative()) {
            throw new IllegalArgumentException("answer must be 1 ms or more, keep and pause not negative");
        }
        if (mostKept < 1 || mostKept > 100_000 || perMinute < 1) {
            throw new IllegalArgumentException("most-kept must be 1 to 100000, and per-minute 1 or more");
        }
    }
}
