package fi.kimppa.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.statistics.BarChart.Bar;
import fi.kimppa.gateway.statistics.BarChart.Line;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarChartTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "4, 1", "5, 2", "8, 2", "9, 5", "20, 5", "21, 10", "4001, 2000", "1000000000, 500000000"
    })
    void aScaleHasRoundFigures(long most, long step) {
        assertThat(BarChart.step(most)).isEqualTo(step);
    }

    @Test
    void groupsStandOnOneLineAndAreAsHighAsTheirValues() {
        BarChart chart = BarChart.groups(
                List.of("10/2026", "11/2026"),
                List.of("Loans", "Returns"),
                List.of(List.of(40L, 20L), List.of(0L, 10L)),
                String::valueOf);

        List<Double> feet = chart.bars().stream()
                .map(bar -> bar.y() + bar.height())
                .distinct()
                .toList();
        assertThat(feet).hasSize(1);
        assertThat(chart.bars())
                .extracting(Bar::text)
                .containsExactly(
                        "10/2026, Loans: 40", "10/2026, Returns: 20", "11/2026, Loans: 0", "11/2026, Returns: 10");
        double highest = chart.bars().getFirst().height();
        assertThat(chart.bars()).extracting(bar -> bar.height() / highest).containsExactly(1.0, 0.5, 0.0, 0.25);
        assertThat(chart.lines()).extracting(Line::text).containsExactly("0", "10", "20", "30", "40");
        assertThat(chart.lines().getFirst().y()).isEqualTo(feet.getFirst());
        assertThat(chart.bars()).allMatch(bar -> bar.x() >= 0 && bar.x() + bar.width() <= chart.width());
    }

    @Test
    void manyMonthsMakeItWider() {
        BarChart chart = BarChart.groups(
                Collections.nCopies(36, "m"), List.of("a"), Collections.nCopies(36, List.of(1L)), String::valueOf);

        assertThat(chart.width()).isGreaterThan(2000);
        assertThat(chart.bars()).allMatch(bar -> bar.width() > 20);
    }

    @Test
    void rowsLieBelowEachOtherWithNameAndFigure() {
        BarChart chart =
                BarChart.rows(List.of("Turku → Lieto", "Lieto → Turku"), List.of(8L, 2L), value -> value + "!");

        assertThat(chart.bars().get(0).width())
                .isEqualTo(4 * chart.bars().get(1).width());
        assertThat(chart.bars().get(0).y()).isLessThan(chart.bars().get(1).y());
        assertThat(chart.labels())
                .extracting(BarChart.Label::text)
                .containsExactly("Turku → Lieto", "8!", "Lieto → Turku", "2!");
        assertThat(BarChart.rows(List.of(), List.of(), String::valueOf).bars()).isEmpty();
    }
}
