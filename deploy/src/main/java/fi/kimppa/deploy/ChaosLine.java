package fi.kimppa.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A wire that can be cut and slowed down: bytes come in at one port and go out to another. Threads: any. */
final class ChaosLine implements AutoCloseable {
    private final ServerSocket door;
    private final int farEnd;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;

    private ChaosLine(ServerSocket door, int farEnd) {
        this.door = door;
        this.farEnd = farEnd;
    }

    /** Lays a wire to this port, on loopback. */
    static ChaosLine to(int farEnd) {
        try {
            ChaosLine line = new ChaosLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), farEnd);
            Thread.ofVirtual().start(line::accept);
            return line;
        } catch (IOException e) {
            throw new StartException("This machine has no free loopback port.", e);
        }
    }

    /** Where it begins. */
    int port() {
        return door.getLocalPort();
    }

    /** Cuts it: what is under way is lost, and nobody comes through. */
    void cut() {
        cut = true;
        sockets.forEach(ChaosLine::hangUp);
    }

    /** From now on every piece is so late. */
    void slow(Duration newDelay) {
        delay = newDelay;
    }

    /** Mends it. */
    void mend() {
        cut = false;
        delay = Duration.ZERO;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                if (cut) {
                    hangUp(near);
                } else {
                    Thread.ofVirtual().start(() -> join(near));
                }
            } catch (IOException e) {
                // Closed; the loop looks.
            }
        }
    }

    private void join(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), farEnd)) {
            sockets.add(near);
            sockets.add(far);
            if (cut) {
                return;
            }
            Thread back = Thread.ofVirtual().start(() -> pass(far, near));
            pass(near, far);
            back.join();
        } catch (IOException e) {
            // Nobody at the far end: whoever called is hung up on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(near);
            sockets.removeIf(Socket::isClosed);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[4_096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!delay.isZero()) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // Cut, or one end has gone.
        } finally {
            hangUp(from);
            hangUp(to);
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        hangUpDoor();
        cut();
    }

    private void hangUpDoor() {
        try {
            door.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
