package fi.kimppa.device.link;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
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

    @ParameterizedTest
    @ValueSource(ints = 5)
    void comesBackWhenItIsPluggedInAgain(int times) throws Exception {
        plugAndUnplug(times);
    }

    @Tag("long")
    @Test
    void comesBackAHundredTimes() throws Exception {
        plugAndUnplug(100);
    }

    private void plugAndUnplug(int times) throws Exception {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                SerialOutlet outlet = plug(desk, "ttyUSB0");
                RfidPad pad = RfidPad.open(DeviceAddress.parse("feig:serial:" + outlet.name()))) {
            desk.pad().lay(LENT);
            long files = 0;
            int threads = 0;
            for (int i = 0; i < times; i++) {
                eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
                outlet.unplug();
                eventually("away", () -> away(pad));
                long begun = System.nanoTime();
                outlet.replug();
                eventually("ready again", () -> pad.status() instanceof DeviceStatus.Ready);
                assertThat((System.nanoTime() - begun) / 1_000_000)
                        .as("ms until it is ready again, round %d", i)
                        .isLessThan(3_000);
                assertThat(pad.inventory()).containsExactly(LENT.uid());
                if (i == 1) {
                    files = openFiles();
                    threads = Thread.activeCount();
                }
            }
            assertThat(openFiles()).isLessThanOrEqualTo(files + 2);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
        }
    }

    private static long openFiles() throws Exception {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
