package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;

/** What to tell who installs a kiosk when the system lets it not open a device. */
final class AccessDenied {
    private AccessDenied() {}

    static LinkException to(String path, DeviceAddress address, Duration elapsed) {
        return new LinkException(
                address,
                Phase.OPEN,
                elapsed,
                StatusReason.ACCESS_DENIED,
                "no permission to open " + path + ", which belongs to the group " + group(path)
                        + "; add the program's user to that group or install the udev rules kimppa-devices.rules");
    }

    /** On Debian {@code dialout} for serial ports, {@code lp} for printers. */
    private static String group(String path) {
        try {
            return Files.readAttributes(Path.of(path), PosixFileAttributes.class)
                    .group()
                    .getName();
        } catch (IOException | UnsupportedOperationException _) {
            return "dialout or lp";
        }
    }
}
