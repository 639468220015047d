package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultScript;
import java.time.Duration;
import java.util.Optional;

/** A virtual device's end of the line to one host, on which things may go wrong from any moment on. */
final class HostLink implements ByteLink {
    private final ByteLink link;
    private volatile ByteLink way;
    private volatile Optional<FaultScript> script = Optional.empty();

    HostLink(ByteLink link) {
        this.link = link;
        this.way = link;
    }

    /** From now on this happens to what is read and written. */
    void endanger(FaultScript faults) {
        script = Optional.of(faults);
        way = faults.on(link);
    }

    Optional<FaultScript> script() {
        return script;
    }

    @Override
    public DeviceAddress address() {
        return link.address();
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        return way.read(buffer, timeout);
    }

    @Override
    public void write(byte[] bytes) {
        way.write(bytes);
    }

    @Override
    public void close() {
        link.close();
    }
}
