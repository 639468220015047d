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

    /** Whether the next attempt tries another place or setting than the last, so that there is no reason to pause before it. */
    default boolean hasAnother() {
        return false;
    }

    /** The device was found on the link that was opened last. */
    default void found() {}

    /** Nothing will be opened any more. */
    default void close() {}
}
