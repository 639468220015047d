package fi.kimppa.gateway.circulation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the journal remembers ({@code kimppa.journal.*}).
 *
 * @param repeats how long a settled row answers repeats
 * @param names how long a settled row names the card and what was said; after that nothing links a person and a thing
 * @param rows how long a settled row is kept at all
 * @param chain how long it stays on record what became of each change, without whose it was
 * @param overdue how long a change may have no end before the page of the tasks says so
 */
@ConfigurationProperties("kimppa.journal")
record JournalSettings(
        @DefaultValue("24h") Duration repeats,
        @DefaultValue("7d") Duration names,
        @DefaultValue("14d") Duration rows,
        @DefaultValue("400d") Duration chain,
        @DefaultValue("30m") Duration overdue) {
    JournalSettings {
        if (!repeats.isPositive() || names.compareTo(repeats) < 0 || rows.compareTo(names) < 0) {
            throw new IllegalArgumentException("kimppa.journal.repeats must be positive and no longer than"
                    + " kimppa.journal.names, and that no longer than kimppa.journal.rows; found " + repeats + ", "
                    + names + " and " + rows);
        }
        if (chain.compareTo(rows) < 0) {
            throw new IllegalArgumentException(
                    "kimppa.journal.chain must not be shorter than kimppa.journal.rows; found " + chain + " and "
                            + rows);
        }
    }
}
