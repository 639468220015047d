package fi.kimppa.gateway.backend.sip2;

import static fi.kimppa.gateway.Eventually.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.sip.TlsEnd;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.SipEnvelope;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A SIP2 server behind Koha-Suomi's plugin SIPoHTTP, over real TLS (backends.md section 3.1). */
class Sip2OverHttpsTest {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    private static final String ITEM = "1720261124    193000AOTURKU|AB3000000011|AC|ZXshelf check|";
    private static final String IN = "09N20261124    19300020261124    193000APTURKU|AOTURKU|AB3000000011|AC|ZXbox 2|";
    private static final String PATRON = "6300020261124    193000Y         AOTURKU|AA2000012345|AD1234|ZXdoor|";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer plugin;
    private TlsEnd tls;
    private Sip2Backend backend;

    @BeforeEach
    void start() throws Exception {
        answers.put("93", "941");
        answers.put("99", "98YYYYYN10000320261124    1930002.00AO|BXYYYYYYYYYYYYYYYY|");
        plugin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        plugin.createContext(SipEnvelope.PATH, this::serve);
        plugin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        plugin.start();
        tls = new TlsEnd(plugin.getAddress().getPort());
        backend = new Sip2Backend(
                "upstream",
                new ServerSettings(
                        "sip2:https:127.0.0.1:" + tls.port() + "?pin=" + tls.sha256(),
                        Preset.KOHA_SUOMI,
                        2,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        true,
                        UTF_8,
                        true,
                        Map.of("TURKU", new Account("kimppa-turku", Secret.of("s"), null, "TKU"))),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        backend.destroy();
        tls.close();
        plugin.stop(0);
    }

    /** Logs in anew for each request, as the plugin does, and reads one answer. */
    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            SipEnvelope.Request request =
                    SipEnvelope.readRequest(exchange.getRequestBody().readAllBytes());
            Frame asked = frame(request.message());
            heard.add(request.message());
            String answer = answers.getOrDefault(request.message().substring(0, 2), "");
            byte[] body = SipEnvelope.response(
                    answer.isEmpty()
                            ? ""
                            : new String(
                                    CODEC.encode(frame(answer).withSequence(asked.sequence()), true),
                                    StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Frame frame(String line) {
        return ((Decoded.Complete) CODEC.decode(line.getBytes(StandardCharsets.UTF_8))).frame();
    }

    private static <R extends Request> R ask(Class<R> type, String line) {
        return type.cast(Request.from(frame(line)));
    }

    private static String wire(Response response) {
        return new String(CODEC.encode(response.toFrame(), false), StandardCharsets.UTF_8);
    }

    private String heard(String command) {
        return heard.stream()
                .filter(line -> line.startsWith(command))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhatAnItemIsWithEverythingThatTheServerSaysOfIt() {
        answers.put(
                "17",
                "1804000120261124    193000CF1|AH20261222    235900|AB3000000011|AJTuntematon sotilas <1954> & muut|AQTKU"
                        + "|CK001|CHspine|XPprivate|ZZhylly 84.2|ZZfirst of two|");

        ItemInformationResponse item = backend.itemInformation(ask(ItemInformation.class, ITEM), BackHalf.TURKU);

        assertThat(item.circulationStatus()).isEqualTo(CirculationStatus.CHARGED);
        assertThat(item.titleIdentifier()).isEqualTo("Tuntematon sotilas <1954> & muut");
        assertThat(item.permanentLocation()).contains("TURKU");
        assertThat(item.dueDate()).contains("20261222    235900");
        assertThat(wire(item)).contains("XPprivate|", "ZZhylly 84.2|ZZfirst of two|", "CHspine|");
        assertThat(heard("17"))
                .contains("AOTKU|", "AB3000000011|", "ZXshelf check|")
                .doesNotContain("AC");
    }

    @Test
    void tellsOfAPatronAndAReturnWithWhatNobodyKnows() {
        answers.put(
                "63",
                "64              00120261124    193000000000000001000000000000AOTKU|AA2000012345|AEÅke Öhman|BLY|CQY"
                        + "|AU3000000011|PCST|XSnight|");
        answers.put("09", "101YNN20261124    193000AOTKU|AB3000000011|AQLIE|AJSinuhe|CV53|ZZcart 7|");

        PatronInformationResponse patron =
                backend.patronInformation(ask(PatronInformation.class, PATRON), BackHalf.TURKU);
        CheckinResponse back = backend.checkin(ask(Checkin.class, IN), BackHalf.TURKU);

        assertThat(patron.personalName()).isEqualTo("Åke Öhman");
        assertThat(wire(patron)).contains("PCST|", "XSnight|");
        assertThat(wire(back)).contains("ZZcart 7|");
        assertThat(heard("63")).contains("ZXdoor|", "AD1234|");
        assertThat(heard("09")).contains("ZXbox 2|", "APTKU|");
    }

    /** The server's own limit has passed: HTTP 200 and nothing in it. */
    @Test
    void takesAnEmptyResponseForAnUnknownOutcome() {
        assertThatThrownBy(() -> backend.checkin(ask(Checkin.class, IN), BackHalf.TURKU))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isFalse());
        assertThat(heard).filteredOn(line -> line.startsWith("09")).hasSize(1);
    }

    /** A 98 may come from in front of the server. */
    @Test
    void isOnLineOnlyIfItAnswersAnItemToo() {
        assertThat(backend.online()).isFalse();

        answers.put("17", "1801000120261124    193000AB0|AJ|");
        await(backend::online);
    }
}
