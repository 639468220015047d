package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.consortium.GatewayClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may stand in a column, and how it is written: a text gives its one canonical form, or nothing. Pure. */
final class Forms {
    /** From a text to its canonical form; empty if it is none that may stand there. */
    @FunctionalInterface
    interface Form {
        Optional<String> read(String text);
    }

    private static final Pattern NUMBER = Pattern.compile("[^\\s\\p{Cntrl}]{1,32}");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,8}([.]\\d{1,2})?");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t\\r\\n]]");
    private static final List<String> YES = List.of("true", "1", "yes");
    private static final List<String> NO = List.of("false", "0", "no");
    private static final Pattern HASH = Pattern.compile(
            "[$]argon2id[$]v=19[$]m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)[$][A-Za-z0-9+/]{11,86}[$][A-Za-z0-9+/]{22,86}");

    /** Ceilings of a hash that comes from elsewhere: to verify one takes what it asks for. */
    private static final int MOST_KIB = 64 * 1024;

    private static final int MOST_PASSES = 10;
    private static final int MOST_LANES = 4;
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    private Forms() {}

    /** A text of at most so many characters, without control characters; an end of line becomes a blank. */
    static Form text(int most) {
        return text -> Optional.of(text.replaceAll("[\\t\\r\\n]+", " ").strip())
                .filter(one -> one.length() <= most && !CONTROL.matcher(one).find());
    }

    /** The number of a card or a thing. */
    static Optional<String> number(String text) {
        return Optional.of(text.strip()).filter(one -> NUMBER.matcher(one).matches());
    }

    /** A number, or nothing. */
    static Optional<String> numberOrNone(String text) {
        return text.isBlank() ? Optional.of("") : number(text);
    }

    /** A code of the consortium, in capital letters. */
    static Optional<String> code(String text) {
        return text(32).read(text).map(one -> one.toUpperCase(Locale.ROOT));
    }

    /** One of these words. */
    static Form oneOf(String... words) {
        List<String> known = List.of(words);
        return text -> Optional.of(text.strip()).filter(known::contains);
    }

    static Optional<String> truth(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Optional.of("true") : Optional.of("false").filter(_ -> NO.contains(word));
    }

    /** A whole number between these, both included. */
    static Form whole(int least, int most) {
        return text -> {
            try {
                int number = Integer.parseInt(text.strip());
                return Optional.of(String.valueOf(number)).filter(_ -> number >= least && number <= most);
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        };
    }

    /** Euros with at most two decimals, after a point. */
    static Optional<String> amount(String text) {
        return Optional.of(text.strip())
                .filter(one -> AMOUNT.matcher(one).matches())
                .map(one -> new BigDecimal(one)
                        .setScale(2, RoundingMode.UNNECESSARY)
                        .toPlainString());
    }

    /** A day as ISO 8601 has it, of the years 1850 to 2999. */
    static Optional<String> day(String text) {
        try {
            LocalDate day = LocalDate.parse(text.strip());
            return Optional.of(day.toString()).filter(_ -> day.getYear() >= 1850 && day.getYear() <= 2999);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** A moment as ISO 8601 has it: with an offset, or by the clock in Finland; a day alone is its beginning. */
    static Optional<String> moment(String text) {
        return moment(text, LocalDate::atStartOfDay);
    }

    /** As {@link #moment(String)}; a day alone is its end, as loans are due. */
    static Optional<String> due(String text) {
        return moment(text, day -> day.atTime(END_OF_DAY));
    }

    /** A moment, or nothing. */
    static Optional<String> momentOrNone(String text) {
        return text.isBlank() ? Optional.of("") : moment(text);
    }

    @FunctionalInterface
    private interface Hour {
        LocalDateTime of(LocalDate day);
    }

    private static Optional<String> moment(String text, Hour hour) {
        String one = text.strip();
        try {
            if (one.length() == 10) {
                return day(one).map(LocalDate::parse)
                        .map(day -> hour.of(day)
                                .atZone(GatewayClock.ZONE)
                                .toInstant()
                                .toString());
            }
            Instant moment = one.matches(".*(Z|[+-]\\d{2}(:?\\d{2})?)$") && one.length() > 16
                    ? OffsetDateTime.parse(one).toInstant()
                    : LocalDateTime.parse(one).atZone(GatewayClock.ZONE).toInstant();
            // A year of five digits would have a sign in front.
            return Optional.of(moment.truncatedTo(ChronoUnit.MICROS).toString()).filter(said -> said.charAt(4) == '-');
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** A hash that {@code Pins} can verify, Argon2id in its usual text form, or nothing. */
    static Optional<String> hashOrNone(String text) {
        String one = text.strip();
        Matcher hash = HASH.matcher(one);
        boolean good = hash.matches()
                && Integer.parseInt(hash.group(1)) <= MOST_KIB
                && Integer.parseInt(hash.group(2)) <= MOST_PASSES
                && Integer.parseInt(hash.group(3)) <= MOST_LANES;
        return good || one.isEmpty() ? Optional.of(one) : Optional.empty();
    }
}
