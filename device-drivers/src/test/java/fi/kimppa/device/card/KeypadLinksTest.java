package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualKeypad;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The contract over every link that a keypad may have. */
class KeypadLinksTest {
    /** The simulated one. */
    abstract static class Virtual extends KeypadContract {
        private final VirtualKeypad virtual = VirtualKeypad.start(0);

        VirtualKeypad virtual() {
            return virtual;
        }

        @Override
        void press() {
            eventually("the keypad has its host", () -> virtual.hosts() == 1);
            assertThat(virtual.press("739*15#")).isEqualTo(1);
        }

        @AfterEach
        void closeVirtual() {
            virtual.close();
        }
    }

    @Nested
    class OverTcp extends Virtual {
        @Override
        Keypad driver(Consumer<KeypadKey> listener) {
            return Keypad.open(virtual().address(), listener);
        }
    }

    @Nested
    class InMemory extends Virtual {
        @Override
        Keypad driver(Consumer<KeypadKey> listener) {
            var address = new DeviceAddress("keypad", new DeviceAddress.Link.Memory("test"), Map.of());
            return new Keypad(
                    address,
                    () -> {
                        MemoryLink.Pair pair = MemoryLink.pair(address);
                        Thread.ofVirtual().start(() -> virtual().serve(pair.device()));
                        return pair.host();
                    },
                    listener);
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class OverASerialPort extends Virtual {
        @TempDir
        @SuppressWarnings("NullAway.Init") // set before each test
        private Path folder;

        @SuppressWarnings("NullAway.Init") // set before each test
        private SerialOutlet port;

        @Override
        Keypad driver(Consumer<KeypadKey> listener) {
            port = SerialOutlet.plug("keypad", folder.resolve("keypad"), virtual()::serve);
            return Keypad.open(DeviceAddress.parse("keypad:serial:" + port.name()), listener);
        }

        @AfterEach
        void unplug() {
            port.close();
        }
    }
}
