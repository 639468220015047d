package fi.kimppa.gateway.backend.embedded.calendar;

import fi.kimppa.gateway.backend.embedded.calendar.DueDays.Move;
import fi.kimppa.gateway.backend.embedded.calendar.DueDays.Thing;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Closure;
import fi.kimppa.gateway.consortium.Closure.Reason;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Holiday;
import fi.kimppa.gateway.consortium.PlaceNames;
import fi.kimppa.gateway.consortium.Scope;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Lays a year out in months and says what the calendar shows in the language of whoever reads. */
@Component
class CalendarTexts {
    /** One of several to choose from, or a short word and the long one. */
    record Choice(String value, String text) {}

    /**
     * A day in its month.
     *
     * @param kind how it looks: {@code open}, {@code weekly} where the branch is closed on this day of the week, {@code closed}
     * @param holiday whether it is one
     * @param said what a day that is not like the others is, in words; may be empty
     * @param loans how many are due
     */
    record Day(int number, String iso, String kind, boolean holiday, String said, int loans, String due) {}

    /** A month in weeks of seven; before its first day and after its last one there is none. */
    record MonthOfDays(String name, List<List<Optional<Day>>> weeks) {}

    /**
     * Closed days as a row.
     *
     * @param loans how many are due on them all the same
     */
    record ClosureLine(long id, String days, String place, String reason, String who, int loans) {}

    /**
     * A holiday as a row.
     *
     * @param why it need not be taken over; empty if it may be
     * @param chosen whether most libraries take it over
     */
    record HolidayLine(String value, String day, String name, Optional<String> why, boolean chosen) {}

    /** What is due on a day. */
    record DayOfLoans(String title, String count, List<Thing> things, boolean more) {}

    /** Where loans of a day would go. */
    record MoveLine(String branch, String from, String to, int loans) {}

    private static final Locale FINNISH = Locale.of("fi");
    private static final Locale SWEDISH = Locale.of("sv");

    private final MessageSource messages;
    private final Consortium consortium;
    private final PlaceNames places;

    CalendarTexts(MessageSource messages, Consortium consortium, PlaceNames places) {
        this.messages = messages;
        this.consortium = consortium;
        this.places = places;
    }

    // ---- choices -----------------------------------------------------------------------------------------

    Optional<Branch> firstBranch() {
        return consortium.branches().stream().min(Comparator.comparing(Branch::name));
    }

    List<Choice> branches() {
        return consortium.branches().stream()
                .sorted(Comparator.comparing(Branch::name))
                .map(branch -> new Choice(branch.code(), branch.name()))
                .toList();
    }

    /** Where days can be closed from the page of this branch. */
    List<Choice> places(Branch here, Locale language) {
        return Stream.of(Scope.branch(here.code()), Scope.municipality(here.municipality()), Scope.CONSORTIUM)
                .map(scope -> new Choice(scope.kind() + ":" + scope.name(), place(scope, language)))
                .toList();
    }

    /** A place as people call it. */
    String place(Scope scope, Locale language) {
        return places.of(scope, language);
    }

    private String branch(String code) {
        return consortium.branch(code).map(Branch::name).orElse(code);
    }

    // ---- the year ----------------------------------------------------------------------------------------

    static List<Choice> weekdays(Locale language) {
        return Arrays.stream(DayOfWeek.values())
                .map(day -> new Choice(
                        day.getDisplayName(TextStyle.SHORT_STANDALONE, language),
                        day.getDisplayName(TextStyle.FULL_STANDALONE, language)))
                .toList();
    }

    /** @param due how many loans are due on which day */
    List<MonthOfDays> months(Branch branch, int year, Map<LocalDate, Integer> due, Locale language) {
        return Arrays.stream(Month.values())
                .map(month -> month(branch, YearMonth.of(year, month), due, language))
                .toList();
    }

