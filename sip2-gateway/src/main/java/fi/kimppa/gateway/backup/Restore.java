package fi.kimppa.gateway.backup;

import fi.kimppa.gateway.consortium.CannotStartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills an empty database from a backup before anything else sees it: the schema as it was, the rows in one transaction, then the
 * migrations since. A gateway that dies in between goes on where it was. What had no end in the backup may have ended since, outside
 * of our database: it is marked, and settled with more care (package circulation).
 */
@Component
class Restore implements FlywayMigrationStrategy {
    /** The table that is there from the moment the rows are until all is done. */
    static final String MARK = "restore_to_finish";

    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    private final BackupSettings settings;
    private final JsonMapper json;
    private final Clock clock;

    Restore(BackupSettings settings, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void migrate(Flyway flyway) {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            if (!marked(connection) && settings.toRestore().isPresent()) {
                restore(settings.toRestore().get(), flyway, connection);
            }
            flyway.migrate();
            finish(connection);
        } catch (SQLException e) {
            throw new CannotStartException("The database does not answer as it should: " + e.getMessage(), e);
        }
    }

    private void restore(Path file, Flyway flyway, Connection connection) throws SQLException {
        if (used(connection)) {
            throw new CannotStartException("kimppa.backup.restore names " + file
                    + ", but the database is in use already; leave the setting out, or choose an empty database"
                    + " (kimppa.data-directory or spring.datasource.url)");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Manifest manifest = manifest(zip, file);
            newest(flyway, manifest, file);
            LOG.info("Restoring {} of {} rows, taken {}", file, manifest.rows(), manifest.takenAt());
            Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .target(String.valueOf(manifest.schema()))
                    .load()
                    .migrate();
            load(manifest, zip, connection);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean used(Connection connection) throws SQLException {
        return Catalogue.schema(connection) > 0
                && is(
                        connection,
                        "select exists (select from municipalities) or exists (select from journal)"
                                + " or exists (select from patrons)");
    }

    private static boolean marked(Connection connection) throws SQLException {
        return is(connection, "select to_regclass('" + MARK + "') is not null");
    }

    private static boolean is(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private Manifest manifest(ZipFile zip, Path file) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null) {
            throw new CannotStartException(file + " is no backup of a gateway, or was cut off; choose another one");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Manifest manifest = json.readValue(in, Manifest.class);
            if (manifest.format() != Manifest.FORMAT) {
                throw new CannotStartException(file + " has format " + manifest.format()
                        + ", which this version does not know; use the version that wrote it, or a later one");
            }
            return manifest;
        } catch (JacksonException e) {
            throw unreadable(file, e);
        }
    }

    private static void newest(Flyway flyway, Manifest manifest, Path file) {
        int known = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getVersion() != null)
                .mapToInt(migration -> Integer.parseInt(migration.getVersion().getVersion()))
                .max()
                .orElse(0);
        if (manifest.schema() > known) {
            throw new CannotStartException(file + " was written by a later version (its schema is " + manifest.schema()
                    + ", this one knows " + known + "); use that version");
        }
    }

    private void load(Manifest manifest, ZipFile zip, Connection connection) throws IOException, SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate "
                    + manifest.tables().stream()
                            .map(table -> Catalogue.quoted(table.name()))
                            .collect(Collectors.joining(", ")));
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (Manifest.Table table : manifest.tables()) {
                load(table, zip, copies);
            }
            for (Map.Entry<String, Long> sequence : manifest.sequences().entrySet()) {
                statement.execute(
                        "select setval('" + Catalogue.quoted(sequence.getKey()) + "', " + sequence.getValue() + ")");
            }
            statement.execute("create table " + MARK + " (taken_at timestamptz not null)");
            statement.execute(
                    "insert into " + MARK + " values ('" + manifest.takenAt().atOffset(ZoneOffset.UTC) + "')");
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void load(Manifest.Table table, ZipFile zip, CopyManager copies) throws IOException, SQLException {
        @Nullable ZipEntry entry = zip.getEntry(table.entry());
        if (entry == null) {
            throw new IOException(table.entry() + " is not in it");
        }
        MessageDigest digest = Backup.sha256();
        try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
            long rows = copies.copyIn(
                    "copy " + Catalogue.quoted(table.name()) + Backup.list(table.columns()) + " from stdin", in);
            in.transferTo(OutputStream.nullOutputStream());
            if (rows != table.rows()
                    || !HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
                throw new IOException(table.entry() + " is not what was written");
            }
        }
    }

    /** What depends on the schema of this version. */
    private void finish(Connection connection) throws SQLException {
        if (!marked(connection)) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            int open = statement.executeUpdate(
                    "update journal set restored = true where state in ('OPEN', 'UNKNOWN', 'WAITING')");
            Instant now = clock.instant();
            statement.execute("insert into restores (taken_at, restored_at) select taken_at, '"
                    + now.atOffset(ZoneOffset.UTC) + "' from " + MARK);
            statement.execute("drop table " + MARK);
            connection.commit();
            LOG.warn(
                    "The database is restored. {} changes had no end in the backup and are settled with care;"
                            + " what was done after it was taken is not in it",
                    open);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static CannotStartException unreadable(Path file, Exception cause) {
        return new CannotStartException(
                "kimppa.backup.restore: " + file + " cannot be read (" + cause.getMessage()
                        + "); nothing was written that counts. Choose another backup",
                cause);
    }
}
