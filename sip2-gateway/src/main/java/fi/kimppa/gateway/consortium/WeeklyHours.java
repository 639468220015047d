package fi.kimppa.gateway.consortium;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A branch's week as text: {@code mon-fri} and {@code 06:00-10:00 self-service, 10:00-18:00 staffed}. */
final class WeeklyHours {
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern DAYS = Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?");
    private static final Pattern PERIOD =
            Pattern.compile("(\\d\\d:\\d\\d)\\s*-\\s*(\\d\\d:\\d\\d)\\s+(staffed|self-service)");
    private static final String MIDNIGHT = "24:00";

    private WeeklyHours() {}

    /** The days of a name such as {@code mon} or {@code mon-fri}; empty if it is none. */
    static List<DayOfWeek> days(String name) {
        Matcher found = DAYS.matcher(name);
        if (!found.matches()) {
            return List.of();
        }
        int first = NAMES.indexOf(found.group(1));
        int last = found.group(2) == null ? first : NAMES.indexOf(found.group(2));
        return first < 0 || last < first
                ? List.of()
                : Arrays.stream(DayOfWeek.values()).toList().subList(first, last + 1);
    }

    /** The canonical text of a day's periods; empty if it is not of the form, or says a period twice. */
    static Optional<String> canonical(String text) {
        return periods(DayOfWeek.MONDAY, text).map(WeeklyHours::text);
    }

    /** The periods of a day out of their text. */
    static Optional<List<OpeningPeriod>> periods(DayOfWeek day, String text) {
        List<OpeningPeriod> periods = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Optional<OpeningPeriod> period = period(day, part.strip().toLowerCase(Locale.ROOT));
            if (period.isEmpty()
                    || periods.stream()
                            .anyMatch(other -> other.from().equals(period.get().from())
                                    && other.mode() == period.get().mode())) {
                return Optional.empty();
            }
            periods.add(period.get());
        }
        return Optional.of(periods);
    }

    private static Optional<OpeningPeriod> period(DayOfWeek day, String text) {
        Matcher found = PERIOD.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            LocalTime from = LocalTime.parse(found.group(1));
            LocalTime to = found.group(2).equals(MIDNIGHT) ? LocalTime.MIDNIGHT : LocalTime.parse(found.group(2));
            Duration length = Duration.between(from, to);
            return Optional.of(new OpeningPeriod(
                    day,
                    from,
                    length.isPositive() ? length : length.plusDays(1),
                    found.group(3).equals("staffed") ? ServiceMode.STAFFED : ServiceMode.SELF_SERVICE));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String text(List<OpeningPeriod> periods) {
        return periods.stream()
                .sorted(Comparator.comparing(OpeningPeriod::from).thenComparing(OpeningPeriod::mode))
                .map(period -> period.from() + "-"
                        + (period.to().equals(LocalTime.MIDNIGHT) ? MIDNIGHT : period.to()) + " "
                        + (period.mode() == ServiceMode.STAFFED ? "staffed" : "self-service"))
                .collect(Collectors.joining(", "));
    }

    /** The texts of a week by days; days that follow each other and have the same hours stand together. */
    static SortedMap<String, String> texts(List<OpeningPeriod> week) {
        Map<DayOfWeek, String> byDay = new EnumMap<>(DayOfWeek.class);
        week.stream()
                .collect(Collectors.groupingBy(OpeningPeriod::day))
                .forEach((day, periods) -> byDay.put(day, text(periods)));
        SortedMap<String, String> texts = new TreeMap<>();
        int day = 0;
        while (day < NAMES.size()) {
            String hours = byDay.get(DayOfWeek.of(day + 1));
            int last = day;
            while (last + 1 < NAMES.size() && hours != null && hours.equals(byDay.get(DayOfWeek.of(last + 2)))) {
                last++;
            }
            if (hours != null) {
                texts.put(last == day ? NAMES.get(day) : NAMES.get(day) + "-" + NAMES.get(last), hours);
            }
            day = last + 1;
        }
        return texts;
    }
}
