package fi.kimppa.gateway.circulation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the journal remembers ({@code kimppa.journal.*}).
 *
 * @param repeats how long a settled row answers repeats; after that it no longer names the card
 * @param rows how long a settled row is kept at all
 */
@ConfigurationProperties("kimppa.journal")
record JournalSettings(
        @DefaultValue("24h") Duration repeats,
        @DefaultValue("7d") Duration rows) {
    JournalSettings {
        if (!repeats.isPositive() || rows.compareTo(repeats) < 0) {
            throw new IllegalArgumentException("kimppa.journal.repeats must be positive and no longer than"
                    + " kimppa.journal.rows; found " + repeats + " and " + rows);
        }
    }
}
