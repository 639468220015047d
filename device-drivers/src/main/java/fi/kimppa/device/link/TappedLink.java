package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import java.time.Duration;
import java.util.Arrays;

/** A link with a tap on it. */
record TappedLink(ByteLink link, LinkTap tap) implements ByteLink {
    @Override
    public DeviceAddress address() {
        return link.address();
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        int count = link.read(buffer, timeout);
        if (count > 0) {
            tap.received(Arrays.copyOf(buffer, count));
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) {
        link.write(bytes);
        tap.sent(bytes.clone());
    }

    @Override
    public void close() {
        link.close();
    }
}
