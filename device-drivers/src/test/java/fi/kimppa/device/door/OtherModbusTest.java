package fi.kimppa.device.door;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.digitalpetri.modbus.client.ModbusClient;
import com.digitalpetri.modbus.client.ModbusRtuClient;
import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.server.ModbusRtuServer;
import com.digitalpetri.modbus.server.ModbusServer;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.client.NettyRtuClientTransport;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import com.digitalpetri.modbus.tcp.server.NettyRtuServerTransport;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A second opinion: our lock against the server, and our virtual board against the client, of digitalpetri's Modbus. */
class OtherModbusTest {
    @Test
    void ourLockWorksWithAnotherServerOverTcp() throws Exception {
        int port = freePort();
        var image = new ProcessImage();
        ourLockWorksWith(
                ModbusTcpServer.create(
                        NettyTcpServerTransport.create(config -> {
                            config.bindAddress = "127.0.0.1";
                            config.port = port;
                        }),
                        services(image)),
                image,
                "modbus:tcp:127.0.0.1:" + port + "?");
    }

    @Test
    void ourLockWorksWithAnotherServerInRtu() throws Exception {
        int port = freePort();
        var image = new ProcessImage();
        ourLockWorksWith(
                ModbusRtuServer.create(
                        NettyRtuServerTransport.create(config -> {
                            config.bindAddress = "127.0.0.1";
                            config.port = port;
                        }),
                        services(image)),
                image,
                "modbus:tcp:127.0.0.1:" + port + "?framing=rtu&");
    }

    private static ReadWriteModbusServices services(ProcessImage image) {
        return new ReadWriteModbusServices() {
            @Override
            protected Optional<ProcessImage> getProcessImage(int unitId) {
                return unitId == 1 ? Optional.of(image) : Optional.empty();
            }
        };
    }

    private static void ourLockWorksWith(ModbusServer server, ProcessImage image, String address) throws Exception {
        image.with(transaction -> transaction.writeCoils(coils -> coils.put(3, true)));
        server.start();
        try (DoorLock lock = DoorLock.connect(
                DeviceAddress.parse(address + "coil=3&input=5&exit=!6&watchdog=9:20&counter=3:9&alloff=8"))) {
            eventually("ready", () -> lock.status() instanceof DeviceStatus.Ready);
            assertThat(coil(image, 3)).isFalse();
            // Its registers only remember; the time of the watchdog is what stands in this one.
            assertThat(lock.counter()).isEqualTo(OptionalInt.of(20));
            image.with(transaction -> transaction.writeDiscreteInputs(inputs -> inputs.put(6, true)));
            assertThat(lock.open(Duration.ofMillis(300))).isInstanceOf(Unlocking.Released.class);
            assertThat(coil(image, 3)).isTrue();
            assertThat(lock.inspect().released()).contains(true);
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
    void ourBoardWorksWithAnotherClientOverTcp() throws Exception {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            var place = (DeviceAddress.Link.Tcp) desk.door().address().link();
            ourBoardWorksWith(
                    ModbusTcpClient.create(NettyTcpClientTransport.create(config -> {
                        config.hostname = place.host();
                        config.port = place.port();
                    })),
                    desk.door(),
                    true);
        }
    }

    @Test
    void ourBoardWorksWithAnotherClientInRtu() throws Exception {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                TcpListener server =
                        TcpListener.listen("modbus", 0, link -> desk.door().serve(new AsRtu(link)))) {
            ourBoardWorksWith(
                    ModbusRtuClient.create(NettyRtuClientTransport.create(config -> {
                        config.hostname = "127.0.0.1";
                        config.port = server.port();
                    })),
                    desk.door(),
                    false);
        }
    }

    /**
     * What another client can do with our board.
     *
     * @param tellsCodes whether it tells the code of a refusal; the RTU client of 2.1.4 tells the function instead
     */
    private static void ourBoardWorksWith(ModbusClient client, VirtualDoor door, boolean tellsCodes) throws Exception {
        client.connect();
        try {
            client.writeSingleCoil(1, new WriteSingleCoilRequest(0, true));
            assertThat(door.released()).isTrue();
            assertThat(client.readCoils(1, new ReadCoilsRequest(0, 8)).coils()).containsExactly(0x01);
            assertThat(door.pull()).isTrue();
            assertThat(client.readDiscreteInputs(1, new ReadDiscreteInputsRequest(0, 8))
                            .inputs())
                    .containsExactly(0x01);
            client.writeMultipleCoils(1, new WriteMultipleCoilsRequest(0, 8, new byte[1]));
            assertThat(door.released()).isFalse();
            client.writeSingleCoil(1, new WriteSingleCoilRequest(512, 100));
            assertThat(door.released()).isTrue();
            assertThat(client.readInputRegisters(1, new ReadInputRegistersRequest(0, 2))
                            .registers())
                    .containsExactly(0, 1, 0, 0);
            client.writeSingleRegister(1, new WriteSingleRegisterRequest(0, 7));
            client.writeMultipleRegisters(1, new WriteMultipleRegistersRequest(1, 1, new byte[] {1, 2}));
            assertThat(client.readHoldingRegisters(1, new ReadHoldingRegistersRequest(0, 2))
                            .registers())
                    .containsExactly(0, 7, 1, 2);
            assertThatThrownBy(() -> client.readCoils(1, new ReadCoilsRequest(4, 8)))
                    .isInstanceOf(ModbusResponseException.class)
                    .hasMessageContaining(tellsCodes ? "0x02" : "");
        } finally {
            client.disconnect();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
