package fi.kimppa.kiosk.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.simulator.DeskPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class DeskTest {
    @Test
    void readsOptionsWithAndWithoutEqualsSign() {
        DeskOptions options = DeskOptions.parse("--pad-port", "10001", "--keypad-port=9202", "--windowless");
        assertThat(options.kiosk()).isEqualTo(new DeskPorts(10001, 0, 0, 0));
        assertThat(options.doorKeypad()).isEqualTo(9202);
        assertThat(options.windowless()).isTrue();
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertThatThrownBy(() -> DeskOptions.parse("--pad-port=70000")).hasMessageContaining("--pad-port", "70000");
        assertThatThrownBy(() -> DeskOptions.parse("--pad-port")).hasMessageContaining("--pad-port: expected a value");
        assertThatThrownBy(() -> DeskOptions.parse("--shelf")).hasMessageContaining("--shelf");
    }

    @Test
    void listensWhereItSays() throws IOException {
        try (Desk desk = Desk.start(DeskOptions.parse())) {
            assertThat(desk.addresses()).hasSize(6);
            for (DeviceAddress address : desk.addresses().values()) {
                var place = (DeviceAddress.Link.Tcp) address.link();
                try (Socket socket = new Socket(place.host(), place.port())) {
                    assertThat(socket.isConnected()).isTrue();
                }
            }
        }
    }

    @Test
    void stopsWhenAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Desk.start(DeskOptions.parse("--keypad-port=" + port))
                            .close())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(String.valueOf(port));
        }
    }
}
