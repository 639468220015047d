package fi.kimppa.gateway.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of what people write for kiosks, and that what is kept is read back as they wrote it. */
class SteeringFormsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kiosk.colour.primary | ' #5A1846 ' | #5a1846
            kiosk.colour.primary | ''          | ''
            kiosk.colour.primary | purple      |
            kiosk.colour.primary | #5a184      |
            kiosk.wait.pin       | 40          | 40
            kiosk.wait.pin       | 0           |
            kiosk.wait.pin       | 1000        |
            kiosk.wait.pin       | 20 s        |
            kiosk.languages      | fi sv,en    | fi, sv, en
            kiosk.languages      | Finnish     |
            kiosk.function.borrow | OFF        | off
            kiosk.function.borrow | perhaps    |
            kiosk.names          | LIETO = Lieto | {"LIETO":"Lieto"}
            kiosk.names          | lieto       |
            kiosk.wording        | fi home.title = Hei = moi | {"fi":{"home.title":"Hei = moi"}}
            kiosk.wording        | home.title = Hei |
            kiosk.wording        | ''          | {}
            kiosk.bins           | 3 = square, #12437A, fi Kuljetus, sv Transport | {"3":{"name":{"fi":"Kuljetus","sv":"Transport"},"colour":"#12437a","shape":"square"}}
            kiosk.bins           | 9 = Henkilökunta | {"9":{"name":{"":"Henkilökunta"},"colour":"","shape":""}}
            kiosk.bins           | bin three   |
            kiosk.bins           | {"3":{"name":{},"colour":"red","shape":""}} |
            kiosk.bins           | {"3":{}}    |
            """)
    void keepsOneFormOfEachMeaningAndNothingElse(String key, String written, String kept) {
        var setting = SteeringKeys.all().stream()
                .filter(one -> one.name().equals(key))
                .findFirst()
                .orElseThrow();
        Optional<String> canonical = setting.canonical(written);
        assertThat(canonical).isEqualTo(Optional.ofNullable(kept));
        canonical.ifPresent(
                text -> assertThat(setting.canonical(text)).as("kept as it is").contains(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 = square, #12437a, fi Kuljetus, sv Transport",
                "1 = circle\n3 = square, #12437a, en Transfer",
                "9 = Henkilökunta"
            })
    void binsAreShownAsTheyAreWritten(String lines) {
        assertThat(SteeringForms.marks(lines).map(SteeringForms::markLines)).contains(lines);
    }

    @Test
    void wordsAreShownAsTheyAreWritten() {
        String lines = "en home.title = Welcome\nfi home.title = Tervetuloa\nfi in.bin = Pudota laatikkoon {n}";
        assertThat(SteeringForms.wording(lines).map(SteeringForms::wordingLines))
                .contains(lines);
    }
}
