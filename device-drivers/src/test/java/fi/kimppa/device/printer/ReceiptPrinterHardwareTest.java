package fi.kimppa.device.printer;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.Counter;
import fi.kimppa.device.DeviceAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A real printer, named by {@code -Dkimppa.hardware.printer=escpos:tcp:192.0.2.7:9100}. Look at the paper that comes out. */
@EnabledIfSystemProperty(named = "kimppa.hardware.printer", matches = ".+")
class ReceiptPrinterHardwareTest {
    @Test
    void printsAndKnowsIt() {
        DeviceAddress address = DeviceAddress.parse(System.getProperty("kimppa.hardware.printer", ""));
        try (var printer = ReceiptPrinter.open(address)) {
            eventually("usable", () -> printer.status().usable());
            assertThat(printer.print(ReceiptPrinterContract.SLIP)).isEqualTo(new PrintOutcome.Printed());
            assertThat(printer.statistics().count(Counter.CUTS)).isEqualTo(1);
        }
    }
}
