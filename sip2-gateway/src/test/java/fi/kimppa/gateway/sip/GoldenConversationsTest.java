package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.conformance.Conversation;
import fi.kimppa.sip2.conformance.Conversation.Role;
import fi.kimppa.sip2.conformance.Data;
import fi.kimppa.sip2.conformance.Link;
import fi.kimppa.sip2.conformance.Player;
import fi.kimppa.sip2.conformance.Result;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plays every golden conversation that tests a server against the gateway, over TCP and TLS. Each gets cards and items
 * of its own, so that none depends on what another has left behind.
 */
class GoldenConversationsTest extends GatewayTest {
    /** What is not served yet, with the reason. It must differ, or it has no business here. */
    private static final Map<String, String> NOT_YET_SERVED = Map.of();

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(300);

    @Autowired
    Sip2Server server;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    static Stream<Arguments> played() {
        return Conversation.shipped().stream()
                .filter(conversation -> conversation.role() == Role.SERVER)
                .flatMap(conversation -> Stream.of(Link.TCP, Link.TLS)
                        .filter(conversation.links()::contains)
                        .map(link -> Arguments.of(conversation, link)));
    }

    @ParameterizedTest
    @MethodSource("played")
    void goesAsWritten(Conversation conversation, Link link) {
        Result result = play(conversation, link);

        if (NOT_YET_SERVED.containsKey(conversation.name())) {
            assertThat(result).isNotInstanceOf(Result.Passed.class);
        } else {
            assertThat(result).isInstanceOf(Result.Passed.class);
        }
    }

    @Test
    void whatIsNotYetServedIsThere() {
        assertThat(Conversation.shipped()).extracting(Conversation::name).containsAll(NOT_YET_SERVED.keySet());
    }

    private Result play(Conversation conversation, Link link) {
        int port = (link == Link.TLS ? server.tlsPort() : server.plainPort()).orElseThrow();
        Optional<String> pin = link == Link.TLS ? server.fingerprint() : Optional.empty();
        return new Player(new Player.Settings(
                        new Sip2Address("127.0.0.1", port, link == Link.TLS, pin),
                        Data.of(new TestLibrary(jdbc).variables()),
                        clock,
                        ANSWER,
                        SILENCE))
                .play(conversation);
    }
}
