package fi.kimppa.gateway.transit;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A carrier's tour.
 *
 * @param id its number in the database; 0 for a new one
 * @param name what people call it
 * @param carrier who drives; may be empty
 * @param days on which it runs
 * @param stops codes of the branches in the order of the tour; one may come twice, as when a tour ends where it began
 */
record Route(long id, String name, String carrier, Set<DayOfWeek> days, List<String> stops) {
    /** How long a name may be, in characters. */
    static final int LONGEST_NAME = 60;

    /** How many stops there may be. */
    static final int MOST_STOPS = 40;

    /** Why a route cannot be. */
    enum Problem {
        /** It has no name, or the name or the carrier's is too long. */
        NAME,
        /** It runs on no day. */
        DAYS,
        /** It has fewer than two stops or too many, or the same twice in a row. */
        STOPS,
        /** There is no such branch. */
        PLACE,
        /** Somebody has removed it meanwhile. */
        GONE
    }

    Route {
        days = Set.copyOf(days);
        stops = List.copyOf(stops);
    }

    Optional<Problem> problem() {
        if (name.isBlank() || name.length() > LONGEST_NAME || carrier.length() > LONGEST_NAME) {
            return Optional.of(Problem.NAME);
        }
        if (days.isEmpty()) {
            return Optional.of(Problem.DAYS);
        }
        boolean standsStill = false;
        for (int i = 1; i < stops.size(); i++) {
            standsStill |= stops.get(i).equals(stops.get(i - 1));
        }
        return stops.size() < 2 || stops.size() > MOST_STOPS || standsStill
                ? Optional.of(Problem.STOPS)
                : Optional.empty();
    }

    /** The days in their order. */
    List<DayOfWeek> inOrder() {
        return days.stream().sorted(Comparator.naturalOrder()).toList();
    }

    /** The first day after this one on which it runs. */
    LocalDate nextAfter(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!days.contains(next.getDayOfWeek())) {
            next = next.plusDays(1);
        }
        return next;
    }

    /** Whether what is taken along at one stop reaches the other on the same tour. */
    boolean passes(String from, String to) {
        int begin = stops.indexOf(from);
        return begin >= 0 && stops.subList(begin + 1, stops.size()).contains(to);
    }

    /** As the record of changes has it. */
    String text() {
        String digits =
                inOrder().stream().map(day -> String.valueOf(day.getValue())).collect(Collectors.joining());
        return name + "; " + carrier + "; " + digits + "; " + String.join(" > ", stops);
    }
}
