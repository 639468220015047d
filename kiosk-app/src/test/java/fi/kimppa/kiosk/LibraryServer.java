package fi.kimppa.kiosk;

import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The model library behind a SIP2 socket on loopback, with a plug and a fault. Threads: any. */
final class LibraryServer implements AutoCloseable {
    private final ModelLibrary library;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
    private final AtomicReference<Optional<MessageType>> swallow = new AtomicReference<>(Optional.empty());
    private volatile ServerSocket server;
    private final int port;

    LibraryServer(ModelLibrary library) {
        this.library = library;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    String address() {
        return "sip2:tcp:127.0.0.1:" + port;
    }

    /** Carries the next request of this kind out, then hangs up without an answer. */
    void hangUpAfter(MessageType type) {
        swallow.set(Optional.of(type));
    }

    /** Nobody answers any more. */
    void stop() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody answers again, at the same address. */
    void restart() {
        server = listen(port);
    }

    private ServerSocket listen(int where) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where));
            Thread.ofVirtual().start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> converse(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket connection) {
        FrameAssembler assembler = new FrameAssembler(65_536);
        try (connection) {
            InputStream in = connection.getInputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                Optional<byte[]> line = assembler.accept((byte) octet);
                if (line.isPresent()
                        && codec.decode(line.get()) instanceof Decoded.Complete(var frame, boolean detect)) {
                    Response answer = library.answer(Request.from(frame));
                    if (swallow.get().equals(Optional.of(frame.type()))) {
                        swallow.set(Optional.empty());
                        return;
                    }
                    connection
                            .getOutputStream()
                            .write(codec.encode(answer.toFrame().withSequence(frame.sequence()), detect));
                }
            }
        } catch (IOException e) {
            return;
        } finally {
            connections.remove(connection);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
