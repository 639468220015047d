package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.OffLineTerms.Lending;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffLineRulesTest {
    private static final Instant NOW = Play.EVENING;
    private static final OffLineCard KNOWN = new OffLineCard(true, 0);

    private static OffLineTerms terms(Lending lending, boolean withoutPin) {
        return new OffLineTerms(lending, withoutPin, 5, 14, NOW.plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @CsvSource({
        "NOBODY,      false, true,  true,  0",
        "NOBODY,      true,  true,  true,  0",
        "KNOWN_CARDS, false, false, false, 0",
        "KNOWN_CARDS, false, false, true,  0",
        "KNOWN_CARDS, false, true,  false, 5",
        "KNOWN_CARDS, true,  false, false, 0",
        "KNOWN_CARDS, true,  false, true,  5",
        "KNOWN_CARDS, true,  true,  false, 5",
        "ALL_CARDS,   false, false, false, 5",
        "ALL_CARDS,   true,  true,  true,  5",
    })
    void lendsToWhomTheBranchSays(Lending lending, boolean withoutPin, boolean identified, boolean known, int things) {
        assertThat(OffLineRules.allowance(terms(lending, withoutPin), true, NOW, identified, new OffLineCard(known, 0)))
                .isEqualTo(things);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "3, 2", "5, 0", "9, 0", "2147483647, 0"})
    void countsWhatTheLibraryHasNotHeardOfYet(int waiting, int things) {
        assertThat(OffLineRules.allowance(
                        terms(Lending.ALL_CARDS, true), true, NOW, false, new OffLineCard(false, waiting)))
                .isEqualTo(things);
    }

    @Test
    void lendsNothingWithAWrongClockOrAfterTheEnd() {
        OffLineTerms terms = terms(Lending.ALL_CARDS, true);
        assertThat(OffLineRules.allowance(terms, false, NOW, true, KNOWN)).isZero();
        assertThat(OffLineRules.allowance(terms, true, terms.until().minusSeconds(1), true, KNOWN))
                .isEqualTo(5);
        assertThat(OffLineRules.allowance(terms, true, terms.until(), true, KNOWN))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "60, true", "-60, true", "61, false", "-61, false"})
    void aClockIsRightWithinAMinute(int seconds, boolean right) {
        Machine machine = Machine.start(Upkeep.NONE);
        assertThat(machine.clockRight()).as("nobody has compared them yet").isFalse();
        assertThat(machine.clock(Duration.ofSeconds(seconds)).clockRight()).isEqualTo(right);
    }
}
