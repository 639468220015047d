package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bytes that connections send: made before the run, so that nothing is left to do in it but to send them. */
final class LoadRequests {
    private static final int DIGITS = 10;
    private static final Pattern NOW = Pattern.compile("\\{now(?:-(\\d{1,6}))?}");

    private final LoadOptions options;
    private final ZoneId zone;
    private final Instant now;

    LoadRequests(LoadOptions options, Clock clock) {
        this.options = options;
        this.zone = clock.getZone();
        this.now = clock.instant();
    }

    /**
     * A request with the answer it expects.
     *
     * @param code its two digits
     * @param expected how the answer begins
     * @param bytes one form for each sequence digit, with the terminator; one form only without error detection
     */
    record Request(String code, String expected, List<byte[]> bytes) {}

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
        return new Request(type.code(), options.echo() ? type.code() : expected, forms(text));
    }

    private String time(Optional<String> secondsBefore) {
        long seconds = secondsBefore.map(Long::parseLong).orElse(0L);
        return Timestamp.of(now.minusSeconds(seconds), zone).text();
    }

    private List<byte[]> forms(String text) {
        if (!options.errorDetection()) {
            return List.of((text + "\r").getBytes(StandardCharsets.UTF_8));
        }
        List<byte[]> forms = new ArrayList<>();
        for (int digit = 0; digit < DIGITS; digit++) {
            String summed = text + "AY" + digit + "AZ";
            int sum = 0;
            for (byte each : summed.getBytes(StandardCharsets.UTF_8)) {
                sum += each & 0xFF;
            }
            String checksum = HexFormat.of().withUpperCase().toHexDigits((short) -sum);
            forms.add((summed + checksum + "\r").getBytes(StandardCharsets.UTF_8));
        }
        return List.copyOf(forms);
    }
}
