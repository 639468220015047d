package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.PulledPlug;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pads whose plug is pulled and put back again and again: nothing is left over of a link that is gone. */
@EnabledOnOs(OS.LINUX)
class PadReplugTest {
    private static final VirtualTag BOOK =
            DemoTags.tag(ItemTag.single("3000000011", "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
    private Path folder;

    /** What leads to a reader. */
    enum Cable {
        SERIAL,
        TCP
    }

    @ParameterizedTest
    @CsvSource({"FEIG, SERIAL", "FEIG, TCP", "BIBLIOTHECA, SERIAL", "BIBLIOTHECA, TCP"})
    void comesBackWhenItIsPluggedInAgain(PadMake make, Cable cable) {
        comesBack(make, cable, 5);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"FEIG, SERIAL", "FEIG, TCP", "BIBLIOTHECA, SERIAL", "BIBLIOTHECA, TCP"})
    void comesBackAHundredTimes(PadMake make, Cable cable) {
        comesBack(make, cable, 100);
    }

    private void comesBack(PadMake make, Cable cable, int times) {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                Plug plug = plug(desk, make, cable);
                RfidPad pad = RfidPad.open(plug.address())) {
            desk.pad().lay(BOOK);
            PulledPlug.again(
                    times,
                    pad::check,
                    plug::pull,
                    plug::putBack,
                    _ -> assertThat(pad.inventory()).containsExactly(BOOK.uid()));
        }
    }

    /** The end of a cable that can be pulled. */
    private interface Plug extends AutoCloseable {
        DeviceAddress address();

        void pull();

        void putBack();

        @Override
        void close();
    }

    private Plug plug(VirtualDesk desk, PadMake make, Cable cable) {
        return switch (cable) {
            case SERIAL ->
                new SerialPlug(make, SerialOutlet.plug(make.driver(), folder.resolve("pad"), desk.pad()::serve));
            case TCP -> new TcpPlug(desk, make);
        };
    }

    private record SerialPlug(PadMake make, SerialOutlet outlet) implements Plug {
        @Override
        public DeviceAddress address() {
            return DeviceAddress.parse(make.driver() + ":serial:" + outlet.name());
        }

        @Override
        public void pull() {
            outlet.unplug();
        }

        @Override
        public void putBack() {
            outlet.replug();
        }

        @Override
        public void close() {
            outlet.close();
        }
    }

    /** A serial device server, or a reader with a network of its own. */
    private static final class TcpPlug implements Plug {
        private final VirtualDesk desk;
        private final PadMake make;
        private TcpListener listener;

        TcpPlug(VirtualDesk desk, PadMake make) {
            this.desk = desk;
            this.make = make;
            this.listener = listen(0);
        }

        private TcpListener listen(int port) {
            return TcpListener.listen(make.driver(), port, desk.pad()::serve);
        }

        @Override
        public DeviceAddress address() {
            return new DeviceAddress(make.driver(), new DeviceAddress.Link.Tcp("127.0.0.1", listener.port()), Map.of());
        }

        @Override
        public void pull() {
            listener.close();
        }

        @Override
        public void putBack() {
            listener = listen(listener.port());
        }

        @Override
        public void close() {
            listener.close();
        }
    }
}
