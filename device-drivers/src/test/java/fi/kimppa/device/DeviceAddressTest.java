package fi.kimppa.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress.Link;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "feig:tcp:127.0.0.1:10001",
                "feig:serial:/dev/ttyUSB0?baud=38400",
                "escpos:tcp:printer.example:9100?columns=42",
                "scanner:serial:COM3",
                "feig:listen:0.0.0.0:10005?mode=notify",
                "escpos:file:/dev/usb/lp0?columns=42",
                "card:pcsc:ACS ACR1552",
                "card:pcsc:*?content=sector1",
                "modbus:tcp:[2001:db8::7]:502?unit=1&coil=0"
            })
    void printsWhatItRead(String text) {
        assertThat(DeviceAddress.parse(text)).hasToString(text);
    }

    @Test
    void readsItsParts() {
        DeviceAddress address = DeviceAddress.parse("modbus:tcp:[2001:db8::7]:502?coil=3");
        assertThat(address.driver()).isEqualTo("modbus");
        assertThat(address.link()).isEqualTo(new Link.Tcp("2001:db8::7", 502));
        assertThat(address.setting("coil", 0, 0, 7)).isEqualTo(3);
        assertThat(address.setting("unit", 1, 0, 255)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ''                             | expected driver:link:place
                feig                           | expected driver:link:place
                feig:tcp                       | expected driver:link:place
                feig:tcp:10001                 | expected host:port after tcp:
                feig:tcp:host:                 | expected host:port after tcp:
                feig:tcp:host:0                | Expected a port from 1 to 65535
                feig:tcp:host:99999            | Expected a port from 1 to 65535
                feig:usb:1                     | expected the link tcp, listen, serial, file or pcsc, found 'usb'
                feig:memory:1                  | expected the link tcp, listen, serial, file or pcsc, found 'memory'
                escpos:file:usb/lp0            | expected a path after file:
                feig:serial:                   | expected a serial port after serial:
                card:pcsc:                     | expected a reader after pcsc:
                FEIG!:tcp:host:1               | Expected a driver name
                feig:tcp:host:1?baud           | expected setting=value after ?
                feig:tcp:host:1?a=1&a=2        | setting 'a' is given twice
                """)
    void saysWhatItExpected(String text, String message) {
        assertThatThrownBy(() -> DeviceAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnotherDriverUnknownSettingsAndValuesOutOfRange() {
        DeviceAddress address = DeviceAddress.parse("escpos:tcp:host:9100?colums=42&columns=999");
        assertThatThrownBy(() -> address.expect("feig", Set.of())).hasMessageContaining("expected the driver feig");
        assertThatThrownBy(() -> address.expect("escpos", Set.of("columns")))
                .hasMessageContaining("unknown setting 'colums', expected one of columns");
        assertThatThrownBy(() -> address.setting("columns", 48, 16, 64))
                .hasMessageContaining("expected columns from 16 to 64, found '999'");
    }
}
