package fi.kimppa.gateway.backup;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Backups ({@code kimppa.backup.*}). When they are taken is {@code kimppa.backup.at}, a cron expression.
 *
 * @param directory where they are kept; null for a folder in the data directory with a database of our own, and for none with
 *     another
 * @param keep how many nights are kept, 1 to 3650
 * @param restore the file that an empty database is filled from; null for none
 */
@ConfigurationProperties("kimppa.backup")
record BackupSettings(
        @Nullable Path directory,
        @DefaultValue("14") int keep,
        @Nullable Path restore) {
    BackupSettings {
        if (keep < 1 || keep > 3650) {
            throw new IllegalArgumentException("kimppa.backup.keep must be 1 to 3650, found " + keep);
        }
    }

    Optional<Path> chosenDirectory() {
        return Optional.ofNullable(directory);
    }

    Optional<Path> toRestore() {
        return Optional.ofNullable(restore);
    }
}
