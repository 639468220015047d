package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.MessageType.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Plays every script of {@code src/test/resources/conversations} through a real socket. */
class ConversationTest extends GatewayTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/conversations");

    @Autowired
    Sip2Server server;

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void goesAsWritten(Path script) throws IOException {
        Conversation.read(script).play(server.plainPort().orElseThrow());
    }

    @Test
    void everyRequestOfTheStandardIsSaidInSomeScript() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path script : scripts()) {
            all.append(Files.readString(script));
        }
        assertThat(Arrays.stream(MessageType.values())
                        .filter(type -> type.direction() == Direction.REQUEST)
                        .map(MessageType::code))
                .allSatisfy(code -> assertThat(all.toString()).contains("\n> " + code));
    }
}
