package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceAddress.Link;
import java.time.Duration;

/**
 * Two streams of bytes to a device.
 *
 * <p>Threads: one reader and one writer at a time; {@link #close()} from any thread ends a read that waits.
 */
public interface ByteLink extends AutoCloseable {
    /** What it leads to. */
    DeviceAddress address();

    /**
     * Reads what is there, waiting for the first byte.
     *
     * @param timeout zero takes only what has arrived, and need not notice that the other end is gone
     * @return how many bytes were put at the start of {@code buffer}; 0 when the time passed
     * @throws fi.kimppa.device.DeviceException.LinkException when the other end is gone
     */
    int read(byte[] buffer, Duration timeout);

    /**
     * Writes all bytes.
     *
     * @throws fi.kimppa.device.DeviceException.LinkException when the other end is gone
     */
    void write(byte[] bytes);

    @Override
    void close();

    /**
     * Opens the link that the address names.
     *
     * @param usual line settings of the device where the address names none; without meaning for all but serial ports
     * @throws fi.kimppa.device.DeviceException.LinkException when nothing answers there, or opening it is not allowed
     */
    static ByteLink open(DeviceAddress address, SerialLine usual) {
        return switch (address.link()) {
            case Link.Tcp tcp -> TcpLink.connect(address, tcp);
            case Link.Serial serial -> SerialLink.open(address, serial, SerialLine.of(address, usual));
            case Link.File file -> FileLink.open(address, file);
            case Link.Pcsc pcsc -> PcscLink.open(address, pcsc);
            case Link.Listen listen ->
                throw new IllegalArgumentException("This driver does not wait for calls, so not " + listen);
            case Link.Memory memory ->
                throw new IllegalArgumentException("A link in memory is handed over, not opened: " + memory);
        };
    }
}
