package fi.kimppa.gateway.transit;

import fi.kimppa.gateway.transit.Timetable.Leg;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a carrier takes and brings on a day, stop by stop. Pure. */
final class CarrierList {
    private CarrierList() {}

    /**
     * A stop of a tour.
     *
     * @param number its place on the tour, from 1
     * @param branch its code
     * @param takes what is taken along
     * @param brings what is put down
     */
    record Stop(Route route, int number, String branch, List<Crate> takes, List<Crate> brings) {
        Stop {
            takes = List.copyOf(takes);
            brings = List.copyOf(brings);
        }

        /** How many things are in these. */
        static int things(List<Crate> crates) {
            return crates.stream().mapToInt(Crate::packed).sum();
        }
    }

    /**
     * The tours of a day: of a day to come what should go by what is closed now, of a day gone by what went.
     *
     * @param crates all that are closed or further
     * @param day whose tours
     * @param today from which on what still waits may be taken
     */
    static List<Stop> of(Timetable timetable, List<Crate> crates, LocalDate day, LocalDate today) {
        List<Planned> planned = crates.stream()
                .flatMap(crate -> crate.way(timetable, today).stream().map(leg -> new Planned(crate, leg)))
                .toList();
        List<Stop> stops = new ArrayList<>();
        for (Route route : timetable.routes()) {
            if (!route.days().contains(day.getDayOfWeek())) {
                continue;
            }
            // A branch that comes twice on a tour has its crates at its first stop.
            Set<String> visited = new HashSet<>();
            for (int i = 0; i < route.stops().size(); i++) {
                String branch = route.stops().get(i);
                boolean first = visited.add(branch);
                stops.add(new Stop(
                        route,
                        i + 1,
                        branch,
                        which(
                                planned,
                                route,
                                leg -> first
                                        && leg.from().equals(branch)
                                        && leg.taken().equals(day)),
                        which(
                                planned,
                                route,
                                leg -> first
                                        && leg.to().equals(branch)
                                        && leg.delivered().equals(day))));
            }
        }
        return stops;
    }

    private static List<Crate> which(List<Planned> planned, Route route, Predicate<Leg> which) {
        return planned.stream()
                .filter(one -> one.leg.route().id() == route.id() && which.test(one.leg))
                .map(Planned::crate)
                .toList();
    }

    private record Planned(Crate crate, Leg leg) {}
}
