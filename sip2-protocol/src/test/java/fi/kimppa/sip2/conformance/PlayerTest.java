package fi.kimppa.sip2.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The player itself, against a server that answers the next of its lines to everything. */
class PlayerTest {
    private static final String HEADER = "rule: r\nsource: s\nrole: server\nlinks: tcp\n\n";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void passesWhatGoesAsWritten() {
        serve("941AY0AZFDFD\r\n", "940\r");

        assertThat(play("> 93AY0AZ{sum}\n< 941AY0AZ{sum}\\r\\n\n> 93\n< 940\\r\nclosed"))
                .isEqualTo(new Result.Passed());
    }

    @Test
    void saysTheLineAndWhatDiffers() {
        serve("940AY0AZFDFE\r");

        assertThat(play("> 93AY0AZ{sum}\n< 941AY0AZ{sum}")).isInstanceOfSatisfying(Result.Differs.class, differs -> {
            assertThat(differs.line()).isEqualTo(7);
            assertThat(differs.expected()).isEqualTo("< 941AY0AZ{sum}");
            assertThat(differs.differences()).containsExactly("ok: expected \"1\", found \"0\"");
            assertThat(differs.conversation()).hasSize(2);
        });
    }

    @Test
    void saysWhichEndOfTheLineCame() {
        serve("941\r", "941\r\n");

        assertThat(play("> 93\n< 941\\r\\n"))
                .isInstanceOfSatisfying(
                        Result.Differs.class,
                        differs -> assertThat(differs.differences())
                                .containsExactly("end of the line: expected \\r\\n, found \\r"));
    }

    @Test
    void neverPassesWhereNothingOrSomethingElseComes() {
        serve("941\r", "941\r", "", "941\r");

        assertThat(play("> 93\nsilence")).isInstanceOf(Result.Differs.class);
        assertThat(play("> 93\nclosed")).isInstanceOf(Result.Differs.class);
        assertThat(play("> 93\n< 941")).isInstanceOf(Result.Differs.class);
        assertThat(play("> 93\n< 941\n< {same}")).isInstanceOf(Result.Differs.class);
    }

    @Test
    void skipsWhatTheDataOrTheLinkDoesNotAllow() {
        String wants = "rule: r\nsource: s\nrole: server\nlinks: %s\nneeds: CARD\n\n> 63AA$CARD|\nclosed";

        assertThat(player(Map.of()).play(Conversation.read("x", wants.formatted("tcp"))))
                .isEqualTo(new Result.Skipped("the data has no CARD"));
        assertThat(player(Map.of()).play(Conversation.read("x", wants.formatted("https"))))
                .isEqualTo(new Result.Skipped("not for tcp"));
        assertThat(player(Map.of())
                        .play(Conversation.read(
                                "x", "rule: r\nsource: s\nrole: server\nlinks: tcp\nprofile: a=b\n\nclosed")))
                .isEqualTo(new Result.Skipped("the data names no terminal whose profile is a=b"));
    }

    @Test
    void masksWhatItReports() {
        serve("64              00720261121    143005000100000002000000000003AOVASKI|AA2000099999|AEMeri|BLY|\r");

        Result result = play("> 63\n< 64{any 14}007{time}{any 24}AO{any}|AA1|AEKaisla|...");

        assertThat(result).isInstanceOf(Result.Differs.class);
        assertThat(result.toString()).doesNotContain("2000099999").doesNotContain("Meri");
    }

    @Test
    void aServerThatIsNotThereIsNoDifference() throws IOException {
        listener.close();

        assertThatThrownBy(() -> play("> 93\n< 941")).isInstanceOf(LinkException.class);
    }

    @Test
    void readsDataWithProfiles(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("library.properties");
        Files.writeString(file, """
                LOGIN = kiosk
                CARD = 1
                profile.always = error-detection=always charset=ISO-8859-1
                profile.always.LOGIN = other
                """);

        Data data = Data.read(file);

        assertThat(data.variables()).containsEntry("LOGIN", "kiosk");
        assertThat(data.profiles().get(Map.of("error-detection", "always", "charset", "ISO-8859-1")))
                .containsEntry("LOGIN", "other")
                .containsEntry("CARD", "1");
        Files.writeString(file, "login = kiosk\n");
        assertThatThrownBy(() -> Data.read(file))
                .hasMessageEndingWith("expected NAME, profile.name or profile.name.NAME, found login");
        Files.writeString(file, "profile.x.LOGIN = kiosk\n");
        assertThatThrownBy(() -> Data.read(file)).hasMessageContaining("expected profile.x with its settings");
    }

    private Result play(String steps) {
        return player(Map.of()).play(Conversation.read("x", HEADER + steps));
    }

    private Player player(Map<String, String> variables) {
        return new Player(new Player.Settings(
                new Sip2Address("127.0.0.1", listener.getLocalPort(), false, Optional.empty()),
                Data.of(variables),
                Clock.fixed(Instant.parse("2026-11-24T17:30:00Z"), ZoneId.of("Europe/Helsinki")),
                Duration.ofSeconds(3),
                Duration.ofMillis(200)));
    }

    /** Answers the next of these to each line, over all connections, and hangs up after the last. */
    private void serve(String... answers) {
        Thread.ofVirtual().start(() -> {
            int next = 0;
            while (next < answers.length) {
                try (Socket socket = listener.accept()) {
                    var in = socket.getInputStream();
                    StringBuilder line = new StringBuilder();
                    for (int c = in.read(); c >= 0 && next < answers.length; c = in.read()) {
                        line.append((char) c);
                        if (c == '\r') {
                            heard.add(line.toString());
                            line.setLength(0);
                            socket.getOutputStream().write(answers[next].getBytes(StandardCharsets.UTF_8));
                            next++;
                        }
                        if (next == answers.length) {
                            break;
                        }
                    }
                } catch (IOException e) {
                    return;
                }
            }
        });
    }
}
