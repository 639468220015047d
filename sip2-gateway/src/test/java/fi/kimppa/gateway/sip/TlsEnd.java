package fi.kimppa.gateway.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** Takes TLS off and passes the bytes on to a port without it, both ways, as a balancer does. */
public final class TlsEnd implements AutoCloseable {
    private final TestAuthority.Machine identity;
    private final ServerSocket listener;
    private final int target;

    public TlsEnd(int target) throws Exception {
        this.target = target;
        this.identity = TestAuthority.selfSigned("balancer");
        SSLContext context = identity.context();
        this.listener = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String sha256() throws Exception {
        return identity.sha256();
    }

    private void accept() {
        try {
            while (true) {
                Socket outside = listener.accept();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> pump(outside, inside));
                Thread.ofVirtual().start(() -> pump(inside, outside));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // The other direction has closed both.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
