package fi.kimppa.device.tool;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.DeskDevice;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.DeskSetup;
import fi.kimppa.device.simulator.PadModel;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code kimppa-devices probe} finds, and what it leaves alone. */
class ProbeTest {
    private static final String LAST_QUESTION = "D50005040011";
    private static final SerialLine LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);

    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @AfterEach
    void close() {
        desk.close();
    }

    private String probe(String place) {
        return probe(place, 0.1, 60);
    }

    /** Simulators answer within a few ms, but on a machine that has much to do not always: then they get more time. */
    private String found(String place, String expected) {
        return Stream.of(60, 400, 3_000)
                .map(silence -> probe(place, 0.1, silence))
                .filter(said -> said.contains(expected))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not found at " + place + ": " + expected));
    }

    private String probe(String place, double listening, int silence) {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(DevicesTool.run(print, print, "probe", place, "--silence=" + silence, "--listen=" + listening))
                .isZero();
        String said = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return said;
    }

    private static String place(DeviceAddress address) {
        return address.link().toString().replaceFirst("^(tcp|serial):", "");
    }

    @ParameterizedTest
    @CsvSource({"PRINTER, printer, escpos", "DOOR, relay board, modbus", "PAD, pad, feig"})
    void findsWhatAnswersOverTcpAndOnASerialPort(DeskDevice which, String kind, String driver) {
        String tcp = place(desk.device(which).address());
        assertThat(found(tcp, kind + "  ")).contains(driver + ":tcp:" + tcp);
        Path port = folder.resolve("port");
        desk.device(which).serial(port, Optional.empty());
        assertThat(found(port.toString(), kind + "  ")).contains(driver + ":serial:" + port + "?baud=");
    }

    @Test
    void tellsA3mPadFromAFeig() {
        try (VirtualDesk other = VirtualDesk.start(DeskSetup.at(DeskPorts.any()).withPad(PadModel.BIBLIOTHECA))) {
            String tcp = place(other.pad().address());
            assertThat(found(tcp, "pad  ")).contains("bibliotheca:tcp:" + tcp);
        }
    }

    @Test
    void guessesNothingAboutASilentLineAndHearsAScannerWithoutShowingTheCode() {
        String place = place(desk.scanner().address());
        assertThat(probe(place)).contains("silent: a scanner? present a code").doesNotContain("scanner:tcp");
        eventually(
                "the first look has ended at the scanner, too",
                () -> desk.scanner().hosts() == 0);
        var scanning = CompletableFuture.runAsync(
                () -> eventually("somebody listens", () -> desk.scanner().scan("22853000123456") > 0));
        assertThat(probe(place, 5, 60))
                .contains("scanner:tcp:" + place)
                .contains("of its own accord")
                .doesNotContain("22853000");
        assertThat(scanning).succeedsWithin(Duration.ofSeconds(5));
    }

    /** A driver that connects would switch the lock off; a look must not even do that. */
    @Test
    void switchesNothingAtARelayBoard() {
        try (ByteLink host = ByteLink.open(desk.door().address(), LINE)) {
            // Modbus Application Protocol 1.1b3, section 6.5: coil 0 on.
            host.write(HexFormat.of().parseHex("00010000000601050000FF00"));
            eventually("released", () -> desk.door().released());
            assertThat(found(place(desk.door().address()), "coils 10000000")).contains("inputs 00000000");
            assertThat(desk.door().released()).isTrue();
        }
    }

    /** Whoever takes all for text, or for a relay's orders, must find nothing to do in it. */
    @ParameterizedTest
    @EnumSource
    void saysNothingThatASilentDeviceCouldPrintOrSwitch(Place place) {
        var heard = new ByteArrayOutputStream();
        Consumer<ByteLink> silent = link -> {
            byte[] buffer = new byte[256];
            while (true) {
                int count = link.read(buffer, Duration.ofSeconds(5));
                heard.write(buffer, 0, count);
            }
        };
        switch (place) {
            case TCP -> {
                try (TcpListener listener = TcpListener.listen("silent", 0, silent)) {
                    ask("127.0.0.1:" + listener.port(), heard);
                }
            }
            case SERIAL -> {
                try (SerialOutlet outlet = SerialOutlet.plug("silent", folder.resolve("port"), silent)) {
                    ask(outlet.name().toString(), heard);
                }
            }
        }
        String hex = hex(heard);
        // Every kind was asked, the last one a 3M pad: printer, relay board, FEIG.
        assertThat(hex)
                .startsWith("100401")
                .contains(place == Place.TCP ? "0006010100000008" : "0101000000083DCC")
                .contains("020007FF656E61")
                .contains("05FF65E5CB");
        // No end of a line or page, no paper to feed or cut, no write of a coil or register.
        assertThat(heard.toByteArray()).doesNotContain('\n', '\f', '\r', 0x1B, 0x1D);
        assertThat(hex).doesNotContain("010500", "010600", "010F00", "011000");
    }

    /** Who closes a serial port drops what was not read yet: on a machine that has much to do, the last questions need more time. */
    private void ask(String place, ByteArrayOutputStream heard) {
        for (int silence : new int[] {20, 400, 3_000}) {
            heard.reset();
            probe(place, 0, silence);
            if (hex(heard).contains(LAST_QUESTION)) {
                return;
            }
        }
        throw new AssertionError("the last question did not come, but " + hex(heard));
    }

    private static String hex(ByteArrayOutputStream heard) {
        return HexFormat.of().withUpperCase().formatHex(heard.toByteArray());
    }

    /** Where it is asked. */
    enum Place {
        TCP,
        SERIAL
    }

    @Test
    void namesPortAndCauseOfWhatCannotBeOpened() throws Exception {
        assertThat(probe("/dev/no-such-port")).contains("/dev/no-such-port").contains("is the device plugged in?");
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(probe(file.toString())).contains("it is no serial port");
        assertThat(probe("127.0.0.1:1")).contains("127.0.0.1:1").contains("refused");
        Path port = folder.resolve("port");
        DeviceAddress address = desk.scanner().serial(port, Optional.empty());
        try (ByteLink _ = ByteLink.open(address, LINE)) {
            assertThat(probe(port.toString())).contains(port.toString()).contains("has it open already");
            try (ByteLink twice = ByteLink.open(address, LINE)) {
                throw new AssertionError("opened twice: " + twice);
            } catch (DeviceException e) {
                assertThat(e).hasMessageContaining("has it open already");
            }
        }
        assertThat(probe("pcsc")).contains("pcsc  ");
    }
}
