package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.kiosk.session.Language;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
    private static final LocalDate SATURDAY = LocalDate.of(2026, 12, 5);
    private static final Instant EVENING = Instant.parse("2026-11-24T17:30:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FINNISH | la 5.12.2026          | la 5.12.2026  | 9.05 | 19.30
                    SWEDISH | lör 5.12.2026         | lör 5.12.2026 | 9.05 | 19.30
                    ENGLISH | Sat 5 December 2026   | Sat 5.12.2026 | 09:05 | 19:30
                    """)
    void writesDatesAndTimesAsTheLanguageDoes(
            Language language, String onScreen, String onPaper, String morning, String evening) {
        Texts texts = Texts.in(language);
        assertThat(texts.day(SATURDAY).replace('\u00A0', ' ')).isEqualTo(onScreen);
        assertThat(texts.paperDay(SATURDAY)).isEqualTo(onPaper);
        assertThat(texts.time(LocalTime.of(9, 5))).isEqualTo(morning);
        assertThat(texts.time(EVENING)).as("in Helsinki").isEqualTo(evening);
        assertThat(texts.paperMoment(EVENING)).isEqualTo("24.11.2026 " + evening);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FINNISH | 0 lainaa | 1 laina | 2 lainaa | 12,50 €
                    SWEDISH | 0 lån    | 1 lån   | 2 lån    | 12,50 €
                    ENGLISH | 0 loans  | 1 loan  | 2 loans  | €12.50
                    """)
    void countsAndPaysAsTheLanguageDoes(Language language, String none, String one, String two, String amount) {
        Texts texts = Texts.in(language);
        assertThat(texts.count("out.count", 0)).isEqualTo(none);
        assertThat(texts.count("out.count", 1)).isEqualTo(one);
        assertThat(texts.count("out.count", 2)).isEqualTo(two);
        assertThat(texts.money(new BigDecimal("12.5")).replace('\u00A0', ' ')).isEqualTo(amount);
    }

    @ParameterizedTest
    @EnumSource(
            value = Language.class,
            names = {"SWEDISH", "ENGLISH"})
    void hasTheSameKeysAndParametersInEveryLanguage(Language language) {
        Texts finnish = Texts.in(Language.FINNISH);
        Texts other = Texts.in(language);
        assertThat(new TreeSet<>(other.keys())).isEqualTo(new TreeSet<>(finnish.keys()));
        for (String key : finnish.keys()) {
            assertThat(parameters(other.raw(key))).as(key).isEqualTo(parameters(finnish.raw(key)));
            assertThat(other.raw(key)).as(key).isNotBlank();
        }
    }

    @Test
    void refusesUnknownKeysAndMissingParameters() {
        Texts texts = Texts.in(Language.FINNISH);
        assertThatThrownBy(() -> texts.say("no.such.key")).hasMessageContaining("no.such.key");
        assertThatThrownBy(() -> texts.say("in.bin")).hasMessageContaining("'n'");
    }

    @Test
    void takesParametersLiterally() {
        assertThat(Texts.in(Language.FINNISH).say("help.phone", "phone", "$1 {phone}"))
                .isEqualTo("Apua: $1 {phone}");
    }

    private static Set<String> parameters(String sentence) {
        return Pattern.compile("\\{[a-z]+}")
                .matcher(sentence)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
