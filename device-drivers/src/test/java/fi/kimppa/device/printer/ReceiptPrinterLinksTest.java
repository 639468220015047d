package fi.kimppa.device.printer;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Pty;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualPrinter;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract over every link that a printer may have: over TCP and a serial port in every build, over the others a receipt only, and
 * all of it with the profile full.
 */
class ReceiptPrinterLinksTest {
    private static final SerialLine LINE = new SerialLine(115_200, SerialLine.Parity.NONE, 1);

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory", "byte by byte"})
    @EnabledOnOs(OS.LINUX)
    void printsOverTheOtherLinks(String link) {
        try (var desk = VirtualDesk.start(DeskPorts.any());
                var printer = switch (link) {
                    case "file" -> terminal(desk.printer(), "file", Map.of());
                    case "memory" -> memory(desk.printer(), Map.of(), FaultPlan.NONE);
                    default -> memory(desk.printer(), Map.of(), FaultPlan.NONE.withChunk(1));
                }) {
            eventually("ready", () -> printer.status() instanceof DeviceStatus.Ready);
            desk.printer().setCoverOpen(true);
            eventually("open", () -> !printer.status().usable());
            desk.printer().setCoverOpen(false);
            eventually("ready again", () -> printer.status() instanceof DeviceStatus.Ready);
            assertThat(printer.print(ReceiptPrinterContract.SLIP)).isEqualTo(new PrintOutcome.Printed());
            assertThat(desk.printer().slips()).hasSize(1);
        }
    }

    @Nested
    class OverTcp extends ReceiptPrinterContract {
        @Override
        ReceiptPrinter driver(VirtualPrinter virtual, Map<String, String> settings) {
            return ReceiptPrinter.open(
                    new DeviceAddress("escpos", virtual.address().link(), settings));
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class OverASerialPort extends ReceiptPrinterContract {
        @Override
        ReceiptPrinter driver(VirtualPrinter virtual, Map<String, String> settings) {
            return terminal(virtual, "serial", settings);
        }
    }

    @Tag("long")
    @Nested
    @EnabledOnOs(OS.LINUX)
    class OverADeviceFile extends ReceiptPrinterContract {
        @Override
        ReceiptPrinter driver(VirtualPrinter virtual, Map<String, String> settings) {
            return terminal(virtual, "file", settings);
        }
    }

    @Tag("long")
    @Nested
    class InMemory extends ReceiptPrinterContract {
        @Override
        ReceiptPrinter driver(VirtualPrinter virtual, Map<String, String> settings) {
            return memory(virtual, settings, FaultPlan.NONE);
        }
    }

    @Tag("long")
    @Nested
    class ByteByByte extends ReceiptPrinterContract {
        @Override
        ReceiptPrinter driver(VirtualPrinter virtual, Map<String, String> settings) {
            return memory(virtual, settings, FaultPlan.NONE.withChunk(1));
        }
    }

    private static ReceiptPrinter memory(VirtualPrinter virtual, Map<String, String> settings, FaultPlan faults) {
        var address = new DeviceAddress("escpos", new DeviceAddress.Link.Memory("test"), settings);
        return new ReceiptPrinter(DeviceId.of(DeviceKind.PRINTER), address, () -> {
            if (!virtual.plugged()) {
                throw ReceiptPrinterContract.unplugged(virtual);
            }
            MemoryLink.Pair pair = MemoryLink.pair(address);
            Thread.ofVirtual().start(() -> virtual.serve(pair.device()));
            return faults.on(pair.host());
        });
    }

    /** A new pair for each time that the driver opens it: the printer that is plugged in again. */
    private static ReceiptPrinter terminal(VirtualPrinter virtual, String kind, Map<String, String> settings) {
        var named = new DeviceAddress("escpos", new DeviceAddress.Link.Memory("test"), settings);
        return new ReceiptPrinter(DeviceId.of(DeviceKind.PRINTER), named, () -> {
            if (!virtual.plugged()) {
                throw ReceiptPrinterContract.unplugged(virtual);
            }
            Pty pty = Pty.open("escpos");
            Thread.ofPlatform().daemon().start(() -> virtual.serve(pty));
            String path = ((DeviceAddress.Link.Serial) pty.address().link()).port();
            return ByteLink.open(DeviceAddress.parse("escpos:" + kind + ":" + path), LINE);
        });
    }
}
