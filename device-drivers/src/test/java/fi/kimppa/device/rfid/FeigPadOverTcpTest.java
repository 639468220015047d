package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.simulator.VirtualPad;
import java.util.Map;

class FeigPadOverTcpTest extends RfidPadContract {
    FeigPadOverTcpTest() {
        super(PadMake.FEIG);
    }

    @Override
    RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
        return RfidPad.open(
                new DeviceAddress(make().driver(), virtualPad.address().link(), settings));
    }
}
