package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A language is added by a file alone. The tags are those that the standard keeps for private use. */
class NewLanguageTest {
    private static final String ABOUT = """
            @sip2=015
            @fallback=se en
            @plural=one: n = 1; two: n = 2
            @date=uuuu/M/d
            @time=HH-mm
            @money={euros}:{cents} eur
            """;

    private static List<Language> learn(Path folder, String tag, String text) throws IOException {
        Files.writeString(folder.resolve("messages_" + tag + ".properties"), text);
        return Texts.learn(folder);
    }

    @Test
    void isOneFile(@TempDir Path folder) throws IOException {
        Language added = learn(folder, "qaa", ABOUT + """
                language.name=Qaa
                out.count.one={n} uno
                out.count.two=dos {n}
                out.count.other=tres {n}
                """).getFirst();
        assertThat(added).isEqualTo(new Language("qaa", "015"));
        assertThat(Texts.language("qaa")).contains(added);
        Texts texts = Texts.in(added);
        assertThat(texts.say("language.name")).isEqualTo("Qaa");
        assertThat(texts.count("out.count", 1)).isEqualTo("1 uno");
        assertThat(texts.count("out.count", 2)).isEqualTo("dos 2");
        assertThat(texts.count("out.count", 5)).isEqualTo("tres 5");
        assertThat(texts.count("out.loans", 2))
                .as("counted by the rule of the language that stands in")
                .isEqualTo("loans");
        assertThat(texts.say("common.thanks")).as("first the nearest").isEqualTo("Giitu!");
        assertThat(texts.say("out.place")).as("then the next").isEqualTo("Put the items on the pad");
        assertThat(texts.date(LocalDate.of(2026, 12, 5))).isEqualTo("2026/12/5");
        assertThat(texts.time(LocalTime.of(9, 5))).isEqualTo("09-05");
        assertThat(texts.money(new BigDecimal("2.5"))).isEqualTo("2:50 eur");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    qab | @sip2=015                     | ~~                    | @sip2: missing, expected three digits
                    qac | @sip2=015                     | @sip2=Russian         | @sip2: expected three digits: SIP2's code of a language has three digits
                    qad | @plural=one: n = 1; two: n = 2 | @plural=one           | @plural: expected a rule: "one" is no rule
                    qae | @fallback=se en               | @fallback=xx          | @fallback: there is no language "xx"
                    qaf | @fallback=se en               | ~~                    | auth.card: missing; add it, or let others stand in
                    qag | @date=uuuu/M/d                | @date=vuosi           | @date: expected a pattern
                    qah | {cents}                       | ~~                    | @money: expected a sum with {euros} and {cents}
                    qai | @time=HH-mm                   | @tyme=HH-mm           | @tyme: unknown, expected one of @sip2
                    qaj | @sip2=015                     | @sip2=015\\ncommon.hi=Hi | common.hi: nobody asks for it; take it out
                    qak | @sip2=015                     | @sip2=015\\nout.due=Due | out.due: expected the parameters [date], found []
                    qan | @sip2=015                     | @sip2=015\\nspeech.weekdays=uno dos | speech.weekdays: expected 7 words, found 2
                    fi  | @sip2=015                     | @sip2=015             | there is such a language already; choose another tag
                    """)
    void saysWhereTheFileIsWrongAndWhatToDo(
            String tag, String part, String instead, String message, @TempDir Path folder) {
        assertThatThrownBy(() -> learn(folder, tag, ABOUT.replace(part, instead.replace("\\n", "\n"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("messages_" + tag + ".properties: ")
                .hasMessageContaining(message);
    }

    @Test
    void wantsEveryFormOfACountedSentence(@TempDir Path folder) {
        assertThatThrownBy(() -> learn(folder, "qal", ABOUT + "out.count.one={n} uno\nout.count.other={n} tres\n"))
                .hasMessageContaining("out.count.two: missing");
    }
}
