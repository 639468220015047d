package fi.kimppa.device.link;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;

/** Opens a link to one device, each time anew. */
@FunctionalInterface
public interface LinkOpener {
    /**
     * Opens the link.
     *
     * @throws LinkException when nothing answers there
     */
    ByteLink open();

    /** Whether the next attempt tries another place or setting than the last, so that there is no reason to pause before it. */
    default boolean hasAnother() {
        return false;
    }

    /** The device was found on the link that was opened last. */
    default void found() {}

    /**
     * The device was not found on the link that was opened last.
     *
     * @return what is to be told
     */
    default DeviceException missed(DeviceException failure) {
        return failure;
    }

    /** Nothing will be opened any more. */
    default void close() {}
}
