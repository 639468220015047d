package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualScanner;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The contract over every link that a scanner may have. */
class CardReaderLinksTest {
    /** A scanner of the virtual desk. */
    abstract static class Virtual extends CardReaderContract {
        private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());

        VirtualScanner virtual() {
            return desk.scanner();
        }

        @Override
        void showTwice(Code code) {
            eventually(
                    "the scanner has its host", () -> desk.snapshot().scanner().hosts() == 1);
            String text = code == Code.ONE ? "2000012345" : "]C0853N06240600";
            assertThat(virtual().scan(text)).isEqualTo(1);
            assertThat(virtual().scan(text)).isEqualTo(1);
        }

        @AfterEach
        void closeDesk() {
            desk.close();
        }
    }

    @Nested
    class OverTcp extends Virtual {
        @Override
        CardReader driver(Consumer<Scan> listener) {
            return CardReader.open(virtual().address(), listener);
        }
    }

    @Nested
    class InMemory extends Virtual {
        @Override
        CardReader driver(Consumer<Scan> listener) {
            var address = new DeviceAddress("scanner", new DeviceAddress.Link.Memory("test"), Map.of());
            return new CardReader(
                    DeviceId.of(DeviceKind.SCANNER),
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
        CardReader driver(Consumer<Scan> listener) {
            port = SerialOutlet.plug("scanner", folder.resolve("scanner"), virtual()::serve);
            return CardReader.open(DeviceAddress.parse("scanner:serial:" + port.name()), listener);
        }

        @AfterEach
        void unplug() {
            port.close();
        }
    }
}
