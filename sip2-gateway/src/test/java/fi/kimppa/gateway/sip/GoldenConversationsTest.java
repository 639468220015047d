package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.conformance.Conversation;
import fi.kimppa.sip2.conformance.Conversation.Role;
import fi.kimppa.sip2.conformance.Data;
import fi.kimppa.sip2.conformance.Player;
import fi.kimppa.sip2.conformance.Result;
import fi.kimppa.sip2.wire.SipEnvelope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plays every golden conversation that tests a server against the gateway, in each build over one link, and over every
 * link that it holds for in the full run. Each gets
 * cards and items of its own, so that none depends on what another has left behind; one for a terminal that is set up
 * otherwise than usual gets a SIP2 server of its own.
 */
class GoldenConversationsTest extends OwnServersTest {
    /** What is not served yet, with the reason. It must differ, or it has no business here. */
    private static final Map<String, String> NOT_YET_SERVED = Map.of();

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(300);

    @Autowired
    Sip2Server server;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int httpPort;

    /** Each conversation once, over its first link, and every tenth over all of its links. */
    static Stream<Arguments> sample() {
        List<Conversation> all = conversations();
        return IntStream.range(0, all.size())
                .boxed()
                .flatMap(i -> links(all.get(i))
                        .limit(i % 10 == 0 ? Transport.values().length : 1)
                        .map(link -> Arguments.of(all.get(i), link)));
    }

    static Stream<Arguments> everyLink() {
        return conversations().stream()
                .flatMap(conversation -> links(conversation).map(link -> Arguments.of(conversation, link)));
    }

    private static List<Conversation> conversations() {
        return Conversation.shipped().stream()
                .filter(conversation -> conversation.role() == Role.SERVER)
                .toList();
    }

    private static Stream<Transport> links(Conversation conversation) {
        return conversation.links().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("sample")
    void goesAsWritten(Conversation conversation, Transport link) throws Exception {
        Result result = play(conversation, link);

        if (NOT_YET_SERVED.containsKey(conversation.name())) {
            assertThat(result).isInstanceOf(Result.Differs.class);
        } else {
            assertThat(result).isEqualTo(new Result.Passed());
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("everyLink")
    void goesAsWrittenOverEveryLink(Conversation conversation, Transport link) throws Exception {
        goesAsWritten(conversation, link);
    }

    @Test
    void whatIsNotYetServedIsThere() {
        assertThat(Conversation.shipped()).extracting(Conversation::name).containsAll(NOT_YET_SERVED.keySet());
    }

    private Result play(Conversation conversation, Transport link) throws Exception {
        Sip2Server played = server;
        if (!conversation.profile().isEmpty()) {
            Map<String, String> settings = new HashMap<>();
            conversation.profile().forEach((setting, value) -> settings.put("terminals.kiosk-turku." + setting, value));
            start(settings);
            played = servers.getLast();
        }
        return switch (link) {
            case TCP -> play(conversation, address(link, played.plainPort().orElseThrow(), Optional.empty()));
            case TLS -> play(conversation, address(link, played.tlsPort().orElseThrow(), played.fingerprint()));
            case HTTPS -> {
                try (TlsEnd end = new TlsEnd(httpPort)) {
                    yield play(conversation, address(link, end.port(), Optional.of(end.sha256())));
                }
            }
        };
    }

    private static Sip2Address address(Transport link, int port, Optional<String> pin) {
        return new Sip2Address(link, "127.0.0.1", port, link == Transport.HTTPS ? SipEnvelope.PATH : "", pin);
    }

    private Result play(Conversation conversation, Sip2Address address) {
        Map<String, String> variables = new TestLibrary(jdbc).variables(conversation.needs());
        Data data = new Data(variables, Map.of(conversation.profile(), variables));
        return new Player(new Player.Settings(address, data, clock, ANSWER, SILENCE)).play(conversation);
    }
}
