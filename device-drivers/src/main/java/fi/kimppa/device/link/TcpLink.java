package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A TCP connection to a device, or on the virtual desk to a host. */
final class TcpLink implements ByteLink {
    private static final int CONNECT_MILLIS = 2_000;

    private final DeviceAddress address;
    private final Socket socket;
    private volatile boolean closed;

    TcpLink(DeviceAddress address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
    }

    static TcpLink connect(DeviceAddress address, DeviceAddress.Link.Tcp place) {
        long begun = System.nanoTime();
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(place.host(), place.port()), CONNECT_MILLIS);
            return new TcpLink(address, socket);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new LinkException(address, Phase.OPEN, Elapsed.since(begun), StatusReason.UNREACHABLE, e);
        }
    }

    @Override
    public DeviceAddress address() {
        return address;
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        long begun = System.nanoTime();
        try {
            if (timeout.isZero() && socket.getInputStream().available() == 0) {
                return 0;
            }
            socket.setSoTimeout((int) Math.max(1, timeout.toMillis()));
            int count = socket.getInputStream().read(buffer);
            // A thread that waits here may still be given bytes that came after the closing.
            if (count < 0 || closed) {
                throw new LinkException(
                        address, Phase.READ, Elapsed.since(begun), StatusReason.UNPLUGGED, "the other end hung up");
            }
            return count;
        } catch (SocketTimeoutException _) {
            return 0;
        } catch (IOException e) {
            throw new LinkException(address, Phase.READ, Elapsed.since(begun), StatusReason.UNPLUGGED, e);
        }
    }

    @Override
    public void write(byte[] bytes) {
        long begun = System.nanoTime();
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new LinkException(address, Phase.WRITE, Elapsed.since(begun), StatusReason.UNPLUGGED, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing is lost: what mattered was confirmed by an answer, not by closing.
        }
    }
}
