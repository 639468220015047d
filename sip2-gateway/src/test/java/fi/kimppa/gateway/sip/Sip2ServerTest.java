package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.circulation.Deadlines;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.mock.env.MockEnvironment;

/** Servers of this test's own beside the gateway's, each with other settings. */
@Timeout(30)
class Sip2ServerTest extends GatewayTest {
    private static final String LOGIN = Conversation.withChecksum("9300CNkiosk-turku|COdemo-kiosk-turku|AY0AZ?");

    @Autowired
    Deadlines deadlines;

    @Autowired
    Clock clock;

    @Autowired
    Consortium consortium;

    @Autowired
    Terminals terminals;

    @Autowired
    Circulation circulation;

    @Autowired
    ApplicationEventPublisher events;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Sip2Server> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(Sip2Server::stop);
    }

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
    void portsAndAddressesAreTheDocumentedOnesUnlessSet() {
        Sip2Settings settings = settings(Map.of("plain.port", "6001", "tls.port", "6443"));
        Sip2Settings untouched = Binder.get(new MockEnvironment()).bindOrCreate("kimppa.sip", Sip2Settings.class);
        assertThat(untouched).isEqualTo(settings);
        assertThat(untouched.plain().address().isLoopbackAddress()).isTrue();
        assertThat(untouched.backlog()).isEqualTo(4096);
    }

    private void start(Map<String, String> differing) {
        Sip2Server server = new Sip2Server(
                settings(differing), deadlines, DATA, clock, consortium, terminals, circulation, events, meters);
        servers.add(server);
        server.start();
    }

    private static Sip2Settings settings(Map<String, String> differing) {
        Map<String, String> all = new TreeMap<>(Map.of("kimppa.sip.plain.port", "0", "kimppa.sip.tls.port", "0"));
        differing.forEach((name, value) -> all.put("kimppa.sip." + name, value));
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("kimppa.sip", Sip2Settings.class);
    }

    private Peer peer() throws IOException {
        return new Peer(servers.getLast().plainPort().orElseThrow());
    }
}
