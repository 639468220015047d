package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One end of a pair of queues in this process. Closing either end hangs up. */
public final class MemoryLink implements ByteLink {
    private final DeviceAddress address;
    private final Pipe in;
    private final Pipe out;

    private MemoryLink(DeviceAddress address, Pipe in, Pipe out) {
        this.address = address;
        this.in = in;
        this.out = out;
    }

    /**
     * The two ends.
     *
     * @param host for the driver
     * @param device for the device
     */
    public record Pair(ByteLink host, ByteLink device) {}

    /** A new pair. */
    public static Pair pair(DeviceAddress address) {
        var toDevice = new Pipe();
        var toHost = new Pipe();
        return new Pair(new MemoryLink(address, toHost, toDevice), new MemoryLink(address, toDevice, toHost));
    }

    @Override
    public DeviceAddress address() {
        return address;
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        int count = in.take(buffer, timeout);
        if (count < 0) {
            throw new LinkException(address, Phase.READ, timeout, StatusReason.UNPLUGGED, "the other end hung up");
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) {
        if (!out.put(bytes)) {
            throw new LinkException(
                    address, Phase.WRITE, Duration.ZERO, StatusReason.UNPLUGGED, "the other end hung up");
        }
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }

    /** Bytes on their way in one direction. */
    private static final class Pipe {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private byte[] waiting = new byte[0];
        private boolean closed;

        boolean put(byte[] bytes) {
            lock.lock();
            try {
                if (closed) {
                    return false;
                }
                var joined = new ByteArrayOutputStream();
                joined.writeBytes(waiting);
                joined.writeBytes(bytes);
                waiting = joined.toByteArray();
                changed.signalAll();
                return true;
            } finally {
                lock.unlock();
            }
        }

        /** How many bytes were taken; 0 when the time passed, -1 when there will be no more. */
        int take(byte[] buffer, Duration timeout) {
            lock.lock();
            try {
                long left = timeout.toNanos();
                while (waiting.length == 0 && !closed && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (waiting.length == 0) {
                    return closed ? -1 : 0;
                }
                int count = Math.min(buffer.length, waiting.length);
                System.arraycopy(waiting, 0, buffer, 0, count);
                waiting = java.util.Arrays.copyOfRange(waiting, count, waiting.length);
                return count;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return closed ? -1 : 0;
            } finally {
                lock.unlock();
            }
        }

        void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
