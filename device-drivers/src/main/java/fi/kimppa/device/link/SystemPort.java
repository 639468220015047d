package fi.kimppa.device.link;

import com.fazecast.jSerialComm.SerialPort;
import fi.kimppa.device.DeviceAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A place of this machine where a device may be plugged in.
 *
 * @param path its device file
 * @param lasting a name of it that stays when ports are numbered anew ({@code /dev/serial/by-id/…}), if it has one
 * @param description what the system says is plugged in
 * @param usb vendor and product as {@code 0403:6001}, if it is on USB
 * @param usable whether this user may open it
 */
public record SystemPort(
        String path, Optional<String> lasting, String description, Optional<String> usb, boolean usable) {
    private static final Path BY_ID = Path.of("/dev/serial/by-id");
    private static final Path USB_PRINTERS = Path.of("/dev/usb");

    /** All serial ports and USB printers that the system shows, by path. Pseudo-terminals are not among them. */
    public static List<SystemPort> all() {
        List<SystemPort> ports = new ArrayList<>();
        for (SerialPort port : SerialLibrary.all()) {
            String path = port.getSystemPortPath();
            ports.add(new SystemPort(
                    path,
                    lasting(Path.of(path)),
                    port.getDescriptivePortName(),
                    port.getVendorID() > 0
                            ? Optional.of("%04x:%04x".formatted(port.getVendorID(), port.getProductID()))
                            : Optional.empty(),
                    Files.isReadable(Path.of(path)) && Files.isWritable(Path.of(path))));
        }
        for (Path path : entries(USB_PRINTERS, "lp*")) {
            ports.add(new SystemPort(
                    path.toString(),
                    Optional.empty(),
                    "USB printer",
                    Optional.empty(),
                    Files.isReadable(path) && Files.isWritable(path)));
        }
        return ports.stream()
                .sorted(java.util.Comparator.comparing(SystemPort::path))
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * The names of all readers that the system's PC/SC service knows; no card is touched.
     *
     * @throws fi.kimppa.device.DeviceException.LinkException when the service does not run or is not installed
     */
    public static List<String> cardReaders() {
        return PcscLink.names(new DeviceAddress("card", new DeviceAddress.Link.Pcsc("*"), Map.of()));
    }

    private static Optional<String> lasting(Path path) {
        return entries(BY_ID, "*").stream()
                .filter(link -> leadsTo(link, path))
                .map(Path::toString)
                .findFirst();
    }

    private static boolean leadsTo(Path link, Path path) {
        try {
            return Files.isSameFile(link, path);
        } catch (IOException _) {
            // It was unplugged just now.
            return false;
        }
    }

    private static List<Path> entries(Path folder, String pattern) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            List<Path> entries = new ArrayList<>();
            found.forEach(entries::add);
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
