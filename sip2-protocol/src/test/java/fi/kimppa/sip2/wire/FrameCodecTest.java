package fi.kimppa.sip2.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {
    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);

    static Stream<String> workedFrames() {
        return WorkedFrames.all().stream();
    }

    @ParameterizedTest
    @MethodSource("workedFrames")
    void readsAndWritesTheWorkedFramesByteForByte(String line) {
        Frame frame = complete(line.getBytes(UTF_8)).frame();
        assertThat(new String(codec.encode(frame, true), UTF_8)).isEqualTo(line + "\r");
    }

    @Test
    void theReferenceHasNineteenWorkedFrames() {
        assertThat(WorkedFrames.all()).hasSize(19);
    }

    @ParameterizedTest
    @MethodSource("workedFrames")
    void refusesEverySingleChangedByte(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        for (int i = 0; i < bytes.length - 6; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x01;
            assertThat(codec.decode(damaged)).as("byte %d", i).isInstanceOf(Decoded.BadChecksum.class);
        }
    }

    @ParameterizedTest
    @MethodSource("workedFrames")
    void survivesEveryCut(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThat(codec.decode(cut)).as("cut at %d", length).isNotNull();
        }
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(20261122);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(120)];
            random.nextBytes(noise);
            if (noise.length > 2) {
                List<String> codes =
                        Stream.of(MessageType.values()).map(MessageType::code).toList();
                System.arraycopy(codes.get(random.nextInt(codes.size())).getBytes(US_ASCII), 0, noise, 0, 2);
            }
            assertThat(codec.decode(noise)).isNotNull();
        }
    }

    @Test
    void acceptsLowerCaseChecksum() {
        assertThat(complete("9900302.00AY1AZfca5".getBytes(US_ASCII)).errorDetection())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, D9EE, 160", "IBM850, DAE4, 160", "UTF-8, D865, 163"})
    void sumsTheBytesOnTheWireNotTheCharacters(String charset, String checksum, int length) {
        Frame frame = complete(WorkedFrames.all().get(8).getBytes(UTF_8)).frame();
        WireProfile profile = new WireProfile(
                Charset.forName(charset), '|', WireProfile.Terminator.CR, WireProfile.ErrorDetection.AUTO, 65_536, 100);
        byte[] bytes = new FrameCodec(profile).encode(frame, true);
        assertThat(bytes).hasSize(length + 1);
        assertThat(new String(bytes, ISO_8859_1)).endsWith("AZ" + checksum + "\r");
    }

    @Test
    void takesMarksOffLettersThatTheCharsetLacks() {
        WireProfile ascii = new WireProfile(
                US_ASCII, '|', WireProfile.Terminator.CR, WireProfile.ErrorDetection.NEVER, 65_536, 100);
        Frame frame = Frame.of(MessageType.LOGIN_RESPONSE)
                .fixed(FixedField.OK, "1")
                .add(CodedField.of(Field.AF, "Čáhppesláttu ŋuolla – Mäkelä, Åke |\r5 €"))
                .build();
        assertThat(new String(new FrameCodec(ascii).encode(frame, false), US_ASCII))
                .isEqualTo("941AFCahppeslattu nuolla - Makela, Ake / 5 EUR|\r");
    }

    @Test
    void acceptsAChecksumOverCharactersOnlyWhereThatIsAgreed() {
        String body = "6300720261121    143005          AOVASKI|AAÅke|AC|AD|AY2AZ";
        byte[] line = (body + "%04X".formatted(-body.codePoints().sum() & 0xFFFF)).getBytes(UTF_8);
        assertThat(codec.decode(line)).isInstanceOf(Decoded.BadChecksum.class);

        FrameCodec lenient = new FrameCodec(new WireProfile(
                UTF_8, '|', WireProfile.Terminator.CR, WireProfile.ErrorDetection.AUTO, 65_536, 100, true));
        assertThat(lenient.decode(line)).isInstanceOf(Decoded.Complete.class);
        assertThat(lenient.decode(WorkedFrames.all().get(8).getBytes(UTF_8))).isInstanceOf(Decoded.Complete.class);
        line[10] ^= 1;
        assertThat(lenient.decode(line)).isInstanceOf(Decoded.BadChecksum.class);
    }

    @Test
    void keepsUnknownAndRepeatedFieldsInOrder() {
        Frame frame =
                complete("941XXone|AFfirst|AFsecond|XXtwo|".getBytes(US_ASCII)).frame();
        assertThat(frame.fields())
                .containsExactly(
                        new CodedField.Text("XX", "one"),
                        new CodedField.Text("AF", "first"),
                        new CodedField.Text("AF", "second"),
                        new CodedField.Text("XX", "two"));
        assertThat(new String(codec.encode(frame, false), US_ASCII)).isEqualTo("941XXone|AFfirst|AFsecond|XXtwo|\r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "941AFlast field without delimiter; 1",
                "941AFtrailing|||||; 1",
                "9900302.00Y; 0",
            })
    void toleratesWhatPeersSend(String line, int fields) {
        assertThat(complete(line.getBytes(US_ASCII)).frame().fields()).hasSize(fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "  ",
            quoteCharacter = '~',
            value = {
                "|  a|b  a/b",
                ".  more…  more///",
                "\"  “said”  /said/",
                "?  猫  /",
                "/  a/b  a b",
            })
    void writesNoDelimiterInsideAValue(char delimiter, String value, String written) {
        FrameCodec ascii = new FrameCodec(new WireProfile(
                US_ASCII,
                delimiter,
                WireProfile.DEFAULT.terminator(),
                WireProfile.DEFAULT.errorDetection(),
                WireProfile.DEFAULT.maxFrameBytes(),
                WireProfile.DEFAULT.maxFields()));
        Frame frame = complete("941".getBytes(US_ASCII)).frame();
        Frame said =
                new Frame(frame.type(), frame.fixed(), List.of(new CodedField.Text("AF", value)), frame.sequence());

        assertThat(new String(ascii.encode(said, false), US_ASCII)).isEqualTo("941AF" + written + delimiter + "\r");
    }

    @Test
    void namesTheCommandOfAMessageThatIsCutShort() {
        assertThat(codec.decode("11YN2026".getBytes(US_ASCII))).isInstanceOfSatisfying(Decoded.Malformed.class, cut -> {
            assertThat(cut.type()).isEqualTo(MessageType.CHECKOUT);
            assertThat(cut.offset()).isEqualTo(8);
        });
    }

    @Test
    void neverPrintsASecret() {
        Frame frame = complete(WorkedFrames.all().get(4).getBytes(UTF_8)).frame();
        assertThat(frame.toString()).contains("login password CO***").doesNotContain("s3cret");
        Frame person = complete(WorkedFrames.all().get(8).getBytes(UTF_8)).frame();
        assertThat(person.toString()).doesNotContain("2000012345").doesNotContain("Mäkelä");
    }

    @Test
    void minimumLengthsAreThoseOfTheStandard() {
        assertThat(List.of("01", "09", "11", "15", "17", "23", "29", "35", "37", "63", "65", "93", "97", "99"))
                .extracting(code -> MessageType.of(code).orElseThrow().fixedWidth())
                .containsExactly(19, 37, 38, 19, 18, 21, 38, 18, 25, 31, 18, 2, 0, 8);
        assertThat(List.of("10", "12", "16", "18", "20", "24", "26", "30", "36", "38", "64", "66", "94", "96", "98"))
                .extracting(code -> MessageType.of(code).orElseThrow().fixedWidth())
                .containsExactly(22, 22, 20, 24, 19, 35, 35, 22, 19, 19, 59, 27, 1, 0, 34);
    }

    private Decoded.Complete complete(byte[] line) {
        assertThat(codec.decode(line)).isInstanceOf(Decoded.Complete.class);
        return (Decoded.Complete) codec.decode(line);
    }
}
