package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.PinnedCertificate;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection on which nothing is tidied up: half messages go out, and line ends are seen as they come, which a link
 * for use would hide. For one thread.
 */
final class SocketWire implements Wire {
    private static final int LONGEST_LINE = 1 << 20;
    private static final Duration LINE_FEED = Duration.ofMillis(200);

    private final Socket socket;
    private int ahead = -1;

    private SocketWire(Socket socket) {
        this.socket = socket;
    }

    /** A connection that somebody else has made. */
    static SocketWire of(Socket socket) {
        return new SocketWire(socket);
    }

    /** @throws LinkException in phase CONNECT */
    static SocketWire open(Sip2Address address, Duration timeout) {
        long start = System.nanoTime();
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), Math.toIntExact(timeout.toMillis()));
            socket.setTcpNoDelay(true);
            return new SocketWire(address.transport() == Transport.TLS ? shakeHands(address, socket, timeout) : socket);
        } catch (IOException | GeneralSecurityException e) {
            closeQuietly(socket);
            throw new LinkException(address, Phase.CONNECT, Duration.ofNanos(System.nanoTime() - start), true, e);
        }
    }

    private static Socket shakeHands(Sip2Address address, Socket socket, Duration timeout)
            throws IOException, GeneralSecurityException {
        SSLContext context = address.pin().isPresent()
                ? PinnedCertificate.context(address.pin().get())
                : SSLContext.getDefault();
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, address.host(), address.port(), true);
        if (address.pin().isEmpty()) {
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        tls.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        tls.startHandshake();
        return tls;
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    @Override
    public Heard hear(Duration timeout) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (line.size() < LONGEST_LINE) {
            Optional<Integer> next = next(Duration.ofNanos(deadline - System.nanoTime()));
            if (next.isEmpty()) {
                return new Heard.Nothing();
            }
            int value = next.get();
            if (value < 0) {
                return new Heard.End(line.size());
            }
            if (value == '\r' || (value == '\n' && line.size() > 0)) {
                ahead = value == '\n' ? -1 : ahead;
                return new Heard.Line(line.toByteArray());
            }
            if (value != '\n') {
                line.write(value);
            }
        }
        return new Heard.Line(line.toByteArray());
    }

    @Override
    public boolean lineFeedFollows() {
        Optional<Integer> next = next(LINE_FEED);
        if (next.isEmpty()) {
            return false;
        }
        ahead = next.get();
        return ahead == '\n';
    }

    /** The next byte, -1 for the end; empty when none came in time. */
    private Optional<Integer> next(Duration timeout) {
        if (ahead >= 0) {
            int value = ahead;
            ahead = -1;
            return Optional.of(value);
        }
        try {
            socket.setSoTimeout(Math.toIntExact(Math.max(1, timeout.toMillis())));
            return Optional.of(socket.getInputStream().read());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            // A reset is an end as well.
            return Optional.of(-1);
        }
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing is the last thing done with it; there is nobody left to tell.
            return;
        }
    }
}
