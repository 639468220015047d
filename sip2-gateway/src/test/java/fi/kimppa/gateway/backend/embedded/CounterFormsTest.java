package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the desk's forms take and refuse, field by field. */
class CounterFormsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private static Map<String, String> patron() {
        Map<String, String> given = new HashMap<>();
        given.put("familyName", " Åkerman ");
        given.put("givenName", "Göran");
        given.put("birthDate", "1990-05-17");
        given.put("category", "ADULT");
        given.put("homeBranch", "TURKU");
        given.put("expiresOn", "2028-11-24");
        given.put("language", "sv");
        given.put("version", "3");
        return given;
    }

    private static Map<String, Refused> problems(Map<String, String> given) {
        return CounterPatronForm.of(given).problems(TODAY, Set.of("ADULT"), Set.of("TURKU"));
    }

    @Test
    void takesAPatronWithoutWhatIsOptional() {
        assertThat(problems(patron())).isEmpty();
        CounterPatronForm form = CounterPatronForm.of(patron());
        assertThat(form.familyName()).as("without blanks around it").isEqualTo("Åkerman");
        assertThat(form.version()).isEqualTo(3);
        assertThat(form.selfService()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            familyName;''; missing
            givenName; ' '; missing
            birthDate; ''; missing
            birthDate; 17.5.1990; date
            birthDate; 1990-02-30; date
            birthDate; 1890-01-01; date
            birthDate; 2026-11-25; date.future
            category; KING; choose
            homeBranch; ''; choose
            expiresOn; soon; date
            email; a@b; email
            email; a b@c.fi; email
            email; 'a@b.fi,c@d.fi e'; email
            phone; 040 call; phone
            language; de; choose
            pickupName; ÅKERMAN 12; alias.name
            """)
    void saysWhyAFieldIsRefused(String field, String text, String key) {
        Map<String, String> given = patron();
        given.put(field, text);
        assertThat(problems(given)).containsOnlyKeys(field).containsValue(Refused.because(key));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            email; goran.akerman@example.org
            phone; +358 (0)40 123-4567
            pickupName; KUUSI 3120
            language; se
            """)
    void takesWhatIsOptional(String field, String text) {
        Map<String, String> given = patron();
        given.put(field, text);
        assertThat(problems(given)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2.4, 2.40
            '2,40', 2.40
            12, 12.00
            0, ''
            -1, ''
            '1,234', ''
            2.405, ''
            1 000, ''
            """)
    void readsAmountsAsPeopleTypeThem(String typed, String amount) {
        assertThat(CounterTill.amount(typed))
                .isEqualTo(Optional.of(amount).filter(text -> !text.isEmpty()).map(BigDecimal::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            T 1;    -;     '';    number.form
            T|1;    -;     '';    number.form
            '';     -;     '';    missing
            T1;     -;     '';    -
            T1;     LIETO; '';    number.other
            T1;     LIETO; T*;    number.other
            T1;     TURKU; T*;    -
            X1;     -;     T*;    number.rule
            """)
    void knowsWhoseAnItemNumberIs(String number, String owner, String pattern, String key) {
        Optional<Refused> why = CounterNumbers.againstItem(
                number, "TURKU", Optional.ofNullable(owner), pattern.isEmpty() ? List.of() : List.of(pattern), "Lieto");
        assertThat(why.map(Refused::key)).isEqualTo(Optional.ofNullable(key));
    }

    @Test
    void countsYearsAndPartsAsWholeNumbers() {
        assertThat(new CounterTitleForm("Sinuhe", "", "19", "", 0).problems()).containsOnlyKeys("ageLimit");
        assertThat(new CounterTitleForm("", "", "18", "", 0).problems()).containsOnlyKeys("title");
        CounterItemForm item = new CounterItemForm("1", "BOOK", "TURKU", "", "", "0", true, 0);
        assertThat(item.problems(Set.of("BOOK"), Set.of("TURKU"))).containsOnlyKeys("parts");
    }

    @Test
    void writesNumbersAsAShellTakesThem() {
        assertThat(CounterShelf.word("3000000011")).isEqualTo("3000000011");
        assertThat(CounterShelf.word("A$1;'x")).isEqualTo("'A$1;'\\''x'");
    }
}
