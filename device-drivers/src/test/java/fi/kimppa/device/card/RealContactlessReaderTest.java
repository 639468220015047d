package fi.kimppa.device.card;

import fi.kimppa.device.Console;
import fi.kimppa.device.DeviceAddress;
import java.util.function.Consumer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A real reader of contactless cards, named by {@code -Dkimppa.hardware.card=card:pcsc:ACS}, and somebody with two cards who does what
 * is written on the console.
 */
@EnabledIfSystemProperty(named = "kimppa.hardware.card", matches = ".+")
class RealContactlessReaderTest extends ContactlessReaderContract {
    @Override
    protected ContactlessReader driver(Consumer<TouchedCard> listener) {
        return ContactlessReader.open(DeviceAddress.parse(System.getProperty("kimppa.hardware.card", "")), listener);
    }

    @Override
    protected void lay() {
        Console.ask("Lay a card on the reader, not the one before, and leave it there");
    }

    @Override
    protected void lift() {
        Console.ask("Take the card away");
    }
}
