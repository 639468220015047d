package fi.kimppa.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own server across starts, kills and busy ports. */
class PostgresServerTest {
    /** From here on the system gives ports to whoever asks for any, also to other tests. */
    private static final int FIRST_GIVEN = 32_768;

    @TempDir
    Path folder;

    /** Unpacking takes seconds; the programs of the shared server will do. */
    @BeforeEach
    void borrowTheBinaries() throws Exception {
        try (var files = Files.list(TestPostgres.folder())) {
            Path binaries = files.filter(file -> file.getFileName().toString().startsWith("postgres-"))
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(folder.resolve(binaries.getFileName()), binaries);
        }
    }

    @Test
    void keepsItsDataBetweenStartsAndWritesThroughToTheDisk() throws Exception {
        try (PostgresServer first = PostgresServer.start(folder, 0)) {
            execute(first, "create table kept (word text)");
            execute(first, "insert into kept values ('pysyy')");
            assertThat(ask(first, "show fsync")).isEqualTo("on");
            assertThat(ask(first, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(first, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(first, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> DriverManager.getConnection(first.url(), PostgresServer.USER, "guess"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> PostgresServer.start(folder, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another gateway")
                    .hasMessageContaining("kimppa.data-directory");
        }

        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> PostgresServer.start(folder, busy.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + busy.getLocalPort())
                    .hasMessageContaining("kimppa.database.port");
        }

        try (PostgresServer second = PostgresServer.start(folder, 0)) {
            assertThat(ask(second, "select word from kept")).isEqualTo("pysyy");
        }
    }

    @Test
    void adoptsTheServerOfAKilledGatewayOrStopsIt() throws Exception {
        int port = kill();
        int otherPort = ThreadLocalRandom.current()
                .ints(10_000, FIRST_GIVEN)
                .filter(PostgresServerTest::free)
                .findFirst()
                .orElseThrow();

        PostgresServer adopted = PostgresServer.start(folder, 0);
        assertThat(adopted.port()).as("adopted").isEqualTo(port);
        execute(adopted, "create table kept as select 'pysyy' as word");
        adopted.close();

        kill();
        try (PostgresServer restarted = PostgresServer.start(folder, otherPort)) {
            assertThat(restarted.port()).as("stopped and started anew").isEqualTo(otherPort);
            assertThat(ask(restarted, "select word from kept")).isEqualTo("pysyy");
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Root without user namespaces, as in most containers; an ordinary user has no choice to make. */
    @Test
    void runsAsNobodyWhereRootMayNotMakeNamespacesAndStaysSo() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root has to become somebody else");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectories(folder.resolve("gateway"));
        // It unpacks its own programs: nobody may not be able to reach the shared ones.
        try (PostgresServer first = PostgresServer.start(home, 0, EnumSet.of(NotRoot.NOBODY))) {
            execute(first, "create table kept as select 'pysyy' as word");
            assertThat(Files.getOwner(home.resolve("database")).getName()).isEqualTo("nobody");
            assertThat(ownerOf(home)).isEqualTo("nobody");
        }
        try (PostgresServer second = PostgresServer.start(home, 0)) {
            assertThat(ask(second, "select word from kept")).isEqualTo("pysyy");
            assertThat(ownerOf(home)).isEqualTo("nobody");
        }
    }

    /** Who the running server is. */
    private static String ownerOf(Path home) throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(home.resolve("database/postmaster.pid")).getFirst());
        return ProcessHandle.of(pid).orElseThrow().info().user().orElseThrow();
    }

    private int kill() throws Exception {
        Process gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledServer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = gateway.inputReader(StandardCharsets.UTF_8)) {
            int port = output.lines()
                    .filter(line -> line.matches("\\d+"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElseThrow();
            gateway.destroyForcibly();
            assertThat(gateway.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return port;
        } finally {
            gateway.destroyForcibly();
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            connection.createStatement().execute(sql);
        }
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.url(), PostgresServer.USER, server.password());
    }
}
