package fi.kimppa.gateway.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            Mynämäki;        Mynämäki
            a, b;            "a, b"
            5" disc;         "5"" disc"
            =1+1;            '=1+1
            @SUM(A1);        '@SUM(A1)
            +358 2 000;      '+358 2 000
            -a;              '-a
            =A1,B1;          "'=A1,B1"
            -3;              -3
            -3.50;           -3.50
            ~~;              ~~
            """)
    void writesACell(String text, String cell) {
        assertThat(Csv.text(List.of("head"), Stream.of(List.of(text)))).isEqualTo("head\r\n" + cell + "\r\n");
    }

    @Test
    void keepsLineEndsWithinACell() {
        assertThat(Csv.text(List.of("a", "b"), Stream.of(List.of("x\ny", "\tz"))))
                .isEqualTo("a,b\r\n\"x\ny\",'\tz\r\n");
    }

    @Test
    void isSavedByABrowser() {
        assertThat(Csv.file("x.csv", List.of("a"), Stream.of()).getHeaders().toString())
                .contains("text/csv;charset=UTF-8", "attachment; filename=\"x.csv\"");
    }
}
