package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.sip.Line.ArrivalRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port that terminals come in by. Its thread accepts and hands over, nothing else: headers and handshakes are read
 * on each connection's own thread, or one slow peer would keep a whole consortium waiting after a cut.
 *
 * <p>Threads: may be shared.
 */
final class Sip2Listener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sip2Listener.class);
    /** When nothing can be accepted, as without free file descriptors, trying at once again would take a whole core. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final String name;
    private final List<Subnet> proxies;
    private final Optional<ListenerTls> tls;
    private final ServerSocket socket;

    /**
     * Listens; connections wait in the backlog until {@link #accept} is called.
     *
     * @throws IOException if the address or port cannot be had
     */
    Sip2Listener(String name, Sip2Settings.Listener settings, int backlog, Optional<ListenerTls> tls)
            throws IOException {
        this.name = name;
        this.proxies = settings.proxies();
        this.tls = tls;
        this.socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.address(), settings.port()), backlog);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    int port() {
        return socket.getLocalPort();
    }

    Optional<ListenerTls> tls() {
        return tls;
    }

    /** Hands over every connection, until closed. */
    void accept(Consumer<Socket> taker) {
        while (!socket.isClosed()) {
            try {
                taker.accept(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    log.warn("A SIP2 connection could not be accepted: {}", e.getMessage());
                    LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
                }
            }
        }
    }

    /**
     * Whose connection this is: the one that a balancer names, where balancers are expected, else the socket's own
     * other end.
     *
     * @throws ArrivalRefusedException if a balancer is expected, and this is none
     */
    InetSocketAddress peerOf(Socket connection) throws IOException {
        InetSocketAddress direct = new InetSocketAddress(connection.getInetAddress(), connection.getPort());
        if (proxies.isEmpty()) {
            return direct;
        }
        if (proxies.stream().noneMatch(known -> known.contains(direct.getAddress()))) {
            throw new ArrivalRefusedException(
                    "proxy_untrusted", "it is none of the balancers of " + Sip2Settings.key(name) + ".proxies");
        }
        return ProxyHeader.read(connection.getInputStream()).orElse(direct);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("A SIP2 listener did not close: {}", e.getMessage());
        }
    }
}
