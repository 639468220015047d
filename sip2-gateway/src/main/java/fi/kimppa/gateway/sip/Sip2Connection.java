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
import javax.net.ssl.SSLSocket;

/**
 * One accepted socket: lines in, bytes out, and a deadline that somebody else's timer enforces by closing it.
 *
 * <p>Ten thousand of them may be idle at once, so the buffer is about as long as a message, not as a page.
 */
final class Sip2Connection implements Line {
    /** A line passed the ceiling: its end, and so the next message's beginning, cannot be known any more. */
    static final class OversizedLineException extends IOException {
        private static final long serialVersionUID = 1;

        OversizedLineException(int ceiling) {
            super("a line of more than " + ceiling + " bytes");
        }
    }

    private static final int BUFFER = 512;

    private final Socket raw;
    private final Sip2Listener listener;
    private final int ceiling;
    private final FrameAssembler assembler;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private Socket socket;
    private volatile long deadlineNanos;

    Sip2Connection(Socket raw, Sip2Listener listener, int maxFrameBytes, Duration firstDeadline) {
        this.raw = raw;
        this.socket = raw;
        this.listener = listener;
        this.ceiling = maxFrameBytes;
        this.assembler = new FrameAssembler(maxFrameBytes);
        this.deadlineNanos = System.nanoTime() + firstDeadline.toNanos();
    }

    /** The PROXY header and the TLS handshake, where this listener has them. */
    @Override
    public Arrival open() throws IOException {
        raw.setTcpNoDelay(true);
        raw.setKeepAlive(true);
        InetSocketAddress peer = listener.peerOf(raw);
        Optional<ClientCertificate> certificate = Optional.empty();
        if (listener.tls().isPresent()) {
            SSLSocket secure = listener.tls().get().handshake(raw);
            socket = secure;
            certificate = listener.tls().get().certificateOf(secure.getSession());
        }
        return new Arrival(listener.name(), listener.port(), peer, certificate);
    }

    @Override
    public Optional<byte[]> receive() throws IOException {
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

    @Override
    public boolean moreWaits() throws IOException {
        return position < limit || socket.getInputStream().available() > 0;
    }

    @Override
    public void send(byte[] message) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(message);
        out.flush();
    }

    @Override
    public void allow(Duration time) {
        deadlineNanos = System.nanoTime() + time.toNanos();
    }

    @Override
    public boolean overdue() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    @Override
    public boolean lasting() {
        return true;
    }

    @Override
    public String peer() {
        return raw.getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "?";
    }

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
