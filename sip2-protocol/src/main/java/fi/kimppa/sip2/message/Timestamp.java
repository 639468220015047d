package fi.kimppa.sip2.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A date and time of SIP2: 18 characters {@code YYYYMMDDZZZZHHMMSS}, ZZZZ blank for local time. The text is kept
 * as it came, since a repeat is recognised by it.
 *
 * @param text exactly 18 characters
 */
public record Timestamp(String text) {
    /** 18 blanks: no date, as in an nb due date without meaning. */
    public static final Timestamp BLANK = new Timestamp(" ".repeat(18));

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    /** Checks the width. */
    public Timestamp {
        if (text.length() != 18) {
            throw new IllegalArgumentException("a SIP2 date has 18 characters, found " + text.length());
        }
    }

    /** Local time with a blank zone, as the standard prefers. */
    public static Timestamp of(LocalDateTime local) {
        return new Timestamp(DATE.format(local) + "    " + TIME.format(local));
    }

    /** This instant as local time of the zone. */
    public static Timestamp of(Instant instant, ZoneId zone) {
        return of(LocalDateTime.ofInstant(instant, zone));
    }

    /**
     * The instant that the text means. A single letter in the last zone position is read as the military alphabet
     * (Z = UTC, Q = UTC-4 as the standard names it); anything else counts as local time.
     *
     * @param zone where blank means local
     * @return empty when there is no valid date
     */
    public Optional<Instant> instant(ZoneId zone) {
        try {
            LocalDateTime local = LocalDateTime.parse(text.substring(0, 8) + text.substring(12), DATE_AND_TIME);
            return Optional.of(local.atZone(offset(zone)).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private ZoneId offset(ZoneId zone) {
        char letter = text.charAt(11);
        if (!text.startsWith("   ", 8)) {
            return zone;
        }
        if (letter == 'Z') {
            return ZoneOffset.UTC;
        }
        if (letter >= 'A' && letter <= 'M' && letter != 'J') {
            return ZoneOffset.ofHours(letter - 'A' + (letter < 'J' ? 1 : 0));
        }
        if (letter >= 'N' && letter <= 'Y') {
            return ZoneOffset.ofHours(-(letter - 'N' + 1));
        }
        return zone;
    }

    @Override
    public String toString() {
        return text;
    }
}
