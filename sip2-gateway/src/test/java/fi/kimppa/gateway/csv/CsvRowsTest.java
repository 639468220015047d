package fi.kimppa.gateway.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.csv.CsvRows.Fault;
import fi.kimppa.gateway.csv.CsvRows.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowsTest {
    private static List<Row> rows(byte[] file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CsvRows reader = new CsvRows(new ByteArrayInputStream(file))) {
            for (Optional<Row> row = reader.next(); row.isPresent(); row = reader.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    private static List<Row> rows(String file) throws IOException {
        return rows(file.getBytes(UTF_8));
    }

    private static List<List<String>> cells(String file) throws IOException {
        return rows(file).stream().map(Row::cells).toList();
    }

    /** A stroke stands for a cell's end and § for a row's, \r and \n for themselves. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            a,b\\n1,2\\n           ~ a|b§1|2
            a,b\\r\\n1,2           ~ a|b§1|2
            a,b\\r1,2\\r           ~ a|b§1|2
            a;b\\n1,5;2\\n         ~ a|b§1,5|2
            a\\tb;c\\td\\n1\\t2;3\\t4 ~ a|b;c|d§1|2;3|4
            "a;b",c\\n1,2\\n       ~ a;b|c§1|2
            a,b\\n"x, y","5"" d"\\n ~ a|b§x, y|5" d
            a,b\\n"x\\ny",\\n      ~ a|b§x\\ny|
            a,b\\n\\n\\n1,2\\n     ~ a|b§1|2
            a,b\\n,\\n             ~ a|b§|
            a\\n'=1+1\\n           ~ a§=1+1
            a\\n'+358 40\\n        ~ a§+358 40
            a\\n'tis\\n            ~ a§'tis
            a\\n5" disc\\n         ~ a§5" disc
            """)
    void readsWhatSpreadsheetsWrite(String file, String expected) throws IOException {
        String text = file.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");

        assertThat(cells(text).stream().map(row -> String.join("|", row)).toList())
                .containsExactly(expected.replace("\\n", "\n").split("§", -1));
    }

    @Test
    void skipsTheMarkThatExcelWrites() throws IOException {
        assertThat(cells("\uFEFFcard;name\r\n1;Mäkelä\r\n"))
                .containsExactly(List.of("card", "name"), List.of("1", "Mäkelä"));
    }

    @Test
    void readsBackWhatIsWritten() throws IOException {
        List<String> row = List.of("=1+1", "+358 2", "-a", "a,b", "\"", "x\r\ny", "", "@x", "Å;ö", "-3.50");

        assertThat(cells(Csv.line(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")) + Csv.line(row)))
                .last()
                .isEqualTo(row);
    }

    @Test
    void tellsARowInAnotherEncodingAndReadsOn() throws IOException {
        List<Row> rows = rows("card,name\n1,Mäkelä\n2,Salo\n".getBytes(ISO_8859_1));

        assertThat(rows.get(1)).isEqualTo(new Row(2, List.of(), Optional.of(Fault.ENCODING)));
        assertThat(rows.get(2).cells()).containsExactly("2", "Salo");
    }

    @Test
    void tellsARowThatIsTooLongAndReadsOn() throws IOException {
        List<Row> rows = rows("a,b\n1," + "x".repeat(CsvRows.LONGEST_ROW) + "\n2,y\n" + ",".repeat(300) + "\n3,z\n");

        assertThat(rows.stream().map(Row::fault).toList())
                .containsExactly(
                        Optional.empty(),
                        Optional.of(Fault.SIZE),
                        Optional.empty(),
                        Optional.of(Fault.SIZE),
                        Optional.empty());
        assertThat(rows.getLast().line()).isEqualTo(5);
    }

    @Test
    void doesNotLetAnOpenQuotationMarkSwallowTheRest() throws IOException {
        List<Row> rows = rows("a\n\"never closed\n" + "x\n".repeat(CsvRows.LONGEST_ROW) + "last\n");

        assertThat(rows.get(1).fault()).contains(Fault.SIZE);
        assertThat(rows.getLast().cells()).containsExactly("last");
        assertThat(rows("a\n\"open").get(1).fault()).contains(Fault.QUOTES);
        assertThat(rows("a\n\"x\"y\n1\n").get(1).fault()).contains(Fault.QUOTES);
    }

    @Test
    void countsTheLinesOnWhichRowsBegin() throws IOException {
        assertThat(rows("a,b\n\"x\ny\",1\n\nz,2\n").stream().map(Row::line)).containsExactly(1L, 2L, 5L);
        assertThat(rows("")).isEmpty();
    }
}
