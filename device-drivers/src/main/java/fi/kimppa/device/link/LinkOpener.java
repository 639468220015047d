package fi.kimppa.device.link;

/** Opens a link to one device, each time anew. */
@FunctionalInterface
public interface LinkOpener {
    /**
     * Opens the link.
     *
     * @throws fi.kimppa.device.DeviceException.LinkException when nothing answers there
     */
    ByteLink open();
}
