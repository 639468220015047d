package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules are those of Unicode CLDR for whole numbers; Russian's "many" is what remains, our "other". */
class PluralRuleTest {
    private static final String FINNISH = "one: n = 1";
    private static final String NORTHERN_SAMI = "one: n = 1; two: n = 2";
    private static final String RUSSIAN = "one: n % 10 = 1 and n % 100 != 11; few: n % 10 = 2..4 and n % 100 != 12..14";

    @ParameterizedTest
    @CsvSource({
        "0, other, other, other",
        "1, one, one, one",
        "2, other, two, few",
        "3, other, other, few",
        "5, other, other, other",
        "11, other, other, other",
        "12, other, other, other",
        "21, other, other, one",
        "22, other, other, few",
        "102, other, other, few"
    })
    void choosesTheFormOfANumber(int n, String finnish, String sami, String russian) {
        assertThat(PluralRule.parse(FINNISH).form(n)).isEqualTo(finnish);
        assertThat(PluralRule.parse(NORTHERN_SAMI).form(n)).isEqualTo(sami);
        assertThat(PluralRule.parse(RUSSIAN).form(n)).isEqualTo(russian);
    }

    @Test
    void readsListsAndRanges() {
        PluralRule rule = PluralRule.parse("few: n = 3..4, 7");
        assertThat(IntStream.rangeClosed(0, 8).filter(n -> "few".equals(rule.form(n))))
                .containsExactly(3, 4, 7);
    }

    @Test
    void namesItsForms() {
        assertThat(PluralRule.parse(NORTHERN_SAMI).forms()).containsExactly("one", "two", "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "one: n", "one: n = x", "single: n = 1", "one: n = 1;", "one: i = 1 and v = 0"})
    void saysWhatIsNoRule(String rule) {
        assertThatThrownBy(() -> PluralRule.parse(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no rule; write one like");
    }
}
