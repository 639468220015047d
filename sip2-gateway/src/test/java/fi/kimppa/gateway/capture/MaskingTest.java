package fi.kimppa.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.wire.Checksum;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a message, and what is not. */
class MaskingTest {
    private static final StandIns STAND_INS = new StandIns("a key of the tests".getBytes(StandardCharsets.US_ASCII));
    private static final Masking MASKED = new Masking(STAND_INS, true);
    private static final Masking UNMASKED = new Masking(STAND_INS, false);
    private static final String LOAN =
            "11YN20261124    193000                  AOTURKU|AA2000012345|AB3000000035|AC|AD1234|";
    private static final String PATRON =
            "64              00720261124    193000000000000001000000000000AOTURKU|AA2000012345|AEMäkelä, Åke|BLY|CQY|BD"
                    + "Kauppakatu 5 A 3, 20100 Turku|BEake.makela@example.org|AFHei ÅKE! Mäkelälle on varaus.|AU3000000035|";

    private final KnownWords known = new KnownWords();

    // ---- golden vectors ----------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            value = {
                "9300CNkiosk-turku|COdemo-kiosk-turku|CPTURKU|^golden",
            })
    void loginKeepsNeitherNameNorPassword(String line, String ignored) {
        assertThat(masked(line))
                .matches("9300CN[a-z]{5}-[a-z]{5}[|]CO[a-z]{4}-[a-z]{5}-[a-z]{5}[|]CPTURKU[|]")
                .doesNotContain("kiosk", "turku|");
    }

    @Test
    void hasTheSameStandInForACardInEveryMessage() {
        String card = value(masked(LOAN), "AA");
        assertThat(card).matches("\\d{10}").isNotEqualTo("2000012345");
        for (String line : List.of(
                "2300720261124    193000AOTURKU|AA2000012345|AC|AD1234|",
                "6300720261124    193000          AOTURKU|AA2000012345|AC|AD1234|",
                "121NNY20261124    193000AOTURKU|AA2000012345|AB3000000035|AJA|AH20261222    235900|",
                PATRON)) {
            assertThat(value(masked(line), "AA")).isEqualTo(card);
        }
        assertThat(value(
                        masked("101YNY20261124    193000AOTURKU|AB3000000035|AQTURKU|CY2000012345|DAMäkelä, Åke|"),
                        "CY"))
                .isEqualTo(card);
    }

    @Test
    void replacesNamesWhereverTheyStandInTexts() {
        String copy = masked(PATRON);
        String name = value(copy, "AE");
        assertThat(name).matches("[A-Z][åäöéü][a-z]{3}[åäöéü], [ÅÄÖÉÜ][a-z]{2}");
        String first = name.substring(name.indexOf(", ") + 2);
        String last = name.substring(0, name.indexOf(','));
        assertThat(value(copy, "AF"))
                .isEqualTo("Hei " + first.toUpperCase(Locale.ROOT) + "! " + last + "lle on varaus.");
        assertThat(value(copy, "AU")).isEqualTo("3000000035");
        assertThat(copy).contains("AOTURKU|").doesNotContain("Kauppakatu", "example", "Mäkelä", "2000012345");
        // The next message of the connection does not say the name, but for its text.
        assertThat(value(masked("36Y20261124    193000AOTURKU|AA2000012345|AFKiitos, Åke Mäkelä|"), "AF"))
                .isEqualTo("Kiitos, " + first + " " + last);
    }

    @Test
    void replacesACardsNumberInsideAnything() {
        masked(LOAN);
        assertThat(masked("101YNY20261124    193000AOTURKU/2000012345|AB3000000035|AQx2000012345y|"))
                .doesNotContain("2000012345");
    }

    @Test
    void differsBetweenCaptures() {
        Masking other = new Masking(new StandIns(new byte[] {1, 2, 3}), true);
        String copy =
                new String(other.copy(LOAN.getBytes(StandardCharsets.UTF_8), utf8(), known), StandardCharsets.UTF_8);
        assertThat(value(copy, "AA")).isNotEqualTo(value(masked(LOAN), "AA"));
    }

    @Test
    void keepsWhatIsUnknownOnlyIfItIsOneCharacter() {
        assertThat(masked(PATRON + "PCADULT|ZYY|XI12|PA1|x1Åke|2000012345|ab|M|"))
                .matches(".*[|]PC[A-Z]{5}[|]ZYY[|]XI\\d\\d[|]PA1[|][a-z]\\d[ÅÄÖÉÜ][a-z]{2}[|]\\d{10}[|][a-z]{2}[|]M[|]")
                .doesNotContain("ADULT", "XI12", "2000012345");
    }

    @Test
    void replacesAFieldThatIsLongerThanItsWidth() {
        assertThat(masked("24              00720261124    193000AOTURKU|AA1|AE|BLYAA2000012345|"))
                .matches(".*[|]BL[A-Z]{3}\\d{10}[|]")
                .doesNotContain("2000012345");
    }

    @Test
    void replacesWhatAProfileCallsPersonal() {
        Agreement agreement = new Agreement(new FrameCodec(WireProfile.DEFAULT), (_, code) -> code.equals("CR"));
        assertThat(new String(
                        MASKED.copy((PATRON + "CRMäkelä|").getBytes(StandardCharsets.UTF_8), agreement, known),
                        StandardCharsets.UTF_8))
                .doesNotContain("CRMäkelä");
    }

    // ---- checksums ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"AY3AZ", "AZ"})
    void rightChecksumIsRightInTheCopy(String trailer) {
        byte[] copy = MASKED.copy(summed(PATRON + trailer, 0), utf8(), known);
        assertThat(utf8().codec().decode(copy)).isInstanceOfSatisfying(Decoded.Complete.class, whole -> {
            assertThat(whole.errorDetection()).isTrue();
            assertThat(whole.frame().sequence().isPresent()).isEqualTo(trailer.startsWith("AY"));
        });
    }

    @Test
    void wrongChecksumIsWrongInTheCopyWhichKeepsItsShapeAlone() {
        byte[] copy = MASKED.copy(summed(LOAN + "AY3AZ", 77), utf8(), known);
        assertThat(utf8().codec().decode(copy)).isInstanceOf(Decoded.BadChecksum.class);
        assertThat(new String(copy, StandardCharsets.UTF_8))
                .matches("11x{45}[|]x{12}[|]x{12}[|]xx[|]x{6}[|]AY3AZ[0-9A-F]{4}");
    }

    @Test
    void checksumOverCharactersStaysOne() {
        Agreement agreement = new Agreement(
                new FrameCodec(new WireProfile(
                        StandardCharsets.UTF_8,
                        '|',
                        WireProfile.Terminator.CR,
                        WireProfile.ErrorDetection.AUTO,
                        65_536,
                        1000,
                        true)),
                (_, _) -> false);
        String line = PATRON + "AY1AZ";
        String sum = HexFormat.of().withUpperCase().toHexDigits((short)
                -line.codePoints().sum());
        byte[] copy = MASKED.copy((line + sum).getBytes(StandardCharsets.UTF_8), agreement, known);
        assertThat(agreement.codec().decode(copy)).isInstanceOf(Decoded.Complete.class);
        assertThat(utf8().codec().decode(copy)).isInstanceOf(Decoded.BadChecksum.class);
    }

    @Test
    void checksumInLowerCaseStaysSo() {
        String line = new String(summed(LOAN + "AY3AZ", 0), StandardCharsets.UTF_8);
        String small = line.substring(0, line.length() - 4)
                + line.substring(line.length() - 4).toLowerCase(Locale.ROOT);
        assertThat(masked(small)).matches(".*AZ[0-9a-f]{4}");
    }

    // ---- what cannot be read -----------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11YN2026",
                "11YN20261124    193000AOTURKU|AA2000012345|AB3000000035|AC|AD1234|",
                "6320261124    193000  Y       AOTURKU|AA2000012345|AC|AD1234|",
                "ZZ2000012345|AD1234|Mäkelä",
                "2000012345",
                "kiosk-turku demo-kiosk-turku",
                "?"
            })
    void whatCannotBeReadKeepsCommandLengthAndDelimiters(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        byte[] copy = MASKED.copy(bytes, utf8(), known);
        assertThat(copy).hasSameSizeAs(bytes);
        assertThat(new String(copy, StandardCharsets.UTF_8)).matches("([0-9A-Za-z]{2})?[x|]*");
        assertThat(utf8().codec().decode(copy).getClass())
                .isEqualTo(
                        utf8().codec().decode(bytes) instanceof Decoded.Complete
                                ? utf8().codec().decode(copy).getClass()
                                : utf8().codec().decode(bytes).getClass());
    }

    // ---- unmasked ----------------------------------------------------------------------------------------

    @Test
    void unmaskedKeepsPersonsAndNoPassword() {
        String copy = new String(UNMASKED.copy(summed(LOAN + "AY3AZ", 0), utf8(), known), StandardCharsets.UTF_8);
        assertThat(copy).contains("AA2000012345|AB3000000035|AC|AD").doesNotContain("AD1234");
        assertThat(utf8().codec().decode(copy.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Decoded.Complete.class);
    }

    @Test
    void unmaskedKeepsWhatCanBeReadOfWhatCannot() {
        assertThat(new String(UNMASKED.copy(summed(LOAN + "AY3AZ", 9), utf8(), known), StandardCharsets.UTF_8))
                .matches("11x{45}[|]AA2000012345[|]AB3000000035[|]xx[|]x{6}[|]AY3AZ....");
        assertThat(new String(
                        UNMASKED.copy("11YNAO|AA2000012345AD1234|AOx|".getBytes(StandardCharsets.UTF_8), utf8(), known),
                        StandardCharsets.UTF_8))
                .isEqualTo("11xxxx|AA2000012345xxxxxx|AOx|");
    }

    // ---- all letters -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "IBM850", "US-ASCII"})
    void nothingPersonalIsLeftInAnyMessageAndItsStructureStays(String charset) {
        long seed = 20261124;
        Random random = new Random(seed);
        Charset set = Charset.forName(charset);
        for (int round = 0; round < 200; round++) {
            for (char delimiter : new char[] {'|', '^'}) {
                FrameCodec codec = new FrameCodec(new WireProfile(
                        set,
                        delimiter,
                        WireProfile.Terminator.CR,
                        WireProfile.ErrorDetection.AUTO,
                        65_536,
                        1000,
                        false));
                GeneratedMessage message = GeneratedMessage.of(random, delimiter, set);
                byte[] line = message.line();
                byte[] copy = MASKED.copy(line.clone(), new Agreement(codec, (_, _) -> false), new KnownWords());
                String what = "seed " + seed + ", round " + round + ": " + new String(line, set);
                assertThat(copy).as(what).hasSameSizeAs(line);
                assertThat(structure(codec.decode(copy))).as(what).isEqualTo(structure(codec.decode(line)));
                for (byte[] secret : message.personal()) {
                    assertThat(contains(copy, secret))
                            .as("%s: %s", what, new String(secret, set))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void noTwoCardsShareAStandIn() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String pin = "%04d".formatted(i);
            String standIn = STAND_INS.word(pin, StandardCharsets.UTF_8);
            assertThat(standIn).matches("\\d{4}").isNotEqualTo(pin);
            seen.add(standIn);
        }
        // All but those that would have stood for themselves, of which one in e is to be expected, and their
        // neighbours.
        assertThat(seen.size()).isGreaterThan(9_990);
    }

    private static List<String> structure(Decoded decoded) {
        if (!(decoded instanceof Decoded.Complete(Frame frame, boolean detected))) {
            return List.of(decoded.getClass().getSimpleName());
        }
        List<String> parts = new ArrayList<>(List.of(
                frame.type().code(), frame.fixed().toString(), String.valueOf(frame.sequence()), "" + detected));
        for (CodedField field : frame.fields()) {
            parts.add(field.code() + " " + length(field));
        }
        return parts;
    }

    private static int length(CodedField field) {
        return switch (field) {
            case CodedField.Hidden hidden -> hidden.value().reveal().length;
            case CodedField.Text text ->
                text.value().codePointCount(0, text.value().length());
        };
    }

    private static boolean contains(byte[] where, byte[] what) {
        for (int i = 0; i + what.length <= where.length; i++) {
            if (Arrays.equals(where, i, i + what.length, what, 0, what.length)) {
                return true;
            }
        }
        return false;
    }

    // ---- helpers -----------------------------------------------------------------------------------------

    private String masked(String line) {
        return new String(MASKED.copy(line.getBytes(StandardCharsets.UTF_8), utf8(), known), StandardCharsets.UTF_8);
    }

    private static Agreement utf8() {
        return new Agreement(new FrameCodec(WireProfile.DEFAULT), (_, _) -> false);
    }

    private static String value(String line, String code) {
        int at = line.indexOf("|" + code) + 3;
        return line.substring(at, line.indexOf('|', at));
    }

    private static byte[] summed(String line, int wrong) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        String sum = HexFormat.of().withUpperCase().toHexDigits((short) (Checksum.of(bytes, bytes.length) + wrong));
        return (line + sum).getBytes(StandardCharsets.UTF_8);
    }
}
