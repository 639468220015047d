package fi.kimppa.gateway.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One real PostgreSQL for all tests of this JVM. The first database with the schema and the demonstration is a
 * template; every test class gets a copy of its own.
 */
public final class TestPostgres {
    private static final AtomicInteger COPIES = new AtomicInteger();
    private static final String TEMPLATE = "demo_template";
    private static boolean templateReady;
    private static @Nullable PostgresServer server;

    private TestPostgres() {}

    /** Where a database of the shared server is. */
    public record Database(String url, String user, String password) {}

    /**
     * A fresh copy of the demonstration.
     *
     * @param fill writes schema and demonstration into the template, once
     */
    public static synchronized Database demo(Consumer<Database> fill) {
        if (!templateReady) {
            execute("create database " + TEMPLATE);
            fill.accept(database(TEMPLATE));
            templateReady = true;
        }
        String name = "copy_" + COPIES.incrementAndGet();
        execute("create database " + name + " template " + TEMPLATE);
        return database(name);
    }

    /** An empty database. */
    public static synchronized Database empty() {
        String name = "empty_" + COPIES.incrementAndGet();
        execute("create database " + name);
        return database(name);
    }

    /** The folder that has the unpacked binaries. */
    public static synchronized Path folder() {
        server();
        return Path.of("target", "test-postgres-" + ProcessHandle.current().pid())
                .toAbsolutePath();
    }

    /** A folder for a gateway with a database of its own. Unpacking takes seconds; the programs of the shared server will do. */
    public static String home(Path home) {
        try (Stream<Path> files = Files.list(folder())) {
            Path programs = files.filter(file -> file.getFileName().toString().startsWith("postgres-"))
                    .findFirst()
                    .orElseThrow();
            Path link = Files.createDirectories(home).resolve(programs.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, programs);
            }
            return home.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer server() {
        if (server == null) {
            Path folder =
                    Path.of("target", "test-postgres-" + ProcessHandle.current().pid());
            PostgresServer started = PostgresServer.start(folder, 0);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            server = started;
        }
        return server;
    }

    private static Database database(String name) {
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + server().port() + "/" + name,
                PostgresServer.USER,
                server().password());
    }

    private static void execute(String sql) {
        try (Connection connection =
                DriverManager.getConnection(server().url(), PostgresServer.USER, server().password())) {
            connection.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
