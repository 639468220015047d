package fi.kimppa.device.link;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Pty;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pads that are found by what they are and not by where they are plugged in. */
@EnabledOnOs(OS.LINUX)
class PortSearchTest {
    private static final VirtualTag LENT = tag("3000000011");
    private static final VirtualTag RETURNED = tag("3000000028");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
    private Path folder;

    private static VirtualTag tag(String item) {
        return DemoTags.tag(ItemTag.single(item, "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED);
    }

    private SerialOutlet plug(VirtualDesk desk, String port) {
        return SerialOutlet.plug("feig", folder.resolve(port), desk.pad()::serve);
    }

    private RfidPad pad(String device) {
        return RfidPad.open(DeviceAddress.parse("feig:serial:" + folder + "/ttyUSB*?timeout=300&device=" + device));
    }

    @Test
    void twoReadersThatSwapTheirPortsKeepTheirRoles() {
        try (VirtualDesk lending = VirtualDesk.start(DeskPorts.any());
                VirtualDesk returning = VirtualDesk.start(DeskPorts.any())) {
            lending.pad().setDeviceId(0x0A0B0C01);
            returning.pad().setDeviceId(0x0A0B0C02);
            lending.pad().lay(LENT);
            returning.pad().lay(RETURNED);
            SerialOutlet first = plug(lending, "ttyUSB0");
            SerialOutlet second = plug(returning, "ttyUSB1");
            try (RfidPad lendingPad = pad("0A0B0C01");
                    RfidPad returningPad = pad("0A0B0C02")) {
                sees(lendingPad, LENT);
                sees(returningPad, RETURNED);
                first.close();
                second.close();
                eventually("both away", () -> away(lendingPad) && away(returningPad));
                first = plug(returning, "ttyUSB0");
                second = plug(lending, "ttyUSB1");
                sees(lendingPad, LENT);
                sees(returningPad, RETURNED);
            } finally {
                first.close();
                second.close();
            }
        }
    }

    private static boolean away(RfidPad pad) {
        return pad.status() instanceof DeviceStatus.Absent;
    }

    private static void sees(RfidPad pad, VirtualTag tag) {
        eventually(pad.id() + " is ready", () -> pad.status() instanceof DeviceStatus.Ready);
        assertThat(pad.inventory()).containsExactly(tag.uid());
    }

    @Test
    void saysThatNoPortHasSuchAName() {
        try (RfidPad pad = pad("0A0B0C01")) {
            eventually("told", () -> pad.lastFailure().orElse("").contains("no port has such a name"));
        }
    }

    /** A reader that understands its own speed only, as the other end of its pseudo-terminal shows it. */
    private SerialOutlet plugAt(VirtualDesk desk, int baud) {
        return SerialOutlet.plug(
                "feig", folder.resolve("ttyUSB0"), link -> desk.pad().serve(((Pty) link).at(baud)));
    }

    private RfidPad padAt(String baud) {
        return RfidPad.open(
                DeviceAddress.parse("feig:serial:" + folder + "/ttyUSB0?frames=advanced&timeout=60&baud=" + baud));
    }

    @ParameterizedTest
    @ValueSource(ints = {9_600, 19_200, 38_400, 57_600, 115_200})
    void findsTheSpeedOfAReader(int baud) {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                SerialOutlet _ = plugAt(desk, baud);
                RfidPad pad = padAt("auto")) {
            desk.pad().lay(LENT);
            sees(pad, LENT);
        }
    }

    @Test
    void saysWhichSpeedsItTriedOnAReaderOfAnother() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                SerialOutlet _ = plugAt(desk, 4_800);
                RfidPad pad = padAt("auto")) {
            eventually("told", () -> pad.lastFailure().orElse("").contains("found nowhere"));
            String told = pad.lastFailure().orElseThrow();
            assertThat(told)
                    .contains("baud=auto: OPEN failed", "NO_ANSWER serial:" + folder + "/ttyUSB0 38400 8E1")
                    .contains("19200 8N1", "9600 8E1", "57600 8N1", "115200 8E1");
            assertThat(pad.status().why()).contains(StatusReason.NO_ANSWER);
        }
    }

    @Test
    void isNotFoundAtAnotherSpeedThanTheOneThatIsSet() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                SerialOutlet _ = plugAt(desk, 9_600)) {
            try (RfidPad pad = padAt("19200")) {
                eventually("no answer", () -> pad.status().why().equals(Optional.of(StatusReason.NO_ANSWER)));
            }
            try (RfidPad pad = padAt("9600&parity=none")) {
                eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            }
        }
    }
}
