package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule A39 of accessibility: short sentences in patrons' words, in every language. */
class PlainWordsTest {
    private static final int MOST_WORDS = 12;

    /** Staff's and programmers' words, by the beginnings that they are known by. */
    private static final Map<String, List<String>> JARGON = Map.of(
            "fi", List.of("nide", "niteen", "niteet", "tagi", "sessio", "rfid", "salasana", "login", "error"),
            "sv", List.of("session", "rfid", "lösenord", "login", "inlogg", "error"),
            "en", List.of("session", "rfid", "password", "token", "log in", "login", "invalid", "error", "patron"),
            "se", List.of("rfid"));

    /** What staff alone read: slips that go into a bin, and their own menu. */
    private static final List<String> FOR_STAFF = List.of("paper.item", "paper.day.", "staff.");

    /** Words of which one is taken, no sentences. */
    private static final List<String> LISTS =
            List.of("words.breaks", "speech.weekdays", "speech.months", "speech.ordinals");

    private static Stream<Map.Entry<String, String>> sentences(Language language) {
        return Texts.in(language).bundle().sentences().entrySet().stream()
                .filter(sentence -> !LISTS.contains(sentence.getKey()))
                .filter(sentence -> FOR_STAFF.stream().noneMatch(sentence.getKey()::startsWith));
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void noSentenceIsLongerThanTwelveWords(Language language) {
        assertThat(sentences(language))
                .noneMatch(sentence -> Arrays.stream(sentence.getValue().split("[.?!:] ", -1))
                        .anyMatch(part -> part.strip().split("\\s+", -1).length > MOST_WORDS));
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void noSentenceSpeaksTheStaffsLanguage(Language language) {
        List<Pattern> jargon = JARGON.getOrDefault(language.tag(), List.of()).stream()
                .map(word -> Pattern.compile("\\b" + Pattern.quote(word), Pattern.UNICODE_CHARACTER_CLASS))
                .toList();
        assertThat(jargon).as("a language without its list is not watched").isNotEmpty();
        assertThat(sentences(language))
                .noneMatch(sentence -> jargon.stream()
                        .anyMatch(word -> word.matcher(sentence.getValue().toLowerCase(Locale.ROOT))
                                .find()));
    }
}
