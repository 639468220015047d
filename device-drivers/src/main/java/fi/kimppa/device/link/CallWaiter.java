package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceAddress.Link;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a device that connects by itself. The port is taken at the first attempt and kept until it is closed, so that a device that
 * calls while nobody listens is not turned away. For one line.
 */
public final class CallWaiter implements LinkOpener {
    /** One attempt waits so long; the line makes the next at once, and others may talk in between. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final DeviceAddress address;
    private final Link.Listen place;
    private @Nullable ServerSocket server;
    private boolean closed;

    /** Waits at an address of this machine. */
    public CallWaiter(DeviceAddress address, Link.Listen place) {
        this.address = address;
        this.place = place;
    }

    @Override
    public ByteLink open() {
        long begun = System.nanoTime();
        try {
            return new TcpLink(address, listening().accept());
        } catch (SocketTimeoutException _) {
            throw new LinkException(
                    address, Phase.OPEN, Elapsed.since(begun), StatusReason.UNREACHABLE, "no device has called yet");
        } catch (IOException e) {
            throw new LinkException(address, Phase.OPEN, Elapsed.since(begun), StatusReason.UNREACHABLE, e);
        }
    }

    private synchronized ServerSocket listening() throws IOException {
        ServerSocket open = server;
        if (open == null) {
            if (closed) {
                throw new IOException("closed");
            }
            open = new ServerSocket();
            open.setReuseAddress(true);
            open.setSoTimeout((int) PATIENCE.toMillis());
            try {
                open.bind(new InetSocketAddress(place.host(), place.port()));
            } catch (IOException e) {
                open.close();
                throw e;
            }
            server = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        closed = true;
        ServerSocket open = server;
        if (open != null) {
            server = null;
            try {
                open.close();
            } catch (IOException _) {
                // Nobody waits there any more, which is what was wanted.
            }
        }
    }
}
