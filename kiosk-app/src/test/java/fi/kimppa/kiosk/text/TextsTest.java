package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.Language;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {
    private static final LocalDate SATURDAY = LocalDate.of(2026, 12, 5);
    private static final Instant EVENING = Instant.parse("2026-11-24T17:30:00Z");

    private static Texts in(String tag) {
        return Texts.in(Texts.language(tag).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fi | la 5.12.2026        | la 5.12.2026  | 9.05  | 19.30
                    sv | lör 5.12.2026       | lör 5.12.2026 | 9.05  | 19.30
                    en | Sat 5 December 2026 | Sat 5.12.2026 | 09:05 | 19:30
                    se | láv 5.12.2026       | láv 5.12.2026 | 09:05 | 19:30
                    """)
    void writesDatesAndTimesAsTheLanguageDoes(
            String tag, String onScreen, String onPaper, String morning, String evening) {
        Texts texts = in(tag);
        assertThat(texts.day(SATURDAY).replace('\u00A0', ' ')).isEqualTo(onScreen);
        assertThat(texts.paperDay(SATURDAY)).isEqualTo(onPaper);
        assertThat(texts.time(LocalTime.of(9, 5))).isEqualTo(morning);
        assertThat(texts.time(EVENING)).as("in Helsinki").isEqualTo(evening);
        assertThat(texts.paperMoment(EVENING)).isEqualTo("24.11.2026 " + evening);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fi | 0 lainaa | 1 laina | 2 lainaa | 12,50 €
                    sv | 0 lån    | 1 lån   | 2 lån    | 12,50 €
                    en | 0 loans  | 1 loan  | 2 loans  | €12.50
                    se | 0 lainaa | 1 laina | 2 lainaa | 12,50 €
                    """)
    void countsAndPaysAsTheLanguageDoes(String tag, String none, String one, String two, String amount) {
        Texts texts = in(tag);
        assertThat(texts.count("out.count", 0)).isEqualTo(none);
        assertThat(texts.count("out.count", 1)).isEqualTo(one);
        assertThat(texts.count("out.count", 2)).isEqualTo(two);
        assertThat(texts.money(new BigDecimal("12.5")).replace('\u00A0', ' ')).isEqualTo(amount);
        assertThat(in("fi").money(BigDecimal.TEN)).as("one piece").doesNotContain(" ");
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void lacksNoSentenceAndHasNoneTooMuch(Language language) {
        assertThat(Bundles.faults(in("fi").bundle(), Texts.in(language).bundle()))
                .isEmpty();
        assertThat(Texts.in(language).keys())
                .noneMatch(key -> Texts.in(language).raw(key).isBlank());
    }

    @Test
    void knowsItsLanguagesFromTheirBundles() {
        assertThat(Texts.languages()).extracting(Language::tag).containsExactly("fi", "sv", "en", "se");
        assertThat(Texts.usual())
                .as("Northern Sámi is offered where a branch lists it")
                .containsExactly(Language.FINNISH, Language.SWEDISH, Language.ENGLISH);
        assertThat(in("se").language().sip2())
                .as("SIP2 has no code for Northern Sámi")
                .isEqualTo(fi.kimppa.sip2.message.Language.UNSPECIFIED.code());
        assertThat(Language.FINNISH.sip2()).isEqualTo(fi.kimppa.sip2.message.Language.FINNISH.code());
        assertThat(Language.SWEDISH.sip2()).isEqualTo(fi.kimppa.sip2.message.Language.SWEDISH.code());
        assertThat(Language.ENGLISH.sip2()).isEqualTo(fi.kimppa.sip2.message.Language.ENGLISH.code());
    }

    @Test
    void letsFinnishStandInForNorthernSami() {
        assertThat(in("se").say("out.done")).isEqualTo("Luoikkahuvvon");
        assertThat(in("se").say("out.due", "date", "láv 5.12.2026")).isEqualTo("Earrebeaivi láv 5.12.2026");
        assertThat(in("se").say("out.place")).isEqualTo(in("fi").say("out.place"));
        assertThat(in("se").readAloud()).as("no voice reads a mixture").isEqualTo(Language.FINNISH);
        assertThat(in("sv").readAloud()).isEqualTo(Language.SWEDISH);
    }

    @Test
    void writesADayAsTheSentenceAroundItDoes() {
        assertThat(plain(in("se").onDay("out.due", SATURDAY))).isEqualTo("Earrebeaivi láv 5.12.2026");
        assertThat(plain(in("se").onDay("hold.until", SATURDAY)))
                .as("a Finnish sentence stands in, with its weekday")
                .isEqualTo("Nouda viimeistään la 5.12.2026");
        assertThat(plain(in("se").worded(Map.of("hold.until", "... {date}")).onDay("hold.until", SATURDAY)))
                .as("the library's own sentence is in its language")
                .isEqualTo("... láv 5.12.2026");
        assertThat(in("se").onPaper("paper.later.due", new DueDate("20261205", Optional.of(SATURDAY))))
                .contains("la 5.12.2026");
        assertThat(in("se").onDay("out.due", new DueDate("joulun alla", Optional.empty())))
                .isEqualTo("Earrebeaivi joulun alla");
    }

    private static String plain(String sentence) {
        return sentence.replace('\u00A0', ' ');
    }

    @Test
    void refusesUnknownKeysAndMissingParameters() {
        Texts texts = in("fi");
        assertThatThrownBy(() -> texts.say("no.such.key")).hasMessageContaining("no.such.key");
        assertThatThrownBy(() -> texts.say("in.bin")).hasMessageContaining("'n'");
    }

    @Test
    void takesParametersLiterally() {
        assertThat(in("fi").say("help.phone", "phone", "$1 {phone}")).isEqualTo("Apua: $1 {phone}");
    }

    @Test
    void sortsNamesAsFinnsDo() {
        assertThat(List.of("Äijö", "Ylitalo", "Virta", "Ödman", "Walli", "Åberg", "Vuori").stream()
                        .sorted(Texts.byName()))
                .containsExactly("Walli", "Virta", "Vuori", "Ylitalo", "Åberg", "Äijö", "Ödman");
    }
}
