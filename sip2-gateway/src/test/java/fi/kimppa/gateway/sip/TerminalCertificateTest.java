package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.sip2.PinnedCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Machines that show a certificate in the TLS handshake. */
class TerminalCertificateTest extends OwnServersTest {
    private static final String OTHER_LOGIN =
            Conversation.withChecksum("9300CNkiosk-naantali|COdemo-kiosk-naantali|AY0AZ?");
    private static final String STATUS = "9900302.00";
    private static final String ITEM = "1720261124    193000AB3000000073|";

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path directory;

    private TestAuthority authority;

    @BeforeEach
    void found() throws Exception {
        authority = new TestAuthority("Kirjastojen CA");
        authority.write(directory.resolve("authorities.pem"));
    }

    @AfterEach
    void forget() {
        jdbc.sql("delete from terminal_certificates").update();
    }

    @Test
    void aSignedCertificateIsThatOfTheTerminalWhoseLoginItNames() throws Exception {
        listen("NEED", Map.of());
        SSLContext context = authority.signed("kiosk-turku").context();
        try (Peer peer = peer(context)) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
        }
        try (Peer peer = peer(context)) {
            assertThat(peer.ask(OTHER_LOGIN)).startsWith("940");
        }
        eventuallyCounted("wrong_certificate");
    }

    @Test
    void aSignedCertificateOfAnotherNameBelongsToWhomItWasWrittenDownFor() throws Exception {
        listen("NEED", Map.of());
        SSLContext context = authority.signed("laite 17").context();
        try (Peer peer = peer(context)) {
            assertThat(peer.ask(LOGIN)).startsWith("940");
        }
        jdbc.sql("insert into terminal_certificates (terminal, common_name) values ('kiosk-turku', 'laite 17')")
                .update();
        try (Peer peer = peer(context)) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
        }
    }

    @Test
    void aCertificateThatNobodyStandsForMustBeKnownByItsFingerprint() throws Exception {
        listen("NEED", Map.of());
        TestAuthority.Machine machine = TestAuthority.selfSigned("kiosk-naantali");
        SSLContext context = machine.context();
        assertThat(turnedAway(context)).isTrue();
        eventuallyCounted("handshake_failed");

        pin(machine, "kiosk-turku");
        try (Peer peer = peer(context)) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
        }
        try (Peer peer = peer(context)) {
            assertThat(peer.ask(OTHER_LOGIN)).as("its name counts for nothing").startsWith("940");
        }
    }

    @Test
    void aCertificateTakenOutOfUseDoesNotComeBackWithAnEarlierTlsSession() throws Exception {
        listen("NEED", Map.of());
        TestAuthority.Machine machine = TestAuthority.selfSigned("kiosk-turku");
        pin(machine, "kiosk-turku");
        SSLContext context = machine.context();
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (Peer peer = new Peer(socket(context, protocol))) {
                assertThat(peer.ask(LOGIN)).startsWith("941");
            }
        }
        forget();
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            assertThat(turnedAway(socket(context, protocol))).as(protocol).isTrue();
        }
    }

    @Test
    void withoutACertificateThereIsNoConnectionWhereOneIsNeeded() throws Exception {
        listen("NEED", Map.of());
        assertThat(turnedAway(withoutCertificate())).isTrue();
    }

    @Test
    void withoutACertificateTheLoginIsEnoughWhereOneIsWanted() throws Exception {
        listen("WANT", Map.of());
        try (Peer peer = peer(withoutCertificate())) {
            assertThat(peer.ask(OTHER_LOGIN)).startsWith("941");
        }
        assertThat(turnedAway(TestAuthority.selfSigned("kiosk-turku").context()))
                .isTrue();
    }

    @Test
    void aCertificateStandsForTheLoginOnlyWhereTheSettingSaysSo() throws Exception {
        TestAuthority.Machine machine = authority.signed("kiosk-turku");
        listen("NEED", Map.of());
        try (Peer peer = peer(machine.context())) {
            assertThat(peer.ask(ITEM)).startsWith("18010101").doesNotContain("ensyklopedia");
        }
        listen("NEED", Map.of("tls.client-certificates.log-in", "true"));
        try (Peer peer = peer(machine.context())) {
            assertThat(peer.ask(STATUS)).contains("|ANTURKU|");
            assertThat(peer.ask(ITEM)).contains("ensyklopedia");
        }
        try (Peer peer = peer(authority.signed("nobody").context())) {
            assertThat(peer.ask(ITEM)).startsWith("18010101");
        }
    }

    @Test
    void authoritiesThatCannotBeReadAreNamedAtStart() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        for (Path file : new Path[] {empty, directory.resolve("none.pem")}) {
            assertThatThrownBy(() -> start(Map.of(
                            "tls.client-certificates.ask",
                            "NEED",
                            "tls.client-certificates.authorities",
                            file.toString())))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    private void listen(String ask, Map<String, String> further) {
        Map<String, String> all = new TreeMap<>(further);
        all.put("tls.client-certificates.ask", ask);
        all.put(
                "tls.client-certificates.authorities",
                directory.resolve("authorities.pem").toString());
        start(all);
    }

    private void pin(TestAuthority.Machine machine, String terminal) throws Exception {
        jdbc.sql("insert into terminal_certificates (terminal, sha256) values (:terminal, :sha256)")
                .param("terminal", terminal)
                .param("sha256", machine.sha256())
                .update();
    }

    private SSLContext withoutCertificate() {
        return PinnedCertificate.context(servers.getLast().fingerprint().orElseThrow());
    }

    private Peer peer(SSLContext context) throws IOException {
        return new Peer(context.getSocketFactory()
                .createSocket("127.0.0.1", servers.getLast().tlsPort().orElseThrow()));
    }

    private SSLSocket socket(SSLContext context, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", servers.getLast().tlsPort().orElseThrow());
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private boolean turnedAway(SSLContext context) throws IOException {
        return turnedAway(context.getSocketFactory()
                .createSocket("127.0.0.1", servers.getLast().tlsPort().orElseThrow()));
    }

    /** In TLS 1.3 a client learns only with its first read that its certificate was not accepted. */
    private static boolean turnedAway(Socket socket) throws IOException {
        try (Peer peer = new Peer(socket)) {
            peer.say(STATUS);
            return peer.hungUp();
        } catch (IOException e) {
            return true;
        }
    }
}
