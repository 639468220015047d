package fi.kimppa.device.rfid;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * The security writes that are owed, on disk (SQLite, WAL, synchronous FULL), so that a crash between the library system's
 * answer and the tag is repaired after the next start. A method that returns has written.
 *
 * <p>Order of calls: {@link #owe} before the first write to the tag, {@link #attempted} after each failed one, {@link #settle}
 * when verified; {@link #pending} at start.
 *
 * <p>Threads: any; calls are serialised.
 */
public final class SecurityLedger implements AutoCloseable {
    private final Path file;
    private final Connection connection;

    private SecurityLedger(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the ledger in a file, which is made if it is not there.
     *
     * @throws LedgerException when the file cannot be used
     */
    public static SecurityLedger open(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try (var statement = connection.createStatement()) {
                // What is settled is overwritten: the rows say which thing was lent.
                statement.execute("PRAGMA secure_delete = ON");
                // One row a tag: a later transaction makes the earlier wish void. Rows go when the tag is verified.
                statement.execute("""
                        CREATE TABLE IF NOT EXISTS pending_security (
                          uid        TEXT PRIMARY KEY,
                          sequence   INTEGER NOT NULL,
                          operation  TEXT NOT NULL,
                          identifier TEXT NOT NULL,
                          target     TEXT NOT NULL,
                          attempts   INTEGER NOT NULL
                        )""");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new SecurityLedger(file, connection);
        } catch (SQLException e) {
            throw new LedgerException(file, e);
        }
    }

    /** Writes down that a tag must get a security. It replaces what was owed to the same UID before: the last transaction counts. */
    public synchronized PendingSecurity owe(String operation, Uid uid, String identifier, TagSecurity target) {
        update("""
                INSERT OR REPLACE INTO pending_security (uid, sequence, operation, identifier, target, attempts)
                VALUES (?, (SELECT coalesce(max(sequence), 0) + 1 FROM pending_security), ?, ?, ?, 0)""", uid.toString(), operation, identifier, target.name());
        return new PendingSecurity(operation, uid, identifier, target, 0);
    }

    /** Counts a failed attempt; nothing happens if nothing is owed for this operation and tag. */
    public synchronized void attempted(String operation, Uid uid) {
        update(
                "UPDATE pending_security SET attempts = attempts + 1 WHERE uid = ? AND operation = ?",
                uid.toString(),
                operation);
    }

    /** Removes what was owed, after the tag was verified or staff took over. Harmless when repeated. */
    public synchronized void settle(String operation, Uid uid) {
        update("DELETE FROM pending_security WHERE uid = ? AND operation = ?", uid.toString(), operation);
    }

    /** Leaves nothing on disk of what is settled: the write-ahead log is carried over and emptied. Not while a patron waits. */
    public synchronized void tidy() {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new LedgerException(file, e);
        }
    }

    private void update(String sql, String... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new LedgerException(file, e);
        }
    }

    /** Everything still owed, oldest first. */
    public synchronized List<PendingSecurity> pending() {
        List<PendingSecurity> pending = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT operation, uid, identifier, target, attempts"
                        + " FROM pending_security ORDER BY sequence")) {
            while (row.next()) {
                pending.add(new PendingSecurity(
                        row.getString("operation"),
                        Uid.parse(row.getString("uid")),
                        row.getString("identifier"),
                        TagSecurity.valueOf(row.getString("target")),
                        row.getInt("attempts")));
            }
        } catch (SQLException e) {
            throw new LedgerException(file, e);
        }
        return List.copyOf(pending);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new LedgerException(file, e);
        }
    }
}
