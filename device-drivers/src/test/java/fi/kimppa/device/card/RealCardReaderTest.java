package fi.kimppa.device.card;

import fi.kimppa.device.Console;
import fi.kimppa.device.DeviceAddress;
import java.util.function.Consumer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A real scanner, named by {@code -Dkimppa.hardware.scanner=scanner:serial:/dev/ttyACM0}, in the hands of somebody who does what is
 * written on the console.
 */
@EnabledIfSystemProperty(named = "kimppa.hardware.scanner", matches = ".+")
class RealCardReaderTest extends CardReaderContract {
    @Override
    CardReader driver(Consumer<Scan> listener) {
        return CardReader.open(DeviceAddress.parse(System.getProperty("kimppa.hardware.scanner", "")), listener);
    }

    @Override
    void showTwice(Code code) {
        Console.ask("Scan " + (code == Code.ONE ? "a code" : "another code") + " twice at once");
    }
}
