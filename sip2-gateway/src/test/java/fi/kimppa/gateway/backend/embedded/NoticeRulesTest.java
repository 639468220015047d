package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.backend.embedded.NoticeRules.Reminder;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeRulesTest {
    private static final LocalDate DUE = LocalDate.parse("2026-11-27");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            2026-11-23, nothing
            2026-11-24, DUE_SOON 2026-11-27
            2026-11-25, DUE_SOON 2026-11-27
            2026-11-27, DUE_SOON 2026-11-27
            2026-11-28, OVERDUE 2026-11-27+1
            2026-12-04, OVERDUE 2026-11-27+1
            2026-12-05, nothing
            2026-12-10, nothing
            2026-12-11, OVERDUE 2026-11-27+14
            2026-12-17, OVERDUE 2026-11-27+14
            2026-12-18, nothing
            2026-12-25, OVERDUE 2026-11-27+28
            2027-01-01, nothing
            """)
    void tellsThreeDaysBeforeAndThenByTheList(LocalDate today, String told) {
        assertThat(text(LocalDate.parse("2026-10-30"), today, 3, List.of(1, 14, 28)))
                .isEqualTo(told);
    }

    @Test
    void tellsOfTheLastReminderWhereSeveralAreDue() {
        assertThat(text(LocalDate.parse("2026-10-30"), DUE.plusDays(3), 0, List.of(1, 3)))
                .isEqualTo("OVERDUE 2026-11-27+3");
    }

    @Test
    void tellsNothingOnTheDayOfTheLoanAndNothingThatIsSwitchedOff() {
        assertThat(text(DUE.minusDays(2), DUE.minusDays(2), 3, List.of())).isEqualTo("nothing");
        assertThat(text(DUE.minusDays(2), DUE.minusDays(1), 3, List.of())).isEqualTo("DUE_SOON 2026-11-27");
        assertThat(text(DUE.minusDays(28), DUE, 0, List.of())).isEqualTo("nothing");
        assertThat(text(DUE.minusDays(28), DUE.plusDays(1), 3, List.of())).isEqualTo("nothing");
    }

    @Test
    void aReminderIsAboutItsOwnDueDateOnly() {
        Reminder overdue = NoticeRules.of(DUE.minusDays(28), DUE, DUE.plusDays(1), 3, List.of(1))
                .orElseThrow();
        assertThat(overdue.isAbout(DUE)).isTrue();
        assertThat(overdue.isAbout(DUE.plusDays(28))).isFalse();
    }

    private static String text(LocalDate lent, LocalDate today, int before, List<Integer> after) {
        return NoticeRules.of(lent, DUE, today, before, after)
                .map(one -> one.kind() + " " + one.occasion())
                .orElse("nothing");
    }
}
