package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            home.title | Tervetuloa Turkuun           | ''
            in.bin     | Pudota laatikkoon {n}        | ''
            home.titel | Tervetuloa                   | home.titel: there is no such text; the nearest is "home.title"
            in.bin     | Laita laatikkoon             | in.bin: the placeholder {n} is missing; put it in
            home.title | Hei {name}                   | home.title: there is no placeholder {name} here; take it out
            in.bin     | Laita laatikkoon {bin}       | in.bin: the placeholder {n} is missing; put it in; there is no placeholder {bin} here; use {n}
            in.bin     | Laita laatikkoon {n} {N}     | in.bin: a { or } is no part of a placeholder; take it out
            home.title | ' '                          | home.title: expected a sentence; leave the key out for the product's own
            speech.months | tammi                     | speech.months: it is a list of words of the language; take it out
            """)
    void saysWhatIsWrongAndWhatToDo(String key, String sentence, String fault) {
        assertThat(OwnWords.faults(Language.FINNISH, Map.of(key, sentence)))
                .isEqualTo(fault.isEmpty() ? List.of() : List.of(fault));
    }

    @Test
    void isNotLongerThanWhatFits() {
        assertThat(OwnWords.faults(Language.FINNISH, Map.of("home.checkout", "x".repeat(60))))
                .singleElement()
                .asString()
                .contains("home.checkout: expected at most", "it has 60");
    }

    @Test
    void standsInPlaceOfTheProductsSentenceAndNowhereElse() {
        Texts own = Texts.in(Language.FINNISH).worded(Map.of("home.title", "Tervetuloa Turkuun"));
        assertThat(own.say("home.title")).isEqualTo("Tervetuloa Turkuun");
        assertThat(own.say("home.checkout")).isEqualTo("Lainaa");
        assertThat(Texts.in(Language.FINNISH).say("home.title")).isEqualTo("Tervetuloa kirjastoon");
    }
}
