package fi.kimppa.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The system's own PC/SC service with two virtual readers of vsmartcard, for one test class: Debian's packages {@code pcscd} and
 * {@code vsmartcard-vpcd}, as root, on ports of its own. Where they are absent the tests are passed over, but not in CI.
 */
final class Pcscd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/pcscd");
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final Path SOCKET = Path.of("/run/pcscd/pcscd.comm");
    private static final String READER = "Kimppa Virtual";

    private final Path folder;
    private final int port;
    /** The service's socket has one place in the system, so one build at a time. */
    private final FileChannel guard;

    private final FileLock lock;
    private Process process;

    private Pcscd(Path folder, FileChannel guard) throws IOException {
        this.folder = folder;
        this.guard = guard;
        this.lock = guard.lock();
        this.port = freePair();
        Files.writeString(Files.createDirectory(folder.resolve("readers")).resolve("vpcd"), """
                FRIENDLYNAME "%s"
                DEVICENAME   /dev/null:0x%X
                LIBPATH      %s
                CHANNELID    0x%X
                """.formatted(
                        READER, port, DRIVER, port));
        this.process = run();
    }

    /** Starts it, or passes over the tests that want it. */
    static Pcscd start(Path folder) throws IOException {
        boolean there = Files.exists(PROGRAM) && Files.exists(DRIVER);
        if (System.getenv("CI") != null) {
            assertThat(there).as("the packages pcscd and vsmartcard-vpcd").isTrue();
        }
        assumeTrue(there, "needs the packages pcscd and vsmartcard-vpcd");
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "kimppa-pcscd.lock");
        return new Pcscd(folder, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** vpcd opens two readers on ports that follow each other. */
    private static int freePair() throws IOException {
        while (true) {
            try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var second = new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return second.getLocalPort() - 1;
            } catch (IOException e) {
                // The next port is taken: another pair.
            } catch (IllegalArgumentException e) {
                // There is no next port.
            }
        }
    }

    private Process run() {
        try {
            Process started = new ProcessBuilder(
                            List.of(PROGRAM.toString(), "--foreground", "--config", folder.resolve("readers") + ""))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            Eventually.eventually("pcscd listens", () -> Files.exists(SOCKET) || !started.isAlive());
            boolean running = started.isAlive();
            if (!running && System.getenv("CI") == null) {
                assumeTrue(false, "pcscd does not start here: " + Files.readString(log()));
            }
            assertThat(running).as("pcscd runs: %s", Files.readString(log())).isTrue();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("pcscd.log");
    }

    /** Where a card for the first reader is laid. */
    int port() {
        return port;
    }

    /** Where a card for the second reader is laid. */
    int secondPort() {
        return port + 1;
    }

    /** The beginning of both readers' names. */
    String readers() {
        return READER;
    }

    /** The name of the first reader. */
    String reader() {
        return READER + " 00 00";
    }

    /** The name of the second reader. */
    String secondReader() {
        return READER + " 00 01";
    }

    /** Ends it without warning. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    private void ended() {
        Eventually.eventually("pcscd has ended", () -> !process.isAlive());
    }

    /** Starts it again after it has ended. */
    void restart() throws IOException {
        Files.deleteIfExists(SOCKET);
        process = run();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        ended();
        lock.release();
        guard.close();
    }
}
