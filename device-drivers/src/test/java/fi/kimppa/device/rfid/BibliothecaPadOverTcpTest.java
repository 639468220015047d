package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.VirtualPad;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** As behind a serial device server. */
class BibliothecaPadOverTcpTest extends RfidPadContract {
    private final Deque<TcpListener> servers = new ArrayDeque<>();

    BibliothecaPadOverTcpTest() {
        super(PadMake.BIBLIOTHECA);
    }

    @Override
    RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
        TcpListener server = TcpListener.listen(make().driver(), 0, virtualPad::serve);
        servers.push(server);
        return RfidPad.open(
                new DeviceAddress(make().driver(), new DeviceAddress.Link.Tcp("127.0.0.1", server.port()), settings));
    }

    @AfterEach
    void closeServers() {
        servers.forEach(TcpListener::close);
    }
}
