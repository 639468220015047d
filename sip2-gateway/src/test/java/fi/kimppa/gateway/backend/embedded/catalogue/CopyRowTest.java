package fi.kimppa.gateway.backend.embedded.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.backend.embedded.catalogue.CopyRow.State;
import fi.kimppa.gateway.catalogue.Availability.Place;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyRowTest {
    private static CopyRow copy(
            String current, @Nullable String destination, boolean forLoan, @Nullable String due, boolean onHoldShelf) {
        return new CopyRow(
                "1",
                "TURKU",
                current,
                destination,
                "84.2",
                forLoan,
                due == null ? null : OffsetDateTime.parse(due),
                onHoldShelf);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    LIETO, -,     true,  -,                         false, ON_SHELF,      LIETO
                    TURKU, -,     false, -,                         false, IN_HOUSE,      TURKU
                    LIETO, TURKU, true,  -,                         false, IN_TRANSIT,    TURKU
                    LIETO, -,     true,  -,                         true,  ON_HOLD_SHELF, LIETO
                    LIETO, -,     true,  2026-12-01T23:59:00+02:00, false, ON_LOAN,       TURKU
                    LIETO, -,     false, 2026-12-01T23:59:00+02:00, true,  ON_LOAN,       TURKU
                    """)
    void isInOnePlaceInOneState(
            String current,
            @Nullable String destination,
            boolean forLoan,
            @Nullable String due,
            boolean onHoldShelf,
            State state,
            String branch) {
        CopyRow copy = copy(current, destination, forLoan, due, onHoldShelf);
        assertThat(copy.state()).isEqualTo(state);
        assertThat(copy.branch()).isEqualTo(branch);
    }

    /** The due date is a day in Finland; what is on a shelf now comes first. */
    @Test
    void isCountedByBranch() {
        List<Place> places = CopyRow.places(
                List.of(
                        copy("TURKU", null, true, "2026-12-01T21:59:00Z", false),
                        copy("TURKU", null, true, "2026-12-24T22:30:00Z", false),
                        copy("LIETO", null, true, null, false),
                        copy("AURA", "TURKU", true, null, false)),
                code -> code.equals("TURKU") ? "Aa" : code.toLowerCase(java.util.Locale.ROOT));
        assertThat(places)
                .containsExactly(
                        new Place("LIETO", "lieto", List.of(), 1, 0, Optional.empty(), 0, 0, 0),
                        new Place(
                                "TURKU", "Aa", List.of("84.2"), 0, 2, Optional.of(LocalDate.of(2026, 12, 1)), 1, 0, 0));
    }
}
