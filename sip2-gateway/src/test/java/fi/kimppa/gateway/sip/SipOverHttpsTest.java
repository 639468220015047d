package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.SipEnvelope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** SIP2 over HTTPS, as a machine that speaks to the Koha-Suomi plugin sees it. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SipOverHttpsTest extends GatewayTest {
    private static final String PATRON = "6300720261124    193000          AOTURKU|AA2000012345|AD1234|AY1AZ?";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyRequestLogsInAndIsAnsweredWithChecksum() throws Exception {
        HttpResponse<byte[]> response = post(xml("kiosk-turku", "demo-kiosk-turku", Conversation.withChecksum(PATRON)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertThat(response.headers().map()).doesNotContainKey("Set-Cookie");
        String answer = SipEnvelope.readResponse(response.body()).orElseThrow();
        assertThat(answer).startsWith("64").contains("|AEMäkelä, Åke|").matches(".*AY1AZ[0-9A-F]{4}");
    }

    @Test
    void nothingIsRememberedInBetween() throws Exception {
        assertThat(ask("kiosk-turku", PATRON))
                .hasValueSatisfying(answer -> assertThat(answer).startsWith("64"));
        // The last response of this request's own session was to its login, as with the plugin.
        assertThat(ask("kiosk-turku", "97AZFEF5"))
                .hasValueSatisfying(answer -> assertThat(answer).startsWith("941"));
    }

    @Test
    void repeatsAChangeFromTheJournal() throws Exception {
        Map<String, String> free = new TestLibrary(jdbc).variables(Set.of("CARD", "ITEM"));
        String item = free.get("ITEM");
        String loan = "11YN20261124    193007                  AOTURKU|AA" + free.get("CARD") + "|AB" + item
                + "|AC|AD1234|AY2AZ?";
        Optional<String> first = ask("kiosk-turku", loan);
        assertThat(first).hasValueSatisfying(answer -> assertThat(answer).startsWith("121"));
        assertThat(ask("kiosk-turku", loan)).isEqualTo(first);
        assertThat(jdbc.sql("select count(*) from loans where item = :item and returned_at is null")
                        .param("item", item)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void aRefusedLoginIsAnAnswer() throws Exception {
        HttpResponse<byte[]> response = post(xml("kiosk-turku", "wrong", Conversation.withChecksum(PATRON)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(SipEnvelope.readResponse(response.body()).orElseThrow()).startsWith("940");
        assertThat(ask("no-such-kiosk", PATRON))
                .as("as for a known one")
                .hasValueSatisfying(answer -> assertThat(answer).startsWith("940"));
    }

    @Test
    void silenceIsAnEmptyResponse() throws Exception {
        HttpResponse<byte[]> response = post(xml("kiosk-turku", "demo-kiosk-turku", "ZZ"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("<response></response>");
    }

    @Test
    void saysWhatIsMissingAsThePluginDoes() throws Exception {
        refused(xml("", "x", "99"), 400, "Invalid request. Missing login/pw in XML.");
        refused(xml("x", "", "99"), 400, "Invalid request. Missing login/pw in XML.");
        refused(xml("x", "y", ""), 400, "Invalid request. Missing SIP Request in XML.");
        refused(xml("x", "y", " \r\n "), 400, "Invalid request. Missing SIP Request in XML.");
        refused("9900302.00".getBytes(StandardCharsets.UTF_8), 400, "Invalid Request. XML Validation failed.");
        refused(new byte[0], 400, "Invalid Request. XML Validation failed.");
        refused(xml("x", "y", "9".repeat(70_000)), 400, "Invalid request. Missing SIP Request in XML.");
        refused(xml("x", "y", "\"".repeat(70_000)), 413, "Invalid request. The message is too long.");
    }

    @Test
    void readsNoFileForAStranger(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "9900302.00");
        String document = new String(xml("kiosk-turku", "demo-kiosk-turku", "X"), StandardCharsets.UTF_8)
                .replace("?>\n", "?>\n<!DOCTYPE x [<!ENTITY x SYSTEM \"" + file.toUri() + "\">]>")
                .replace(">X<", ">&x;<");
        refused(document.getBytes(StandardCharsets.UTF_8), 400, "Invalid Request. XML Validation failed.");
    }

    @Test
    void takesNoMessageFromTheAddressAndLogsNone(CapturedOutput output) throws Exception {
        String document = new String(
                xml("kiosk-turku", "demo-kiosk-turku", Conversation.withChecksum(PATRON)), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(uri() + "?query=" + URLEncoder.encode(document, StandardCharsets.UTF_8)))
                .POST(BodyPublishers.noBody())
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("64");
        assertThat(output.getAll()).doesNotContain("demo-kiosk-turku").doesNotContain("2000012345");
    }

    @Test
    void ourOwnClientSpeaksItBehindATlsEnd() throws Exception {
        try (TlsEnd end = new TlsEnd(port)) {
            Sip2Address address = Sip2Address.parse("sip2:https:127.0.0.1:" + end.port() + "?pin=" + end.sha256());
            try (Sip2Client client = client(address, "demo-kiosk-turku")) {
                assertThat(client.exchange(item()))
                        .isInstanceOfSatisfying(
                                ItemInformationResponse.class,
                                answer -> assertThat(answer.titleIdentifier()).contains("ensyklopedia"));
            }
            try (Sip2Client client = client(address, "wrong")) {
                assertThatThrownBy(() -> client.exchange(item())).isInstanceOfSatisfying(LinkException.class, e -> {
                    assertThat(e.phase()).isEqualTo(Phase.LOGIN);
                    assertThat(e.outcomeKnown()).isTrue();
                });
            }
        }
    }

    private ItemInformation item() {
        return new ItemInformation(
                Timestamp.of(LocalDateTime.now(clock)), "TURKU", "3000000073", Optional.empty(), List.of());
    }

    private static Sip2Client client(Sip2Address address, String password) {
        return new Sip2Client(Sip2Client.Settings.of(address, "kiosk-turku", Secret.of(password)));
    }

    private void refused(byte[] xml, int status, String words) throws Exception {
        HttpResponse<byte[]> response = post(xml);
        assertThat(response.statusCode()).as(words).isEqualTo(status);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(words);
    }

    private Optional<String> ask(String login, String message) throws Exception {
        HttpResponse<byte[]> response = post(xml(login, "demo-" + login, Conversation.withChecksum(message)));
        assertThat(response.statusCode()).isEqualTo(200);
        return SipEnvelope.readResponse(response.body());
    }

    private static byte[] xml(String login, String password, String message) {
        return SipEnvelope.request(new SipEnvelope.Request(login, Secret.of(password), message));
    }

    private HttpResponse<byte[]> post(byte[] xml) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri()))
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofByteArray(xml))
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private String uri() {
        return "http://127.0.0.1:" + port + SipEnvelope.PATH;
    }
}
