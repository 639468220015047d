package fi.kimppa.kiosk.speech;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.text.Texts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SpokenTest {
    private static Spoken in(String tag) {
        return in(Texts.language(tag).orElseThrow());
    }

    private static Spoken in(Language language) {
        return new Spoken(Texts.in(language), LocalDate.of(2026, 11, 24), Branding.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fi | 2026-12-19 | lauantaina yhdeksästoista joulukuuta
                    fi | 2027-01-01 | perjantaina ensimmäinen tammikuuta 2027
                    sv | 2026-12-19 | lördag den nittonde december
                    sv | 2026-12-31 | torsdag den trettioförsta december
                    en | 2026-12-19 | Saturday the nineteenth of December
                    en | 2027-03-22 | Monday the twenty-second of March 2027
                    """)
    void saysDaysInWords(String language, LocalDate day, String words) {
        assertThat(in(language).day(day)).isEqualTo(words);
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void hasAWordForEveryDayOfAYearAndNoDigit(Language language) {
        Spoken spoken = in(language);
        IntStream.rangeClosed(1, 365)
                .mapToObj(day -> spoken.day(LocalDate.ofYearDay(2026, day)))
                .forEach(words -> assertThat(words).doesNotContainPattern("\\d"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fi | 12.50 | 12 euroa 50 senttiä
                    fi | 1     | 1 euro
                    fi | 0.01  | 0 euroa 1 sentti
                    sv | 30.00 | 30 euro
                    en | 2.05  | 2 euros 5 cents
                    """)
    void saysSums(String language, BigDecimal amount, String words) {
        assertThat(in(language).money(new Money(amount, "EUR"))).isEqualTo(words);
    }
}
