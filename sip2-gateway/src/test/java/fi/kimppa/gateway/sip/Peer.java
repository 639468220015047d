package fi.kimppa.gateway.sip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A self-check that says exactly what it is told to. */
final class Peer implements AutoCloseable {
    private final Socket socket;

    Peer(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void say(String line) throws IOException {
        send((line + "\r").getBytes(StandardCharsets.UTF_8));
    }

    String ask(String line) throws IOException {
        say(line);
        return hear().orElseThrow(() -> new AssertionError("the gateway hung up after " + line));
    }

    /** The next line without its end; empty when the gateway has hung up. */
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

    /** Whether the gateway hangs up. */
    boolean hungUp() throws IOException {
        try {
            return hear().isEmpty();
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** How many lines come before the gateway hangs up. */
    int hearAllUntilHungUp() throws IOException {
        int lines = 0;
        try {
            while (hear().isPresent()) {
                lines++;
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return lines; // hung up with lines of ours unread
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
