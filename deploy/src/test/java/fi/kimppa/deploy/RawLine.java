package fi.kimppa.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A SIP2 connection that says exactly what it is told to, right or wrong. */
final class RawLine implements AutoCloseable {
    private static final int PATIENCE_MS =
            Math.toIntExact(Duration.ofSeconds(20).toMillis());

    private final Socket socket;

    RawLine(House house) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), house.ports().of(Ports.Use.SIP));
        socket.setSoTimeout(PATIENCE_MS);
    }

    void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r").getBytes(StandardCharsets.UTF_8));
    }

    /** Says a line and returns the next one that comes back, without its end. */
    String ask(String line) throws IOException {
        say(line);
        return hear().orElseThrow(() -> new AssertionError("the gateway hung up after " + line));
    }

    /** The next line; empty when the gateway has hung up. */
    Optional<String> hear() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = socket.getInputStream().read();
                next >= 0;
                next = socket.getInputStream().read()) {
            if (next == '\r') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            line.write(next);
        }
        return Optional.empty();
    }

    /** Whether the gateway hangs up rather than answers. */
    boolean hungUp() {
        try {
            return hear().isEmpty();
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
