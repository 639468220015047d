package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.backend.embedded.OverdueRates.Rate;
import fi.kimppa.gateway.backend.embedded.OverdueRules.Terms;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverdueRulesTest {
    /** A Friday. */
    private static final LocalDate DUE = LocalDate.parse("2026-11-27");

    private static final LocalDate GROWN_UP = LocalDate.parse("1980-05-17");
    private static final Optional<Rate> RATE =
            OverdueRates.read("BOOK=0.20/6.00").orElseThrow().of("BOOK");

    @ParameterizedTest(name = "{0} days late, {1} free: {2}")
    @CsvSource({
        "-3, 0, none",
        "0, 0, none",
        "1, 0, 0.20",
        "3, 0, 0.60",
        "3, 2, 0.20",
        "3, 3, none",
        "30, 0, 6.00",
        "400, 0, 6.00"
    })
    void countsDaysUpToACeiling(int late, int grace, String fee) {
        assertThat(fee(new Terms(RATE, grace, 15, _ -> true), DUE.plusDays(late), GROWN_UP))
                .isEqualTo(fee);
    }

    @Test
    void leavesOutTheDaysOnWhichTheLibraryIsClosed() {
        Set<LocalDate> closed = Set.of(DUE.plusDays(1), DUE.plusDays(2), DUE.plusDays(8), DUE.plusDays(9));
        Terms terms = new Terms(RATE, 0, 15, day -> !closed.contains(day));
        assertThat(fee(terms, DUE.plusDays(2), GROWN_UP)).isEqualTo("none");
        assertThat(fee(terms, DUE.plusDays(3), GROWN_UP)).isEqualTo("0.20");
        assertThat(fee(terms, DUE.plusDays(10), GROWN_UP)).isEqualTo("1.20");
    }

    @ParameterizedTest(name = "born {0}: {1}")
    @CsvSource({"2011-11-30, 0.60", "2011-12-01, none"})
    void asksNothingOfChildren(LocalDate born, String fee) {
        assertThat(fee(new Terms(RATE, 0, 15, _ -> true), DUE.plusDays(3), born))
                .isEqualTo(fee);
    }

    @Test
    void asksNothingForAThingWithoutARate() {
        assertThat(fee(new Terms(Optional.empty(), 0, 0, _ -> true), DUE.plusDays(3), GROWN_UP))
                .isEqualTo("none");
    }

    private static String fee(Terms terms, LocalDate until, LocalDate born) {
        return OverdueRules.fee(terms, DUE, until, born)
                .map(BigDecimal::toPlainString)
                .orElse("none");
    }

    // ---- rates -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            FILM=1/10, BOOK = 0.2/6 ; BOOK=0.20/6.00, FILM=1.00/10.00
            *=0.10/4.00             ; *=0.10/4.00
            none                    ; none
            """)
    void readsRatesAndWritesThemInOneForm(String text, String canonical) {
        assertThat(OverdueRates.read(text).map(OverdueRates::text)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ''
            BOOK
            BOOK=0.20
            BOOK=0.205/6.00
            book=0.20/6.00
            BOOK=0.20/6.00, BOOK=0.10/3.00
            BOOK=-1/6.00
            """)
    void refusesRatesThatMeanNothing(String text) {
        assertThat(OverdueRates.read(text)).isEmpty();
    }

    @Test
    void theStarIsForAllThatAreNotNamed() {
        OverdueRates rates = OverdueRates.read("BOOK=0.20/6.00, *=1.00/9.00").orElseThrow();
        assertThat(rates.of("BOOK")).hasToString("Optional[0.20/6.00]");
        assertThat(rates.of("FILM")).hasToString("Optional[1.00/9.00]");
        assertThat(OverdueRates.NONE.of("FILM")).isEmpty();
    }
}
