package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.PinnedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners that expect a balancer in front of them, and one that does not. */
class BalancerTest extends OwnServersTest {
    private static final String TEXT = "PROXY TCP4 203.0.113.7 192.0.2.1 51234 6001\r\n";
    private static final byte[] BINARY = HexFormat.of()
            .parseHex("0D0A0D0A000D0A515549540A" + "2121002B"
                    + "20010DB800000000000000000000000700000000000000000000000000000001C8221771"
                    // Behind the addresses, a TLV of four bytes.
                    + "04000400000000");

    private Path trace;

    @BeforeEach
    void traceInto(@TempDir Path directory) {
        trace = directory.resolve("trace.txt");
    }

    @Test
    void seesTheAddressThatTheTextNames() throws IOException {
        startBehind("127.0.0.1");
        try (Peer peer = peer()) {
            // In one segment with the first message, as balancers do.
            peer.send((TEXT + "9900302.00\r").getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.hear().orElseThrow()).startsWith("98");
        }
        assertThat(Files.readString(trace)).contains("203.0.113.7:51234 SC>ACS 99");
    }

    @Test
    void seesTheAddressThatTheBinaryFormNamesInFrontOfTls() throws IOException {
        startBehind("127.0.0.0/8");
        Socket raw = new Socket(
                InetAddress.getLoopbackAddress(), servers.getLast().tlsPort().orElseThrow());
        for (byte next : BINARY) {
            raw.getOutputStream().write(next);
            raw.getOutputStream().flush();
        }
        SSLContext context =
                PinnedCertificate.context(servers.getLast().fingerprint().orElseThrow());
        try (SSLSocket secure =
                        (SSLSocket) context.getSocketFactory().createSocket(raw, "127.0.0.1", raw.getPort(), true);
                Peer peer = new Peer(secure)) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
            assertThat(peer.ask("9900302.00")).startsWith("98");
        }
        assertThat(Files.readString(trace)).contains("2001:db8:0:0:0:0:0:7:51234 SC>ACS 93");
    }

    @Test
    void seesTheBalancerItselfWhereItNamesNobody() throws IOException {
        startBehind("127.0.0.1");
        try (Peer peer = peer()) {
            peer.send("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.ask("9900302.00")).startsWith("98");
        }
        assertThat(Files.readString(trace)).contains("127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9900302.00\r", "PROXY TCP4 203.0.113.7\r\n", "\r\n\r\n\0\r\nQUIX\n    "})
    void closesAndCountsWhatHasNoHeader(String beginning) throws IOException {
        startBehind("127.0.0.1");
        try (Peer peer = peer()) {
            peer.send(beginning.getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.hungUp()).isTrue();
        }
        eventuallyCounted("proxy_malformed");
    }

    @Test
    void believesNobodyElse() throws IOException {
        startBehind("192.0.2.10,2001:db8::/64");
        try (Peer peer = peer()) {
            peer.send(TEXT.getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.hungUp()).isTrue();
        }
        eventuallyCounted("proxy_untrusted");
    }

    @Test
    void closesWhoseHeaderDoesNotCome() throws IOException {
        startBehind("127.0.0.1", Map.of("arrival-timeout", "300ms"));
        try (Peer peer = peer()) {
            peer.send("PROXY TCP4 203".getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.hungUp()).isTrue();
        }
        eventuallyCounted("overdue");
    }

    @Test
    void aHeaderThatNobodyAskedForIsALineLikeAnyOther() throws IOException {
        start(Map.of("trace-file", trace.toString()));
        try (Peer peer = peer()) {
            peer.send(TEXT.getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.ask("9900302.00")).startsWith("98");
        }
        assertThat(counted("unknown_command")).isEqualTo(1);
        assertThat(Files.readString(trace)).contains("127.0.0.1:").doesNotContain("203.0.113.7");
    }

    private void startBehind(String proxies) {
        startBehind(proxies, Map.of());
    }

    private void startBehind(String proxies, Map<String, String> further) {
        Map<String, String> all = new TreeMap<>(further);
        all.put("plain.proxies", proxies);
        all.put("tls.proxies", proxies);
        all.put("trace-file", trace.toString());
        start(all);
    }
}
