package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.PinnedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

/** What a server allows, and what it does when it has had enough. */
class Sip2ServerTest extends OwnServersTest {
    @Test
    void closesWhoDoesNotLogInInTime() throws IOException {
        start(Map.of("login-timeout", "300ms"));
        try (Peer peer = peer()) {
            assertThat(peer.ask("9900302.00")).startsWith("98");
            assertThat(peer.hungUp()).isTrue();
        }
    }

    @Test
    void closesWhoIsIdleForTooLong() throws IOException {
        start(Map.of("idle-timeout", "300ms"));
        try (Peer peer = peer()) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
            assertThat(peer.hungUp()).isTrue();
        }
        assertThat(meters.counter("kimppa.sip.incidents", "what", "overdue").count())
                .isEqualTo(1);
    }

    @Test
    void turnsAwayWhoComesAboveTheCeiling() throws IOException {
        start(Map.of("max-connections", "1"));
        try (Peer first = peer()) {
            assertThat(first.ask("9900302.00")).startsWith("98");
            try (Peer second = peer()) {
                assertThat(second.hungUp()).isTrue();
            }
            assertThat(first.ask("9900302.00")).startsWith("98");
        }
    }

    @Test
    void refusesMoreFieldsThanAllowedWithNothingExecuted() throws IOException {
        start(Map.of("max-fields", "10"));
        try (Peer peer = peer()) {
            peer.ask(LOGIN);
            assertThat(peer.ask("1720261124    193000AB3000000073|" + "ZZ1|".repeat(10)))
                    .startsWith("18010101")
                    .doesNotContain("ensyklopedia");
        }
    }

    @Test
    void profileOfATerminalHoldsFromItsLoginOn() throws IOException {
        start(Map.of(
                "terminals.kiosk-turku.error-detection", "ALWAYS",
                "terminals.kiosk-turku.unknown-command", "RESEND",
                "terminals.kiosk-turku.charset", "ISO-8859-1"));
        try (Peer peer = peer()) {
            assertThat(peer.ask("9900302.00")).doesNotContain("AZ");
            assertThat(peer.ask("9300CNkiosk-turku|COdemo-kiosk-turku|")).matches("941AZ[0-9A-F]{4}");
            assertThat(peer.ask("ZZ")).isEqualTo("96AZFEF6");
            // Å and ä are one byte each now, which are no letters of UTF-8.
            assertThat(peer.ask("6300720261124    193000          AOTURKU|AA2000012345|AD1234|"))
                    .contains("AEM\uFFFDkel\uFFFD, \uFFFDke|");
        }
    }

    @Test
    void stopsWithoutWaitingForIdlePeers() throws IOException {
        start(Map.of());
        try (Peer peer = peer()) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
            servers.getLast().stop();
            assertThat(peer.hungUp()).isTrue();
        }
    }

    @Test
    void busyPortIsNamedWithItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start(Map.of("plain.port", Integer.toString(taken.getLocalPort()))))
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("kimppa.sip.plain.port");
        }
    }

    @Test
    void plainListenerOutsideLoopbackNeedsASettingThatSaysSoInWords() {
        assertThatThrownBy(() -> settings(Map.of("plain.address", "0.0.0.0")))
                .rootCause()
                .hasMessageContaining("kimppa.sip.plain.cards-and-pins-may-travel-unencrypted");
        assertThat(settings(Map.of("plain.address", "0.0.0.0", "plain.cards-and-pins-may-travel-unencrypted", "true"))
                        .plain()
                        .address()
                        .isAnyLocalAddress())
                .isTrue();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void plainListenerOutsideLoopbackIsWarnedOfAtEveryStart(CapturedOutput output) {
        Map<String, String> exposed =
                Map.of("plain.address", "0.0.0.0", "plain.cards-and-pins-may-travel-unencrypted", "true");
        for (int starts = 1; starts <= 2; starts++) {
            start(exposed);
            assertThat(output.getOut().split("CARDS AND PINS TRAVEL UNENCRYPTED", -1))
                    .hasSize(starts + 1);
        }
    }

    @Test
    void furtherListenersAreBesideTheUsualOnes() throws IOException {
        start(Map.of("listeners.lockers.port", "0", "listeners.lockers.tls", "false", "tls.enabled", "false"));
        Sip2Server server = servers.getLast();
        assertThat(server.tlsPort()).isEmpty();
        for (String name : List.of("plain", "lockers")) {
            try (Peer peer = new Peer(server.port(name).orElseThrow())) {
                assertThat(peer.ask("9900302.00")).startsWith("98");
            }
        }
    }

    @Test
    void aFurtherListenerIsHeldToTheSameRules() {
        Map<String, String> exposed = Map.of("listeners.lockers.address", "0.0.0.0", "listeners.lockers.tls", "false");
        assertThatThrownBy(() -> settings(exposed))
                .rootCause()
                .hasMessageContaining("kimppa.sip.listeners.lockers.cards-and-pins-may-travel-unencrypted");
        assertThatThrownBy(() -> settings(Map.of("listeners.tls.port", "0")))
                .rootCause()
                .hasMessageContaining("kimppa.sip.listeners.tls");
        assertThatThrownBy(() -> settings(
                        Map.of("listeners.lockers.tls", "false", "listeners.lockers.client-certificates.ask", "NEED")))
                .rootCause()
                .hasMessageContaining("kimppa.sip.listeners.lockers.client-certificates");
    }

    @Test
    void aBacklogThatTheSystemCutsIsSaidWithItsRemedy(@TempDir Path directory) throws IOException {
        Path limit = Files.writeString(directory.resolve("somaxconn"), "128\n");
        assertThat(Backlog.warning(4096, limit))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("128", "4096", "sysctl -w net.core.somaxconn=4096"));
        assertThat(Backlog.warning(128, limit)).isEmpty();
        assertThat(Backlog.warning(10, Backlog.SYSTEM_LIMIT))
                .as("every system allows more than its first digit")
                .isEmpty();
        assertThat(Backlog.warning(4096, directory.resolve("none"))).isEmpty();
    }

    @Test
    void whoKeepsSilentInItsHandshakeKeepsNobodyWaiting() throws IOException {
        start(Map.of());
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                silent.add(new Socket(
                        InetAddress.getLoopbackAddress(),
                        servers.getLast().tlsPort().orElseThrow()));
            }
            SSLContext context =
                    PinnedCertificate.context(servers.getLast().fingerprint().orElseThrow());
            try (Peer peer = new Peer(context.getSocketFactory()
                    .createSocket("127.0.0.1", servers.getLast().tlsPort().orElseThrow()))) {
                assertThat(peer.ask("9900302.00")).startsWith("98");
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void whoDoesNotFinishItsHandshakeInTimeIsClosed() throws IOException {
        start(Map.of("arrival-timeout", "300ms"));
        try (Peer peer = new Peer(servers.getLast().tlsPort().orElseThrow())) {
            assertThat(peer.hungUp()).isTrue();
        }
    }

    @Test
    void portsAndAddressesAreTheDocumentedOnesUnlessSet() {
        Sip2Settings settings = settings(Map.of("plain.port", "6001", "tls.port", "6443"));
        Sip2Settings untouched = Binder.get(new MockEnvironment()).bindOrCreate("kimppa.sip", Sip2Settings.class);
        assertThat(untouched).isEqualTo(settings);
        assertThat(untouched.plain().address().isLoopbackAddress()).isTrue();
        assertThat(untouched.backlog()).isEqualTo(4096);
    }
}
