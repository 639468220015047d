package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.time.Duration;

/** A link that follows a fault plan. */
final class FaultyLink implements ByteLink {
    private final ByteLink link;
    private final FaultPlan plan;
    private long delivered;

    FaultyLink(ByteLink link, FaultPlan plan) {
        this.link = link;
        this.plan = plan;
    }

    @Override
    public DeviceAddress address() {
        return link.address();
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        long room = plan.cutAfter().orElse(Long.MAX_VALUE) - delivered;
        if (room <= 0) {
            link.close();
            throw new LinkException(address(), Phase.READ, Duration.ZERO, StatusReason.UNPLUGGED, "cut by plan");
        }
        byte[] part = new byte[(int) Math.min(room, Math.min(plan.chunk(), buffer.length))];
        int count = link.read(part, timeout);
        if (count > 0) {
            pause();
        }
        for (int i = 0; i < count; i++, delivered++) {
            buffer[i] = plan.corrupt().contains(delivered) ? (byte) ~part[i] : part[i];
        }
        return count;
    }

    private void pause() {
        try {
            Thread.sleep(plan.delay());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
