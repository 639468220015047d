package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelephoneKeysTest {
    @Test
    void everyLetterOfTheGlassIsOnAKey() {
        Stream.of(LetterRows.LETTERS, LetterRows.OTHERS, List.of(" ", "á č đ ŋ š ŧ ž â ä å ö"))
                .flatMap(List::stream)
                .flatMapToInt(String::chars)
                .forEach(letter -> assertThat(SearchAct.Letter.types((char) letter))
                        .as("%c", letter)
                        .isTrue());
    }

    @Test
    void noLetterIsOnTwoKeys() {
        long letters = Stream.iterate(0, key -> key + 1)
                .limit(10)
                .mapToLong(key -> TelephoneKeys.on(key).length())
                .sum();
        long different = Stream.iterate(0, key -> key + 1)
                .limit(10)
                .flatMapToInt(key -> TelephoneKeys.on(key).chars())
                .distinct()
                .count();
        assertThat(different).isEqualTo(letters);
    }

    @Test
    void rowsFitBesideEachOther() {
        assertThat(Stream.of(LetterRows.LETTERS, LetterRows.OTHERS)).allSatisfy(rows -> {
            assertThat(rows).hasSize(3).allMatch(row -> row.length() <= LetterRows.COLUMNS);
            assertThat(rows.getLast()).hasSize(LetterRows.COLUMNS - 4);
        });
    }

    /** No pause means anything: only the same key, and 1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2           | a
            22          | b
            2222        | å
            2 1 2       | aa
            6688444     | nui
            688 1 88 6 444 | muumi
            0           | ''
            2 0 3       | a d
            2 0 0 3     | a0d
            11          | -
            2 1 1       | a1
            """)
    void tapsBecomeLetters(String keys, String text) {
        Typed typed = Typed.NOTHING;
        for (char key : keys.replace(" ", "").toCharArray()) {
            typed = typed.tap(key - '0');
        }
        assertThat(typed.text()).isEqualTo(text);
    }

    @Test
    void whatIsTakenBackIsNotChangedAnyMore() {
        Typed typed = Typed.NOTHING.tap(2).tap(3).erased();
        assertThat(typed).isEqualTo(new Typed("a", Optional.empty()));
        assertThat(typed.tap(2).text()).as("another letter").isEqualTo("aa");
        assertThat(Typed.NOTHING.erased()).isEqualTo(Typed.NOTHING);
    }

    @Test
    void blanksAreTypedWhereTheyPartWordsAndNothingIsTooLong() {
        Typed typed =
                Typed.NOTHING.letter(' ').letter('a').letter(' ').letter(' ').letter('b');
        assertThat(typed.text()).isEqualTo("a b");
        for (int i = 0; i < 100; i++) {
            typed = typed.letter('c');
        }
        assertThat(typed.text()).hasSize(Typed.MOST);
        assertThat(typed.toString()).doesNotContain("a b");
    }
}
