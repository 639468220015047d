package fi.kimppa.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.catalogue.Tip.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TipTest {
    private static Map<String, String> form(String field, String text) {
        Map<String, String> form = new HashMap<>(
                Map.of("heading-sv", " Läs ", "first", "2026-11-24", "last", "2026-11-24", "municipality", ""));
        form.put(field, text);
        return form;
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    title,      vaski.1,      -
                    heading-sv, '',           HEADING
                    heading-sv, '   ',        HEADING
                    last,       2026-11-23,   ORDER
                    last,       2027-11-25,   -
                    last,       2027-11-26,   SPAN
                    """)
    void saysWhatIsWrong(String field, String text, @Nullable Problem problem) {
        assertThat(TipForm.of(form(field, text)).tip().orElseThrow().problem()).isEqualTo(Optional.ofNullable(problem));
    }

    @ParameterizedTest
    @CsvSource({"heading-fi, 81", "text-en, 401", "title, 201"})
    void hasRoomForSoMuch(String field, int length) {
        assertThat(TipForm.of(form(field, "x".repeat(length)))
                        .tip()
                        .orElseThrow()
                        .problem())
                .hasValue(Problem.LONG);
        assertThat(TipForm.of(form(field, "x".repeat(length - 1)))
                        .tip()
                        .orElseThrow()
                        .problem())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"first, 24.11.2026", "last, ''", "first, 1999-12-31", "last, 2026-02-30"})
    void needsDaysThatThereAre(String field, String text) {
        assertThat(TipForm.of(form(field, text)).tip()).isEmpty();
    }

    @Test
    void showsTheLanguageThatThereIs() {
        assertThat(new InLanguages("", "Läs", "").filled()).isEqualTo(new InLanguages("Läs", "Läs", "Läs"));
        assertThat(new InLanguages("Lue", "", "Read").filled()).isEqualTo(new InLanguages("Lue", "Lue", "Read"));
        assertThat(new InLanguages("", "", "").filled().nothing()).isTrue();
    }
}
