package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.Sip2Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the load program is asked to do.
 *
 * @param address who is asked
 * @param echo whether the peer is an echo server, which gives back what it got
 * @param connections how many are open at once
 * @param threads how many of this program's threads share them
 * @param over how long the opening of the connections is spread; zero opens them all at once
 * @param warmUp how long is asked before anything is counted
 * @param duration how long is counted; without messages, how long the connections are held open
 * @param patience how long a connection waits for one answer
 * @param logIn what a connection says first, each once: the 93, if it logs in, and what else comes before the counting
 * @param messages what each connection asks in turn, one list for all or one for each; none only holds the connections open
 * @param cards what {@code {card}} stands for, one for each connection, and from the beginning when there are fewer
 * @param expected what every answer to a message must hold; empty for anything
 * @param rate how many requests a second all connections send together at most; 0 sends each as soon as it can
 * @param errorDetection whether requests carry AY and AZ
 */
record LoadOptions(
        Sip2Address address,
        boolean echo,
        int connections,
        int threads,
        Duration over,
        Duration warmUp,
        Duration duration,
        Duration patience,
        List<String> logIn,
        List<List<String>> messages,
        List<String> cards,
        String expected,
        int rate,
        boolean errorDetection) {

    static final String HELP = """
            Usage: sip2 load ADDRESS [OPTION...]

            Asks a SIP2 server the same things on many connections, each again as soon as it is answered, and reports
            the rate and how long answers took. Or only opens connections, and holds them.

            ADDRESS is HOST:PORT or sip2:tcp:HOST:PORT.

              --connections N      how many (100)
              --message FILE       what is asked, one message a line without AY and AZ, in turn; {n} stands for the
                                   number of the connection (from 1), {card} for its line of --cards, {now} for the
                                   time of the start in SIP2's form, {now-N} for N seconds before it, {sent} for
                                   the time of sending; without messages connections are only held open. With {n}
                                   in the name of the file each connection has a file of its own
              --log-in FILE        what each connection begins with, in the same form: the 93, and what else is asked
                                   once before the counting, such as a 63 whose PIN has to be checked first
              --cards FILE         cards, one a line
              --expect TEXT        what every answer to a message must hold, such as CQY
              --rate N             how many requests a second all connections send together, at even distances (as
                                   many as are answered)
              --duration SECONDS   how long is counted, or connections are held open (10)
              --warm-up SECONDS    how long is asked before anything is counted (0)
              --over SECONDS       spreads the opening of the connections (all at once)
              --patience SECONDS   how long one answer may take (30)
              --threads N          how many threads share the connections (1)
              --without-checksum   sends no AY and AZ
              --echo               the peer gives back what it gets; nobody logs in
              --json               the report as JSON

            Exit codes: 0 all was answered as expected, 1 something was not, 2 usage.
            """;

    private static final Set<String> FLAGS = Set.of("--echo", "--json", "--without-checksum");
    private static final Set<String> VALUED = Set.of(
            "--connections",
            "--message",
            "--log-in",
            "--cards",
            "--expect",
            "--rate",
            "--duration",
            "--warm-up",
            "--over",
            "--patience",
            "--threads");

    /** The words of this command. */
    static Options words(List<String> args) {
        return Options.read(args, FLAGS, VALUED, HELP);
    }

    /** What they mean. */
    static LoadOptions of(Options words) {
        if (words.rest().size() != 1) {
            throw words.wrong("load wants one address");
        }
        Sip2Address address = words.address(words.rest().getFirst());
        if (address.transport() != Sip2Address.Transport.TCP) {
            throw words.wrong("load is put on sip2:tcp only");
        }
        int connections = number(words, "--connections", 100);
        boolean echo = words.has("--echo");
        return new LoadOptions(
                address,
                echo,
                connections,
                Math.min(number(words, "--threads", 1), connections),
                words.seconds("--over", Duration.ZERO),
                words.seconds("--warm-up", Duration.ZERO),
                words.seconds("--duration", Duration.ofSeconds(10)),
                words.seconds("--patience", Duration.ofSeconds(30)),
                echo ? List.of() : lines(words, "--log-in"),
                messages(words, connections),
                lines(words, "--cards"),
                words.value("--expect").orElse(""),
                number(words, "--rate", 0),
                !words.has("--without-checksum"));
    }

    private static int number(Options words, String name, int usual) {
        return words.value(name)
                .map(text -> {
                    if (!text.matches("[1-9]\\d{0,5}")) {
                        throw words.wrong(name + " is a number from 1 to 999999, found \"" + text + "\"");
                    }
                    return Integer.parseInt(text);
                })
                .orElse(usual);
    }

    private static List<List<String>> messages(Options words, int connections) {
        String name = "--message";
        String file = words.value(name).orElse("");
        if (!file.contains("{n}")) {
            List<String> all = lines(words, name);
            return all.isEmpty() ? List.of() : List.of(all);
        }
        List<List<String>> each = IntStream.rangeClosed(1, connections)
                .mapToObj(n -> lines(words, name, file.replace("{n}", Integer.toString(n))))
                .toList();
        if (each.stream().anyMatch(List::isEmpty)) {
            throw words.wrong(name + " has a file for each connection, and one of them is empty");
        }
        return each;
    }

    private static List<String> lines(Options words, String name) {
        return words.value(name).map(file -> lines(words, name, file)).orElse(List.of());
    }

    private static List<String> lines(Options words, String name, String file) {
        try {
            return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw words.wrong(name + " cannot be read: " + e.getMessage());
        }
    }
}
