package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.simulator.Pty;
import fi.kimppa.device.simulator.VirtualPad;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same contract over a real serial port of the system: the other end of a pseudo-terminal. */
@EnabledOnOs(OS.LINUX)
class FeigPadOverSerialTest extends RfidPadContract {
    private static final SerialLine LINE = new SerialLine(38_400, SerialLine.Parity.EVEN, 1);

    @Override
    RfidPad driver(VirtualPad virtualPad) {
        return FeigProtocol.open(DeviceId.of(DeviceKind.PAD), virtualPad.address(), () -> {
            if (!virtualPad.plugged()) {
                throw new LinkException(
                        virtualPad.address(), Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, "unplugged");
            }
            Pty pty = Pty.open("feig");
            Thread.ofPlatform().daemon().start(() -> virtualPad.serve(pty));
            return ByteLink.open(pty.address(), LINE);
        });
    }

    @Test
    void namesThePortThatIsNotThere() {
        DeviceAddress address = DeviceAddress.parse("feig:serial:/dev/no-such-port");
        assertThatThrownBy(() -> ByteLink.open(address, LINE))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("/dev/no-such-port")
                .hasMessageContaining("OPEN failed");
    }
}
