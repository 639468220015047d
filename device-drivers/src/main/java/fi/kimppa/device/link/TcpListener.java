package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts TCP connections on the loopback address and gives each to a handler on a thread of its own. A connection ends when its
 * handler returns. Closing the listener ends all at once: afterwards nothing is accepted or read, and the port is free.
 *
 * <p>The threads are platform threads, because on JDK 25 a socket on which a virtual thread waits stays open until that thread has
 * woken up.
 */
public final class TcpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    /** A consortium's hosts reconnect together; a short queue would make them wait for retries. */
    private static final int BACKLOG = 64;

    private final ServerSocket server;
    private final Thread acceptor;
    private final Set<ByteLink> connections = ConcurrentHashMap.newKeySet();

    private TcpListener(ServerSocket server, String driver, Consumer<ByteLink> handler) {
        this.server = server;
        this.acceptor = Thread.ofPlatform().daemon().name(driver + "-accept").unstarted(() -> accept(driver, handler));
    }

    /**
     * Begins to listen on 127.0.0.1.
     *
     * @param driver names what is offered, in the address of each connection
     * @param port 0 lets the system choose
     * @param handler runs until its connection ends
     * @throws UncheckedIOException when the port is taken, naming driver and port
     */
    public static TcpListener listen(String driver, int port, Consumer<ByteLink> handler) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            try {
                server.bind(loopback(port), BACKLOG);
            } catch (IOException e) {
                server.close();
                throw new IOException(driver + ": cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
            }
            var listener = new TcpListener(server, driver, handler);
            listener.acceptor.start();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(String driver, Consumer<ByteLink> handler) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                var address = new DeviceAddress(
                        driver,
                        new DeviceAddress.Link.Tcp(socket.getInetAddress().getHostAddress(), socket.getPort()),
                        Map.of());
                var link = new TcpLink(address, socket);
                connections.add(link);
                Thread.ofPlatform()
                        .daemon()
                        .name(driver + "-" + socket.getPort())
                        .start(() -> {
                            run(driver, link, handler);
                        });
                if (server.isClosed()) {
                    link.close();
                }
            } catch (IOException _) {
                // Either the listener was closed, which ends the loop, or a peer vanished before it was accepted.
            }
        }
    }

    private void run(String driver, ByteLink link, Consumer<ByteLink> handler) {
        try (link) {
            handler.accept(link);
        } catch (DeviceException e) {
            // Hanging up is how connections end.
            LOG.debug("{}: {}", driver, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: a connection ended in a surprise", driver, e);
        } finally {
            connections.remove(link);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(20);

    /** A port on which nothing listens and which nobody else gets: who connects is refused. Closing it sets the port free. */
    public static final class HeldPort implements AutoCloseable {
        private final Socket socket;

        private HeldPort(int port) {
            Socket bound = new Socket();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!bound.isBound()) {
                try {
                    bound.setReuseAddress(true);
                    bound.bind(loopback(port));
                } catch (IOException e) {
                    // A connection that somebody opened just now may have got it for its own end.
                    if (System.nanoTime() - until > 0) {
                        throw new UncheckedIOException(e);
                    }
                    LockSupport.parkNanos(AGAIN.toNanos());
                }
            }
            socket = bound;
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** The port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Closes it, and keeps its port for whoever listens here next. */
    public HeldPort closeAndHold() {
        int port = port();
        close();
        return new HeldPort(port);
    }

    @Override
    public void close() {
        try {
            server.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connections.forEach(ByteLink::close);
        }
    }
}
