package fi.kimppa.sip2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sip2ClientTest {
    private static final Timestamp NOW = Timestamp.of(LocalDateTime.of(2026, 11, 24, 19, 30));
    private static final String LENT =
            "121NNY20261121    143005AOVASKI|AA2000012345|AB3000000035|AJSinuhe|AH20261219    235900|";
    private static final String KNOWN = "1803000120261121    143005AB3000000035|AJSinuhe|";

    @Test
    void logsInAsksForTheStatusAndExchanges() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(script(line -> Optional.of(LENT)));
                Sip2Client client = client(server)) {
            assertThat(client.exchange(checkout()))
                    .isInstanceOfSatisfying(
                            CheckoutResponse.class,
                            answer -> assertThat(answer.ok()).isTrue());
            assertThat(server.received).extracting(line -> line.substring(0, 2)).containsExactly("93", "99", "11");
            assertThat(client.status()).isPresent();
        }
    }

    @Test
    void neverSendsACheckoutTwiceWhenNoAnswerComes() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(script(line -> Optional.empty()));
                Sip2Client client = client(server)) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(Sip2Exception.LinkException.class, e -> {
                        assertThat(e.outcomeKnown()).isFalse();
                        assertThat(e.phase()).isEqualTo(Sip2Exception.Phase.RECEIVE);
                    });
            assertThat(server.received)
                    .extracting(line -> line.substring(0, 2))
                    .containsExactly("93", "99", "11", "97");
        }
    }

    @Test
    void takesTheRepeatedAnswerAfterAResendRequest() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        // Koha sends the repeated response with AY0 or without its trailer.
        try (ScriptedServer server =
                        ScriptedServer.plain(script(line -> line.startsWith("97") && asked.incrementAndGet() == 1
                                ? Optional.of("raw:" + LENT)
                                : Optional.empty()));
                Sip2Client client = client(server)) {
            assertThat(client.exchange(checkout())).isInstanceOf(CheckoutResponse.class);
        }
    }

    /** The answer comes after all while the 97 is under way, and then its repeat, which has no digit to be known by. */
    @Test
    void leavesNoRepeatForTheNextPatron() throws IOException {
        String theirs = LENT.replace("2000012345", "2000099999").replace("3000000035", "3000000042");
        try (ScriptedServer server = ScriptedServer.plain(script(line -> line.startsWith("97")
                        ? Optional.of("raw:" + LENT + "\r" + LENT)
                        : Optional.of(theirs).filter(_ -> line.contains("2000099999"))));
                Sip2Client client = client(server)) {
            assertThat(client.exchange(checkout())).isInstanceOf(CheckoutResponse.class);
            assertThat(client.exchange(checkout("2000099999", "3000000042")))
                    .isInstanceOfSatisfying(
                            CheckoutResponse.class,
                            answer -> assertThat(answer.itemIdentifier()).isEqualTo("3000000042"));
            assertThat(logins(server)).isEqualTo(2);
        }
    }

    @Test
    void takesNoAnswerAboutAnotherCardOrThingWhereNoDigitSaysWhoseItIs() throws IOException {
        for (String other :
                List.of(LENT.replace("2000012345", "2000099999"), LENT.replace("3000000035", "3000000042"))) {
            try (ScriptedServer server = ScriptedServer.plain(
                            script(_ -> Optional.of("raw:" + other.replace("Sinuhe", "Another") + "\r" + LENT)));
                    Sip2Client client = client(server)) {
                assertThat(client.exchange(checkout()))
                        .isInstanceOfSatisfying(
                                CheckoutResponse.class,
                                answer -> assertThat(answer.titleIdentifier()).isEqualTo("Sinuhe"));
            }
        }
    }

    @Test
    void sendsAReadAgainOnANewConnection() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.plain(script(line ->
                        line.startsWith("17") && asked.incrementAndGet() > 1 ? Optional.of(KNOWN) : Optional.empty()));
                Sip2Client client = client(server)) {
            assertThat(client.exchange(itemInformation())).isInstanceOf(ItemInformationResponse.class);
            assertThat(server.received)
                    .extracting(line -> line.substring(0, 2))
                    .containsExactly("93", "99", "17", "97", "93", "99", "17");
        }
    }

    @Test
    void sendsTheSameMessageAgainAfterA96() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.plain(
                        script(line -> Optional.of(asked.incrementAndGet() == 1 ? "raw:96AZFEF6" : LENT)));
                Sip2Client client = client(server)) {
            assertThat(client.exchange(checkout())).isInstanceOf(CheckoutResponse.class);
            assertThat(server.received)
                    .filteredOn(line -> line.startsWith("11"))
                    .hasSize(2);
        }
    }

    @Test
    void asksAgainForADamagedAnswer() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(script(
                        line -> Optional.of(line.startsWith("97") ? "raw:" + LENT : "raw:" + LENT + "AY2AZ0000")));
                Sip2Client client = client(server)) {
            assertThat(client.exchange(checkout())).isInstanceOf(CheckoutResponse.class);
            assertThat(server.received)
                    .extracting(line -> line.substring(0, 2))
                    .containsExactly("93", "99", "11", "97");
        }
    }

    @Test
    void throwsAwayALateAnswerToAnEarlierRequest() throws IOException {
        FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
        String late = new String(
                codec.encode(
                        ((Decoded.Complete) codec.decode(
                                        LENT.replace("Sinuhe", "Late").getBytes(StandardCharsets.UTF_8)))
                                .frame()
                                .withSequence(java.util.OptionalInt.of(7)),
                        true),
                StandardCharsets.UTF_8);
        try (ScriptedServer server = ScriptedServer.plain(
                        script(line -> Optional.of(line.startsWith("97") ? "raw:" + LENT : "raw:" + late.strip())));
                Sip2Client client = client(server)) {
            assertThat(client.exchange(checkout()))
                    .isInstanceOfSatisfying(
                            CheckoutResponse.class,
                            answer -> assertThat(answer.titleIdentifier()).isEqualTo("Sinuhe"));
        }
    }

    @Test
    void anIdleConnectionThatTheServerClosedLeavesNoUnknownOutcome() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(script(line -> Optional.of(LENT)));
                Sip2Client client = client(server)) {
            client.exchange(checkout());
            server.hangUp();
            assertThat(client.exchange(checkout())).isInstanceOf(CheckoutResponse.class);
        }
    }

    @Test
    void plainTextInsteadOfSip2IsAFormatErrorWithAnUnknownOutcome() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.plain(script(line -> Optional.of("raw:Problems handling the request")));
                Sip2Client client = client(server)) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(
                            Sip2Exception.FormatException.class,
                            e -> assertThat(e.outcomeKnown()).isFalse());
        }
    }

    @Test
    void aRefusedLoginIsKnownToHaveChangedNothing() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(line -> Optional.of("940"));
                Sip2Client client = client(server)) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(Sip2Exception.LinkException.class, e -> {
                        assertThat(e.outcomeKnown()).isTrue();
                        assertThat(e.phase()).isEqualTo(Sip2Exception.Phase.LOGIN);
                    });
        }
    }

    @Test
    void aServerThatSaysThatItIsOffLineInPlaceOfALoginHasNotRefusedIt() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(
                        line -> Optional.of("98NNNNNY10000320261124    1200002.00AOVASKI|BXYYYYYYYYYYYYYYYY|"));
                Sip2Client client = client(server)) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(Sip2Exception.LinkException.class, e -> {
                        assertThat(e.outcomeKnown()).isTrue();
                        assertThat(e.phase()).isEqualTo(Sip2Exception.Phase.OFFLINE);
                    });
        }
    }

    @Test
    void aLineThatBreaksInTheLoginIsKnownToHaveChangedNothing() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Sip2Client client = new Sip2Client(
                        settings(new Sip2Address("127.0.0.1", listener.getLocalPort(), false, Optional.empty())))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getInputStream().read();
                    // A reset, as from a server that is killed.
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOfSatisfying(
                            Sip2Exception.LinkException.class,
                            e -> assertThat(e.outcomeKnown()).isTrue());
        }
    }

    /** A polite end would wait behind what has not been sent yet, and have it sent when the network goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConversationWhoseAnswerDidNotComeEndsWithAReset(boolean encrypted, @TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.make(directory);
        InetAddress here = InetAddress.getLoopbackAddress();
        ServerSocket listener = encrypted
                ? identity.context().getServerSocketFactory().createServerSocket(0, 1, here)
                : new ServerSocket(0, 1, here);
        Sip2Address address = new Sip2Address(
                "127.0.0.1",
                listener.getLocalPort(),
                encrypted,
                encrypted ? Optional.of(identity.pin()) : Optional.empty());
        try (ScriptedServer server = new ScriptedServer(listener, script(_ -> Optional.empty()));
                Sip2Client client = new Sip2Client(settings(address))) {
            assertThatThrownBy(() -> client.exchange(checkout())).isInstanceOf(Sip2Exception.LinkException.class);
            assertThat(server.ends.poll(10, TimeUnit.SECONDS)).isEqualTo(ScriptedServer.End.RESET);
        }
    }

    @Test
    void aConversationThatIsOverEndsPolitely() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain(script(_ -> Optional.of(LENT)))) {
            try (Sip2Client client = client(server)) {
                client.exchange(checkout());
            }
            assertThat(server.ends.poll(10, TimeUnit.SECONDS)).isEqualTo(ScriptedServer.End.POLITE);
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidWithItsAddress() throws IOException {
        try (Socket nobody = DeadPort.held();
                Sip2Client client =
                        new Sip2Client(settings(Sip2Address.parse("sip2:tcp:127.0.0.1:" + nobody.getLocalPort())))) {
            assertThatThrownBy(() -> client.exchange(checkout()))
                    .isInstanceOf(Sip2Exception.LinkException.class)
                    .hasMessageContaining("sip2:tcp:127.0.0.1:" + nobody.getLocalPort());
        }
    }

    @Test
    void trustsOnlyThePinnedCertificate(@TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.make(directory);
        ServerSocket listener =
                identity.context().getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        try (ScriptedServer server = new ScriptedServer(listener, script(line -> Optional.of(LENT)))) {
            String address = "sip2:tls:127.0.0.1:" + server.port() + "?pin=";
            try (Sip2Client client = new Sip2Client(settings(Sip2Address.parse(address + identity.pin())))) {
                assertThat(client.exchange(checkout())).isInstanceOf(CheckoutResponse.class);
            }
            try (Sip2Client client = new Sip2Client(settings(Sip2Address.parse(address + "0".repeat(64))))) {
                assertThatThrownBy(() -> client.exchange(checkout()))
                        .isInstanceOfSatisfying(
                                Sip2Exception.LinkException.class,
                                e -> assertThat(e.outcomeKnown()).isTrue());
            }
        }
    }

    @Test
    void staysOnAConnectionThatStandsAlsoBelowTls(@TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.make(directory);
        ServerSocket listener =
                identity.context().getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        try (ScriptedServer server = new ScriptedServer(listener, script(line -> Optional.of(LENT)));
                Sip2Client client = new Sip2Client(settings(
                        Sip2Address.parse("sip2:tls:127.0.0.1:" + server.port() + "?pin=" + identity.pin())))) {
            for (int i = 0; i < 5; i++) {
                client.exchange(checkout());
            }
            assertThat(logins(server)).isEqualTo(1);

            server.hangUp();
            assertThat(client.exchange(checkout())).isInstanceOf(CheckoutResponse.class);
            assertThat(logins(server)).isEqualTo(2);
        }
    }

    private static long logins(ScriptedServer server) {
        return server.received.stream().filter(line -> line.startsWith("93")).count();
    }

    private static Function<String, Optional<String>> script(Function<String, Optional<String>> rest) {
        return line -> switch (line.substring(0, 2)) {
            case "93" -> Optional.of("941");
            case "99" -> Optional.of(String.format(java.util.Locale.ROOT, ScriptedServer.ONLINE, "003"));
            default -> rest.apply(line);
        };
    }

    private static Sip2Client client(ScriptedServer server) {
        return new Sip2Client(settings(server.address()));
    }

    private static Sip2Client.Settings settings(Sip2Address address) {
        return new Sip2Client.Settings(
                address,
                WireProfile.DEFAULT,
                Optional.of(new Sip2Client.Credentials("kiosk-turku", Secret.of("demo-kiosk-turku"))),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(4),
                2);
    }

    private static Request checkout() {
        return checkout("2000012345", "3000000035");
    }

    private static Request checkout(String card, String item) {
        FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
        byte[] line = ("11YN20261121    143005                  AOVASKI|AA" + card + "|AB" + item + "|AC|AD1234|")
                .getBytes(StandardCharsets.UTF_8);
        return Request.from(((Decoded.Complete) codec.decode(line)).frame());
    }

    private static Request itemInformation() {
        return new ItemInformation(NOW, "VASKI", "3000000035", Optional.empty(), List.of());
    }
}
