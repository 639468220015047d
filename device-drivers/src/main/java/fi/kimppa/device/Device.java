package fi.kimppa.device;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What every driver offers, whatever it drives.
 *
 * <p>Opening a driver never fails because the device is away: the status is then {@link DeviceStatus.Absent}, the
 * driver tries again with growing pauses (at most two seconds), and the status turns by itself when the device is back.
 *
 * <p>Threads: any thread may call any method of any driver; calls that need the wire wait for each other. They block,
 * so call them from virtual threads, never from a user interface.
 */
public interface Device extends AutoCloseable {
    /** Which device this is. */
    DeviceId id();

    /** Where it is. */
    DeviceAddress address();

    /** The last known status; does not touch the wire. At most about a second old while the driver is open. */
    DeviceStatus status();

    /** Where and why the last conversation failed, in an installer's words; empty when it did not. */
    Optional<String> lastFailure();

    /** What the device told about itself when it was last connected; does not touch the wire. */
    DeviceIdentity identity();

    /** The last 500 frames on its line, oldest first, with stand-ins for numbers; does not touch the wire. */
    List<TracedFrame> trace();

    /** What was counted so far; does not touch the wire. */
    DeviceStatistics statistics();

    /**
     * Tells {@code listener} each change of status, until the driver is closed. It is called on the driver's thread, so it
     * must hand over and return.
     */
    void onStatus(Consumer<DeviceStatus> listener);

    /** Asks the device itself, now, and returns the fresh status. Blocks; never throws for a device that is away. */
    DeviceStatus check();

    /** Tests the device, now. Blocks, a few seconds at the most; never throws for a device that is away. */
    SelfTestReport selfTest(SelfTestLevel level);

    /** Stops the driver's threads and releases the link. Harmless when repeated. */
    @Override
    void close();
}
