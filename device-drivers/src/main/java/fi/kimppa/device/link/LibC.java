package fi.kimppa.device.link;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * The few calls of Linux's C library that files of devices, pseudo-terminals and the system's service manager need, by the
 * foreign-function API. Needs {@code --enable-native-access}. Results are as in the kernel: what is below zero is the negative
 * number of an error.
 *
 * <p>Threads: any.
 */
@SuppressWarnings("restricted") // Calling libc is what this class is for.
public final class LibC {
    /** There is no such file. */
    public static final int ENOENT = 2;
    /** The other end of a terminal, or the device, is gone. */
    public static final int EIO = 5;
    /** Nothing there now; try later. */
    public static final int EAGAIN = 11;
    /** No permission. */
    public static final int EACCES = 13;
    /** Somebody else has it. */
    public static final int EBUSY = 16;
    /** It is no terminal, and so no serial port. */
    public static final int ENOTTY = 25;

    static final int READABLE = 1;
    static final int WRITABLE = 4;
    static final int GONE = 0x8 | 0x10 | 0x20;

    private static final int READ_WRITE = 0x2;
    private static final int NO_CONTROLLING_TERMINAL = 0x100;
    private static final int NEVER_BLOCKING = 0x800;
    private static final int NOT_FOR_CHILDREN = 0x8_0000;
    private static final int FLAGS = READ_WRITE | NO_CONTROLLING_TERMINAL | NEVER_BLOCKING | NOT_FOR_CHILDREN;
    private static final int PATH_BYTES = 128;
    /** More than a {@code struct termios} has on any architecture. */
    private static final int TERMIOS_BYTES = 128;

    private static final int LOCAL_SOCKETS = 1;
    private static final int DATAGRAMS = 2;
    private static final int NO_SIGNAL = 0x4000;
    private static final int FAMILY_BYTES = 2;
    private static final int SOCKET_NAME_BYTES = 108;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    // open() takes its third argument only when it creates a file, which is never.
    private static final MethodHandle OPEN = libc("open", INT, POINTER, INT);
    private static final MethodHandle READ = libc("read", LONG, INT, POINTER, LONG);
    private static final MethodHandle WRITE = libc("write", LONG, INT, POINTER, LONG);
    private static final MethodHandle POLL = libc("poll", INT, POINTER, LONG, INT);
    private static final MethodHandle CLOSE = libc("close", INT, INT);

    private LibC() {}

