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
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Printers and scanners whose plug is pulled again and again: back at once, and nothing is left behind. */
@EnabledOnOs(OS.LINUX)
class UnpluggedAgainAndAgainTest {
    private static final Duration SOON = Duration.ofSeconds(3);

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
            eventually("ready", () -> plugged.device.status() instanceof DeviceStatus.Ready);
            List<Integer> threads = new ArrayList<>();
            List<Integer> files = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                plugged.unplug();
                eventually("absent", () -> plugged.device.status() instanceof DeviceStatus.Absent);
                plugged.replug();
                long begun = System.nanoTime();
                eventually("ready", () -> plugged.device.status() instanceof DeviceStatus.Ready);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
                plugged.work.accept(i);
                threads.add(Thread.activeCount());
                files.add(openFiles());
            }
            // The first round loads classes; the old end of a link may take a moment to die.
            eventually("threads as in the second round", () -> Thread.activeCount() <= threads.get(1));
            eventually("files as in the second round", () -> openFiles() <= files.get(1));
        }
    }

    private static int openFiles() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }

    /**
     * A device and its plug.
     *
     * @param work what it does after each round
     * @param port where it is plugged in, if that is no loopback port
     */
    private record Plugged(
            Device device, Consumer<Integer> work, Optional<SerialOutlet> port, Runnable pull, Runnable push)
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
        Consumer<Integer> prints = round -> {
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
        Consumer<Integer> scan = round -> {
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
