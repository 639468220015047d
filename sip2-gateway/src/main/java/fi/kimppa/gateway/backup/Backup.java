package fi.kimppa.gateway.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes everything that the database has at one moment into one file, while gateways go on working. The file is there whole or not at
 * all, and is on the disk before it has its name. Holds one connection and a few kilobytes.
 */
@Component
class Backup {
    private final DataSource source;
    private final JsonMapper json;
    private final Clock clock;

    Backup(DataSource source, JsonMapper json, Clock clock) {
        this.source = source;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Writes the file. Readable by whoever runs the gateway alone: it names patrons.
     *
     * @return what is in it
     * @throws IOException if it cannot be written; nothing is left
     * @throws SQLException if the database does not give it
     */
    Manifest into(Path file) throws IOException, SQLException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Manifest manifest = write(part);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Manifest write(Path part) throws IOException, SQLException {
        try (Connection connection = source.getConnection();
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
            boolean commits = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Manifest manifest = write(connection, zip);
                zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
                zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
                zip.closeEntry();
                return manifest;
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(commits);
            }
        }
    }

    private Manifest write(Connection connection, ZipOutputStream zip) throws IOException, SQLException {
        Instant now = clock.instant();
        int schema = Catalogue.schema(connection);
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        List<Manifest.Table> tables = new ArrayList<>();
        for (Map.Entry<String, List<String>> table :
                Catalogue.tables(connection).entrySet()) {
            tables.add(write(table.getKey(), table.getValue(), copies, zip));
        }
        // After the rows: a number that was given meanwhile is only left out, and none is given twice.
        return new Manifest(Manifest.FORMAT, schema, now, tables, Catalogue.sequences(connection));
    }

    private static Manifest.Table write(String name, List<String> columns, CopyManager copies, ZipOutputStream zip)
            throws IOException, SQLException {
        MessageDigest digest = sha256();
        Manifest.Table table = new Manifest.Table(name, columns, 0, "");
        zip.putNextEntry(new ZipEntry(table.entry()));
        long rows;
        try (OutputStream out = new DigestOutputStream(new Open(zip), digest)) {
            rows = copies.copyOut("copy " + Catalogue.quoted(name) + list(columns) + " to stdout", out);
        }
        zip.closeEntry();
        return new Manifest.Table(name, columns, rows, HexFormat.of().formatHex(digest.digest()));
    }

    /** Columns for a COPY. */
    static String list(List<String> columns) {
        return columns.stream().map(Catalogue::quoted).collect(Collectors.joining(", ", " (", ")"));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** An entry's end does not close the file. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() {
            try {
                flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
