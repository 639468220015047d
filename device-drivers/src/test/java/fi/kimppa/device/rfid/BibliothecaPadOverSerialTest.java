package fi.kimppa.device.rfid;

import fi.kimppa.device.simulator.VirtualPad;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BibliothecaPadOverSerialTest extends RfidPadContract {
    BibliothecaPadOverSerialTest() {
        super(PadMake.BIBLIOTHECA);
    }

    @Override
    RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
        return make().overSerial(virtualPad, settings);
    }
}
