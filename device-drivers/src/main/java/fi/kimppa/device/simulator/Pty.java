package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FileLink;
import fi.kimppa.device.link.LibC;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * The device's end of a serial line that is not there: a Linux pseudo-terminal, whose other end a driver opens by its path like
 * any serial port or device file. Needs {@code --enable-native-access}. Closing it looks to the driver like a pulled plug; a driver
 * that closes its end is a host that hung up. Line errors and parity do not exist on it, and a speed only for those who ask.
 *
 * <p>Threads: one reader and one writer; {@link #close()} from any.
 */
public final class Pty implements ByteLink {
    private final FileLink link;
    private final int descriptor;

    private Pty(FileLink link, int descriptor) {
        this.link = link;
        this.descriptor = descriptor;
    }

    /**
     * Opens a new pair.
     *
     * @param driver goes into the address
     */
    public static Pty open(String driver) {
        LibC.Terminal terminal = LibC.openTerminal();
        var address = new DeviceAddress(driver, new DeviceAddress.Link.Serial(terminal.path()), Map.of());
        return new Pty(new FileLink(terminal.descriptor(), address), terminal.descriptor());
    }

    /** Where a driver finds the other end, for example {@code feig:serial:/dev/pts/3}. */
    @Override
    public DeviceAddress address() {
        return link.address();
    }

    /**
     * This end as a device has it whose line runs at one speed: while the host has set another, neither understands a byte.
     *
     * @param baud bits per second: 9600, 19200, 38400, 57600 or 115200, or another that no host will set
     */
    public ByteLink at(int baud) {
        return new ByteLink() {
            @Override
            public DeviceAddress address() {
                return link.address();
            }

            @Override
            public int read(byte[] buffer, Duration timeout) {
                int count = link.read(buffer, timeout);
                byte[] heard = heard(Arrays.copyOf(buffer, count));
                System.arraycopy(heard, 0, buffer, 0, count);
                return count;
            }

            @Override
            public void write(byte[] bytes) {
                link.write(heard(bytes));
            }

            // Bits that are taken for longer or shorter than they are: no byte stays what it was.
            private byte[] heard(byte[] bytes) {
                boolean garbled = LibC.speed(descriptor) != baud;
                byte[] heard = bytes.clone();
                for (int i = 0; garbled && i < heard.length; i++) {
                    heard[i] ^= (byte) 0xE0;
                }
                return heard;
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }

    /** The other end's device file, for example {@code /dev/pts/3}. */
    public String path() {
        return ((DeviceAddress.Link.Serial) link.address().link()).port();
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        return link.read(buffer, timeout);
    }

    @Override
    public void write(byte[] bytes) {
        link.write(bytes);
    }

    @Override
    public void close() {
        link.close();
    }
}
