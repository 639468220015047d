package fi.kimppa.gateway.backend.embedded;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long it is kept what was paid to municipalities ({@code kimppa.creditors.*}).
 *
 * @param sums how long the sum of each day is kept
 */
@ConfigurationProperties("kimppa.creditors")
record CreditorSettings(@DefaultValue("730d") Duration sums) {
    CreditorSettings {
        if (sums.compareTo(CreditorDays.PAYMENTS) < 0) {
            throw new IllegalArgumentException(
                    "kimppa.creditors.sums must not be shorter than " + CreditorDays.PAYMENTS + "; found " + sums);
        }
    }
}
