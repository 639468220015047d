package fi.kimppa.gateway.transit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import fi.kimppa.gateway.transit.Route.Problem;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The carrier's routes, from a copy in memory that is read again when a setting has changed anywhere. Changes are written
 * down beside those of the settings and reach every gateway with them.
 *
 * <p>Threads: may be shared.
 */
@Component
class Routes {
    /** What the record of changes calls a route, with its number in the database behind it. */
    static final String KEY = "transit.route ";

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Consortium consortium;
    private volatile @Nullable Known known;

    Routes(JdbcClient jdbc, Settings settings, Consortium consortium) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.consortium = consortium;
    }

    /** The routes as they are now, by name. */
    Timetable timetable() {
        long version = settings.version();
        Known copy = known;
        if (copy == null || copy.version != version) {
            copy = new Known(version, new Timetable(read()));
            known = copy;
        }
        return copy.timetable;
    }

    /**
     * Adds a route, or changes the one with its number.
     *
     * @param who name of the member of staff
     * @return why not; empty when it is done, or was so already
     */
    Optional<Problem> put(Route route, String who) {
        Optional<Problem> problem = route.problem().or(() -> allPlacesExist(route));
        if (problem.isPresent()) {
            return problem;
        }
        boolean[] gone = new boolean[1];
        settings.audited(who, () -> {
            Optional<Route> before = stored(route.id());
            gone[0] = route.id() != 0 && before.isEmpty();
            if (gone[0] || before.filter(route::equals).isPresent()) {
                return List.of();
            }
            long id = write(route);
            return List.of(entry(id, before, stored(id)));
        });
        return gone[0] ? Optional.of(Problem.GONE) : Optional.empty();
    }

    /**
     * Takes a route away; one that is gone already is no matter.
     *
     * @param who name of the member of staff
     */
    void remove(long id, String who) {
        settings.audited(who, () -> {
            Optional<Route> before = stored(id);
            jdbc.sql("delete from routes where id = :id").param("id", id).update();
            return before.map(_ -> List.of(entry(id, before, Optional.empty()))).orElse(List.of());
        });
    }

    private Optional<Problem> allPlacesExist(Route route) {
        return route.stops().stream().allMatch(stop -> consortium.branch(stop).isPresent())
                ? Optional.empty()
                : Optional.of(Problem.PLACE);
    }

    private static Entry entry(long id, Optional<Route> before, Optional<Route> after) {
        return new Entry(Scope.CONSORTIUM, KEY + id, before.map(Route::text), after.map(Route::text));
    }

    private long write(Route route) {
        String sql = route.id() == 0
                ? "insert into routes (name, carrier, days) values (:name, :carrier, :days) returning id"
                : "update routes set name = :name, carrier = :carrier, days = :days where id = :id returning id";
        long id = jdbc.sql(sql)
                .param("name", route.name())
                .param("carrier", route.carrier())
                .param(
                        "days",
                        route.inOrder().stream()
                                .map(day -> String.valueOf(day.getValue()))
                                .collect(Collectors.joining()))
                .param("id", route.id())
                .query(Long.class)
                .single();
        jdbc.sql("delete from route_stops where route_id = :id").param("id", id).update();
        for (int i = 0; i < route.stops().size(); i++) {
            jdbc.sql("insert into route_stops (route_id, position, branch_code) values (:id, :position, :branch)")
                    .param("id", id)
                    .param("position", i + 1)
                    .param("branch", route.stops().get(i))
                    .update();
        }
        return id;
    }

    private Optional<Route> stored(long id) {
        return read().stream().filter(route -> route.id() == id).findFirst();
    }

    private List<Route> read() {
        Map<Long, List<String>> stops = jdbc
                .sql("select route_id, branch_code from route_stops order by route_id, position")
                .query((row, _) -> new Stop(row.getLong("route_id"), row.getString("branch_code")))
                .list()
                .stream()
                .collect(groupingBy(Stop::route, mapping(Stop::branch, toList())));
        return jdbc.sql("select id, name, carrier, days from routes order by name, id")
                .query((row, _) -> new Route(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("carrier"),
                        row.getString("days")
                                .chars()
                                .mapToObj(digit -> DayOfWeek.of(digit - '0'))
                                .collect(toSet()),
                        stops.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    private record Stop(long route, String branch) {}

    private record Known(long version, Timetable timetable) {}
}