    private MonthOfDays month(Branch branch, YearMonth month, Map<LocalDate, Integer> due, Locale language) {
        List<Optional<Day>> days = new ArrayList<>(
                Collections.nCopies(month.atDay(1).getDayOfWeek().getValue() - 1, Optional.<Day>empty()));
        month.atDay(1)
                .datesUntil(month.plusMonths(1).atDay(1))
                .forEach(day -> days.add(Optional.of(day(branch, day, due.getOrDefault(day, 0), language))));
        while (days.size() % 7 > 0) {
            days.add(Optional.empty());
        }
        List<List<Optional<Day>>> weeks = new ArrayList<>();
        for (int first = 0; first < days.size(); first += 7) {
            weeks.add(List.copyOf(days.subList(first, first + 7)));
        }
        String name = month.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, language);
        return new MonthOfDays(
                name.substring(0, 1).toUpperCase(language) + name.substring(1) + " " + month.getYear(), weeks);
    }

    private Day day(Branch branch, LocalDate day, int loans, Locale language) {
        Optional<Closure> closure =
                branch.closures().stream().filter(one -> one.covers(day)).findFirst();
        Optional<Holiday> holiday = holiday(day);
        String said = closure.map(one -> closed(one, language))
                .or(() -> holiday.map(one -> name(one, language)))
                .orElseGet(() -> branch.opensOn(day) ? "" : text(language, "calendar.weekly"));
        return new Day(
                day.getDayOfMonth(),
                day.toString(),
                closure.isPresent() ? "closed" : branch.opensOn(day) ? "open" : "weekly",
                holiday.isPresent(),
                said,
                loans,
                loans == 0 ? "" : text(language, "calendar.day.due", loans));
    }

    private String closed(Closure closure, Locale language) {
        String reason = closure.reason().in(language);
        return reason.isEmpty() ? text(language, "calendar.closed") : text(language, "calendar.closed.because", reason);
    }

    private static Optional<Holiday> holiday(LocalDate day) {
        return Arrays.stream(Holiday.values())
                .filter(holiday -> holiday.in(day.getYear()).equals(day))
                .findFirst();
    }

    // ---- rows --------------------------------------------------------------------------------------------

    ClosureLine closure(Closure closure, int loans, Locale language) {
        return new ClosureLine(
                closure.id(),
                days(closure, language),
                place(closure.place(), language),
                closure.reason().in(language),
                closure.who(),
                loans);
    }

    String days(Closure closure, Locale language) {
        return closure.first().equals(closure.last())
                ? weekday(closure.first(), language)
                : text(
                        language,
                        "calendar.days",
                        weekday(closure.first(), language),
                        weekday(closure.last(), language));
    }

    /** The holidays of a year from today on. */
    List<HolidayLine> holidays(Branch branch, int year, LocalDate today, Locale language) {
        return Arrays.stream(Holiday.values())
                .filter(holiday -> !holiday.in(year).isBefore(today))
                .map(holiday -> {
                    LocalDate day = holiday.in(year);
                    return new HolidayLine(
                            holiday.name(),
                            weekday(day, language),
                            name(holiday, language),
                            branch.closedOn(day)
                                    ? Optional.of(text(language, "calendar.holiday.closed"))
                                    : branch.opensOn(day)
                                            ? Optional.empty()
                                            : Optional.of(text(language, "calendar.weekly")),
                            branch.opensOn(day) && !holiday.eve());
                })
                .toList();
    }

    private String name(Holiday holiday, Locale language) {
        return text(language, "calendar.holiday." + holiday);
    }

    /** What a holiday is called in all languages. */
    Reason reason(Holiday holiday) {
        return new Reason(name(holiday, FINNISH), name(holiday, SWEDISH), name(holiday, Locale.ENGLISH));
    }

    DayOfLoans dueOn(LocalDate day, int loans, List<Thing> things, Locale language) {
        return new DayOfLoans(
                text(language, "calendar.due.title", weekday(day, language)),
                text(language, "calendar.day.due", loans),
                things,
                things.size() < loans);
    }

    MoveLine move(Move move, Locale language) {
        return new MoveLine(
                branch(move.due().branch()),
                weekday(move.due().day(), language),
                weekday(move.to(), language),
                move.due().loans());
    }

    /** A day with its day of the week. */
    private String weekday(LocalDate day, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "calendar.day"), language)
                .format(day);
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
