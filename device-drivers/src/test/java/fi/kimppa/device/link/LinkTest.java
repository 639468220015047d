package fi.kimppa.device.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final SerialLine NO_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final DeviceAddress MEMORY =
            new DeviceAddress("test", new DeviceAddress.Link.Memory("pair"), Map.of());

    private final MemoryLink.Pair pair = MemoryLink.pair(MEMORY);

    @Test
    void deliversBytesInOrderBothWays() {
        pair.host().write(bytes("to device"));
        pair.device().write(bytes("to "));
        pair.device().write(bytes("host"));
        assertThat(read(pair.device())).isEqualTo("to device");
        assertThat(read(pair.host())).isEqualTo("to host");
        assertThat(pair.host().read(new byte[8], SOON)).isZero();
    }

    @Test
    void tellsThatTheOtherEndHungUpAfterWhatItHadSent() {
        pair.device().write(bytes("bye"));
        pair.device().close();
        assertThat(pair.host().read(new byte[8], SOON)).isEqualTo(3);
        assertUnplugged(() -> pair.host().read(new byte[8], SOON), Phase.READ);
        assertUnplugged(() -> pair.host().write(bytes("anyone?")), Phase.WRITE);
    }

    @Test
    void tapsSeeWhatPasses() {
        var seen = new ByteArrayOutputStream();
        var tap = new LinkTap() {
            @Override
            public void sent(byte[] bytes) {
                seen.writeBytes(bytes("> "));
                seen.writeBytes(bytes);
            }

            @Override
            public void received(byte[] bytes) {
                seen.writeBytes(bytes(" < "));
                seen.writeBytes(bytes);
            }
        };
        ByteLink tapped = tap.on(pair.host());
        tapped.write(bytes("question"));
        pair.device().write(bytes("answer"));
        tapped.read(new byte[100], SOON);
        tapped.read(new byte[100], SOON);
        assertThat(seen.toString(StandardCharsets.US_ASCII)).isEqualTo("> question < answer");
    }

    @Test
    void faultsHappenAsPlanned() {
        ByteLink faulty = FaultPlan.NONE
                .withChunk(4)
                .withDelay(Duration.ofMillis(1))
                .withCorrupt(Set.of(0L, 5L))
                .withCutAfter(10)
                .on(pair.host());
        pair.device().write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        byte[] buffer = new byte[100];
        assertThat(faulty.read(buffer, SOON)).isEqualTo(4);
        assertThat(buffer).startsWith(~1, 2, 3, 4);
        assertThat(faulty.read(buffer, SOON)).isEqualTo(4);
        assertThat(buffer).startsWith(5, ~6, 7, 8);
        assertThat(faulty.read(buffer, SOON)).isEqualTo(2);
        assertUnplugged(() -> faulty.read(buffer, SOON), Phase.READ);
        assertUnplugged(() -> pair.device().write(bytes("x")), Phase.WRITE);
    }

    @Test
    void tcpNamesAddressPhaseAndReason() throws InterruptedException {
        BlockingQueue<ByteLink> accepted = new ArrayBlockingQueue<>(1);
        TcpListener listener = TcpListener.listen("test", 0, link -> {
            accepted.add(link);
            // Holds the connection until it is closed.
            byte[] buffer = new byte[8];
            while (link.read(buffer, Duration.ofSeconds(5)) >= 0) {
                link.write(bytes("echo"));
            }
        });
        DeviceAddress address = DeviceAddress.parse("test:tcp:127.0.0.1:" + listener.port());
        try (ByteLink link = ByteLink.open(address, NO_LINE)) {
            link.write(bytes("hello"));
            assertThat(read(link)).isEqualTo("echo");
            assertThat(link.read(new byte[8], SOON)).isZero();
            assertThat(accepted.poll(5, TimeUnit.SECONDS)).isNotNull();
            listener.close();
            assertUnplugged(() -> link.read(new byte[8], Duration.ofSeconds(5)), Phase.READ);
        }
        assertThatThrownBy(() -> ByteLink.open(address, NO_LINE))
                .isInstanceOfSatisfying(LinkException.class, failure -> {
                    assertThat(failure.address()).isEqualTo(address);
                    assertThat(failure.phase()).isEqualTo(Phase.OPEN);
                    assertThat(failure.reason()).isEqualTo(StatusReason.UNREACHABLE);
                    assertThat(failure.elapsed()).isLessThan(Duration.ofSeconds(5));
                });
        // The port is free at once for whoever comes next.
        TcpListener.listen("test", listener.port(), _ -> {}).close();
    }

    @Test
    void readsSerialSettingsAndRefusesWrongOnes() {
        assertThat(SerialLine.of(
                        DeviceAddress.parse("feig:serial:/dev/ttyUSB0?baud=19200&parity=even&stopbits=2"), NO_LINE))
                .isEqualTo(new SerialLine(19_200, SerialLine.Parity.EVEN, 2));
        assertThat(SerialLine.of(DeviceAddress.parse("feig:serial:/dev/ttyUSB0"), NO_LINE))
                .isEqualTo(NO_LINE);
        assertThatThrownBy(() -> SerialLine.of(DeviceAddress.parse("feig:serial:/dev/x?parity=mark"), NO_LINE))
                .hasMessageContaining("expected parity to be one of [none, even, odd]");
    }

    @Test
    void readsFlowControl() {
        assertThat(SerialLine.of(DeviceAddress.parse("escpos:serial:/dev/ttyS0?flow=xonxoff"), NO_LINE))
                .isEqualTo(new SerialLine(9_600, SerialLine.Parity.NONE, 1, SerialLine.Flow.XONXOFF));
        assertThatThrownBy(() -> SerialLine.of(DeviceAddress.parse("escpos:serial:/dev/ttyS0?flow=dtr"), NO_LINE))
                .hasMessageContaining("expected flow to be one of [none, rtscts, xonxoff], found 'dtr'");
    }

    private static void assertUnplugged(ThrowingCallable call, Phase phase) {
        assertThatThrownBy(call).isInstanceOfSatisfying(LinkException.class, failure -> {
            assertThat(failure.phase()).isEqualTo(phase);
            assertThat(failure.reason()).isEqualTo(StatusReason.UNPLUGGED);
        });
    }

    private static String read(ByteLink link) {
        byte[] buffer = new byte[100];
        int count = link.read(buffer, Duration.ofSeconds(5));
        return new String(buffer, 0, count, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
