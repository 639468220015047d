package fi.kimppa.device.printer;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrinterAnswer.Automatic;
import fi.kimppa.device.printer.PrinterAnswer.Cleared;
import fi.kimppa.device.printer.PrinterAnswer.Full;
import fi.kimppa.device.printer.PrinterAnswer.PaperLeft;
import fi.kimppa.device.printer.PrinterAnswer.Reached;
import fi.kimppa.device.printer.PrinterAnswer.RealTime;
import fi.kimppa.device.printer.PrinterAnswer.Text;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The streams of printers, by the masks of Epson's public command reference and Custom's of the KPM210. */
class PrinterAnswersTest {
    /** GS I 66, 67, 68 with header 5F and a zero; a good status; GS r with paper near its end; the clear response; ASB when well. */
    private static final byte[] STREAM = hex("5F4550534F4E00" + "5F544D2D543230494900" + "5F4A32375800" + "12121212"
            + "03" + "372500" + "1000000F" + "12" + "00" + "1A325272" + "1C08000F");

    private static final List<PrinterAnswer> ANSWERS = List.of(
            new Text("EPSON"),
            new Text("TM-T20II"),
            new Text("J27X"),
            new RealTime(0x12),
            new RealTime(0x12),
            new RealTime(0x12),
            new RealTime(0x12),
            new Reached(0x03),
            new Cleared(),
            new Automatic(PrinterStatus.ofAutomatic(0x10, 0, 0)),
            new RealTime(0x12),
            new Reached(0),
            new RealTime(0x1A),
            new RealTime(0x32),
            new RealTime(0x52),
            new RealTime(0x72),
            new Automatic(PrinterStatus.ofAutomatic(0x1C, 0x08, 0)));

    @Test
    void sortsTheStreamInAllChunkSizes() {
        for (int chunk = 1; chunk <= STREAM.length; chunk++) {
            assertThat(parse(false, STREAM, chunk)).as("chunks of %d", chunk).isEqualTo(ANSWERS);
        }
    }

    @Test
    void passesOverXonAndXoffWhereverTheyAre() {
        for (int at = 0; at <= STREAM.length; at++) {
            byte[] interrupted = new byte[STREAM.length + 2];
            System.arraycopy(STREAM, 0, interrupted, 0, at);
            interrupted[at] = 0x13;
            interrupted[at + 1] = 0x11;
            System.arraycopy(STREAM, at, interrupted, at + 2, STREAM.length - at);
            assertThat(parse(false, interrupted, 3)).as("before byte %d", at).isEqualTo(ANSWERS);
        }
    }

    @Test
    void findsARealTimeAnswerWithinAnAutomaticStatus() {
        for (int at = 0; at <= 4; at++) {
            var stream = new ByteArrayOutputStream();
            byte[] automatic = hex("1820000F");
            stream.write(automatic, 0, at);
            stream.write(0x16);
            stream.write(automatic, at, 4 - at);
            assertThat(parse(false, stream.toByteArray(), 1))
                    .containsExactlyInAnyOrder(
                            new RealTime(0x16), new Automatic(PrinterStatus.ofAutomatic(0x18, 0x20, 0)));
        }
    }

    @Test
    void keepsTheOrderOfRandomStreams() {
        long seed = 20261127;
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var stream = new ByteArrayOutputStream();
            List<PrinterAnswer> expected = new ArrayList<>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                say(random, stream, expected);
            }
            assertThat(parse(false, stream.toByteArray(), 1 + random.nextInt(9)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
        }
    }

    private static void say(Random random, ByteArrayOutputStream stream, List<PrinterAnswer> expected) {
        // Bits 2, 3, 5 and 6 are free in each kind of byte.
        int free = (random.nextInt(4) << 2) | (random.nextInt(4) << 5);
        switch (random.nextInt(6)) {
            case 0 -> {
                stream.write(0x12 | free);
                expected.add(new RealTime(0x12 | free));
            }
            case 1 -> {
                stream.write(free | 3);
                expected.add(new Reached(free | 3));
            }
            case 2 -> {
                byte[] bytes = {(byte) (0x10 | free), (byte) random.nextInt(16), (byte) free, 0x0F};
                stream.writeBytes(bytes);
                expected.add(new Automatic(PrinterStatus.ofAutomatic(bytes[0], bytes[1], bytes[2])));
            }
            case 3 -> {
                stream.writeBytes(hex("372500"));
                expected.add(new Cleared());
            }
            case 4 -> {
                stream.writeBytes(hex("5F5F37323200"));
                expected.add(new Text("_722"));
            }
            default -> stream.write(random.nextBoolean() ? 0x11 : 0x13);
        }
    }

