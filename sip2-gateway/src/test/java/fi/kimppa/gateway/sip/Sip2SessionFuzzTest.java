package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.junit.FuzzTest;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.sip2.conformance.Conversation;
import fi.kimppa.sip2.conformance.Conversation.Role;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whole conversations with the gateway over a real socket and the real store. Replays some golden conversations in
 * every build; {@code deploy/fuzz session} begins with all of them and searches for new ones. What a conversation
 * changes stays: the store becomes that of a library in which much has happened.
 */
class Sip2SessionFuzzTest extends OwnServersTest {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    private static final int BUILD_SAMPLE = 12;
    /** Shorter ones may be found in any line. */
    private static final int LONG_ENOUGH = 6;

    @Autowired
    JdbcClient jdbc;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    /** The first byte says whether the machine has logged in before. */
    static Stream<Arguments> golden() {
        Map<String, String> demo = Map.of(
                "PASSWORD", "demo-kiosk-turku",
                "LOGIN", "kiosk-turku",
                "PIN", "1234",
                "CARD", "2000100002",
                "LENT_CARD", "2000012345",
                "LENT_ITEM", "3000000097",
                "AO", "TURKU");
        List<Conversation> conversations = Conversation.shipped().stream()
                .filter(conversation -> conversation.role() == Role.SERVER)
                .toList();
        int step = System.getenv("JAZZER_FUZZ") == null ? BUILD_SAMPLE : 1;
        return Stream.iterate(0, i -> i < conversations.size(), i -> i + step)
                .map(conversations::get)
                .map(conversation -> {
                    Map<String, String> variables = conversation.needs().stream()
                            .collect(Collectors.toMap(
                                    Function.identity(),
                                    name -> demo.getOrDefault(name, name.contains("PIN") ? "1234" : "3000100035")));
                    byte[] bytes = conversation.bytes(variables, MovableClock.EVENING, GatewayClock.ZONE);
                    byte[] seed = new byte[bytes.length + 1];
                    System.arraycopy(bytes, 0, seed, 1, bytes.length);
                    return Arguments.of((Object) seed);
                });
    }

    @BeforeEach
    void listen() {
        start(Map.of());
        logged.start();
        logger().addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(logged);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("fi.kimppa");
    }

    @MethodSource("golden")
    @FuzzTest(maxDuration = "10m")
    @Timeout(60)
    void everyConversationIsAnsweredInStep(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        boolean loggedIn = (input[0] & 1) == 0;
        byte[] said = Arrays.copyOfRange(input, 1, input.length);
        long journal = lastJournalRow();
        logged.list.clear();

        List<byte[]> answers = lines(talk(loggedIn, said), Integer.MAX_VALUE);

        int asked = lines(said, (int) settings(Map.of()).maxFrame().toBytes()).size() + (loggedIn ? 1 : 0);
        assertThat(answers.size()).as("answers to %d lines", asked).isLessThanOrEqualTo(asked);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(CODEC.decode(answer))
                        .as(() -> new String(answer, CODEC.profile().charset()))
                        .isInstanceOf(Decoded.Complete.class));
        if (answers.stream()
                .noneMatch(answer -> new String(answer, CODEC.profile().charset()).startsWith("941"))) {
            assertThat(lastJournalRow()).as("nobody has logged in").isEqualTo(journal);
        }
        List<String> secrets = secrets(said);
        assertThat(List.copyOf(logged.list)).allSatisfy(event -> {
            assertThat(event.getLevel().isGreaterOrEqual(Level.ERROR))
                    .as(event::getFormattedMessage)
                    .isFalse();
            assertThat(secrets).noneMatch(event.getFormattedMessage()::contains);
        });
        // Wrong PINs would pause the machine, wrong logins would slow it down, and 01 would block every card.
        jdbc.sql("delete from try_counts").update();
        jdbc.sql("delete from pin_failures").update();
        jdbc.sql("delete from card_blocks").update();
    }

    private byte[] talk(boolean loggedIn, byte[] said) throws IOException {
        Random chunks = new Random(Arrays.hashCode(said));
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), servers.getLast().plainPort().orElseThrow())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            try {
                if (loggedIn) {
                    socket.getOutputStream()
                            .write((LOGIN + "\r").getBytes(CODEC.profile().charset()));
                }
                for (int at = 0, size; at < said.length; at += size) {
                    size = Math.min(1 + chunks.nextInt(200), said.length - at);
                    socket.getOutputStream().write(said, at, size);
                }
                socket.shutdownOutput();
            } catch (IOException _) {
                // The gateway may have hung up before everything was said.
            }
            return heard(socket);
        }
    }

    private static byte[] heard(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[4096];
        try {
            for (int count = socket.getInputStream().read(some);
                    count >= 0;
                    count = socket.getInputStream().read(some)) {
                all.write(some, 0, count);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // Hung up with lines of ours unread.
        }
        return all.toByteArray();
    }

    private static List<byte[]> lines(byte[] stream, int longest) {
        FrameAssembler assembler = new FrameAssembler(longest);
        List<byte[]> lines = new ArrayList<>();
        for (byte next : stream) {
            assembler.accept(next).ifPresent(lines::add);
        }
        return lines;
    }

    private static List<String> secrets(byte[] said) {
        return lines(said, Integer.MAX_VALUE).stream()
                .map(CODEC::decode)
                .filter(Decoded.Complete.class::isInstance)
                .flatMap(decoded -> ((Decoded.Complete) decoded).frame().fields().stream())
                .filter(CodedField.Hidden.class::isInstance)
                .map(field -> new String(((CodedField.Hidden) field).value().reveal()).strip())
                .filter(secret -> secret.length() >= LONG_ENOUGH)
                .toList();
    }

    private long lastJournalRow() {
        return jdbc.sql("select coalesce(max(id), 0) from journal")
                .query(Long.class)
                .single();
    }
}
