package fi.kimppa.gateway.transit;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.transit.Route.Problem;
import fi.kimppa.gateway.transit.Timetable.Leg;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the week of Monday 23 November 2026. */
class TimetableTest {
    private static final Route EAST = route(1, "East", "135", "TURKU", "LIETO", "PAIMIO", "TURKU");
    private static final Route WEST = route(2, "West", "24", "TURKU", "UKI", "LAITILA", "TURKU");
    private static final Route NEAR = route(3, "Near", "12345", "TURKU", "LIETO");
    private static final Route WEEKEND = route(4, "Weekend", "6", "MASKU", "RUSKO");
    private static final Timetable TIMETABLE = new Timetable(List.of(EAST, WEST, NEAR, WEEKEND));

    static Route route(long id, String name, String days, String... stops) {
        Set<DayOfWeek> runs =
                days.chars().mapToObj(digit -> DayOfWeek.of(digit - '0')).collect(Collectors.toSet());
        return new Route(id, name, "Van", runs, List.of(stops));
    }

    private static LocalDate november(int day) {
        return LocalDate.of(2026, 11, day);
    }

    /** Days are of November; the last is that after which it is late. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # from, to,     ready, route,      expected, deadline
            TURKU,  LIETO,  23,    Near,       24,       25
            TURKU,  PAIMIO, 23,    East,       25,       26
            TURKU,  PAIMIO, 24,    East,       25,       26
            TURKU,  PAIMIO, 25,    East,       27,       30
            PAIMIO, TURKU,  24,    East,       25,       26
            PAIMIO, LIETO,  24,    East+Near,  26,       27
            LIETO,  UKI,    23,    East+West,  26,       27
            PAIMIO, UKI,    25,    East+West,  31,       32
            MASKU,  RUSKO,  23,    Weekend,    28,       30
            RUSKO,  MASKU,  23,    Weekend,    35,       37
            KUSTAVI,TURKU,  23,    ,           ,         30
            KUSTAVI,TURKU,  27,    ,           ,         34
            """)
    void saysWhenWhatIsSentShouldArriveAndWhenItIsLate(
            String from, String to, int ready, String route, Integer expected, int deadline) {
        LocalDate first = november(1);
        List<Leg> way = TIMETABLE.way(from, to, november(ready));

        assertThat(way.stream().map(leg -> leg.route().name()).collect(Collectors.joining("+")))
                .isEqualTo(Optional.ofNullable(route).orElse(""));
        assertThat(TIMETABLE.expected(from, to, november(ready)))
                .isEqualTo(Optional.ofNullable(expected).map(day -> first.plusDays(day - 1L)));
        LocalDate last = first.plusDays(deadline - 1L);
        assertThat(TIMETABLE.deadline(from, to, november(ready))).isEqualTo(last);
        assertThat(TIMETABLE.late(from, to, november(ready), last)).isFalse();
        assertThat(TIMETABLE.late(from, to, november(ready), last.plusDays(1))).isTrue();
    }

    @Test
    void changesRoutesOnlyAfterTheFirstHasArrived() {
        List<Leg> way = TIMETABLE.way("PAIMIO", "UKI", november(25));

        assertThat(way).hasSize(2);
        assertThat(way.get(0).to()).isEqualTo("TURKU").isEqualTo(way.get(1).from());
        assertThat(way.get(0).delivered()).isEqualTo(november(27));
        assertThat(way.get(1).taken()).isEqualTo(november(30).plusDays(1));
    }

    @Test
    void aCrateIsLateFromTheDayOnWhichItWasClosedUntilItArrives() {
        Instant closed = Instant.parse("2026-11-23T14:00:00Z");
        Crate crate = crate(Optional.of(closed), Optional.empty());

        assertThat(crate.late(TIMETABLE, november(25))).isFalse();
        assertThat(crate.late(TIMETABLE, november(26))).isTrue();
        assertThat(crate(Optional.of(closed), Optional.of(closed)).late(TIMETABLE, november(30)))
                .isFalse();
        assertThat(crate(Optional.empty(), Optional.empty()).late(TIMETABLE, november(30)))
                .as("one that is open waits for nobody")
                .isFalse();
    }

    private static Crate crate(Optional<Instant> closed, Optional<Instant> arrived) {
        return new Crate(1, "TURKU", "LIETO", Instant.EPOCH, closed, Optional.empty(), arrived, Optional.empty(), 3);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            East, 1, TURKU LIETO, -
            '  ', 1, TURKU LIETO, NAME
            East, '', TURKU LIETO, DAYS
            East, 1, TURKU, STOPS
            East, 1, TURKU TURKU, STOPS
            East, 1, TURKU LIETO TURKU, -
            """)
    void saysWhyARouteCannotBe(String name, String days, String stops, String problem) {
        assertThat(route(0, name, days, stops.split(" ", -1))
                        .problem()
                        .map(Problem::name)
                        .orElse("-"))
                .isEqualTo(problem);
    }

    @Test
    void aRouteHasAnEnd() {
        assertThat(new Route(
                                0,
                                "Long",
                                "",
                                Set.of(DayOfWeek.MONDAY),
                                Collections.nCopies(21, List.of("A", "B")).stream()
                                        .flatMap(List::stream)
                                        .toList())
                        .problem())
                .contains(Problem.STOPS);
    }

    @ParameterizedTest
    @CsvSource({
        "KC0000012, 12",
        "' kc0000012 ', 12",
        "KC12345678, 12345678",
        "KC12, ''",
        "3000000011, ''",
        "KC00000x2, ''"
    })
    void knowsACratesCodeFromAThings(String code, String id) {
        assertThat(Crate.id(code).isPresent() ? String.valueOf(Crate.id(code).getAsLong()) : "")
                .isEqualTo(id);
    }
}
