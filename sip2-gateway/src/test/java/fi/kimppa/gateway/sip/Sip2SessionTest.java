package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class Sip2SessionTest extends GatewayTest {
    private static final String LOGIN = Conversation.withChecksum("9300CNkiosk-naantali|COdemo-kiosk-naantali|AY0AZ?");
    private static final String STATUS = Conversation.withChecksum("9900302.00AY1AZ?");
    private static final String ITEM = Conversation.withChecksum("1720261124    193000AOTURKU|AB3999999999|AY2AZ?");
    private static final String PATRON = Conversation.withChecksum(
            "6300720261124    193000  Y       AOTURKU|AA2000012345|AC|AD1234|BP1|BQ20|AY3AZ?");
    private static final List<String> LINES = List.of(STATUS, ITEM, PATRON);

    @Autowired
    Sip2Server server;

    @Test
    void readsEveryFrameInAllChunkSizes() throws IOException {
        byte[] all = (String.join("\r\n", LINES) + "\r\n").getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= all.length; size += size < 16 ? 1 : 37) {
            try (Peer peer = loggedIn()) {
                for (int at = 0; at < all.length; at += size) {
                    byte[] chunk = new byte[Math.min(size, all.length - at)];
                    System.arraycopy(all, at, chunk, 0, chunk.length);
                    peer.send(chunk);
                }
                assertThat(peer.hear().orElseThrow()).as("chunks of %d", size).startsWith("98");
                assertThat(peer.hear().orElseThrow()).as("chunks of %d", size).startsWith("18");
                assertThat(peer.hear().orElseThrow()).as("chunks of %d", size).startsWith("64");
            }
        }
    }

    @Test
    void answersEveryFrameCutShortAndStaysInStep() throws IOException {
        try (Peer peer = loggedIn()) {
            for (String line : LINES) {
                for (int length = 2; length < line.length(); length++) {
                    String answer = peer.ask(line.substring(0, length));
                    assertThat(answer)
                            .as("%s cut to %d", line, length)
                            .matches("(98|18|64|96AZ).*")
                            .doesNotContain("Exception");
                }
                assertThat(peer.ask(STATUS)).startsWith("98");
            }
        }
    }

    @Test
    void asksAgainForEveryFrameWithAChangedByte() throws IOException {
        Random random = new Random(20261124);
        try (Peer peer = loggedIn()) {
            for (String line : LINES) {
                byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
                for (int at = 0; at < bytes.length - "AZhhhh".length(); at++) {
                    byte[] broken = bytes.clone();
                    broken[at] ^= (byte) (1 << random.nextInt(5));
                    if (broken[at] < ' ') {
                        broken[at] = '~'; // a line end would make two lines of it, which is another rule
                    }
                    peer.send(broken);
                    peer.send(new byte[] {'\r'});
                    assertThat(peer.hear()).as("%s changed at %d", line, at).contains("96AZFEF6");
                }
            }
        }
    }

    @Test
    void acceptsAChecksumInLowerCase() throws IOException {
        try (Peer peer = new Peer(port())) {
            assertThat(peer.ask("9900302.00AY1AZfca5")).startsWith("98");
        }
    }

    @Test
    void closesALineThatNeverEndsAndNoOther() throws IOException {
        try (Peer patient = loggedIn();
                Peer flood = new Peer(port())) {
            byte[] much = "9".repeat(70_000).getBytes(StandardCharsets.US_ASCII);
            try {
                flood.send(much);
            } catch (IOException _) {
                // The gateway may have hung up before everything was sent.
            }
            assertThat(flood.hungUp()).isTrue();
            assertThat(patient.ask(STATUS)).startsWith("98");
        }
    }

    @Test
    void forgetsWhatItWouldRepeatWhenAPatronLeaves() throws IOException {
        String end = Conversation.withChecksum("3520261124    193000AONAANTALI|AA2000012345|AC|AD1234|AY4AZ?");
        try (Peer peer = loggedIn()) {
            assertThat(peer.ask(PATRON)).startsWith("64").contains("Mäkelä");
            assertThat(peer.ask(end)).startsWith("36Y");
            assertThat(peer.ask("97AZFEF5")).startsWith("36Y");
        }
    }

    @Test
    void repeatsAnExecutedRequestEvenAfterAGarbledCopyOfIt() throws IOException {
        String renew = "29NN20261124    193000                  AOTURKU|AA2000012345|AD1234|AB3000000097|AY5AZ?";
        try (Peer peer = loggedIn()) {
            String first = peer.ask(Conversation.withChecksum(renew));
            assertThat(peer.ask(Conversation.withChecksum(renew).replace("AD1234", "AD1235")))
                    .isEqualTo("96AZFEF6");
            assertThat(peer.ask(Conversation.withChecksum(renew))).isEqualTo(first);
        }
    }

    @Test
    void speaksTls12And13WithTheCertificateWhoseFingerprintItWrote() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            String[] seen = new String[1];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {pinned(seen)}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket("127.0.0.1", server.tlsPort().orElseThrow());
            socket.setEnabledProtocols(new String[] {protocol});
            try (Peer peer = new Peer(socket)) {
                assertThat(peer.ask(LOGIN)).startsWith("941");
                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            }
            assertThat(Optional.of(seen[0])).isEqualTo(server.fingerprint());
            assertThat(Files.readString(DATA.resolve(TlsIdentity.FINGERPRINT))).isEqualTo(seen[0] + "\n");
        }
        Path key = DATA.resolve(TlsIdentity.KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void tracesTheConversationLabelledAndMasked() throws IOException {
        try (Peer peer = loggedIn()) {
            peer.ask(PATRON);
        }
        assertThat(Files.readString(DATA.resolve("trace.txt")))
                .contains("kiosk-naantali SC>ACS 63 Patron Information | language=007")
                .contains("ACS>SC 64 Patron Information Response")
                .doesNotContain("2000012345")
                .doesNotContain("AD1234")
                .doesNotContain("Mäkelä")
                .doesNotContain("demo-kiosk-naantali");
    }

    private static X509TrustManager pinned(String[] seen) {
        return new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                try {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                    seen[0] = HexFormat.of().formatHex(digest);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
    }

    private Peer loggedIn() throws IOException {
        Peer peer = new Peer(port());
        assertThat(peer.ask(LOGIN)).isEqualTo("941AY0AZFDFD");
        return peer;
    }

    private int port() {
        return server.plainPort().orElseThrow();
    }
}
