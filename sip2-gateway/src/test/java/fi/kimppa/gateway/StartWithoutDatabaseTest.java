package fi.kimppa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.database.TestPostgres.Database;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A gateway, a program of its own, that starts before its database. */
class StartWithoutDatabaseTest {
    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void itBeginsAgainUntilTheDatabaseAnswers(@TempDir Path data) throws Exception {
        Database database = TestPostgres.empty();
        URI real = URI.create(database.url().substring("jdbc:".length()));
        try (Gate gate = new Gate(real.getPort())) {
            Process gateway = start(
                    data,
                    "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + gate.port() + real.getPath(),
                    database);
            try (BufferedReader said = gateway.inputReader()) {
                assertThat(until(said, "Start it, or make room.")).isTrue();
                gate.open = true;
                assertThat(until(said, "Started GatewayApplication")).isTrue();
            } finally {
                gateway.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void itDoesNotWaitWhereWaitingMendsNothing(@TempDir Path data) throws Exception {
        Database database = TestPostgres.empty();
        Process gateway = start(data, "--spring.datasource.url=" + database.url() + "_which_is_not_there", database);
        try (BufferedReader said = gateway.inputReader()) {
            assertThat(until(said, "does not exist")).isTrue();
            assertThat(gateway.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.exitValue()).isNotZero();
        } finally {
            gateway.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Process start(Path data, String url, Database database) throws IOException {
        String product = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        product,
                        GatewayApplication.class.getName(),
                        url,
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.datasource.hikari.connection-timeout=250",
                        "--spring.datasource.hikari.initialization-fail-timeout=1",
                        "--spring.flyway.connect-retries=0",
                        "--kimppa.data-directory=" + data,
                        "--kimppa.sip.plain.port=0",
                        "--kimppa.sip.tls.port=0",
                        "--server.port=0"))
                .redirectErrorStream(true)
                .start();
    }

    private static boolean until(BufferedReader said, String words) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(words)) {
                return true;
            }
        }
        return false;
    }

    /** A way to the database that hangs up on everybody until it is opened. */
    private static final class Gate implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int farEnd;
        private volatile boolean open;

        Gate(int farEnd) throws IOException {
            this.farEnd = farEnd;
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return door.getLocalPort();
        }

        private void accept() {
            while (!door.isClosed()) {
                try {
                    Socket near = door.accept();
                    if (open) {
                        Socket far = new Socket(InetAddress.getLoopbackAddress(), farEnd);
                        Thread.ofVirtual().start(() -> pass(near, far));
                        Thread.ofVirtual().start(() -> pass(far, near));
                    } else {
                        near.close();
                    }
                } catch (IOException e) {
                    // Closed; the loop looks.
                }
            }
        }

        private static void pass(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One end has gone.
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
