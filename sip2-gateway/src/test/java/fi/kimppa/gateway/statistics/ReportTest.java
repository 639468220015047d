package fi.kimppa.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.statistics.Deed.Kind;
import fi.kimppa.gateway.statistics.Report.Flow;
import fi.kimppa.gateway.statistics.Report.Foreign;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final LocalDate OCTOBER = LocalDate.of(2026, 10, 1);
    private static final LocalDate NOVEMBER = LocalDate.of(2026, 11, 1);

    private static final Report REPORT = new Report(List.of(
            new Count(OCTOBER, Kind.LOAN, "TURKU", "TURKU", "TURKU", "", 10),
            new Count(OCTOBER, Kind.LOAN, "LIETO", "TURKU", "LIETO", "", 3),
            new Count(NOVEMBER, Kind.RENEWAL, "TURKU", "LIETO", "", "", 2),
            new Count(NOVEMBER, Kind.LOAN, "TURKU", "", "", "", 1),
            new Count(OCTOBER, Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 4),
            new Count(NOVEMBER, Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 1),
            new Count(NOVEMBER, Kind.RETURN, "LIETO", "", "TURKU", "TURKU", 9),
            new Count(NOVEMBER, Kind.RETURN, "TURKU", "", "TURKU", "", 6)));

    @Test
    void sumsByMonthAndKind() {
        assertThat(REPORT.total(Kind.LOAN)).isEqualTo(14);
        assertThat(REPORT.total(Kind.RETURN)).isEqualTo(20);
        assertThat(REPORT.in(YearMonth.of(2026, 10), Kind.LOAN)).isEqualTo(13);
        assertThat(REPORT.in(YearMonth.of(2026, 11), Kind.RENEWAL)).isEqualTo(2);
        assertThat(REPORT.in(YearMonth.of(2026, 9), Kind.LOAN)).isZero();
    }

    @Test
    void laysHomesAcrossServingBranches() {
        assertThat(REPORT.homes())
                .isEqualTo(Map.of(
                        "", Map.of("TURKU", 1L),
                        "LIETO", Map.of("TURKU", 2L),
                        "TURKU", Map.of("TURKU", 10L, "LIETO", 3L)));
    }

    @Test
    void saysWhereReturnedThingsWentTheLargestFirst() {
        assertThat(REPORT.flows()).containsExactly(new Flow("LIETO", "TURKU", 9), new Flow("TURKU", "LIETO", 5));
        assertThat(REPORT.foreign(branch -> branch))
                .containsExactly(new Foreign("LIETO", "TURKU", 9), new Foreign("TURKU", "LIETO", 5));
    }

    @Test
    void countsReturnsAsUseOfTheOwner() {
        assertThat(REPORT.use("TURKU")).isEqualTo(10 + 3 + 9 + 6);
        assertThat(REPORT.use("LIETO")).isEqualTo(2 + 5);
        assertThat(REPORT.use("")).isEqualTo(1);
    }
}
