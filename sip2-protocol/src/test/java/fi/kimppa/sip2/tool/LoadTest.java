package fi.kimppa.sip2.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load program against servers of a few lines. */
class LoadTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    @Test
    void asksOnEveryConnectionAndReportsTheRate() throws IOException {
        try (LineServer server = new LineServer(line -> line)) {
            Exit exit = run(
                    server.address(),
                    "--echo",
                    "--connections",
                    "7",
                    "--duration",
                    "0.2",
                    "--message",
                    file("9900402.00", "9900402.00"));

            assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(exit).isEqualTo(Exit.WELL);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("7 of 7 connections were open")
                    .containsPattern("99: [0-9,]+ answers a second");
        }
    }

    @Test
    void logsInFirstAndChangesTheSequenceDigitOfEveryRequest() throws IOException {
        List<String> heard = new ArrayList<>();
        try (LineServer server = new LineServer(line -> {
            synchronized (heard) {
                heard.add(line);
            }
            return line.startsWith("93") ? "941" : "24              00120261122    103000AOX|AA1|AE|";
        })) {
            Exit exit = run(
                    server.address(),
                    "--connections",
                    "1",
                    "--duration",
                    "0.1",
                    "--log-in",
                    file("9300CNmachine-{n}|COsecret|"),
                    "--message",
                    file("23001{now}AOX|AA{card}|AC|AD|"),
                    "--cards",
                    file("4711"),
                    "--json");

            assertThat(exit).isEqualTo(Exit.WELL);
            assertThat(heard.getFirst()).startsWith("9300CNmachine-1|COsecret|AY0AZ");
            assertThat(heard.get(1)).contains("AA4711|").contains("AY0AZ");
            assertThat(heard.get(2)).contains("AY1AZ");
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("\"request\":\"23\"")
                    .contains("\"failures\":[]")
                    .contains("24 Patron Status Response");
        }
    }

    @Test
    void anAnswerThatDoesNotBelongToTheRequestIsAFailure() throws IOException {
        try (LineServer server = new LineServer(_ -> "96AZFEF6")) {
            Exit exit =
                    run(server.address(), "--connections", "2", "--duration", "0.1", "--message", file("9900402.00"));

            assertThat(exit).isEqualTo(Exit.DIFFERS);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("FAILED 2 times: an answer to 99 that is not what it should be");
        }
    }

    @Test
    void whatComesFirstIsAskedOnceAndAnAnswerWithoutWhatItMustHoldIsAFailure() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (LineServer server = new LineServer(line -> {
            heard.add(line);
            return line.startsWith("93") ? "941AY0AZFDFC" : "98YYYYYY10000320261127    1200002.00AOX|BXY|";
        })) {
            Exit exit = run(
                    server.address(),
                    "--connections",
                    "1",
                    "--duration",
                    "0.1",
                    "--log-in",
                    file("9300CNmachine|COsecret|\n9900302.00"),
                    "--message",
                    file("9900402.00"),
                    "--expect",
                    "BXN");

            assertThat(exit).isEqualTo(Exit.DIFFERS);
            assertThat(heard).extracting(line -> line.substring(0, 7)).containsExactly("9300CNm", "9900302", "9900402");
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("FAILED 1 times: an answer to 99 that is not what it should be");
        }
    }

    @Test
    void saysWhenEachRequestIsSent() throws IOException {
        Set<String> dates = ConcurrentHashMap.newKeySet();
        try (LineServer server = new LineServer(line -> {
            dates.add(line.substring(2, 20));
            return line;
        })) {
            Exit exit = run(
                    server.address(),
                    "--echo",
                    "--connections",
                    "1",
                    "--duration",
                    "1.1",
                    "--message",
                    file("17{sent}AOX|ABfirst|"));

            assertThat(exit).isEqualTo(Exit.WELL);
            assertThat(dates).hasSizeGreaterThan(1).allMatch(date -> date.matches("\\d{8}    \\d{6}"));
        }
    }

    @Test
    void eachConnectionMayHaveMessagesOfItsOwn() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        Files.writeString(directory.resolve("of-1"), "17{now}AOX|ABfirst|");
        Files.writeString(directory.resolve("of-2"), "17{now}AOX|ABsecond|");
        try (LineServer server = new LineServer(line -> {
            heard.add(line);
            return line;
        })) {
            Exit exit = run(
                    server.address(),
                    "--echo",
                    "--connections",
                    "2",
                    "--duration",
                    "0.1",
                    "--message",
                    directory.resolve("of-{n}").toString());

            assertThat(exit).isEqualTo(Exit.WELL);
            assertThat(heard).anyMatch(line -> line.contains("ABfirst|")).anyMatch(line -> line.contains("ABsecond|"));
        }
    }

    @Test
    void sendsNoMoreThanTheRate() throws IOException {
        AtomicInteger heard = new AtomicInteger();
        try (LineServer server = new LineServer(line -> {
            heard.incrementAndGet();
            return line;
        })) {
            Exit exit = run(
                    server.address(),
                    "--echo",
                    "--connections",
                    "5",
                    "--duration",
                    "0.5",
                    "--rate",
                    "100",
                    "--message",
                    file("9900402.00"));

            assertThat(exit).isEqualTo(Exit.WELL);
            assertThat(heard.get()).isBetween(5, 51);
        }
    }

    @Test
    void holdsConnectionsOpenWithoutMessages() throws IOException {
        try (LineServer server = new LineServer(line -> line)) {
            Exit exit = run(server.address(), "--connections", "50", "--duration", "0.05", "--over", "0.05");

            assertThat(exit).isEqualTo(Exit.WELL);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("50 of 50 connections were open");
        }
    }

    @Test
    void saysWhatIsWrongWithTheOptions() {
        assertThat(run("127.0.0.1:1", "--connections", "many")).isEqualTo(Exit.USAGE);
        assertThat(complaints.toString(StandardCharsets.UTF_8)).contains("--connections is a number");
    }

    @Test
    void knowsPercentilesToASixtyFourth() {
        Latencies latencies = new Latencies();
        for (int micros = 1; micros <= 10_000; micros++) {
            latencies.add(micros * 1_000L);
        }
        assertThat(latencies.millis(0.5)).isBetween(5.0, 5.0 * 65 / 64);
        assertThat(latencies.millis(0.99)).isBetween(9.9, 10.0);
        assertThat(latencies.worstMillis()).isEqualTo(10.0);
    }

    private Exit run(String... arguments) {
        return Sip2Tool.run(
                Stream.concat(Stream.of("load"), Stream.of(arguments)).toList(),
                new Terminal(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(complaints, true, StandardCharsets.UTF_8)));
    }

    private String file(String... lines) throws IOException {
        return Files.write(Files.createTempFile(directory, "load", ".txt"), List.of(lines))
                .toString();
    }

    /** Answers each line with another. */
    private static final class LineServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        LineServer(UnaryOperator<String> answer) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket socket = listener.accept();
                        Thread.ofVirtual().start(() -> serve(socket, answer));
                    }
                } catch (IOException _) {
                    // Closed: the test is over.
                }
            });
        }

        String address() {
            return "127.0.0.1:" + listener.getLocalPort();
        }

        private static void serve(Socket socket, UnaryOperator<String> answer) {
            try (socket) {
                InputStream in = socket.getInputStream();
                OutputStream sink = socket.getOutputStream();
                StringBuilder line = new StringBuilder();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    if (next == '\r') {
                        sink.write((answer.apply(line.toString()) + "\r").getBytes(StandardCharsets.UTF_8));
                        line.setLength(0);
                    } else {
                        line.append((char) next);
                    }
                }
            } catch (IOException _) {
                // The load program has hung up.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
