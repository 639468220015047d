package fi.kimppa.gateway.transit;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When what is sent arrives: on one route, or on two with a change at a branch where both stop. Pure.
 *
 * @param routes in the order in which they are preferred
 */
record Timetable(List<Route> routes) {
    /** Where no route goes, what is sent is late after so many working days. */
    private static final int WITHOUT_ROUTE = 5;

    /**
     * A part of a way.
     *
     * @param taken day on which it is taken along at the stop {@code from}
     * @param delivered day on which it is put down at the stop {@code to}
     */
    record Leg(Route route, String from, String to, LocalDate taken, LocalDate delivered) {}

    Timetable {
        routes = List.copyOf(routes);
    }

    /**
     * The way that is there first: of those that are there on the same day one without a change, and then the one whose
     * route comes first.
     *
     * @param after the day after which the first route may run
     * @return one or two legs; none if no route goes there
     */
    List<Leg> way(String from, String to, LocalDate after) {
        return Stream.concat(
                        legs(from, to, after).map(List::of),
                        changes(from, to)
                                .flatMap(change -> legs(from, change, after)
                                        .flatMap(first -> legs(change, to, first.delivered())
                                                .filter(second -> second.route().id()
                                                        != first.route().id())
                                                .map(second -> List.of(first, second)))))
                .min(Comparator.comparing(way -> way.getLast().delivered()))
                .orElse(List.of());
    }

    private Stream<Leg> legs(String from, String to, LocalDate after) {
        return routes.stream()
                .filter(route -> route.stops().contains(from) && route.stops().contains(to))
                .map(route -> {
                    LocalDate taken = route.nextAfter(after);
                    return new Leg(route, from, to, taken, route.passes(from, to) ? taken : route.nextAfter(taken));
                });
    }

    private Stream<String> changes(String from, String to) {
        return routes.stream()
                .filter(route -> route.stops().contains(from))
                .flatMap(route -> route.stops().stream())
                .distinct()
                .filter(stop -> !stop.equals(from) && !stop.equals(to));
    }

    /** The day on which something that was ready on a day should arrive; empty if no route goes there. */
    Optional<LocalDate> expected(String from, String to, LocalDate ready) {
        List<Leg> way = way(from, to, ready);
        return way.isEmpty() ? Optional.empty() : Optional.of(way.getLast().delivered());
    }

    /**
     * The last day on which it is not late: one working day after that on which it should arrive. What is ready on the day of
     * a tour may have missed it, so the next one counts.
     */
    LocalDate deadline(String from, String to, LocalDate ready) {
        return expected(from, to, ready)
                .map(day -> workingDays(day, 1))
                .orElseGet(() -> workingDays(ready, WITHOUT_ROUTE));
    }

    /** Whether something that was ready on a day is late today, if it has not arrived. */
    boolean late(String from, String to, LocalDate ready, LocalDate today) {
        return today.isAfter(deadline(from, to, ready));
    }

    /** The routes that stop at a branch. */
    List<Route> at(String branch) {
        return routes.stream().filter(route -> route.stops().contains(branch)).toList();
    }

    /** So many working days after this day; Saturdays and Sundays are none. */
    static LocalDate workingDays(LocalDate day, int count) {
        LocalDate later = day;
        for (int left = count; left > 0; ) {
            later = later.plusDays(1);
            if (later.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
                left--;
            }
        }
        return later;
    }
}
