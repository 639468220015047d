package fi.kimppa.device.rfid;

import fi.kimppa.device.simulator.VirtualPad;

class FeigPadOverTcpTest extends RfidPadContract {
    @Override
    RfidPad driver(VirtualPad virtualPad) {
        return RfidPad.open(virtualPad.address());
    }
}
