package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A second opinion: our lock against the server, and our virtual board against the client, of digitalpetri's Modbus. */
class OtherModbusTest {
    @Test
    void ourLockWorksWithAnotherServer() throws Exception {
        int port = freePort();
        var image = new ProcessImage();
        var server = ModbusTcpServer.create(
                NettyTcpServerTransport.create(config -> {
                    config.bindAddress = "127.0.0.1";
                    config.port = port;
                }),
                new ReadWriteModbusServices() {
                    @Override
                    protected Optional<ProcessImage> getProcessImage(int unitId) {
                        return Optional.of(image);
                    }
                });
        image.with(transaction -> transaction.writeCoils(coils -> coils.put(3, true)));
        server.start();
        try (DoorLock lock =
                DoorLock.connect(DeviceAddress.parse("modbus:tcp:127.0.0.1:" + port + "?coil=3&input=5"))) {
            eventually("ready", () -> lock.status() instanceof DeviceStatus.Ready);
            assertThat(coil(image, 3)).isFalse();
            assertThat(lock.open(Duration.ofMillis(300))).isInstanceOf(Unlocking.Released.class);
            assertThat(coil(image, 3)).isTrue();
            image.with(transaction -> transaction.writeDiscreteInputs(inputs -> inputs.put(5, true)));
            eventually("open", () -> lock.state() instanceof DoorState.Open);
            eventually("switched off", () -> !coil(image, 3));
        } finally {
            server.stop();
        }
    }

    private static boolean coil(ProcessImage image, int number) {
        return image.get(transaction -> transaction.readCoils(coils -> coils.getOrDefault(number, false)));
    }

    @Test
    void ourBoardWorksWithAnotherClient() throws Exception {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            var place = (DeviceAddress.Link.Tcp) desk.door().address().link();
            var client = ModbusTcpClient.create(NettyTcpClientTransport.create(config -> {
                config.hostname = place.host();
                config.port = place.port();
            }));
            client.connect();
            try {
                client.writeSingleCoil(1, new WriteSingleCoilRequest(0, true));
                assertThat(desk.door().released()).isTrue();
                assertThat(client.readCoils(1, new ReadCoilsRequest(0, 8)).coils())
                        .containsExactly(0x01);
                assertThat(desk.door().pull()).isTrue();
                assertThat(client.readDiscreteInputs(1, new ReadDiscreteInputsRequest(0, 8))
                                .inputs())
                        .containsExactly(0x01);
                client.writeSingleCoil(1, new WriteSingleCoilRequest(0, false));
                assertThat(desk.door().released()).isFalse();
                client.writeSingleCoil(1, new WriteSingleCoilRequest(512, 100));
                assertThat(desk.door().released()).isTrue();
                assertThatThrownBy(() -> client.readCoils(1, new ReadCoilsRequest(4, 8)))
                        .isInstanceOf(ModbusResponseException.class)
                        .hasMessageContaining("0x02");
                assertThatThrownBy(() -> client.readHoldingRegisters(1, new ReadHoldingRegistersRequest(0, 1)))
                        .isInstanceOf(ModbusResponseException.class);
            } finally {
                client.disconnect();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
