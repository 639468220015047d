package fi.kimppa.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The PostgreSQL that a gateway has started for itself, past the gateway. Where it listens changes with each start. */
final class BenchServer {
    /** The name of the user who may do everything, and of the gateway's own database. */
    static final String NAME = "kimppa";

    private final Path data;

    /** The server of the gateway with this data directory. */
    BenchServer(Path data) {
        this.data = data;
    }

    /** A connection to the gateway's own database. */
    Connection connect() throws SQLException {
        return connect(NAME);
    }

    /** A connection to one of the server's databases. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), NAME, password());
    }

    /** Where one of the server's databases is, until the server's next start. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    String password() {
        return read(data.resolve("database.password")).strip();
    }

    String port() {
        return file().get(3).strip();
    }

    /** Makes a database of this name beside the gateway's, empty. */
    void create(String database) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException e) {
            throw new StartException("The gateway's server does not take one more database, " + database + ".", e);
        }
    }

    /** Changes a setting that needs no restart, by {@code alter system}. */
    void set(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new StartException("The gateway's database does not take: " + sql, e);
        }
    }

    /** What the server says, the statements that it runs among it where that is set. */
    Path log() {
        return data.resolve("database.log");
    }

    /** Its first process. */
    ProcessHandle process() {
        return ProcessHandle.of(Long.parseLong(file().getFirst().strip()))
                .orElseThrow(() -> new StartException("The gateway's database has ended."));
    }

    /** Whether it runs, or has not yet put its file away. */
    boolean running() {
        return Files.exists(data.resolve("database/postmaster.pid"));
    }

    /** The server says its process in the first line of its own file, and its port in the fourth. */
    private List<String> file() {
        return read(data.resolve("database/postmaster.pid")).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartException("Cannot read " + file, e);
        }
    }
}
