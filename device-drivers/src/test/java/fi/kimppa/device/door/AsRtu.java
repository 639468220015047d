package fi.kimppa.device.door;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import java.time.Duration;

/** A link whose address says that it carries RTU. */
record AsRtu(ByteLink link) implements ByteLink {
    @Override
    public DeviceAddress address() {
        return DeviceAddress.parse("modbus:" + link.address().link() + "?framing=rtu");
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        return link.read(buffer, timeout);
    }

    @Override
    public void write(byte[] bytes) {
        link.write(bytes);
    }

    @Override
    public void close() {
        link.close();
    }
}
