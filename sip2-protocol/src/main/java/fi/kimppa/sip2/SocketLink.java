package fi.kimppa.sip2;

import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.wire.FrameAssembler;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One conversation on a socket, with or without TLS. */
final class SocketLink implements Sip2Link {
    private final Sip2Address address;
    private final SocketChannel wire;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final FrameAssembler assembler;
    private final byte[] buffer = new byte[4096];
    private final Queue<byte[]> lines = new ArrayDeque<>();

    private SocketLink(Sip2Address address, SocketChannel wire, Socket socket, int maxFrameBytes) throws IOException {
        this.address = address;
        this.wire = wire;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.assembler = new FrameAssembler(maxFrameBytes);
    }

    static SocketLink open(Sip2Address address, Duration timeout, int maxFrameBytes) {
        long start = System.nanoTime();
        SocketChannel wire;
        try {
            wire = SocketChannel.open();
        } catch (IOException e) {
            throw new LinkException(address, Phase.CONNECT, since(start), true, e);
        }
        Socket socket = wire.socket();
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), Math.toIntExact(timeout.toMillis()));
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            Socket spoken =
                    address.transport() == Sip2Address.Transport.TLS ? handshake(address, socket, timeout) : socket;
            return new SocketLink(address, wire, spoken, maxFrameBytes);
        } catch (IOException | GeneralSecurityException e) {
            closeQuietly(socket);
            throw new LinkException(address, Phase.CONNECT, since(start), true, e);
        }
    }

    private static Socket handshake(Sip2Address address, Socket socket, Duration timeout)
            throws IOException, GeneralSecurityException {
        SSLContext context = address.pin().isPresent()
                ? PinnedCertificate.context(address.pin().get())
                : SSLContext.getDefault();
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, address.host(), address.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (address.pin().isEmpty()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        tls.setSSLParameters(parameters);
        tls.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        tls.startHandshake();
        return tls;
    }

    @Override
    public void send(byte[] bytes) {
        long start = System.nanoTime();
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new LinkException(address, Phase.SEND, since(start), false, e);
        }
    }

    @Override
    public Optional<byte[]> receive(Duration timeout) {
        long start = System.nanoTime();
        try {
            while (lines.isEmpty()) {
                long left = timeout.minus(since(start)).toMillis();
                if (left <= 0) {
                    return Optional.empty();
                }
                socket.setSoTimeout(Math.toIntExact(left));
                read();
            }
            return Optional.ofNullable(lines.poll());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (EOFException e) {
            throw new LinkException(address, Phase.CLOSED, since(start), false, e);
        } catch (IOException e) {
            throw new LinkException(address, Phase.RECEIVE, since(start), false, e);
        }
    }

    /** Looks at the wire itself, also below TLS, without waiting: that would cost every request a millisecond. */
    @Override
    public boolean stale() {
        try {
            wire.configureBlocking(false);
            try {
                // Bytes that nobody asked for are a late answer, or a server that speaks first: neither can be trusted
                // now.
                return !lines.isEmpty() || wire.read(ByteBuffer.allocate(1)) != 0;
            } finally {
                wire.configureBlocking(true);
            }
        } catch (IOException e) {
            return true;
        }
    }

    private void read() throws IOException {
        int count = in.read(buffer);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        for (int i = 0; i < count; i++) {
            assembler.accept(buffer[i]).ifPresent(lines::add);
        }
        if (assembler.oversized()) {
            throw new IOException("a line longer than this link allows");
        }
    }

    @Override
    public boolean remembered() {
        return true;
    }

    @Override
    public Sip2Address address() {
        return address;
    }

    /** A reset. Below TLS, since its farewell would have to wait behind what is not sent. */
    @Override
    public void abandon() {
        try {
            wire.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The connection has ended by itself.
            return;
        } finally {
            closeQuietly(wire);
        }
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            // Closing is the last thing done with it; there is nobody left to tell.
            return;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
