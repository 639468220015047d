package fi.kimppa.device.card;

import fi.kimppa.device.Console;
import fi.kimppa.device.DeviceAddress;
import java.util.function.Consumer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A real keypad, named by {@code -Dkimppa.hardware.keypad=keypad:serial:/dev/ttyUSB1}, under the hands of somebody who does what is
 * written on the console.
 */
@EnabledIfSystemProperty(named = "kimppa.hardware.keypad", matches = ".+")
class RealKeypadTest extends KeypadContract {
    @Override
    Keypad driver(Consumer<KeypadKey> listener) {
        return Keypad.open(DeviceAddress.parse(System.getProperty("kimppa.hardware.keypad", "")), listener);
    }

    @Override
    void press() {
        Console.ask("Press 7 3 9, clear, 1 5, enter");
    }
}
