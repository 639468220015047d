package fi.kimppa.device;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.card.CardReader;
import fi.kimppa.device.card.Scan;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Printers and scanners whose plug is pulled again and again: back at once, and nothing is left behind. */
@EnabledOnOs(OS.LINUX)
class UnpluggedAgainAndAgainTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    enum Way {
        PRINTER_OVER_TCP,
        PRINTER_ON_A_SERIAL_PORT,
        /** As at /dev/usb/lp0. */
        PRINTER_BEHIND_A_DEVICE_FILE,
        SCANNER_OVER_TCP,
        SCANNER_ON_A_SERIAL_PORT
    }

    @ParameterizedTest
    @EnumSource
    void comesBackThreeTimes(Way way) {
        pullThePlug(way, 3);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void comesBackAHundredTimesAndLeavesNothingBehind(Way way) {
        pullThePlug(way, 100);
    }

    private void pullThePlug(Way way, int times) {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                Plugged plugged = plug(way, desk)) {
            PulledPlug.again(times, plugged.device::status, plugged::unplug, plugged::replug, plugged.work);
        }
    }

    /**
     * A device and its plug.
     *
     * @param work what it does after each round
     * @param port where it is plugged in, if that is no loopback port
     */
    private record Plugged(Device device, IntConsumer work, Optional<SerialOutlet> port, Runnable pull, Runnable push)
            implements AutoCloseable {
        void unplug() {
            port.ifPresentOrElse(SerialOutlet::unplug, pull);
        }

        void replug() {
            port.ifPresentOrElse(SerialOutlet::replug, push);
        }

        @Override
        public void close() {
            device.close();
            port.ifPresent(SerialOutlet::close);
        }
    }

    private Plugged plug(Way way, VirtualDesk desk) {
        return switch (way) {
            case PRINTER_OVER_TCP -> printer(desk, desk.printer().address(), Optional.empty());
            case PRINTER_ON_A_SERIAL_PORT, PRINTER_BEHIND_A_DEVICE_FILE -> {
                SerialOutlet port = port("escpos", desk.printer()::serve);
                String link = way == Way.PRINTER_ON_A_SERIAL_PORT ? "serial" : "file";
                yield printer(desk, DeviceAddress.parse("escpos:" + link + ":" + port.name()), Optional.of(port));
            }
            case SCANNER_OVER_TCP -> scanner(desk, desk.scanner().address(), Optional.empty());
            case SCANNER_ON_A_SERIAL_PORT -> {
                SerialOutlet port = port("scanner", desk.scanner()::serve);
                yield scanner(desk, DeviceAddress.parse("scanner:serial:" + port.name()), Optional.of(port));
            }
        };
    }

    private SerialOutlet port(String driver, Consumer<ByteLink> device) {
        return SerialOutlet.plug(driver, folder.resolve(driver), device);
    }

    private static Plugged printer(VirtualDesk desk, DeviceAddress address, Optional<SerialOutlet> port) {
        ReceiptPrinter printer = ReceiptPrinter.open(address);
        IntConsumer prints = round -> {
            assertThat(printer.print(Receipt.builder().text("round " + round).build()))
                    .isEqualTo(new PrintOutcome.Printed());
            assertThat(desk.printer().tear())
                    .singleElement()
                    .satisfies(slip -> assertThat(slip.text()).isEqualTo("round " + round + "\n"));
        };
        return new Plugged(printer, prints, port, desk.printer()::unplug, desk.printer()::replug);
    }

    private static Plugged scanner(VirtualDesk desk, DeviceAddress address, Optional<SerialOutlet> port) {
        List<Scan> scans = new CopyOnWriteArrayList<>();
        CardReader scanner = CardReader.open(address, scans::add);
        IntConsumer scan = round -> {
            eventually(
                    "the scanner has its host", () -> desk.snapshot().scanner().hosts() == 1);
            desk.scanner().scan("200000" + round);
            eventually("the code arrives", () -> scans.size() == round + 1);
            assertThat(scans.getLast().text()).isEqualTo("200000" + round);
            // A link that breaks in its first conversation makes the pause before the next one longer.
            long before = scanner.statistics().exchanges();
            eventually("it is listened to again", () -> scanner.statistics().exchanges() > before);
        };
        return new Plugged(scanner, scan, port, desk.scanner()::unplug, desk.scanner()::replug);
    }
}
