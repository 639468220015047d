package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Pty;
import fi.kimppa.device.simulator.VirtualDesk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardReaderTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        2000012345<CR>,                               2000012345
        2000012345<CR><LF>,                           2000012345
        <STX>2000012345<ETX><CR>,                     2000012345
        ]C0853N06240600<CR>,                          853N06240600
        ]E09789510113691<CR><LF>,                     9789510113691
        07800116607<CR>853N06240600<CR>,              07800116607 853N06240600
        2000012345,                                   2000012345
        ' 2000012345 <CR>',                           2000012345
        <CR><CR><LF><CR>,                             ''
        12<CR>,                                       ''
        123456789012345678901234567<CR>,              ''
        123456789012345678901234567<CR>2000012345<CR>, 2000012345
        ]C0<CR>,                                      ]C0
        """)
    void findsTheCodesInAllChunkSizes(String arriving, String expected) {
        byte[] bytes = bytes(arriving);
        for (int chunk = 1; chunk <= bytes.length; chunk++) {
            var assembler = new ScanAssembler(rules("min=3&max=20&repeat=1"));
            List<Scan> scans = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += chunk) {
                byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
                scans.addAll(assembler.feed(part, part.length, 0));
            }
            assembler.gap(0).ifPresent(scans::add);
            assertThat(scans.stream().map(Scan::text).toList())
                    .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ", -1)));
        }
    }

    @Test
    void keepsTheSymbology() {
        var assembler = new ScanAssembler(rules("max=20"));
        byte[] bytes = "]C0853N06240600\r2000012345\r".getBytes(StandardCharsets.US_ASCII);
        assertThat(assembler.feed(bytes, bytes.length, 0))
                .containsExactly(
                        new Scan("853N06240600", Optional.of("]C0")), new Scan("2000012345", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # settings,                   arriving,                                        codes
        prefix=02,                    <STX>2000012345<CR>2000012353<CR>,               2000012345
        prefix=02,                    <STX>2000<STX>2000012353<CR>,                    2000012353
        prefix=02&suffix=03,          <STX>2000012345<ETX><STX>2000012353<ETX>,        2000012345 2000012353
        suffix=0D0A,                  2000012345<CR><LF>2000012353<CR>,                2000012345
        suffix=0D0A&max=10,           2000012345<CR>2000012353<CR><LF>2000012361<CR><LF>, 2000012361
        suffix=2A,                    2000012345*2000012353*,                          2000012345 2000012353
        suffix=silence,               2000012345<CR>,                                  2000012345
        suffix=usual,                 2000012345<CR><LF>,                              2000012345
        alphabet=digits,              2000012345<CR>20000Z2345<CR>,                    2000012345
        alphabet=alphanumeric,        853N06240600<CR>853N/0624<CR>LVASK-123<CR>,      853N06240600 LVASK-123
        alphabet=ascii,               853N06240600<CR>853Ä<CR>,                        853N06240600
        alphabet=printable,           853Ä<CR>,                                        853Ä
        symbologies=CF,               ]C0853N06240600<CR>]E09789510113691<CR>2000012345<CR>]F0A22853000123451A<CR>, 853N06240600 22853000123451
        min=4,                        ]F0A123B<CR>]F0A1234B<CR>,                       1234
        """)
    void letsInWhatTheSettingsSay(String settings, String arriving, String expected) {
        byte[] bytes = bytes(arriving);
        for (int chunk = 1; chunk <= bytes.length; chunk++) {
            var assembler = new ScanAssembler(rules(settings));
            List<Scan> scans = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += chunk) {
                byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
                scans.addAll(assembler.feed(part, part.length, 0));
            }
            assembler.gap(0).ifPresent(scans::add);
            assertThat(scans.stream().map(Scan::text).toList()).isEqualTo(List.of(expected.split(" ", -1)));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        prefix=2,        hexadecimal
        suffix=CR,       hexadecimal
        alphabet=greek,  digits
        symbologies=CX,  AIM
        min=9&max=8,     1 to 255 characters
        sound=on,        unknown setting
        """)
    void refusesSettingsThatItDoesNotKnow(String settings, String expected) {
        assertThatThrownBy(() -> CardReader.open(DeviceAddress.parse("scanner:tcp:127.0.0.1:1?" + settings), _ -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void forgetsAnEndlessCode() {
        var assembler = new ScanAssembler(rules("suffix=0D0A&max=20"));
        byte[] endless = new byte[100_000];
        Arrays.fill(endless, (byte) '7');
        assertThat(assembler.feed(endless, endless.length, 0)).isEmpty();
        byte[] next = bytes("<CR><LF>2000012345<CR><LF>");
        assertThat(assembler.feed(next, next.length, 0)).containsExactly(new Scan("2000012345", Optional.empty()));
    }

    @Test
    void countsTheSameCodeOnceWithinTheRepeatTime() {
        var assembler = new ScanAssembler(rules("repeat=1000"));
        byte[] code = "2000012345\r".getBytes(StandardCharsets.US_ASCII);
        byte[] other = "2000012353\r".getBytes(StandardCharsets.US_ASCII);
        assertThat(assembler.feed(code, code.length, ms(0))).hasSize(1);
        assertThat(assembler.feed(code, code.length, ms(900))).isEmpty();
        // A card that is held in front of the scanner repeats for longer than the repeat time.
        assertThat(assembler.feed(code, code.length, ms(1_800))).isEmpty();
        assertThat(assembler.feed(other, other.length, ms(1_900))).hasSize(1);
        // Nor does one of several that the scanner sees by turns.
        assertThat(assembler.feed(code, code.length, ms(2_000))).isEmpty();
        assertThat(assembler.feed(other, other.length, ms(2_100))).isEmpty();
        assertThat(assembler.feed(code, code.length, ms(3_000))).hasSize(1);
        assertThat(assembler.feed(other, other.length, ms(3_100))).hasSize(1);
    }

    @Test
    void showsNoCardNumber() {
        assertThat(new Scan("2000012345", Optional.empty()).toString()).doesNotContain("2000012345");
    }

    @Test
    void deliversWhatTheVirtualScannerReadsAndComesBack() {
        List<String> scans = new CopyOnWriteArrayList<>();
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                CardReader reader = CardReader.open(desk.scanner().address(), scan -> scans.add(scan.text()))) {
            eventually("ready", () -> reader.status() instanceof DeviceStatus.Ready);
            eventually("accepted", () -> desk.snapshot().scanner().hosts() == 1);
            assertThat(desk.scanner().scan("2000012345")).isEqualTo(1);
            eventually("the card arrives", () -> scans.equals(List.of("2000012345")));
            desk.scanner().unplug();
            eventually("absent", () -> reader.status() instanceof DeviceStatus.Absent);
            assertThat(desk.scanner().scan("lost")).isZero();
            desk.scanner().replug();
            eventually("back", () -> reader.status() instanceof DeviceStatus.Ready);
            eventually("connected", () -> desk.snapshot().scanner().hosts() == 1);
            desk.scanner().scan("853N06240600");
            eventually("the item arrives", () -> scans.equals(List.of("2000012345", "853N06240600")));
            assertThat(reader.check()).isInstanceOf(DeviceStatus.Ready.class);
        }
    }

    @Test
    void takesACodeWithoutSuffixAfterASilence() {
        List<String> scans = new CopyOnWriteArrayList<>();
        var address = DeviceAddress.parse("scanner:tcp:127.0.0.1:1?gap=20");
        var pair = MemoryLink.pair(address);
        try (var reader =
                new CardReader(DeviceId.of(DeviceKind.SCANNER), address, pair::host, scan -> scans.add(scan.text()))) {
            eventually("ready", () -> reader.status() instanceof DeviceStatus.Ready);
            pair.device().write("3000000011".getBytes(StandardCharsets.US_ASCII));
            eventually("the code arrives", () -> scans.equals(List.of("3000000011")));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsAScannerOnASerialLine() {
        List<String> scans = new CopyOnWriteArrayList<>();
        Pty pty = Pty.open("scanner");
        try (CardReader reader = CardReader.open(pty.address(), scan -> scans.add(scan.text()))) {
            eventually("ready", () -> reader.status() instanceof DeviceStatus.Ready);
            pty.write("]C0853N06240600\r\n".getBytes(StandardCharsets.US_ASCII));
            pty.write("2000012345\r\n".getBytes(StandardCharsets.US_ASCII));
            eventually("both codes arrive", () -> scans.equals(List.of("853N06240600", "2000012345")));
            pty.close();
            eventually("unplugged", () -> reader.status() instanceof DeviceStatus.Absent);
        }
    }

    private static ScanRules rules(String settings) {
        return ScanRules.of(DeviceAddress.parse("scanner:tcp:127.0.0.1:1?" + settings));
    }

    private static byte[] bytes(String text) {
        return text.replace("<CR>", "\r")
                .replace("<LF>", "\n")
                .replace("<STX>", "\u0002")
                .replace("<ETX>", "\u0003")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long ms(long ms) {
        return ms * 1_000_000;
    }
}
