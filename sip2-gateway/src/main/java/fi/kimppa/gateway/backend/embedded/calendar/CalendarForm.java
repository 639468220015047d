package fi.kimppa.gateway.backend.embedded.calendar;

import fi.kimppa.gateway.consortium.Closure;
import fi.kimppa.gateway.consortium.Closure.Reason;
import fi.kimppa.gateway.consortium.Holiday;
import fi.kimppa.gateway.consortium.Scope;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.util.MultiValueMap;

/**
 * What the forms of the calendar's page say, as it came.
 *
 * @param branch that the page showed
 * @param year that the page showed
 * @param place kind and name of the place to be closed, with a colon between them
 * @param first such as 2026-12-24
 * @param last the same; empty for the first day alone
 * @param reason in three languages
 * @param holidays constants of {@link Holiday} that are taken over
 * @param move {@code yes} or {@code no} once somebody has said what becomes of the loans that are due
 */
record CalendarForm(
        String branch,
        String year,
        String place,
        String first,
        String last,
        Reason reason,
        List<String> holidays,
        Optional<String> move) {
    /** What a new page has in it: the branch that it shows is the place. */
    static CalendarForm empty(String branch, int year) {
        return new CalendarForm(
                branch,
                String.valueOf(year),
                Scope.Kind.BRANCH + ":" + branch,
                "",
                "",
                new Reason("", "", ""),
                List.of(),
                Optional.empty());
    }

    static CalendarForm of(MultiValueMap<String, String> given) {
        return new CalendarForm(
                text(given, "branch"),
                text(given, "year"),
                text(given, "place"),
                text(given, "first"),
                text(given, "last"),
                new Reason(text(given, "fi"), text(given, "sv"), text(given, "en")),
                Optional.ofNullable(given.get("holiday")).orElse(List.of()),
                Optional.of(text(given, "move")).filter(said -> !said.isEmpty()));
    }

    private static String text(MultiValueMap<String, String> given, String name) {
        return Optional.ofNullable(given.getFirst(name)).orElse("").strip();
    }

    /** The place; one that is none of ours has the kind of a device, which cannot be closed. */
    Scope scope() {
        int colon = place.indexOf(':');
        String kind = colon < 0 ? "" : place.substring(0, colon);
        return Arrays.stream(Scope.Kind.values())
                .filter(one -> one.name().equals(kind))
                .map(one -> new Scope(one, place.substring(colon + 1)))
                .findFirst()
                .orElse(Scope.device(place));
    }

    /** The year that the page showed; empty if it is none of those that it can show. */
    Optional<Integer> shownYear() {
        return Optional.of(year).filter(text -> text.matches("20\\d\\d")).map(Integer::valueOf);
    }

    /** The days of the form for days; none if they are none. */
    List<Closure> days(String who) {
        Optional<LocalDate> from = day(first);
        Optional<LocalDate> to = last.isEmpty() ? from : day(last);
        return from.isEmpty() || to.isEmpty()
                ? List.of()
                : List.of(new Closure(0, scope(), from.get(), to.get(), reason, who));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() >= 2000 && day.getYear() <= 2099);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /**
     * The days of the form for holidays, each by itself.
     *
     * @param names what each is called
     */
    List<Closure> days(String who, Function<Holiday, Reason> names) {
        return shownYear().stream()
                .flatMap(shown -> Arrays.stream(Holiday.values())
                        .filter(holiday -> holidays.contains(holiday.name()))
                        .map(holiday -> new Closure(
                                0, scope(), holiday.in(shown), holiday.in(shown), names.apply(holiday), who)))
                .toList();
    }
}
