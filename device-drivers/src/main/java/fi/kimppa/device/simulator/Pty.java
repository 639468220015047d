package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FileLink;
import fi.kimppa.device.link.LibC;
import java.time.Duration;
import java.util.Map;

/**
 * The device's end of a serial line that is not there: a Linux pseudo-terminal, whose other end a driver opens by its path like
 * any serial port or device file. Needs {@code --enable-native-access}. Closing it looks to the driver like a pulled plug; a driver
 * that closes its end is a host that hung up. Line errors, parity and baud rate do not exist on it.
 *
 * <p>Threads: one reader and one writer; {@link #close()} from any.
 */
public final class Pty implements ByteLink {
    private final FileLink link;

    private Pty(FileLink link) {
        this.link = link;
    }

    /**
     * Opens a new pair.
     *
     * @param driver goes into the address
     */
    public static Pty open(String driver) {
        LibC.Terminal terminal = LibC.openTerminal();
        var address = new DeviceAddress(driver, new DeviceAddress.Link.Serial(terminal.path()), Map.of());
        return new Pty(new FileLink(terminal.descriptor(), address));
    }

    /** Where a driver finds the other end, for example {@code feig:serial:/dev/pts/3}. */
    @Override
    public DeviceAddress address() {
        return link.address();
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
