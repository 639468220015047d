package fi.kimppa.kiosk.session;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a loan is due. SIP2 gives AH no format, so the text is kept and shown as it came when it cannot be read.
 *
 * @param text AH as it came, never blank
 * @param date the day, if the text could be read
 */
public record DueDate(String text, Optional<LocalDate> date) {
    private static final List<DateTimeFormatter> FORMATS = Stream.of("uuuuMMdd", "uuuu-MM-dd", "d.M.uuuu")
            .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT))
            .toList();

    /** Reads AH: 18 characters of SIP2, an ISO date or a Finnish date, each with or without a time; empty when there is none. */
    public static Optional<DueDate> of(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return Optional.empty();
        }
        String day = stripped.split("[ T]", 2)[0];
        return Optional.of(new DueDate(
                stripped, FORMATS.stream().flatMap(format -> parse(day, format)).findFirst()));
    }

    private static Stream<LocalDate> parse(String day, DateTimeFormatter format) {
        try {
            return Stream.of(LocalDate.parse(day, format));
        } catch (DateTimeException e) {
            return Stream.empty();
        }
    }

    /** Whether it is today or earlier, which no fresh loan can be: the patron should check it, staff should know. */
    public boolean suspicious(LocalDate today) {
        return date.map(day -> !day.isAfter(today)).orElse(false);
    }
}
