package fi.kimppa.gateway.backend.embedded.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.backend.embedded.exchange.RowSource.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarcSourceTest {
    private static final String THING = "952  $aTURKU$bLIETO$o84.2$p3000000011$yBOOK$33$70";
    private static final byte[] GOOD = MarcFile.record('a', List.of("001x", "24510$aKalevala /", THING));

    private static List<Read> read(byte[] file, HoldingsField holdings) throws IOException {
        List<Read> all = new ArrayList<>();
        try (MarcSource source = new MarcSource(new ByteArrayInputStream(file), holdings)) {
            for (Optional<Read> read = source.next(); read.isPresent(); read = source.next()) {
                all.add(read.get());
            }
        }
        return all;
    }

    private static List<Read> read(byte[] file) throws IOException {
        return read(file, HoldingsField.KOHA);
    }

    private static List<String> findings(List<Read> reads) {
        return reads.stream()
                .flatMap(read -> read.findings().stream())
                .map(finding -> finding.record() + " " + finding.why())
                .toList();
    }

    @Test
    void readsATitleWithItsThings() throws IOException {
        byte[] record = MarcFile.record(
                'a',
                List.of(
                        "0011234",
                        "1001 $a" + MarcFile.utf8("Sillanpää, F. E.,") + "$ekirjoittaja",
                        "24510$aNuorena nukkunut :$bromaani /$cF. E.",
                        "5218 $aK-12",
                        THING,
                        "952  $aLIETO$p3000000028$71$3osa kolme"));

        List<Row> rows = read(record).getFirst().rows();

        assertThat(rows.getFirst())
                .isEqualTo(new Row(
                        1,
                        1,
                        Map.ofEntries(
                                Map.entry("title_number", "#1"),
                                Map.entry("title", "Nuorena nukkunut : romaani"),
                                Map.entry("author", "Sillanpää, F. E."),
                                Map.entry("age_limit", "12"),
                                Map.entry("number", "3000000011"),
                                Map.entry("home_branch", "TURKU"),
                                Map.entry("current_branch", "LIETO"),
                                Map.entry("call_number", "84.2"),
                                Map.entry("collection", ""),
                                Map.entry("type", "BOOK"),
                                Map.entry("parts", "3"),
                                Map.entry("for_loan", "true"))));
        assertThat(rows.get(1).part()).isEqualTo(2);
        assertThat(rows.get(1).texts()).containsEntry("for_loan", "false").doesNotContainKey("parts");
    }

    @Test
    void readsWhatATitleIsAbout() throws IOException {
        byte[] record = MarcFile.record(
                'a',
                List.of(
                        "24510$aX",
                        "650 7$afaaraot$2yso/fin",
                        "651 7$aEgypti.",
                        "653  $afaaraot",
                        "655 7$ahistorialliset romaanit$2slm/fin",
                        "700 1$aSomebody",
                        THING));

        assertThat(read(record).getFirst().rows().getFirst().texts())
                .containsEntry("subjects", "faaraot; Egypti; historialliset romaanit");
    }

    /** MARC-8 has the accent before its letter: E8 is an umlaut, EA a ring. */
    @Test
    void readsMarc8() throws IOException {
        byte[] record = MarcFile.record(' ', List.of("24510$aT\u00E8a\u00E8all\u00E8a \u00EAAbo", THING));

        assertThat(read(record).getFirst().rows().getFirst().texts()).containsEntry("title", "Täällä Åbo");
    }

    @Test
    void putsLettersAndTheirAccentsTogether() throws IOException {
        byte[] record = MarcFile.record('a', List.of("24510$a" + MarcFile.utf8("Ta\u0308hti"), THING));

        assertThat(read(record).getFirst().rows().getFirst().texts()).containsEntry("title", "Tähti");
    }

    @Test
    void readsTheFieldAndTheSubfieldsThatItIsTold() throws IOException {
        byte[] record = MarcFile.record('a', List.of("24500$aX", "852  $bTURKU$h84$p9"));

        assertThat(read(record, HoldingsField.MARC).getFirst().rows().getFirst().texts())
                .containsEntry("number", "9")
                .containsEntry("home_branch", "TURKU")
                .containsEntry("call_number", "84")
                .containsEntry("type", "BOOK");
        assertThat(findings(read(record))).containsExactly("1 NO_THINGS");
    }

    @Test
    void skipsBrokenRecordsAndReadsOn() throws IOException {
        byte[] wrongLength = GOOD.clone();
        System.arraycopy("99999".getBytes(US_ASCII), 0, wrongLength, 12, 5);
        byte[] cut = Arrays.copyOf(GOOD, 40);
        cut[39] = 0x1D;
        byte[] notUtf8 = MarcFile.record('a', List.of("24510$aT\u00E4hti", THING));
        byte[] huge = ("x".repeat(MarcPieces.LONGEST + 10) + (char) 0x1D).getBytes(US_ASCII);

        List<Read> reads = read(MarcFile.file(
                wrongLength,
                GOOD,
                "\r\n".getBytes(US_ASCII),
                cut,
                notUtf8,
                huge,
                "junk\u001D".getBytes(US_ASCII),
                GOOD));

        assertThat(findings(reads)).containsExactly("1 BROKEN", "3 BROKEN", "4 ENCODING", "5 TOO_LONG", "6 BROKEN");
        assertThat(reads.stream().filter(read -> !read.rows().isEmpty()).map(Read::record))
                .containsExactly(2L, 7L);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 60, 90})
    void everyByteMayBeWrong(int length) throws IOException {
        for (int at = 0; at < length; at++) {
            for (int with : new int[] {0, ' ', '9', 0x1E, 0x1F, 0xFF}) {
                byte[] file = MarcFile.file(GOOD.clone(), GOOD);
                file[at] = (byte) with;
                assertThat(read(file).getLast().rows()).as(at + " " + with).hasSize(1);
            }
        }
    }

    @Test
    void tellsAFileOfNothing() throws IOException {
        assertThat(findings(read(new byte[0]))).containsExactly("1 NOTHING");
        assertThat(findings(read("<collection/>".getBytes(UTF_8)))).containsExactly("1 NOTHING");
    }

    // ---- MARCXML -----------------------------------------------------------------------------------------

    private static String xml(String title, String number) {
        return """
                <record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">1</controlfield>
                <datafield tag="245" ind1="1" ind2="0"><subfield code="a">%s</subfield></datafield>
                <datafield tag="952" ind1=" " ind2=" "><subfield code="p">%s</subfield><subfield code="a">TURKU</subfield></datafield>
                </record>
                """.formatted(title, number);
    }

    @Test
    void readsXmlWithAnyPrefix() throws IOException {
        String plain = "\uFEFF<?xml version=\"1.0\"?>\n<!-- a --><collection xmlns=\"http://www.loc.gov/MARC21/slim\">"
                + xml("Hämähäkki &amp; muut", "1") + xml("B", "2") + "</collection>";
        String prefixed = plain.replaceAll("<(/?)([a-z])", "<$1marc:$2");

        for (String file : List.of(plain, prefixed, xml("Hämähäkki &amp; muut", "1") + xml("B", "2"))) {
            List<Read> reads = read(file.getBytes(UTF_8));
            assertThat(findings(reads)).isEmpty();
            assertThat(reads.stream().map(read -> read.rows().getFirst().texts().getOrDefault("title", "")))
                    .containsExactly("Hämähäkki & muut", "B");
        }
    }

    @Test
    void skipsBrokenXmlAndReadsOn() throws IOException {
        String file = "<collection>" + xml("A & B", "1") + xml("C", "2").replace("</record>", "") + xml("D", "3")
                + xml("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;", "4") + xml("E", "5")
                + xml("x".repeat(MarcPieces.LONGEST), "6") + xml("F", "7") + "</collection>";

        List<Read> reads = read(file.getBytes(UTF_8));

        assertThat(findings(reads)).containsExactly("1 BROKEN", "2 BROKEN", "4 BROKEN", "6 TOO_LONG");
        assertThat(reads.stream()
                        .filter(read -> !read.rows().isEmpty())
                        .map(read -> read.rows().getFirst().texts().getOrDefault("title", "")))
                .containsExactly("D", "E", "F");
        assertThat(findings(read(xml("Tähti", "1").getBytes(ISO_8859_1)))).containsExactly("1 ENCODING");
    }

    @Test
    void writesWhatItReads() {
        Map<String, String> thing = Map.ofEntries(
                Map.entry("title_number", "3000000011"),
                Map.entry("title", "Täällä"),
                Map.entry("author", "Väinö Linna"),
                Map.entry("age_limit", "18"),
                Map.entry("subjects", "kotirintama; 1900-luku"),
                Map.entry("number", "3000000011"),
                Map.entry("home_branch", "TURKU"),
                Map.entry("current_branch", "LIETO"),
                Map.entry("call_number", "84.2"),
                Map.entry("collection", "LOCAL"),
                Map.entry("type", "BOOK"),
                Map.entry("parts", "2"),
                Map.entry("for_loan", "false"));
        MarcTitle titles = new MarcTitle(HoldingsField.KOHA);

        Row back = titles.rows(titles.record(List.of(thing)), 1).getFirst();

        assertThat(back.texts())
                .containsAllEntriesOf(Map.of(
                        "title",
                        "Täällä",
                        "age_limit",
                        "18",
                        "subjects",
                        "kotirintama; 1900-luku",
                        "for_loan",
                        "false"));
        assertThat(back.texts()).hasSize(thing.size());
    }
}
