package fi.kimppa.device.tool;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kimppa-desk} as another maker's software meets it: a program of its own, and on this side nothing of ours, only sockets, a
 * serial port as a file, and bytes as the manuals print them.
 */
@EnabledOnOs(OS.LINUX)
class ForeignHostTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int PATIENCE_MILLIS = 5_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Path folder;

    private static final Map<String, Integer> PORTS = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // started before the first test
    private static Process program;

    @SuppressWarnings("NullAway.Init") // started before the first test
    private static BufferedReader said;

    @SuppressWarnings("NullAway.Init") // started before the first test
    private static Writer orders;

    @BeforeAll
    static void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DeskTool.class.getName()));
        command.addAll(List.of("--pad=0", "--printer=0", "--scanner=0", "--door=0"));
        command.addAll(List.of("--serial=" + folder.resolve("ports"), "--paper=" + folder.resolve("paper")));
        program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        said = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        orders = new OutputStreamWriter(program.getOutputStream(), StandardCharsets.UTF_8);
        while (PORTS.size() < 4) {
            String[] words = line().strip().split("\\s+", 3);
            PORTS.put(words[0], Integer.parseInt(words[1].replaceAll("^.*:(\\d+)(\\?.*)?$", "$1")));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(line()).startsWith("serial   ");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        order("quit");
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
    }

    private static String line() throws IOException {
        String line = said.readLine();
        assertThat(line).as("a line of kimppa-desk").isNotNull();
        return line == null ? "" : line;
    }

    /** What the program says to an order; whatever it said before is passed over. */
    private static String told(String order, String beginning) throws IOException {
        order(order);
        String line = line();
        while (!line.startsWith(beginning)) {
            line = line();
        }
        return line;
    }

    private static void order(String text) throws IOException {
        orders.write(text + "\n");
        orders.flush();
    }

    /** One foreign connection over TCP. */
    private static final class Host implements AutoCloseable {
        private final Socket socket;

        Host(String device) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), PORTS.getOrDefault(device, 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
        }

        void tell(String hex) throws IOException {
            socket.getOutputStream().write(bytes(hex));
        }

        String hear(int count) throws IOException {
            return spaced(socket.getInputStream().readNBytes(count));
        }

        String ask(String hex, int count) throws IOException {
            tell(hex);
            return hear(count);
        }

        boolean silent() throws IOException {
            socket.setSoTimeout(100);
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException _) {
                return true;
            } finally {
                socket.setSoTimeout(PATIENCE_MILLIS);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex.replace(" ", ""));
    }

    private static String spaced(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
    }

    /** {@code LEN ADR CMD … CRC} with the FEIG manual's check sum: reflected 8408, FFFF at first, low byte first (H60301). */
    private static String feig(String advancedWithoutCrc) {
        byte[] body = bytes(advancedWithoutCrc);
        int crc = 0xFFFF;
        for (byte b : body) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x8408 : crc >> 1;
            }
        }
        return spaced(body) + " %02X %02X".formatted(crc & 0xFF, crc >> 8);
    }

    @Test
    void isAFeigReaderToOthers() throws IOException {
        try (Host host = new Host("pad")) {
            // Version, standard and advanced frame, and the answers: unit tests of
            // Amarok79/InlayTester.Drivers.FeigReader.
            assertThat(host.ask("05 FF 65 E5 CB", 13)).isEqualTo("0D 00 65 00 03 03 00 44 53 0D 30 33 09");
            assertThat(host.ask("02 00 07 FF 65 6E 61", 15)).isEqualTo("02 00 0F 00 65 00 03 03 00 44 53 0D 30 74 69");
            // Inventory of an empty pad (H60301, ISO standard host commands [0xB0] [0x01]); status 01: no transponder.
            assertThat(host.ask("02 00 09 FF B0 01 00 18 43", 8)).isEqualTo("02 00 08 00 B0 01 19 CE");
            // RF reset: status 00.
            assertThat(host.ask("02 00 07 FF 69 02 AB", 8)).isEqualTo("02 00 08 00 69 00 B3 57");
            assertThat(told("blank E00401500A1B2C3D", "E004")).isEqualTo("E00401500A1B2C3D");
            String found = feig("02 00 13 00 B0 00 01 03 00 E0 04 01 50 0A 1B 2C 3D");
            assertThat(host.ask("02 00 09 FF B0 01 00 18 43", 19)).isEqualTo(found);
            // Write block 0, addressed; then AFI := C2; each answered with status 00.
            assertThat(host.ask("02 00 18 FF B0 24 01 E0 04 01 50 0A 1B 2C 3D 00 01 04 11 01 01 38 48 D3", 8))
                    .isEqualTo("02 00 08 00 B0 00 90 DF");
            assertThat(host.ask("02 00 12 FF B0 27 01 E0 04 01 50 0A 1B 2C 3D C2 88 F8", 8))
                    .isEqualTo("02 00 08 00 B0 00 90 DF");
            assertThat(told("show", "tag")).startsWith("tag      E00401500A1B2C3D  AFI C2");
            // A frame whose check sum is wrong is not answered, and the next one is.
            host.tell("02 00 07 FF 65 6E 62");
            assertThat(host.silent()).isTrue();
            assertThat(host.ask("02 00 07 FF 65 6E 61", 3)).isEqualTo("02 00 0F");
        }
    }

    @Test
    void isAReceiptPrinterToOthers() throws Exception {
        try (Host host = new Host("printer")) {
            // DLE EOT 1 to 4 (Epson, ESC/POS command reference): bits 1 and 4 are always 1.
            assertThat(host.ask("10 04 01 10 04 02 10 04 03 10 04 04", 4)).isEqualTo("12 12 12 12");
            order("cover open");
            // Off line (bit 3 of status 1), cover open (bit 2 of status 2); told until it is closed.
            awaitAnswer(host, "10 04 01 10 04 02", "1A 16");
            order("cover closed");
            awaitAnswer(host, "10 04 01 10 04 02", "12 12");
            order("paper out");
            // Paper end: bits 5 and 6 of status 4.
            awaitAnswer(host, "10 04 04", "72");
            order("paper low");
            awaitAnswer(host, "10 04 04", "1E");
            order("cutter jam");
            // An error (bit 6 of status 2): the cutter (bit 3 of status 3).
            awaitAnswer(host, "10 04 02 10 04 03", "52 1A");
            order("cutter free");
            // DLE ENQ 2: clear the buffers and go on, which it does when nothing is in its way any more.
            awaitAnswer(host, "10 05 02 10 04 02 10 04 03", "12 12");
            // Init, set USA, CP858, "Åbo €", line feed, cut; GS r 1 is answered when all before it is on paper.
            assertThat(host.ask("1B 40 1B 52 00 1B 74 13 8F 62 6F 20 D5 0A 1D 56 00 1D 72 01", 1))
                    .isEqualTo("03");
            Path slip = folder.resolve("paper").resolve("slip-1.txt");
            await(() -> Files.exists(slip) && Files.readString(slip).equals("Åbo €\n"), "the slip as text");
            await(
                    () -> spaced(Files.readAllBytes(folder.resolve("paper").resolve("slip-1.png")))
                            .startsWith("89 50 4E 47"),
                    "the slip as a picture");
        }
    }

    @Test
    void isARelayBoardToOthersOverTcpAndOnASerialPort() throws Exception {
        try (Host host = new Host("door")) {
            // Modbus Application Protocol 1.1b3: 6.5 write single coil, echoed; 6.1 read coils.
            assertThat(host.ask("00 01 00 00 00 06 01 05 00 00 FF 00", 12))
                    .isEqualTo("00 01 00 00 00 06 01 05 00 00 FF 00");
            assertThat(host.ask("00 02 00 00 00 06 01 01 00 00 00 08", 10)).isEqualTo("00 02 00 00 00 04 01 01 01 01");
            assertThat(told("door pull", "It ")).isEqualTo("It opens.");
            order("door tamper");
            // 6.2 read discrete inputs: the contact is bit 0, the tamper contact bit 2.
            await(
                    () -> host.ask("00 03 00 00 00 06 01 02 00 00 00 08", 10).equals("00 03 00 00 00 04 01 02 01 05"),
                    "inputs");
            // Section 7: illegal data address.
            assertThat(host.ask("00 04 00 00 00 06 01 01 00 40 00 08", 9)).isEqualTo("00 04 00 00 00 03 01 81 02");
        }
        try (FileChannel port = FileChannel.open(
                folder.resolve("ports").resolve("door"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // The same over RTU (Modbus over Serial Line 1.02); the check sums are widely published for these messages.
            port.write(ByteBuffer.wrap(bytes("01 05 00 00 00 00 CD CA")));
            assertThat(hear(port, 8)).isEqualTo("01 05 00 00 00 00 CD CA");
            port.write(ByteBuffer.wrap(bytes("01 01 00 00 00 08 3D CC")));
            assertThat(hear(port, 6)).isEqualTo("01 01 01 00 51 88");
        }
    }

    @Test
    void isAScannerToOthers() throws Exception {
        try (Host host = new Host("scanner")) {
            // Until the program has noticed this host it reads for nobody.
            await(
                    () -> {
                        order("scan 22853000123456");
                        return host.socket.getInputStream().available() >= 15;
                    },
                    "a code");
            assertThat(host.hear(15)).isEqualTo("32 32 38 35 33 30 30 30 31 32 33 34 35 36 0D");
        }
    }

    private static String hear(FileChannel port, int count) throws IOException {
        var heard = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (heard.size() < count) {
            buffer.clear().limit(count - heard.size());
            int got = port.read(buffer);
            assertThat(got).as("bytes after %s", spaced(heard.toByteArray())).isPositive();
            heard.write(buffer.array(), 0, got);
        }
        return spaced(heard.toByteArray());
    }

    private static void awaitAnswer(Host host, String question, String answer) throws Exception {
        int count = bytes(answer).length;
        await(() -> host.ask(question, count).equals(answer), question + " answered by " + answer);
    }

    /** What may take a moment because it was ordered on standard input. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, String what) {
        eventually(what, () -> {
            try {
                return condition.holds();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
