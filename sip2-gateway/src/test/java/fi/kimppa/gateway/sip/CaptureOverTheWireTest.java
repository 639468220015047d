package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.capture.CaptureHand;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Link;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.SipEnvelope;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A terminal's conversations, captured on their way over real connections. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class CaptureOverTheWireTest extends OwnServersTest {
    private static final String TERMINAL = "kiosk-turku";
    private static final String LOGIN = Conversation.withChecksum("9300CNkiosk-turku|COdemo-kiosk-turku|AY0AZ?");
    private static final String STATUS = Conversation.withChecksum("9900302.00AY1AZ?");
    private static final String PATRON =
            Conversation.withChecksum("6300720261124    193000  Y       AOTURKU|AA2000012345|AC|AD1234|AY2AZ?");
    private static final String REFUSED = Conversation.withChecksum(
            "11NN20261124    193000                  AOTURKU|AA2000012345|AB3999999999|AD1234|AY3AZ?");

    @Autowired
    Sip2Server server;

    @Autowired
    BeanFactory beans;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @TempDir
    Path directory;

    private CaptureHand hand;

    @BeforeEach
    void come() {
        hand = new CaptureHand(beans);
    }

    @AfterEach
    void nothingIsLeft() {
        hand.deleteAll(TERMINAL);
    }

    @Test
    void capturesReconnectsTlsAndHttpsOfOneTerminalAndNoRealPerson() throws Exception {
        hand.start(TERMINAL, true);
        try (Peer peer = new Peer(server.plainPort().orElseThrow())) {
            assertThat(peer.ask(STATUS)).startsWith("98");
            assertThat(peer.ask(LOGIN)).startsWith("941");
            assertThat(peer.ask(PATRON)).startsWith("64").contains("Mäkelä");
            assertThat(peer.ask("99garbledAY1AZ0000")).startsWith("96");
        }
        try (Peer peer = new Peer(server.plainPort().orElseThrow());
                Peer other = new Peer(server.plainPort().orElseThrow())) {
            peer.ask(LOGIN);
            other.ask(Conversation.withChecksum("9300CNkiosk-lieto|COdemo-kiosk-lieto|AY0AZ?"));
            other.ask(PATRON);
            assertThat(peer.ask(REFUSED)).startsWith("120");
        }
        overTls();
        overHttps();

        List<String> file = fileWhen(lines -> count(lines, " close") == 4);
        assertThat(file).startsWith("# sip2-capture 1").contains("# terminal: kiosk-turku", "# dropped: 0");
        assertThat(file)
                .filteredOn(line -> line.matches("\\S+ \\d+ (open|close).*"))
                .extracting(line -> line.replaceFirst("\\S+ ", ""))
                .containsExactlyInAnyOrder(
                        "1 open plain",
                        "1 close",
                        "2 open plain",
                        "2 close",
                        "3 open tls",
                        "3 close",
                        "4 open https",
                        "4 close");
        assertThat(file)
                .filteredOn(line -> line.matches("\\S+ 1 [<>].*"))
                .extracting(line -> line.replaceFirst("\\S+ 1 ", "").substring(0, 4))
                .containsExactly("> 99", "< 98", "> 93", "< 94", "> 63", "< 64", "> 99", "< 96");
        FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
        assertThat(file)
                .filteredOn(line -> line.contains(" > 63") || line.contains(" < 64"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(codec.decode(
                                line.replaceFirst("\\S+ \\d [<>] ", "").getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(Decoded.Complete.class));
        assertNoPerson(String.join("\n", file));
        replayed(file);
        assertNoPerson(String.join(
                "\n",
                jdbc.sql("select text from capture_lines")
                        .query((row, _) -> row.getString(1))
                        .list()));
    }

    /** By the tool, as a program of its own, against another server: it answers each message with the same command. */
    private void replayed(List<String> file) throws Exception {
        start(Map.of());
        Path capture = Files.write(directory.resolve("file"), file);
        Path password = Files.writeString(directory.resolve("password"), "demo-kiosk-turku\n");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "fi.kimppa.sip2.tool.Sip2Tool",
                        "replay",
                        capture.toString(),
                        "127.0.0.1:" + servers.getLast().plainPort().orElseThrow(),
                        "--login=kiosk-turku",
                        "--password-file=" + password)
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains("3 > 63 Patron Information").endsWith("10 messages, 0 differ\n");
        assertThat(tool.waitFor()).isZero();
    }

    private static void assertNoPerson(String text) {
        assertThat(text)
                .doesNotContain("2000012345", "Mäkelä", "AD1234", "demo-kiosk", "CNkiosk", "makela")
                .contains("AOTURKU|", "AB3999999999|");
    }

    @Test
    void showsTheRefusedLoginOfTheTerminalItself() throws Exception {
        hand.start(TERMINAL, true);
        try (Peer peer = new Peer(server.plainPort().orElseThrow())) {
            assertThat(peer.ask(Conversation.withChecksum("9300CNkiosk-turku|COwrong-password|AY0AZ?")))
                    .startsWith("940");
        }
        List<String> file = fileWhen(lines -> count(lines, " close") == 1);
        assertThat(file).anyMatch(line -> line.contains(" < 940")).noneMatch(line -> line.contains("wrong-password"));
    }

    @Test
    void takesNothingBeforeTheBeginningAndNothingAfterTheEnd(CapturedOutput output) throws Exception {
        try (Peer peer = new Peer(server.plainPort().orElseThrow())) {
            peer.ask(LOGIN);
            hand.start(TERMINAL, false);
            assertThat(output).contains("CARDS AND NAMES ARE WRITTEN DOWN: kiosk-turku is captured unmasked");
            peer.ask(PATRON);
            fileWhen(lines -> count(lines, " < 64") == 1);
            hand.stop(TERMINAL);
            peer.ask(STATUS);
        }
        List<String> file = hand.file(TERMINAL);
        assertThat(file)
                .filteredOn(line -> line.startsWith("+"))
                .hasSize(4)
                .anyMatch(line -> line.contains("|AEMäkelä, Åke|"))
                .anyMatch(line -> line.contains("|AA2000012345|"))
                .noneMatch(line -> line.contains("AD1234"));
        assertThat(jdbc.sql("select stand_ins is null from captures where terminal = :terminal")
                        .param("terminal", TERMINAL)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private void overTls() throws Exception {
        Sip2Address address =
                Sip2Address.parse("sip2:tls:127.0.0.1:" + server.tlsPort().orElseThrow() + "?pin="
                        + server.fingerprint().orElseThrow());
        try (Sip2Link link = Sip2Link.open(address, Duration.ofSeconds(10), WireProfile.DEFAULT)) {
            for (String line : List.of(LOGIN, PATRON)) {
                link.send((line + "\r").getBytes(StandardCharsets.UTF_8));
                assertThat(link.receive(Duration.ofSeconds(10))).isPresent();
            }
        }
    }

    private void overHttps() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + SipEnvelope.PATH))
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        SipEnvelope.request(new SipEnvelope.Request(TERMINAL, Secret.of("demo-kiosk-turku"), PATRON))))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private List<String> fileWhen(Predicate<List<String>> ready) throws IOException {
        List<String> file = hand.file(TERMINAL);
        while (!ready.test(file)) {
            Thread.onSpinWait();
            file = hand.file(TERMINAL);
        }
        return file;
    }

    private static long count(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).count();
    }
}
