package fi.kimppa.sip2.capture;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a capture: {@code +12.034 2 > 9900302.00AY1AZFCA5} is what connection 2 sent 12.034 seconds after the
 * capture began.
 *
 * @param at since the beginning, in milliseconds on paper
 * @param connection number of the connection within the capture, from 1
 * @param kind what happened
 * @param text the message in {@link WireText}, the link's name, or the agreement
 */
public record CaptureLine(Duration at, int connection, Kind kind, String text) {
    private static final Pattern FORM = Pattern.compile("\\+(\\d{1,9}\\.\\d{3}) (\\d{1,9}) (\\S+)(?: (.*))?");

    /** What happened on a connection. */
    public enum Kind {
        /** The first that is known of it; the text names the link. */
        OPEN("open"),
        /** The agreement from here on: charset, a blank, and the delimiter. */
        WIRE("wire"),
        /** A message from the terminal. */
        REQUEST(">"),
        /** A message to the terminal. */
        RESPONSE("<"),
        /** Its end. */
        CLOSE("close");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        private static Optional<Kind> of(String sign) {
            for (Kind kind : values()) {
                if (kind.sign.equals(sign)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** The bytes of a message, without its end. */
    public byte[] bytes() {
        return WireText.read(text)
                .orElseThrow(() -> new IllegalStateException("a " + kind + " line that was read is whole"));
    }

    /** Reads a line of a file; empty if it is none. */
    public static Optional<CaptureLine> read(String line) {
        Matcher parts = FORM.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String text = Optional.ofNullable(parts.group(4)).orElse("");
        return Kind.of(parts.group(3))
                .filter(_ -> WireText.read(text).isPresent())
                .map(kind -> new CaptureLine(
                        Duration.ofMillis(
                                new BigDecimal(parts.group(1)).movePointRight(3).longValueExact()),
                        Integer.parseInt(parts.group(2)),
                        kind,
                        text));
    }

    /** As the file has it. */
    @Override
    public String toString() {
        String seconds = BigDecimal.valueOf(Math.max(0, at.toMillis()), 3)
                .setScale(3, RoundingMode.UNNECESSARY)
                .toPlainString();
        return "+" + seconds + " " + connection + " " + kind.sign + (text.isEmpty() ? "" : " " + text);
    }
}
