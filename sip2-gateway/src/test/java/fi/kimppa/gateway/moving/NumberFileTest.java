package fi.kimppa.gateway.moving;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.cutover.NumberMaps.Pair;
import fi.kimppa.gateway.moving.Collision.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFileTest {
    private static NumberFile read(String text, Pair... known) {
        return NumberFile.read(text, List.of(known), NumberFileTest::owner, "SOTKAMO");
    }

    private static Optional<String> owner(Numbers numbers, String number) {
        return number.startsWith("7")
                ? Optional.of("KAJAANI")
                : number.startsWith("5") ? Optional.of("SOTKAMO") : Optional.empty();
    }

    private static Pair item(String before, String after) {
        return new Pair(Numbers.ITEM, before, after);
    }

    private static List<String> collisions(NumberFile file) {
        return file.collisions().stream()
                .map(one -> one.line() + " " + one.reason())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind,old,new~CARD,41,191~ITEM,51,791      | CARD 41 191, ITEM 51 791
            kind;old;new~card;41;191~                 | CARD 41 191
            ITEM,51,791                               | ITEM 51 791
            "kind","old","new"~"ITEM","51","791"      | ITEM 51 791
            kind,old,new,title~ITEM,51,791,Sinuhe     | ITEM 51 791
            kind,old,new~ITEM,51,51~~ITEM,52,792      | ITEM 52 792
            """)
    void readsWhatSpreadsheetsWrite(String text, String pairs) {
        NumberFile file = read(text.replace('~', '\n'));
        assertThat(file.lines().stream()
                        .map(NumberFile.Line::pair)
                        .map(pair -> pair.numbers() + " " + pair.before() + " " + pair.after()))
                .containsExactly(pairs.split(", ", -1));
        assertThat(file.collisions()).isEmpty();
    }

    @Test
    void saysOfEachLineWhatIsAgainstIt() {
        NumberFile file = read("""
                kind,old,new
                ITEM,51,791
                ITEM,51,792
                ITEM,52,793
                ITEM,53,793
                ITEM,54,55
                ITEM,55,795
                ITEM,71,796
                LOAN,56,797
                ITEM,57
                ITEM,58,7 9
                ITEM,59,799
                CARD,51,791
                """);
        assertThat(collisions(file))
                .containsExactlyInAnyOrder(
                        "2 OLD_TWICE",
                        "3 OLD_TWICE",
                        "4 NEW_TWICE",
                        "5 NEW_TWICE",
                        "6 CHAINED",
                        "7 CHAINED",
                        "8 OLD_OF_ANOTHER",
                        "9 FORM",
                        "10 FORM",
                        "11 FORM");
        assertThat(file.lines().stream().map(NumberFile.Line::number))
                .as("cards and items do not meet")
                .containsExactly(12, 13);
    }

    @Test
    void comparesWithTheLinesThatAreThereAlready() {
        Pair there = item("51", "791");
        assertThat(read("ITEM,51,791", there)).isEqualTo(new NumberFile(List.of(), List.of()));
        assertThat(collisions(read("ITEM,51,792", there))).containsExactly("1 " + Reason.OLD_TWICE);
        assertThat(collisions(read("ITEM,52,791", there))).containsExactly("1 " + Reason.NEW_TWICE);
        assertThat(collisions(read("ITEM,53,51", there))).containsExactly("1 " + Reason.CHAINED);
    }
}
