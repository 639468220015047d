package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A real reader with tags on it, at the address that the system property {@code kimppa.hardware.pad} names, for example
 * {@code -Dkimppa.hardware.pad=feig:tcp:192.0.2.7:10001}. The tags are the same afterwards.
 */
@EnabledIfSystemProperty(named = "kimppa.hardware.pad", matches = ".+")
class RealPadTest extends RfidPadOnAnyTags {
    @Override
    RfidPad open() {
        return RfidPad.open(DeviceAddress.parse(System.getProperty("kimppa.hardware.pad", "")));
    }
}
