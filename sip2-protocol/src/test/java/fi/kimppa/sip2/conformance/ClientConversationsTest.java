package fi.kimppa.sip2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.conformance.Conversation.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every golden conversation that tests a client against ours, over TCP and TLS. */
class ClientConversationsTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "AO", "VASKI",
            "CARD", "2000012345",
            "PIN", "1234",
            "ITEM", "3000000035");

    @TempDir
    static Path directory;

    private static SSLContext tls;
    private static String fingerprint;

    @BeforeAll
    static void makeACertificate() throws Exception {
        Path store = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-alias",
                        "a",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-validity",
                        "2")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, "changeit".toCharArray());
        tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        fingerprint = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(keys.getCertificate("a").getEncoded()));
    }

    static Stream<Arguments> played() {
        return Conversation.shipped().stream()
                .filter(conversation -> conversation.role() == Role.CLIENT)
                .flatMap(conversation -> Stream.of(Link.TCP, Link.TLS)
                        .filter(conversation.links()::contains)
                        .map(link -> Arguments.of(conversation, link)));
    }

    @ParameterizedTest
    @MethodSource("played")
    void goesAsWritten(Conversation conversation, Link link) throws IOException {
        boolean secure = link == Link.TLS;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSocket listener = secure
                ? tls.getServerSocketFactory().createServerSocket(0, 50, loopback)
                : new ServerSocket(0, 50, loopback);
        Sip2Address address = new Sip2Address(
                loopback.getHostAddress(),
                listener.getLocalPort(),
                secure,
                secure ? Optional.of(fingerprint) : Optional.empty());
        Values values = new Values(
                VARIABLES,
                Instant.now(),
                ZoneId.of("Europe/Helsinki"),
                conversation.wireProfile().charset());
        try (ClientPlayer player = new ClientPlayer(conversation, values, listener, address)) {
            assertThat(player.play()).isEqualTo(new Result.Passed());
        }
    }
}
