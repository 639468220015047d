package fi.kimppa.gateway.consortium;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.consortium.Closure.Problem;
import fi.kimppa.gateway.consortium.Closure.Reason;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a branch opens that has closed days. */
class ClosedDaysTest {
    /** Open from Monday to Thursday, and over the night from Friday to Saturday. */
    private static final List<OpeningPeriod> WEEK = List.of(
            day(DayOfWeek.MONDAY),
            day(DayOfWeek.TUESDAY),
            day(DayOfWeek.WEDNESDAY),
            day(DayOfWeek.THURSDAY),
            new OpeningPeriod(DayOfWeek.FRIDAY, LocalTime.of(20, 0), Duration.ofHours(6), ServiceMode.SELF_SERVICE));

    private static final Reason SILENT = new Reason("", "", "");

    private static OpeningPeriod day(DayOfWeek day) {
        return new OpeningPeriod(day, LocalTime.of(10, 0), Duration.ofHours(8), ServiceMode.STAFFED);
    }

    private static Branch branch(List<OpeningPeriod> week, Closure... closures) {
        return new Branch("LIETO", "Lieto", "LIETO", "FI-Lieto", week, List.of(closures), 0, "");
    }

    private static Closure closure(Scope place, String first, String last) {
        return new Closure(1, place, LocalDate.parse(first), LocalDate.parse(last), SILENT, "anna");
    }

    /** The 24th of December 2026 is a Thursday. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-23, 2026-12-23",
        "2026-12-24, 2026-12-29",
        "2026-12-26, 2026-12-29",
        "2026-12-28, 2026-12-29",
        "2027-01-02, 2027-01-04"
    })
    void findsTheNextDayOnWhichItOpens(LocalDate day, LocalDate next) {
        Branch lieto = branch(
                WEEK,
                closure(Scope.branch("LIETO"), "2026-12-24", "2026-12-25"),
                closure(Scope.CONSORTIUM, "2026-12-28", "2026-12-28"));
        assertThat(lieto.opensFrom(day)).isEqualTo(next);
    }

    @Test
    void whereNobodyHasSaidWhenItOpensItIsClosedOnClosedDaysAlone() {
        Branch lieto = branch(List.of(), closure(Scope.branch("LIETO"), "2026-12-24", "2026-12-26"));
        assertThat(lieto.opensFrom(LocalDate.parse("2026-12-23"))).isEqualTo("2026-12-23");
        assertThat(lieto.opensFrom(LocalDate.parse("2026-12-24"))).isEqualTo("2026-12-27");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-23T12:00, STAFFED",
        "2026-12-24T12:00, ",
        "2026-12-25T21:00, SELF_SERVICE",
        "2026-12-26T01:59, SELF_SERVICE",
        "2026-12-28T12:00, STAFFED"
    })
    void aPeriodThatBeginsOnAClosedDayIsNoneAndOneThatRunsIntoItGoesOn(LocalDateTime moment, ServiceMode mode) {
        Branch lieto = branch(
                WEEK,
                closure(Scope.branch("LIETO"), "2026-12-24", "2026-12-24"),
                closure(Scope.branch("LIETO"), "2026-12-26", "2026-12-27"));
        assertThat(lieto.modeAt(moment).orElse(null)).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "CONSORTIUM, '', true",
        "MUNICIPALITY, LIETO, true",
        "MUNICIPALITY, TURKU, false",
        "BRANCH, LIETO, true",
        "BRANCH, TURKU, false"
    })
    void takesThoseThatAreAboutIt(Scope.Kind kind, String name, boolean closed) {
        Collection<Closure> some = List.of(closure(new Scope(kind, name), "2026-12-24", "2026-12-24"));
        assertThat(branch(WEEK).closedAlso(some).closedOn(LocalDate.parse("2026-12-24")))
                .isEqualTo(closed);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24, 2026-12-24, ",
        "2026-12-24, 2026-12-23, ORDER",
        "2026-01-01, 2028-09-26, ",
        "2026-01-01, 2028-09-27, LONG"
    })
    void saysWhatIsWrongWithDays(String first, String last, Problem problem) {
        assertThat(closure(Scope.CONSORTIUM, first, last).problem().orElse(null))
                .isEqualTo(problem);
    }

    @Test
    void saysThatAReasonIsTooLong() {
        LocalDate day = LocalDate.parse("2026-12-24");
        Reason longest = new Reason("", "", "x".repeat(Closure.LONGEST_REASON));
        Reason longer = new Reason("", "", "x".repeat(Closure.LONGEST_REASON + 1));
        assertThat(new Closure(0, Scope.CONSORTIUM, day, day, longest, "anna").problem())
                .isEmpty();
        assertThat(new Closure(0, Scope.CONSORTIUM, day, day, longer, "anna").problem())
                .contains(Problem.REASON);
    }

    @ParameterizedTest
    @CsvSource({"fi, Jouluaatto", "sv, Julafton", "en, Jouluaatto", "de, Jouluaatto"})
    void givesAReasonInTheLanguageOfWhoeverReadsElseInTheFirstThatThereIs(String language, String said) {
        assertThat(new Reason("Jouluaatto", "Julafton", "").in(Locale.of(language)))
                .isEqualTo(said);
        assertThat(new Reason("", "Julafton", "").in(Locale.of(language))).isEqualTo("Julafton");
        assertThat(SILENT.in(Locale.of(language))).isEmpty();
    }
}