    /** Whatever is damaged, the answers to the next question are understood. */
    @Test
    void recoversFromEveryDamagedByte() {
        byte[] end = hex("12121212");
        for (int at = 0; at < STREAM.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] damaged = Arrays.copyOf(STREAM, STREAM.length + end.length);
                System.arraycopy(end, 0, damaged, STREAM.length, end.length);
                damaged[at] = (byte) value;
                List<PrinterAnswer> answers = parse(false, damaged, 5);
                assertThat(answers.subList(answers.size() - 4, answers.size()))
                        .as("%02X at %d", value, at)
                        .allMatch(new RealTime(0x12)::equals);
            }
        }
    }

    @Test
    void saysNothingOfWhatIsCutShort() {
        for (int end = 0; end < STREAM.length; end++) {
            List<PrinterAnswer> answers = parse(false, Arrays.copyOf(STREAM, end), 4);
            assertThat(ANSWERS.subList(0, answers.size())).isEqualTo(answers);
        }
    }

    @Test
    void readsCustomsSixBytesAndPaperLength() {
        byte[] stream = hex("12" + "100F24020041" + "12" + "00");
        for (int chunk = 1; chunk <= stream.length; chunk++) {
            assertThat(parse(true, stream, chunk))
                    .containsExactly(
                            new RealTime(0x12), new Full(0x24, 2, 0, 0x41), new RealTime(0x12), new Reached(0));
        }
        var asked = new PrinterAnswers(true);
        asked.expectLength();
        assertThat(asked.feed(hex("35313063"), 4)).isEmpty();
        assertThat(asked.feed(hex("6D12"), 2)).containsExactly(new PaperLeft(510), new RealTime(0x12));
        // Not asked for, the same letters are no length.
        assertThat(parse(true, hex("353130636D"), 5)).noneMatch(PaperLeft.class::isInstance);
    }

    @Test
    void givesUpAPaperLengthThatIsNone() {
        for (String wrong : new String[] {"3512", "356312", "31323334353637383912", "12"}) {
            var asked = new PrinterAnswers(true);
            asked.expectLength();
            byte[] bytes = hex(wrong);
            assertThat(asked.feed(bytes, bytes.length)).as(wrong).contains(new RealTime(0x12));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # DLE EOT 1 to 4: printer, offline cause, error cause, paper
        12121212,
        1212121E, PAPER_LOW
        12121272, PAPER_OUT
        1212127E, PAPER_OUT
        1A321272, PAPER_OUT
        1A161212, COVER_OPEN
        1A161272, COVER_OPEN
        1A521A12, CUTTER
        1A525212, OVERHEATED
        1A523212, UNRECOVERABLE
        1A521612, DEVICE_ERROR
        1A521212, DEVICE_ERROR
        1A121212, OFF_LINE
        121A1212, OFF_LINE
        32121212, OFF_LINE
        """)
    void understandsTheRealTimeStatus(String bytes, String reason) {
        byte[] b = hex(bytes);
        assertThat(PrinterStatus.ofRealTime(b[0], b[1], b[2], b[3]).reason()).isEqualTo(reasonOf(reason));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        1000000F,
        14000000,
        1000030F, PAPER_LOW
        18000F0F, PAPER_OUT
        18000C0F, PAPER_OUT
        3800000F, COVER_OPEN
        1808000F, CUTTER
        1840000F, OVERHEATED
        1820000F, UNRECOVERABLE
        1804000F, DEVICE_ERROR
        1800000F, OFF_LINE
        5800000F, OFF_LINE
        1001000F, OFF_LINE
        """)
    void understandsTheAutomaticStatus(String bytes, String reason) {
        assertThat(parse(false, hex(bytes), 4))
                .singleElement()
                .satisfies(answer ->
                        assertThat(((Automatic) answer).status().reason()).isEqualTo(reasonOf(reason)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # DLE EOT 20: paper, user, recoverable, unrecoverable
        00000000,           , false
        04000000, PAPER_LOW , false
        40000000, PAPER_LOW , false
        01000000, PAPER_OUT , false
        20000000,           , true
        00020000, COVER_OPEN, false
        00000100, OVERHEATED, false
        00004000, DEVICE_ERROR, false
        00000001, CUTTER    , false
        00000004, UNRECOVERABLE, false
        """)
    void understandsCustomsFullStatus(String bytes, String reason, boolean ticket) {
        byte[] b = hex(bytes);
        PrinterStatus status = PrinterStatus.ofRealTime(0x12, 0x12, 0x12, 0x12).withFull(b[0], b[1], b[2], b[3]);
        assertThat(status.reason()).isEqualTo(reasonOf(reason));
        assertThat(status.ticket()).isEqualTo(ticket);
    }

    private static Optional<StatusReason> reasonOf(String name) {
        return Optional.ofNullable(name).map(StatusReason::valueOf);
    }

    private static List<PrinterAnswer> parse(boolean presenter, byte[] stream, int chunk) {
        var parser = new PrinterAnswers(presenter);
        List<PrinterAnswer> answers = new ArrayList<>();
        for (int at = 0; at < stream.length; at += chunk) {
            byte[] part = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + chunk));
            answers.addAll(parser.feed(part, part.length));
        }
        return answers;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
