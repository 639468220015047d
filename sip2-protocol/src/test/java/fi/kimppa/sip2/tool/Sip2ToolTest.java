package fi.kimppa.sip2.tool;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.DeadPort;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sip2ToolTest {
    private static final String ONLINE = "98YYYYNY100003" + "20261121    1430052.00AOVASKI|BXYYYNYYYYYNYNNNYN|";
    private static final Map<String, String> ANSWERS = Map.of(
            "93", "941",
            "99", ONLINE,
            "63",
                    "64              00720261121    143005000000000001000000000000AOVASKI|AA2000012345|AEMäkelä, Åke|BLY|CQY|");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private ServerSocket listener;

    @TempDir
    Path directory;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    // ---- send --------------------------------------------------------------------------------------------

    @Test
    void sendsAMessageAsItIsTypedAndLabelsTheAnswer() {
        assertThat(run("send", address(), "9900302.00")).isEqualTo(Exit.WELL);

        assertThat(received).containsExactly("9900302.00AY0AZFCA6");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("> 99 SC Status\n", "< 98 ACS Status\n", "    AO institution id           VASKI\n");
    }

    @Test
    void sendsAMessageByItsFieldsAfterALogin() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "its-password\n");
        Path pin = Files.writeString(directory.resolve("pin"), "1234\n");

        assertThat(run(
                        "send",
                        address(),
                        "--login",
                        "kiosk",
                        "--password-file=" + password,
                        "63",
                        "language=007",
                        "summary=  Y       ",
                        "AO=VASKI",
                        "AA=2000012345",
                        "AD=@" + pin))
                .isEqualTo(Exit.WELL);

        assertThat(received.getFirst()).startsWith("9300CNkiosk|COits-password|AY0AZ");
        assertThat(received.getLast()).startsWith("63007").contains("  Y       AOVASKI|AA2000012345|AD1234|AY1AZ");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("1234")
                .doesNotContain("its-password")
                .doesNotContain("Mäkelä");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void showsPersonsWhenAskedAndNeverAPin() {
        run("send", address(), "--persons", "63", "AA=2000012345", "AD=4711");

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Mäkelä, Åke").doesNotContain("4711");
    }

    @Test
    void warnsOfAPinOnTheCommandLine() {
        run("send", address(), "63", "AA=2000012345", "AD=4711");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("warning: a password or PIN on the command line");

        err.reset();
        run("send", address(), "9300CNkiosk|COits-password|");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("warning: a password or PIN on the command line");
    }

    @Test
    void writesJson() {
        run("send", address(), "--json", "99");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"sent\":{\"command\":\"99\",\"name\":\"SC Status\"")
                .contains(
                        "\"received\":{\"command\":\"98\"",
                        "\"sequence\":0",
                        "\"checksum\":\"right\"",
                        "\"milliseconds\":");
    }

    @Test
    void leavesErrorDetectionOutWhereItIsNotWanted() {
        run("send", address(), "--error-detection=never", "9900302.00");

        assertThat(received).containsExactly("9900302.00");
    }

    @Test
    void silenceIsADifferenceAndNobodyThereIsNoConnection() throws IOException {
        assertThat(run("send", address(), "--timeout=0.3", "1720261121    143005AB1|"))
                .isEqualTo(Exit.DIFFERS);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("< nothing in ");

        try (Socket nobody = DeadPort.held()) {
            assertThat(run("send", "127.0.0.1:" + nobody.getLocalPort(), "99")).isEqualTo(Exit.NO_CONNECTION);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("sip2: no connection to sip2:tcp:");
    }

    // ---- conformance -------------------------------------------------------------------------------------

    @Test
    void reportsWhatDiffersFromAGoldenConversation() throws IOException {
        Path data = Files.writeString(directory.resolve("data"), "LOGIN=kiosk\nPASSWORD=its-password\nAO=VASKI\n");
        assertThat(run("conformance", address(), "--data", data.toString(), "server-93-logs-in"))
                .isEqualTo(Exit.WELL);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("passed   server-93-logs-in\n1 passed, 0 differ, 0 skipped\n");

        out.reset();
        assertThat(run(
                        "conformance",
                        address(),
                        "--data",
                        data.toString(),
                        "server-93-refuses-a-wrong-password",
                        "server-11-lends"))
                .isEqualTo(Exit.DIFFERS);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "differs  server-93-refuses-a-wrong-password, line ",
                        "- ok: expected \"0\", found \"1\"",
                        "skipped  server-11-lends: the data has no CARD, ITEM, PIN",
                        "0 passed, 1 differ, 1 skipped");
    }

    @Test
    void reportsAConversationAsJson() throws IOException {
        Path data = Files.writeString(directory.resolve("data"), "LOGIN=kiosk\nPASSWORD=its-password\n");

        run(
                "conformance",
                address(),
                "--json",
                "--transcript",
                "--data",
                data.toString(),
                "93-refuses-an-unknown-user");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "\"name\":\"server-93-refuses-an-unknown-user\"", "\"result\":\"differs\"", "\"transcript\":[")
                .endsWith("{\"passed\":0,\"differ\":1,\"skipped\":0}\n");
    }

    @Test
    void listsTheConversations() {
        assertThat(run("conformance", "--list", "server-93-logs-in")).isEqualTo(Exit.WELL);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("server-93-logs-in\n", "source: SIP2 2.00", "needs: LOGIN PASSWORD");
    }

    @Test
    void playsConversationsOfSomebodyElse() throws IOException {
        Files.writeString(directory.resolve("data"), "");
        Files.writeString(
                directory.resolve("own.sip2"), "rule: r\nsource: s\nrole: server\nlinks: tcp\n\n> 99\n< 98YYYYNY");

        assertThat(run(
                        "conformance",
                        address(),
                        "--data",
                        directory.resolve("data").toString(),
                        "--conversations",
                        directory.toString()))
                .isEqualTo(Exit.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("sip2: own.sip2:7: expected 34 characters");
    }

    // ---- decode ------------------------------------------------------------------------------------------

    @Test
    void labelsWhatComesOnStandardInput() {
        assertThat(decode("9900302.00AY1AZFCA5\r\n97AZFEF5")).isEqualTo(Exit.WELL);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("99 SC Status\n", "   max print width          030\n", "97 Request ACS Resend\n");

        assertThat(decode("9900302.00AY1AZFCA6\n")).isEqualTo(Exit.DIFFERS);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("a line of 19 bytes with a wrong checksum\n");
    }

    // ---- replay ------------------------------------------------------------------------------------------

    private static final String CAPTURE = """
            # sip2-capture 1
            # terminal: kiosk
            +0.000 1 open plain
            +0.000 1 wire UTF-8 |
            +0.000 1 > 9300CNxqzzy|COabc-wpqrstuv|AY0AZ0000
            +0.004 1 < 941AY0AZFDFD
            +1.000 1 > 9900302.00AY1AZFCA5
            +1.001 1 < %s
            +1.200 1 > 1120
            +1.300 1 close
            +1.500 2 open tls
            +1.500 2 wire ISO-8859-1 |
            +1.500 2 > 6300720261121    143005          AOVASKI|AA7777777777|AD9999|AEM\\xE4|
            +1.501 2 < 64              00720261121    143005000000000000000000000000AOVASKI|AA7777777777|AEA|
            +2.500 2 close
            """.formatted(ONLINE);

    @Test
    void playsTheTerminalsPartOfACaptureAgain() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), fixed(CAPTURE));
        Path password = Files.writeString(directory.resolve("password"), "its-password\n");

        assertThat(run(
                        "replay",
                        file.toString(),
                        address(),
                        "--silence=0.1",
                        "--login=kiosk",
                        "--password-file=" + password))
                .as(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
                .isEqualTo(Exit.WELL);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("1 > 93 Login\n", "1 < 94 Login Response\n", "2 < 64 Patron", "1 < nothing\n")
                .endsWith("4 messages, 0 differ\n")
                .doesNotContain("its-password", "DIFFERS", "Mäkelä");
        assertThat(received.getFirst()).startsWith("9300CNkiosk|COits-password|AY0AZ");
        // The second connection has no login in the capture, so that it gets one of its own.
        assertThat(received).anyMatch(line -> line.startsWith("9300CNkiosk|COits-password|AY9AZ"));
        assertThat(received.getLast()).startsWith("63007").contains("AA7777777777|AD9999|");
    }

    @Test
    void saysWhereAnAnswerIsAnotherThanInTheCapture() throws IOException {
        String other =
                fixed(CAPTURE).replace("< 941AY0AZFDFD", "< 940AY0AZFDFE").replace("< 98", "< 96");
        Path file = Files.writeString(directory.resolve("file"), other);

        assertThat(run("replay", "--json", file.toString(), address(), "--silence=0.1"))
                .isEqualTo(Exit.DIFFERS);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"difference\":\"ok: then 0, now 1\"", "\"difference\":\"then 96 came, now 98\"")
                .contains("\"differ\":2");
        try (Socket nobody = DeadPort.held()) {
            assertThat(run("replay", file.toString(), "127.0.0.1:" + nobody.getLocalPort()))
                    .isEqualTo(Exit.NO_CONNECTION);
        }
    }

    @Test
    void labelsACapture() {
        assertThat(decode(fixed(CAPTURE))).isEqualTo(Exit.DIFFERS);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("+0.000 1 open plain\n", "+1.0 1 > 99 SC Status\n", "+1.501 2 < 64 Patron Information")
                .contains("11 Checkout, which has ");
    }

    /** With the checksum that belongs to the login. */
    private static String fixed(String capture) {
        String login = "9300CNxqzzy|COabc-wpqrstuv|AY0AZ";
        int sum = -login.chars().sum() & 0xFFFF;
        return capture.replace("AY0AZ0000", "AY0AZ%04X".formatted(sum));
    }

    // ---- usage -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sing",
                "send",
                "send localhost 99",
                "send 127.0.0.1:6001",
                "send 127.0.0.1:6001 --colour 99",
                "send 127.0.0.1:6001 --timeout soon 99",
                "send 127.0.0.1:6001 --charset UTF-9 99",
                "send 127.0.0.1:6001 --terminator lf 99",
                "send 127.0.0.1:6001 --timeout",
                "send 127.0.0.1:6001 hello",
                "send 127.0.0.1:6001 99 colour=red",
                "send 127.0.0.1:6001 --login x --password-file /no/such/file 99",
                "conformance",
                "conformance 127.0.0.1:6001",
                "conformance 127.0.0.1:6001 --data /no/such/file",
                "conformance --list no-such-conversation",
                "decode file",
                "replay",
                "replay /no/such/file 127.0.0.1:6001",
                "replay pom.xml 127.0.0.1:6001"
            })
    void saysHowItIsUsedWhenItDoesNotUnderstand(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(Exit.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("sip2: ").contains("Usage: sip2");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "send --help", "conformance --help", "decode --help", "replay --help"})
    void explainsItself(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(Exit.WELL);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: sip2", "Exit codes:");
    }

    private Exit run(String... words) {
        return run(new byte[0], words);
    }

    private Exit decode(String input) {
        return run(input.getBytes(StandardCharsets.UTF_8), "decode");
    }

    private Exit run(byte[] input, String... words) {
        return Sip2Tool.run(
                List.of(words),
                new Terminal(
                        new ByteArrayInputStream(input),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Says 941, 98 and 64, and nothing to anything else. */
    private void serve() {
        FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                FrameAssembler assembler = new FrameAssembler(10_000);
                for (int c = socket.getInputStream().read();
                        c >= 0;
                        c = socket.getInputStream().read()) {
                    Optional<byte[]> line = assembler.accept((byte) c);
                    if (line.isPresent()
                            && codec.decode(line.get()) instanceof Decoded.Complete(Frame asked, boolean d)) {
                        received.add(new String(line.get(), StandardCharsets.UTF_8));
                        String answer = ANSWERS.getOrDefault(asked.type().code(), "");
                        if (codec.decode(answer.getBytes(StandardCharsets.UTF_8))
                                instanceof Decoded.Complete(Frame frame, boolean _)) {
                            socket.getOutputStream().write(codec.encode(frame.withSequence(asked.sequence()), d));
                        }
                    }
                }
            } catch (IOException e) {
                return;
            }
        }
    }
}
