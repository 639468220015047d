package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Map;

/**
 * The device's end of a serial line that is not there: a Linux pseudo-terminal, whose other end a driver opens by its path like
 * any serial port. Needs {@code --enable-native-access}. Closing it looks to the driver like a pulled plug; a driver that closes its
 * end is a host that hung up. Line errors, parity and baud rate do not exist on it.
 *
 * <p>Threads: one reader and one writer; {@link #close()} from any.
 */
@SuppressWarnings("restricted") // Calls libc; that is what this class is for.
public final class Pty implements ByteLink {
    private static final int READ_WRITE_NO_CONTROLLING_TERMINAL = 0x102;
    private static final short READABLE = 1;
    private static final short HUNG_UP = 0x10;
    private static final int PATH_BYTES = 128;
    /** A wait is cut into slices, so that closing does not pull the descriptor away from under a read. */
    private static final int SLICE_MILLIS = 10;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = libc("posix_openpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle GRANT = libc("grantpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle UNLOCK = libc("unlockpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle NAME =
            libc("ptsname_r", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final MethodHandle READ =
            libc("read", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final MethodHandle WRITE =
            libc("write", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final MethodHandle CLOSE = libc("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle POLL =
            libc("poll", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);

    private final int descriptor;
    private final DeviceAddress address;
    private final Object lock = new Object();
    private boolean closed;

    private Pty(int descriptor, DeviceAddress address) {
        this.descriptor = descriptor;
        this.address = address;
    }

    /**
     * Opens a new pair.
     *
     * @param driver goes into the address
     */
    public static Pty open(String driver) {
        int descriptor = (int) call(OPEN, READ_WRITE_NO_CONTROLLING_TERMINAL);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(PATH_BYTES);
            if (descriptor < 0
                    || call(GRANT, descriptor) != 0
                    || call(UNLOCK, descriptor) != 0
                    || call(NAME, descriptor, name, (long) PATH_BYTES) != 0) {
                throw new IllegalStateException("The system gives no pseudo-terminal");
            }
            String path = name.getString(0);
            return new Pty(descriptor, new DeviceAddress(driver, new DeviceAddress.Link.Serial(path), Map.of()));
        }
    }

    /** Where a driver finds the other end, for example {@code feig:serial:/dev/pts/3}. */
    @Override
    public DeviceAddress address() {
        return address;
    }

    /** The other end's device file, for example {@code /dev/pts/3}. */
    public String path() {
        return ((DeviceAddress.Link.Serial) address.link()).port();
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        long begun = System.nanoTime();
        int count;
        do {
            long left = timeout.toMillis() - (System.nanoTime() - begun) / 1_000_000;
            synchronized (lock) {
                count = closed ? -1 : slice(buffer, Math.clamp(left, 0, SLICE_MILLIS));
            }
        } while (count == 0 && System.nanoTime() - begun < timeout.toNanos());
        if (count < 0) {
            throw new LinkException(
                    address,
                    Phase.READ,
                    Duration.ofNanos(System.nanoTime() - begun),
                    StatusReason.UNPLUGGED,
                    "the other end hung up");
        }
        return count;
    }

    /** One short wait; -1 when the other end hung up. */
    private int slice(byte[] buffer, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(
                    MemoryLayout.structLayout(ValueLayout.JAVA_INT, ValueLayout.JAVA_SHORT, ValueLayout.JAVA_SHORT));
            poll.set(ValueLayout.JAVA_INT, 0, descriptor);
            poll.set(ValueLayout.JAVA_SHORT, 4, READABLE);
            call(POLL, poll, 1L, millis);
            short happened = poll.get(ValueLayout.JAVA_SHORT, 6);
            if ((happened & READABLE) != 0) {
                MemorySegment bytes = arena.allocate(buffer.length);
                long count = call(READ, descriptor, bytes, (long) buffer.length);
                if (count > 0) {
                    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, buffer, 0, (int) count);
                }
                return (int) count;
            }
            return (happened & HUNG_UP) != 0 ? -1 : 0;
        }
    }

    @Override
    public void write(byte[] bytes) {
        synchronized (lock) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
                if (closed || call(WRITE, descriptor, segment, (long) bytes.length) != bytes.length) {
                    throw new LinkException(
                            address, Phase.WRITE, Duration.ZERO, StatusReason.UNPLUGGED, "the other end hung up");
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (!closed) {
                closed = true;
                call(CLOSE, descriptor);
            }
        }
    }

    private static MethodHandle libc(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
    }

    private static long call(MethodHandle function, Object... arguments) {
        try {
            return ((Number) function.invokeWithArguments(arguments)).longValue();
        } catch (Throwable e) {
            throw new IllegalStateException("libc cannot be called", e);
        }
    }
}
