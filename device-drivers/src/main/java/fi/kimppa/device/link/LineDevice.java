package fi.kimppa.device.link;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceStatistics;
import fi.kimppa.device.DeviceStatus;
import java.util.function.Consumer;

/** A driver whose identity, status and statistics are those of its line. Same threads as {@link Device}. */
public abstract class LineDevice implements Device {
    /** The line that the driver talks on. */
    protected abstract DeviceLine line();

    @Override
    public final DeviceId id() {
        return line().id();
    }

    @Override
    public final DeviceAddress address() {
        return line().address();
    }

    @Override
    public final DeviceStatus status() {
        return line().status();
    }

    @Override
    public final DeviceStatistics statistics() {
        return line().statistics();
    }

    @Override
    public final void onStatus(Consumer<DeviceStatus> listener) {
        line().onStatus(listener);
    }

    @Override
    public final DeviceStatus check() {
        return line().check();
    }

    @Override
    public void close() {
        line().close();
    }
}
