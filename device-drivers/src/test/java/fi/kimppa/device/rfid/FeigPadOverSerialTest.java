package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.simulator.VirtualPad;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class FeigPadOverSerialTest extends RfidPadContract {
    FeigPadOverSerialTest() {
        super(PadMake.FEIG);
    }

    @Override
    RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
        return make().overSerial(virtualPad, settings);
    }

    @Test
    void namesThePortThatIsNotThere() {
        DeviceAddress address = DeviceAddress.parse("feig:serial:/dev/no-such-port");
        assertThatThrownBy(() -> ByteLink.open(address, FeigProtocol.USUAL_LINE))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("/dev/no-such-port")
                .hasMessageContaining("OPEN failed");
    }
}
