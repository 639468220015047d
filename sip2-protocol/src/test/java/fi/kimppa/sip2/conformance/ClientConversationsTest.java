package fi.kimppa.sip2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.TestIdentity;
import fi.kimppa.sip2.conformance.Conversation.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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

    /** A conversation over a link. */
    record Case(Conversation conversation, Transport link) {}

    @TempDir
    static Path directory;

    private static final Map<Case, Future<Result>> RESULTS = new LinkedHashMap<>();

    /**
     * Most of a conversation is waiting for time to pass, so many are played at once: the longest lasts a quarter of a minute, and is not to
     * wait for its turn.
     */
    @BeforeAll
    static void play() throws Exception {
        TestIdentity identity = TestIdentity.make(directory);
        ExecutorService many = Executors.newFixedThreadPool(64);
        played().forEach(one -> RESULTS.put(one, many.submit(() -> play(one, identity))));
        many.shutdown();
    }

    private static Stream<Case> played() {
        return Conversation.shipped().stream()
                .filter(conversation -> conversation.role() == Role.CLIENT)
                .flatMap(conversation -> Stream.of(Transport.TCP, Transport.TLS)
                        .filter(conversation.links()::contains)
                        .map(link -> new Case(conversation, link)));
    }

    static Stream<Arguments> results() {
        return RESULTS.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void goesAsWritten(Case played, Future<Result> result) throws Exception {
        assertThat(result.get()).as(played.toString()).isEqualTo(new Result.Passed());
    }

    private static Result play(Case one, TestIdentity identity) throws IOException {
        Conversation conversation = one.conversation();
        boolean secure = one.link() == Transport.TLS;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSocket listener = secure
                ? identity.context().getServerSocketFactory().createServerSocket(0, 50, loopback)
                : new ServerSocket(0, 50, loopback);
        Sip2Address address = new Sip2Address(
                loopback.getHostAddress(),
                listener.getLocalPort(),
                secure,
                secure ? Optional.of(identity.pin()) : Optional.empty());
        Values values = new Values(
                VARIABLES,
                Instant.now(),
                ZoneId.of("Europe/Helsinki"),
                conversation.wireProfile().charset());
        try (ClientPlayer player = new ClientPlayer(conversation, values, listener, address)) {
            return player.play();
        }
    }
}
