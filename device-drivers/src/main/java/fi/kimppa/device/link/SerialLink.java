package fi.kimppa.device.link;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A serial port through jSerialComm 2.11.4. Seen there on Linux: when the device is pulled, {@code isOpen} stays true, a read
 * returns -1 and a write 0; so the counts are believed and nothing else. {@code openPort} may succeed with an error code set.
 */
final class SerialLink implements ByteLink {
    /** The system waits in steps of 100 ms; whoever wants less only asks what is there already. */
    private static final int SHORTEST_WAIT_MILLIS = 20;

    private final DeviceAddress address;
    private final SerialPort port;
    private int timeoutMillis = -1;

    private SerialLink(DeviceAddress address, SerialPort port) {
        this.address = address;
        this.port = port;
    }

    static SerialLink open(DeviceAddress address, DeviceAddress.Link.Serial place, SerialLine line) {
        long begun = System.nanoTime();
        SerialPort port;
        try {
            port = SerialLibrary.port(place.port());
        } catch (SerialPortInvalidPortException _) {
            throw new LinkException(
                    address,
                    Phase.OPEN,
                    Elapsed.since(begun),
                    StatusReason.UNREACHABLE,
                    place.port() + why(place.port(), LibC.ENOENT));
        }
        int parity = switch (line.parity()) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
        };
        int stopBits = line.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
        port.setComPortParameters(line.baud(), 8, stopBits, parity);
        port.setFlowControl(
                switch (line.flow()) {
                    case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
                    case RTSCTS -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
                    // Only towards the device: what it sends may hold these bytes.
                    case XONXOFF -> SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
                });
        if (!port.openPort()) {
            if (port.getLastErrorCode() == LibC.EACCES) {
                throw AccessDenied.to(place.port(), address, Elapsed.since(begun));
            }
            throw new LinkException(
                    address,
                    Phase.OPEN,
                    Elapsed.since(begun),
                    StatusReason.UNREACHABLE,
                    "system error " + port.getLastErrorCode() + why(place.port(), port.getLastErrorCode()));
        }
        return new SerialLink(address, port);
    }

    /** What to tell who installs a kiosk. A port is locked by whoever has it open, and so is refused as if it were busy. */
    private static String why(String path, int error) {
        return switch (error) {
            case LibC.EAGAIN, LibC.EBUSY -> ": another program has it open; 'fuser -v " + path + "' names it";
            case LibC.ENOENT ->
                Files.exists(Path.of(path))
                        ? ": this program has it open already"
                        : ": there is no such port; is the device plugged in?";
            case LibC.ENOTTY -> ": it is no serial port";
            default -> "";
        };
    }

    @Override
    public DeviceAddress address() {
        return address;
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        long begun = System.nanoTime();
        int millis = (int) Math.max(1, timeout.toMillis());
        if (millis < SHORTEST_WAIT_MILLIS && port.bytesAvailable() == 0) {
            return 0;
        }
        if (millis != timeoutMillis) {
            port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, millis, 0);
            timeoutMillis = millis;
        }
        int count = port.readBytes(buffer, buffer.length);
        if (count < 0) {
            throw new LinkException(
                    address,
                    Phase.READ,
                    Elapsed.since(begun),
                    StatusReason.UNPLUGGED,
                    "system error " + port.getLastErrorCode());
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) {
        long begun = System.nanoTime();
        int count = port.writeBytes(bytes, bytes.length);
        if (count != bytes.length) {
            throw new LinkException(
                    address,
                    Phase.WRITE,
                    Elapsed.since(begun),
                    StatusReason.UNPLUGGED,
                    "wrote " + count + " of " + bytes.length + ", system error " + port.getLastErrorCode());
        }
    }

    @Override
    public void close() {
        port.closePort();
    }
}
