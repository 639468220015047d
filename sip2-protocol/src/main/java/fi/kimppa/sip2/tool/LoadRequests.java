package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The bytes that connections send: made before the run, so that nothing is left to do in it but to send them, except where the second of
 * sending is said.
 */
final class LoadRequests {
    private static final int DIGITS = 10;
    private static final Pattern NOW = Pattern.compile("\\{now(?:-(\\d{1,6}))?}");
    private static final String SENT = "{sent}";

    private final LoadOptions options;
    private final ZoneId zone;
    private final Clock clock;
    private final Instant now;
    private long second;
    private String sent = "";

    LoadRequests(LoadOptions options, Clock clock) {
        this.options = options;
        this.zone = clock.getZone();
        this.clock = clock;
        this.now = clock.instant();
    }

    /**
     * A request with the answer it expects.
     *
     * @param code its two digits
     * @param expected how the answer begins
     * @param form the bytes for the so manieth request of a connection, with the terminator: the sequence digit follows from that
     */
    record Request(String code, String expected, LongFunction<byte[]> form) {}

    /** What a connection asks in turn. */
    List<Request> of(int connection) {
        List<List<String>> messages = options.messages();
        return requests(messages.get((connection - 1) % messages.size()), connection);
    }

    /** What a connection says first, each once. */
    List<Request> logIn(int connection) {
        return requests(options.logIn(), connection);
    }

    private List<Request> requests(List<String> messages, int connection) {
        return messages.stream().map(message -> request(message, connection)).toList();
    }

    private Request request(String message, int connection) {
        String text = NOW.matcher(message.replace("{n}", Integer.toString(connection)))
                .replaceAll(match -> time(Optional.ofNullable(match.group(1))));
        if (text.contains("{card}")) {
            if (options.cards().isEmpty()) {
                throw new IllegalArgumentException("a message wants a {card}; --cards gives them");
            }
            text = text.replace(
                    "{card}",
                    options.cards().get((connection - 1) % options.cards().size()));
        }
        MessageType type = MessageType.of(text.substring(0, Math.min(2, text.length())))
                .filter(known -> known.direction() == MessageType.Direction.REQUEST)
                .orElseThrow(() -> new IllegalArgumentException("a line of the messages is no SIP2 request"));
        String expected = type == MessageType.LOGIN ? "941" : type.answer().code();
        return new Request(type.code(), options.echo() ? type.code() : expected, form(text));
    }

    private LongFunction<byte[]> form(String text) {
        if (text.contains(SENT)) {
            return number -> form(text.replace(SENT, thisSecond()), (int) (number % DIGITS));
        }
        // Kept for each digit: whoever asks the same again and again only sends.
        List<byte[]> forms =
                IntStream.range(0, DIGITS).mapToObj(digit -> form(text, digit)).toList();
        return number -> forms.get((int) (number % DIGITS));
    }

    private String thisSecond() {
        Instant moment = clock.instant();
        if (moment.getEpochSecond() != second) {
            second = moment.getEpochSecond();
            sent = Timestamp.of(moment, zone).text();
        }
        return sent;
    }

    private String time(Optional<String> secondsBefore) {
        long seconds = secondsBefore.map(Long::parseLong).orElse(0L);
        return Timestamp.of(now.minusSeconds(seconds), zone).text();
    }

    private byte[] form(String text, int digit) {
        if (!options.errorDetection()) {
            return (text + "\r").getBytes(StandardCharsets.UTF_8);
        }
        String summed = text + "AY" + digit + "AZ";
        int sum = 0;
        for (byte each : summed.getBytes(StandardCharsets.UTF_8)) {
            sum += each & 0xFF;
        }
        String checksum = HexFormat.of().withUpperCase().toHexDigits((short) -sum);
        return (summed + checksum + "\r").getBytes(StandardCharsets.UTF_8);
    }
}
