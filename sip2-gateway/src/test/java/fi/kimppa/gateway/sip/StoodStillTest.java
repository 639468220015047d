package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.SipEnvelope;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** A server that stood still does nothing for whoever may have said it before. */
class StoodStillTest extends OwnServersTest {
    private static final String STATUS = Conversation.withChecksum("9900302.00AY1AZ?");

    /** What the server takes for {@link System#nanoTime}. */
    private final AtomicLong now = new AtomicLong();

    private SipOverHttps https;

    @BeforeEach
    void begin() {
        start(Map.of(), DATA, new Standstill(Duration.ofSeconds(2), now::get));
        Sip2Settings settings = settings(Map.of());
        https = new SipOverHttps(servers.getLast(), settings, new TerminalProfiles(settings, inherited, rules));
    }

    @Test
    void hangsUpOnWhoWasConnected() throws IOException {
        try (Peer peer = peer()) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
            pass(Duration.ofSeconds(3));
            peer.say(STATUS);
            assertThat(peer.hungUp()).isTrue();
        }
        eventuallyCounted("stood_still");
        try (Peer peer = peer()) {
            assertThat(peer.ask(LOGIN)).startsWith("941");
        }
    }

    @Test
    void answersNoRequestThatMayHaveWaitedOverHttps() throws IOException {
        assertThat(post()).hasValueSatisfying(answer -> assertThat(answer).startsWith("98"));
        pass(Duration.ofSeconds(3));
        assertThat(post()).isEmpty();
        assertThat(counted("stood_still")).isOne();
        pass(Duration.ofSeconds(2));
        assertThat(post()).hasValueSatisfying(answer -> assertThat(answer).startsWith("98"));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Optional<String> post() throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", SipEnvelope.PATH);
        request.setRemoteAddr("127.0.0.1");
        request.setContent(
                SipEnvelope.request(new SipEnvelope.Request("kiosk-turku", Secret.of("demo-kiosk-turku"), STATUS)));
        return Optional.ofNullable(https.exchange(request).getBody()).flatMap(SipEnvelope::readResponse);
    }
}