    /** Calls that only the makers of pseudo-terminals need; apart, so that a device's file does not ask for them. */
    private static final class Terminals {
        private static final MethodHandle OPEN = libc("posix_openpt", INT, INT);
        private static final MethodHandle GRANT = libc("grantpt", INT, INT);
        private static final MethodHandle UNLOCK = libc("unlockpt", INT, INT);
        private static final MethodHandle NAME = libc("ptsname_r", INT, INT, POINTER, LONG);
        private static final MethodHandle GET = libc("tcgetattr", INT, INT, POINTER);
        private static final MethodHandle SET = libc("tcsetattr", INT, INT, INT, POINTER);
        private static final MethodHandle SPEED = libc("cfgetospeed", INT, POINTER);
        private static final MethodHandle RAW = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("cfmakeraw"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    /** Calls that only somebody needs who speaks to a local socket; apart for the same reason. */
    private static final class Sockets {
        private static final MethodHandle OPEN = libc("socket", INT, INT, INT, INT);
        private static final MethodHandle SEND = libc("sendto", LONG, INT, POINTER, LONG, INT, POINTER, INT);
    }

    /**
     * A new pair of pseudo-terminals.
     *
     * @param descriptor of the end that is kept here
     * @param path of the other end
     */
    public record Terminal(int descriptor, String path) {}

    /** Opens a file for reading and writing, never to wait; a descriptor or an error. */
    static int open(String path) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) call(OPEN, arena, arena.allocateFrom(path), FLAGS);
        }
    }

    /** Reads what is there; how many bytes, 0 at the end, or an error. */
    static int read(int descriptor, byte[] buffer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(buffer.length);
            int count = (int) call(READ, arena, descriptor, bytes, (long) buffer.length);
            if (count > 0) {
                MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, buffer, 0, count);
            }
            return count;
        }
    }

    /** Writes what there is room for; how many bytes, or an error. */
    static int write(int descriptor, byte[] bytes, int from) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(bytes.length - from);
            MemorySegment.copy(bytes, from, segment, ValueLayout.JAVA_BYTE, 0, bytes.length - from);
            return (int) call(WRITE, arena, descriptor, segment, segment.byteSize());
        }
    }

    /** Waits until something of {@code events} is possible or the time has passed; what is possible, or an error. */
    static int poll(int descriptor, int events, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8);
            poll.set(INT, 0, descriptor);
            poll.set(ValueLayout.JAVA_SHORT, 4, (short) events);
            long ready = call(POLL, arena, poll, 1L, millis);
            return ready < 0 ? (int) ready : poll.get(ValueLayout.JAVA_SHORT, 6);
        }
    }

    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            call(CLOSE, arena, descriptor);
        }
    }

    /**
     * Makes a pair of pseudo-terminals that changes no byte on its way.
     *
     * @throws IllegalStateException when the system gives none
     */
    public static Terminal openTerminal() {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) call(Terminals.OPEN, arena, FLAGS);
            MemorySegment name = arena.allocate(PATH_BYTES);
            MemorySegment settings = arena.allocate(TERMIOS_BYTES, 8);
            if (descriptor < 0
                    || call(Terminals.GRANT, arena, descriptor) != 0
                    || call(Terminals.UNLOCK, arena, descriptor) != 0
                    || call(Terminals.NAME, arena, descriptor, name, (long) PATH_BYTES) != 0
                    || call(Terminals.GET, arena, descriptor, settings) != 0) {
                throw new IllegalStateException("The system gives no pseudo-terminal");
            }
            try {
                Terminals.RAW.invokeWithArguments(settings);
            } catch (Throwable e) {
                throw new IllegalStateException("libc cannot be called", e);
            }
            call(Terminals.SET, arena, descriptor, 0, settings);
            return new Terminal(descriptor, name.getString(0));
        }
    }

    /**
     * The speed that a host has set at the other end of a pseudo-terminal, which carries bytes at any.
     *
     * @return bits per second, or an error
     */
    public static int speed(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = arena.allocate(TERMIOS_BYTES, 8);
            int error = (int) call(Terminals.GET, arena, descriptor, settings);
            int speed = error < 0 ? error : (int) call(Terminals.SPEED, arena, settings);
            // Up to glibc 2.41 and in musl it is a number of its own (asm-generic/termbits.h), then the speed itself.
            return switch (speed) {
                case 0xD -> 9_600;
                case 0xE -> 19_200;
                case 0xF -> 38_400;
                case 0x1001 -> 57_600;
                case 0x1002 -> 115_200;
                default -> speed;
            };
        }
    }

    /**
     * Sends one datagram to a local socket (AF_UNIX), which Java's channels cannot. Never waits: with a full queue it is an error.
     *
     * @param name path of the socket; one that begins with {@code @} is a name in no file system
     * @return how many bytes went, or an error
     * @throws IllegalArgumentException when the name is empty or longer than the system allows
     */
    public static int sendDatagram(String name, byte[] message) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length >= SOCKET_NAME_BYTES) {
            throw new IllegalArgumentException("expected the name of a local socket of 1 to 107 bytes");
        }
        try (Arena arena = Arena.ofConfined()) {
            // Linux gives a socket's flags the same numbers as a file's.
            int descriptor =
                    (int) call(Sockets.OPEN, arena, LOCAL_SOCKETS, DATAGRAMS | NEVER_BLOCKING | NOT_FOR_CHILDREN, 0);
            if (descriptor < 0) {
                return descriptor;
            }
            MemorySegment address = arena.allocate(FAMILY_BYTES + SOCKET_NAME_BYTES, FAMILY_BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) LOCAL_SOCKETS);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, FAMILY_BYTES, path.length);
            if (path[0] == '@') {
                address.set(ValueLayout.JAVA_BYTE, FAMILY_BYTES, (byte) 0);
            }
            MemorySegment bytes = arena.allocate(message.length);
            MemorySegment.copy(message, 0, bytes, ValueLayout.JAVA_BYTE, 0, message.length);
            try {
                return (int) call(
                        Sockets.SEND,
                        arena,
                        descriptor,
                        bytes,
                        (long) message.length,
                        NO_SIGNAL,
                        address,
                        FAMILY_BYTES + path.length);
            } finally {
                close(descriptor);
            }
        }
    }

    private static MethodHandle libc(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static long call(MethodHandle function, Arena arena, Object... arguments) {
        MemorySegment state = arena.allocate(STATE);
        Object[] all = new Object[arguments.length + 1];
        all[0] = state;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            long result = ((Number) function.invokeWithArguments(all)).longValue();
            return result < 0 ? -(int) ERROR.get(state, 0L) : result;
        } catch (Throwable e) {
            throw new IllegalStateException("libc cannot be called", e);
        }
    }
}
