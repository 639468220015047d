package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.time.Duration;

/**
 * A device behind a file of the system, such as a printer of the USB printer class at {@code /dev/usb/lp0}, and the near end of a
 * pseudo-terminal. Linux only; needs {@code --enable-native-access}.
 */
public final class FileLink implements ByteLink {
    /** A wait is cut into slices, so that closing does not pull the descriptor away from under it. */
    private static final int SLICE_MILLIS = 10;
    /** A printer that takes nothing for so long takes nothing any more. */
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

    private final int descriptor;
    private final DeviceAddress address;
    private final Object lock = new Object();
    private boolean closed;

    /**
     * A link over an open descriptor that never blocks; it is closed with the link.
     *
     * @param address what it leads to
     */
    public FileLink(int descriptor, DeviceAddress address) {
        this.descriptor = descriptor;
        this.address = address;
    }

    static FileLink open(DeviceAddress address, DeviceAddress.Link.File file) {
        int result = LibC.open(file.path());
        if (result >= 0) {
            return new FileLink(result, address);
        }
        if (result == -LibC.EACCES) {
            throw AccessDenied.to(file.path(), address, Duration.ZERO);
        }
        throw new LinkException(
                address, Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, "system error " + -result);
    }

    @Override
    public DeviceAddress address() {
        return address;
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        long begun = System.nanoTime();
        int count;
        do {
            long left = timeout.toMillis() - (System.nanoTime() - begun) / 1_000_000;
            synchronized (lock) {
                count = closed ? -LibC.EIO : readSlice(buffer, Math.clamp(left, 0, SLICE_MILLIS));
            }
        } while (count == 0 && System.nanoTime() - begun < timeout.toNanos());
        if (count < 0) {
            throw gone(Phase.READ, begun, count);
        }
        return count;
    }

    /** How many bytes came within one short wait; below zero when the other end is gone. */
    private int readSlice(byte[] buffer, int millis) {
        int happened = LibC.poll(descriptor, LibC.READABLE, millis);
        if (happened < 0 || (happened & LibC.READABLE) == 0) {
            return (happened & LibC.GONE) != 0 ? -LibC.EIO : Math.min(happened, 0);
        }
        int count = LibC.read(descriptor, buffer);
        if (count == 0) {
            // The driver of USB printers tells so that an answer was empty; a terminal, that it was hung up.
            return (happened & LibC.GONE) != 0 ? -LibC.EIO : 0;
        }
        return count == -LibC.EAGAIN ? 0 : count;
    }

    @Override
    public void write(byte[] bytes) {
        long begun = System.nanoTime();
        long progress = begun;
        int written = 0;
        while (written < bytes.length) {
            int count;
            synchronized (lock) {
                count = closed ? -LibC.EIO : writeSlice(bytes, written);
            }
            if (count < 0) {
                throw gone(Phase.WRITE, begun, count);
            }
            written += count;
            progress = count > 0 ? System.nanoTime() : progress;
            if (System.nanoTime() - progress > WRITE_PATIENCE.toNanos()) {
                throw new LinkException(
                        address,
                        Phase.WRITE,
                        Elapsed.since(begun),
                        StatusReason.NO_ANSWER,
                        "took " + written + " of " + bytes.length + " bytes");
            }
        }
    }

    private int writeSlice(byte[] bytes, int from) {
        int happened = LibC.poll(descriptor, LibC.WRITABLE, SLICE_MILLIS);
        if (happened < 0 || (happened & LibC.WRITABLE) == 0) {
            return (happened & LibC.GONE) != 0 ? -LibC.EIO : Math.min(happened, 0);
        }
        int count = LibC.write(descriptor, bytes, from);
        return count == -LibC.EAGAIN ? 0 : count;
    }

    private LinkException gone(Phase phase, long begun, int error) {
        return new LinkException(
                address,
                phase,
                Elapsed.since(begun),
                StatusReason.UNPLUGGED,
                "the other end is gone, system error " + -error);
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (!closed) {
                closed = true;
                LibC.close(descriptor);
            }
        }
    }
}
