package fi.kimppa.gateway.transit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On Wednesday 25 November 2026. */
class CarrierListTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final Timetable TIMETABLE = new Timetable(List.of(
            TimetableTest.route(1, "East", "35", "TURKU", "LIETO", "PAIMIO", "TURKU"),
            TimetableTest.route(2, "West", "4", "TURKU", "UKI")));

    private static Crate crate(long id, String from, String to, int things, String sent) {
        Instant closed = Instant.parse("2026-11-24T14:00:00Z");
        return new Crate(
                id,
                from,
                to,
                closed,
                Optional.of(closed),
                Optional.of(sent).filter(text -> !text.isEmpty()).map(text -> Instant.parse(text + "T07:00:00Z")),
                Optional.empty(),
                Optional.empty(),
                things);
    }

    /** What is done at each stop, as "route stop branch: taken / brought". */
    private static List<String> on(LocalDate day, Crate... crates) {
        return CarrierList.of(TIMETABLE, List.of(crates), day, TODAY).stream()
                .map(stop -> "%s %s %s: %s / %s"
                        .formatted(
                                stop.route().name(),
                                stop.number(),
                                stop.branch(),
                                stop.takes().stream().map(Crate::id).toList(),
                                stop.brings().stream().map(Crate::id).toList()))
                .toList();
    }

    @Test
    void takesWhatIsClosedAndBringsItOnTheSameTourIfTheStopIsStillToCome() {
        assertThat(on(TODAY, crate(7, "TURKU", "PAIMIO", 3, ""), crate(8, "PAIMIO", "LIETO", 2, "")))
                .containsExactly(
                        "East 1 TURKU: [7] / []",
                        "East 2 LIETO: [] / []",
                        "East 3 PAIMIO: [8] / [7]",
                        "East 4 TURKU: [] / []");
        assertThat(on(TODAY.plusDays(2), crate(8, "PAIMIO", "LIETO", 2, "2026-11-25")))
                .containsExactly(
                        "East 1 TURKU: [] / []",
                        "East 2 LIETO: [] / [8]",
                        "East 3 PAIMIO: [] / []",
                        "East 4 TURKU: [] / []");
    }

    @Test
    void changesWhereTwoRoutesStop() {
        Crate crate = crate(9, "LIETO", "UKI", 4, "2026-11-25");

        assertThat(on(TODAY, crate)).contains("East 2 LIETO: [9] / []", "East 1 TURKU: [] / [9]");
        assertThat(on(TODAY.plusDays(1), crate)).containsExactly("West 1 TURKU: [9] / []", "West 2 UKI: [] / [9]");
    }

    @Test
    void isEmptyOnDaysWithoutATourAndLeavesOutWhatNoRouteCarries() {
        assertThat(on(TODAY.minusDays(1))).isEmpty();
        assertThat(on(TODAY, crate(9, "KUSTAVI", "LIETO", 4, ""))).allMatch(line -> line.endsWith("[] / []"));
    }

    @Test
    void countsThings() {
        assertThat(CarrierList.Stop.things(
                        List.of(crate(7, "TURKU", "PAIMIO", 3, ""), crate(8, "TURKU", "LIETO", 2, ""))))
                .isEqualTo(5);
    }
}
