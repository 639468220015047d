package fi.kimppa.gateway.sip;

import fi.kimppa.sip2.wire.FrameAssembler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One accepted socket: lines in, bytes out, and a deadline that somebody else's timer enforces by closing it.
 *
 * <p>Threads: the session's thread reads and writes; {@link #close()}, {@link #overdue()} and {@link #peer()} may be
 * called by any.
 */
final class Sip2Connection implements AutoCloseable {
    /** A line passed the ceiling: its end, and so the next message's beginning, cannot be known any more. */
    static final class OversizedLineException extends IOException {
        OversizedLineException(int ceiling) {
            super("a line of more than " + ceiling + " bytes");
        }
    }

    private final Socket raw;
    private final Optional<SSLSocketFactory> tls;
    private final int ceiling;
    private final FrameAssembler assembler;
    private final byte[] buffer = new byte[4096];
    private int position;
    private int limit;
    private Socket socket;
    private volatile long deadlineNanos;

    Sip2Connection(Socket raw, Optional<SSLSocketFactory> tls, int maxFrameBytes, Duration firstDeadline) {
        this.raw = raw;
        this.socket = raw;
        this.tls = tls;
        this.ceiling = maxFrameBytes;
        this.assembler = new FrameAssembler(maxFrameBytes);
        this.deadlineNanos = System.nanoTime() + firstDeadline.toNanos();
    }

    /** Makes the connection ready to be read: the TLS handshake, where there is one. */
    void open() throws IOException {
        raw.setTcpNoDelay(true);
        raw.setKeepAlive(true);
        if (tls.isPresent()) {
            SSLSocket secure =
                    (SSLSocket) tls.get().createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
            secure.setUseClientMode(false);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            socket = secure;
        }
    }

    /** The next line without its end; empty when the peer has hung up. */
    Optional<byte[]> receive() throws IOException {
        InputStream in = socket.getInputStream();
        while (true) {
            while (position < limit) {
                Optional<byte[]> line = assembler.accept(buffer[position++]);
                if (line.isPresent()) {
                    return line;
                }
                if (assembler.oversized()) {
                    throw new OversizedLineException(ceiling);
                }
            }
            Arrays.fill(buffer, 0, limit, (byte) 0);
            position = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                return Optional.empty();
            }
        }
    }

    void send(byte[] message) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(message);
        out.flush();
    }

    /** Gives the peer this long from now. */
    void allow(Duration time) {
        deadlineNanos = System.nanoTime() + time.toNanos();
    }

    boolean overdue() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    /** Address and port of the other end, for logs. */
    String peer() {
        return raw.getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "?";
    }

    /** Closes the socket under whatever reads or writes it. */
    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
        try {
            raw.close();
        } catch (IOException _) {
            // Closing is all that was wanted, and the socket is gone either way.
        }
    }
}
