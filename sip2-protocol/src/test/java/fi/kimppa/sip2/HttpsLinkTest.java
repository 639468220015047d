package fi.kimppa.sip2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.SipEnvelope;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client over HTTPS, against a server that behaves as the Koha-Suomi plugin does. */
@Timeout(60)
class HttpsLinkTest {
    private static final String LENT =
            "121NNY20261121    143005AOVASKI|AA2000012345|AB3000000035|AJSinuhe & Åke|AH20261219    235900|";
    private static final String KNOWN = "1803000120261121    143005AB3000000035|AJSinuhe|";
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);

    @TempDir
    static Path directory;

    private static TestIdentity identity;

    /** What arrived: login, password, message without trailer. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpsServer server;
    private Function<String, String> answers = line -> LENT;
    private int status = 200;

    @BeforeAll
    static void identify() throws Exception {
        identity = TestIdentity.make(directory);
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(SipEnvelope.PATH, this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void everyMessageIsARequestThatBringsItsLogin() {
        try (Sip2Client client = client()) {
            assertThat(client.exchange(checkout())).isInstanceOfSatisfying(CheckoutResponse.class, answer -> {
                assertThat(answer.ok()).isTrue();
                assertThat(answer.titleIdentifier()).isEqualTo("Sinuhe & Åke");
            });
        }
        assertThat(received)
                .extracting(line -> line.substring(0, "kiosk/a&b<\"c 11".length()))
                .containsExactly("kiosk/a&b<\"c 93", "kiosk/a&b<\"c 99", "kiosk/a&b<\"c 11");
    }

    @Test
    void anEmptyResponseLeavesTheOutcomeOfAChangeUnknownAndIsNotAskedForAgain() {
        answers = line -> "";
        try (Sip2Client client = client()) {
            assertThatThrownBy(() -> client.exchange(checkout())).isInstanceOfSatisfying(LinkException.class, e -> {
                assertThat(e.phase()).isEqualTo(Phase.RECEIVE);
                assertThat(e.outcomeKnown()).isFalse();
            });
        }
        assertThat(received)
                .extracting(line -> line.split(" ", 2)[1].substring(0, 2))
                .containsExactly("93", "99", "11");
    }

    @Test
    void aSilentServerLeavesTheOutcomeOfAChangeUnknown() {
        answers = line -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        };
        try (Sip2Client client = client()) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(
                            LinkException.class,
                            e -> assertThat(e.outcomeKnown()).isFalse());
        }
        assertThat(received).filteredOn(line -> line.contains(" 11")).hasSize(1);
        assertThat(received).noneMatch(line -> line.contains(" 97"));
    }

    @Test
    void aReadWithoutAnswerIsSentAgain() {
        AtomicInteger asked = new AtomicInteger();
        answers = line -> asked.incrementAndGet() == 1 ? "" : KNOWN;
        try (Sip2Client client = client()) {
            assertThat(client.exchange(itemInformation())).isInstanceOf(ItemInformationResponse.class);
        }
        assertThat(received).filteredOn(line -> line.contains(" 17")).hasSize(2);
    }

    @Test
    void aLoginThatIsRefusedLaterOnIsKnownToHaveChangedNothing() {
        answers = line -> "raw:940";
        try (Sip2Client client = client()) {
            assertThatThrownBy(() -> client.exchange(checkout())).isInstanceOfSatisfying(LinkException.class, e -> {
                assertThat(e.phase()).isEqualTo(Phase.LOGIN);
                assertThat(e.outcomeKnown()).isTrue();
            });
        }
    }

    @Test
    void aRequestThatTheServerDidNotTakeHasChangedNothingButABrokenServerMayHave() {
        try (Sip2Client client = client()) {
            client.exchange(checkout());
            status = 400;
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .hasMessageContaining("400")
                    .isInstanceOfSatisfying(
                            LinkException.class,
                            e -> assertThat(e.outcomeKnown()).isTrue());
        }
        status = 200;
        try (Sip2Client client = client()) {
            client.exchange(checkout());
            status = 500;
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(
                            LinkException.class,
                            e -> assertThat(e.outcomeKnown()).isFalse());
        }
    }

    @Test
    void aServerThatIsNotThereIsKnownToHaveDoneNothing() throws IOException {
        try (Socket nobody = DeadPort.held();
                Sip2Client client = client(Sip2Address.parse("sip2:https:127.0.0.1:" + nobody.getLocalPort()))) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .hasMessageContaining("sip2:https:127.0.0.1:" + nobody.getLocalPort() + SipEnvelope.PATH)
                    .isInstanceOfSatisfying(LinkException.class, e -> {
                        assertThat(e.phase()).isEqualTo(Phase.CONNECT);
                        assertThat(e.outcomeKnown()).isTrue();
                    });
        }
    }

    @Test
    void whatWaitedTooLongForAConnectionIsNotSentAnyMore() {
        Login login = new Login("0", "0", "kiosk", Secret.of("secret"), Optional.empty(), List.of());
        try (HttpsLink link = new HttpsLink(
                address(identity.pin()), Duration.ofSeconds(5), Duration.ofNanos(-1), WireProfile.DEFAULT)) {
            link.send(CODEC.encode(login.toFrame(), false));
            assertThatThrownBy(() -> link.receive(Duration.ofSeconds(5)))
                    .isInstanceOfSatisfying(LinkException.class, e -> {
                        assertThat(e.phase()).isEqualTo(Phase.SEND);
                        assertThat(e.outcomeKnown()).isTrue();
                    });
        }
        assertThat(received).isEmpty();
    }

    @Test
    void trustsNoOtherCertificateThanThePinnedOne() {
        try (Sip2Client client = client(address("0".repeat(64)))) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(
                            LinkException.class,
                            e -> assertThat(e.outcomeKnown()).isTrue());
        }
        assertThat(received).isEmpty();
    }

    @Test
    void saysNothingBeforeItKnowsTheLogin() {
        try (Sip2Link link = Sip2Link.open(address(identity.pin()), Duration.ofSeconds(2), WireProfile.DEFAULT)) {
            assertThatThrownBy(() -> link.send("9900302.00\r".getBytes(UTF_8)))
                    .isInstanceOfSatisfying(
                            LinkException.class, e -> assertThat(e.phase()).isEqualTo(Phase.LOGIN));
        }
        assertThat(received).isEmpty();
    }

    private void serve(HttpExchange exchange) throws IOException {
        SipEnvelope.Request request =
                SipEnvelope.readRequest(exchange.getRequestBody().readAllBytes());
        String line = request.message();
        String bare = line.replaceFirst("(AY\\d)?AZ[0-9A-F]{4}$", "");
        received.add(request.login() + "/" + new String(request.password().reveal()) + " " + bare);
        String answer = switch (bare.substring(0, 2)) {
            case "93" -> "941";
            case "99" -> String.format(Locale.ROOT, ScriptedServer.ONLINE, "005");
            default -> answers.apply(bare);
        };
        byte[] xml = SipEnvelope.response(
                answer.isEmpty() ? "" : answer.startsWith("raw:") ? answer.substring(4) : sequenced(line, answer));
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, xml.length);
        exchange.getResponseBody().write(xml);
        exchange.close();
    }

    private static String sequenced(String request, String answer) {
        Frame asked = ((Decoded.Complete) CODEC.decode(request.getBytes(UTF_8))).frame();
        Frame frame = ((Decoded.Complete) CODEC.decode(answer.getBytes(UTF_8))).frame();
        return new String(CODEC.encode(frame.withSequence(asked.sequence()), true), UTF_8);
    }

    private Sip2Address address(String pin) {
        return Sip2Address.parse("sip2:https:127.0.0.1:" + server.getAddress().getPort() + "?pin=" + pin);
    }

    private Sip2Client client() {
        return client(address(identity.pin()));
    }

    private static Sip2Client client(Sip2Address address) {
        return new Sip2Client(new Sip2Client.Settings(
                address,
                WireProfile.DEFAULT,
                Optional.of(new Sip2Client.Credentials("kiosk", Secret.of("a&b<\"c"))),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                2));
    }

    private static Request checkout() {
        byte[] line =
                "11YN20261121    143005                  AOVASKI|AA2000012345|AB3000000035|AC|AD1234|".getBytes(UTF_8);
        return Request.from(((Decoded.Complete) CODEC.decode(line)).frame());
    }

    private static Request itemInformation() {
        Timestamp now = Timestamp.of(LocalDateTime.of(2026, 11, 24, 19, 30));
        return new ItemInformation(now, "VASKI", "3000000035", Optional.empty(), List.of());
    }
}
