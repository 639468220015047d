package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.VirtualPad;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

class FeigPadInMemoryTest {
    private static final DeviceAddress ADDRESS =
            new DeviceAddress("feig", new DeviceAddress.Link.Memory("test"), Map.of());

    static RfidPad pad(VirtualPad virtualPad, DeviceAddress address, FaultPlan faults) {
        return FeigProtocol.open(DeviceId.of(DeviceKind.PAD), address, () -> faults.on(plug(virtualPad)));
    }

    private static ByteLink plug(VirtualPad virtualPad) {
        if (!virtualPad.plugged()) {
            throw new LinkException(ADDRESS, Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, "unplugged");
        }
        MemoryLink.Pair pair = MemoryLink.pair(ADDRESS);
        Thread.ofVirtual().start(() -> virtualPad.serve(pair.device()));
        return pair.host();
    }

    @Nested
    class Whole extends RfidPadContract {
        @Override
        RfidPad driver(VirtualPad virtualPad) {
            return pad(virtualPad, ADDRESS, FaultPlan.NONE);
        }
    }

    @Nested
    class ByteByByte extends RfidPadContract {
        @Override
        RfidPad driver(VirtualPad virtualPad) {
            return pad(virtualPad, ADDRESS, FaultPlan.NONE.withChunk(1));
        }
    }

    @Nested
    class InStandardFrames extends RfidPadContract {
        @Override
        RfidPad driver(VirtualPad virtualPad) {
            var address = new DeviceAddress("feig", ADDRESS.link(), Map.of("frames", "standard"));
            return pad(virtualPad, address, FaultPlan.NONE.withChunk(3));
        }
    }

    @Nested
    class WithDamagedBytes extends RfidPadContract {
        @Override
        RfidPad driver(VirtualPad virtualPad) {
            return pad(virtualPad, ADDRESS, FaultPlan.NONE.withCorrupt(Set.of(5L, 60L, 200L, 450L, 700L)));
        }
    }
}
