package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.Sip2Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
 * @param logIn the 93 of a connection, if it logs in
 * @param messages what each connection asks in turn; none only holds the connections open
 * @param cards what {@code {card}} stands for, one for each connection, and from the beginning when there are fewer
 * @param errorDetection whether requests carry AY and AZ
 * @param json whether the report is for programs
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
        Optional<String> logIn,
        List<String> messages,
        List<String> cards,
        boolean errorDetection,
        boolean json) {

    static final String HELP = """
            Usage: sip2 load ADDRESS [options]

            Asks a SIP2 server the same things on many connections, each as soon as the answer before has come, and
            reports the rate and how long answers took. One thread serves all connections.

            ADDRESS is HOST:PORT or sip2:tcp:HOST:PORT.

              --connections N     how many (default 100)
              --message FILE      what is asked, one message a line without AY and AZ, in turn; {n} stands for the number
                                  of the connection (from 1), {card} for its line of --cards, {now} for the time of the
                                  start in SIP2's form. Without messages the connections are only held open.
              --log-in FILE       the 93 that each connection begins with, in the same form
              --cards FILE        cards, one a line
              --duration TIME     how long is counted, or connections are held open (default 10s)
              --warm-up TIME      how long is asked before anything is counted (default 0s)
              --over TIME         spreads the opening of the connections (default 0s: all at once)
              --patience TIME     how long one answer may take (default 30s)
              --threads N         how many threads share the connections (default 1)
              --without-checksum  sends no AY and AZ
              --echo              the peer gives back what it gets; nobody logs in
              --json              the report as JSON

            TIME is a number with ms, s or m. Exit status: 0 all was answered as expected, 1 something was not,
            2 the options are not understood.
            """;

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with a sentence for the person who typed it
     */
    static LoadOptions parse(List<String> arguments) throws IOException {
        Builder builder = new Builder();
        int at = 0;
        while (at < arguments.size()) {
            String name = arguments.get(at++);
            switch (name) {
                case "--echo" -> builder.echo = true;
                case "--json" -> builder.json = true;
                case "--without-checksum" -> builder.errorDetection = false;
                default -> {
                    if (name.startsWith("--")) {
                        if (at == arguments.size()) {
                            throw new IllegalArgumentException(name + " is not understood or wants a value");
                        }
                        builder.set(name, arguments.get(at++));
                    } else {
                        builder.address(name);
                    }
                }
            }
        }
        return builder.build();
    }

    private static int number(String name, String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(name + ": expected a number from 1 to 999999, found \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static Duration time(String name, String text) {
        Matcher form = TIME.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(name + ": expected a time such as 10s, found \"" + text + "\"");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** The defaults, and what the command line says instead. */
    private static final class Builder {
        private Optional<Sip2Address> address = Optional.empty();
        private boolean echo;
        private int connections = 100;
        private int threads = 1;
        private Duration over = Duration.ZERO;
        private Duration warmUp = Duration.ZERO;
        private Duration duration = Duration.ofSeconds(10);
        private Duration patience = Duration.ofSeconds(30);
        private Optional<String> logIn = Optional.empty();
        private List<String> messages = List.of();
        private List<String> cards = List.of();
        private boolean errorDetection = true;
        private boolean json;

        private void set(String name, String value) throws IOException {
            switch (name) {
                case "--connections" -> connections = number(name, value);
                case "--threads" -> threads = number(name, value);
                case "--over" -> over = time(name, value);
                case "--warm-up" -> warmUp = time(name, value);
                case "--duration" -> duration = time(name, value);
                case "--patience" -> patience = time(name, value);
                case "--log-in" -> logIn = lines(value).stream().findFirst();
                case "--message" -> messages = lines(value);
                case "--cards" -> cards = lines(value);
                default -> throw new IllegalArgumentException(name + " is not understood");
            }
        }

        private void address(String text) {
            if (address.isPresent()) {
                throw new IllegalArgumentException("one address is enough, found a second one, \"" + text + "\"");
            }
            address = Optional.of(Sip2Address.parse(text.startsWith("sip2:") ? text : "sip2:tcp:" + text));
        }

        private LoadOptions build() {
            Sip2Address whom = address.orElseThrow(() -> new IllegalArgumentException("an address is missing"));
            if (whom.transport() != Sip2Address.Transport.TCP) {
                throw new IllegalArgumentException("load is put on sip2:tcp only");
            }
            return new LoadOptions(
                    whom,
                    echo,
                    connections,
                    Math.min(threads, connections),
                    over,
                    warmUp,
                    duration,
                    patience,
                    echo ? Optional.empty() : logIn,
                    messages,
                    cards,
                    errorDetection,
                    json);
        }
    }
}
