package fi.kimppa.device.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.link.MemoryLink;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The questions and answers of a board as bytes. The RTU frames for relay 0, the coils, the inputs, all off and the exceptions are
 * widely published for relay boards; the others are built after Modbus Application Protocol 1.1b3 and Modbus over Serial Line 1.02.
 */
class ModbusBoardTest {
    /** For tests that wait until it is over. */
    private static final Duration SHORT = Duration.ofMillis(150);
    /** For tests that only fail when it is over. */
    private static final Duration AMPLE = Duration.ofSeconds(5);

    /** One answer for each question, from the far end of a pair of queues. */
    private static final class Scripted implements AutoCloseable, LinkTap {
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        final ModbusBoard board;
        final ByteLink link;
        private final ByteLink device;

        Scripted(ModbusFraming framing, Duration timeout, FaultPlan faults, List<byte[]> answers) {
            var address = new DeviceAddress("modbus", new DeviceAddress.Link.Memory("script"), Map.of());
            MemoryLink.Pair pair = MemoryLink.pair(address);
            device = pair.device();
            link = on(faults.on(pair.host()));
            board = new ModbusBoard(new ModbusBoard.Wire(framing, 1, timeout, Duration.ofMillis(2)));
            Thread.ofVirtual().start(() -> play(answers));
        }

        private void play(List<byte[]> answers) {
            try {
                for (byte[] answer : answers) {
                    while (device.read(new byte[512], Duration.ofSeconds(5)) == 0) {
                        // The next question has not come yet.
                    }
                    device.write(answer);
                }
            } catch (LinkException _) {
                // The test is over.
            }
        }

        @Override
        public void sent(byte[] bytes) {
            sent.writeBytes(bytes);
        }

        @Override
        public void received(byte[] bytes) {}

        @Override
        public void close() {
            link.close();
        }
    }

    private static Scripted rtu(String... answers) {
        return new Scripted(
                ModbusFraming.RTU,
                SHORT,
                FaultPlan.NONE,
                List.of(answers).stream().map(ModbusBoardTest::hex).toList());
    }

    /** A question of the board and what came of it, as text. */
    private static String ask(String question, ModbusBoard board, ByteLink link) {
        try {
            return switch (question) {
                case "relay 0 on" -> {
                    board.writeCoil(link, 0, ModbusBoard.ON);
                    yield "ok";
                }
                case "relay 0 off" -> {
                    board.writeCoil(link, 0, ModbusBoard.OFF);
                    yield "ok";
                }
                case "relay 0 for 0.7 s" -> {
                    board.writeCoil(link, 512, 7);
                    yield "ok";
                }
                case "all off" -> {
                    board.allOff(link, 8);
                    yield "ok";
                }
                case "watchdog" -> {
                    board.writeRegister(link, 16, 10);
                    yield "ok";
                }
                case "coils" -> board.coils(link, 0, 8).toString();
                case "inputs" -> board.inputs(link, 0, 8).toString();
                case "holding" -> Integer.toString(board.holdingRegister(link, 2));
                case "input" -> Integer.toString(board.inputRegister(link, 2));
                default -> throw new IllegalArgumentException(question);
            };
        } catch (ModbusBoard.Refusal e) {
            return "refused " + e.code();
        }
    }

    /** Transaction 0 of unit 1. */
    private static String tcp(String rtu) {
        String message = rtu.replace(" ", "");
        message = message.substring(2, message.length() - 4);
        return String.format(Locale.ROOT, "00000000%04X01%s", message.length() / 2 + 1, message);
    }

    private static final String GOLDEN = """
        # question;        bytes;                      answer;                     what it means
        relay 0 on;        01 05 00 00 FF 00 8C 3A;    01 05 00 00 FF 00 8C 3A;    ok
        relay 0 off;       01 05 00 00 00 00 CD CA;    01 05 00 00 00 00 CD CA;    ok
        relay 0 on;        01 05 00 00 FF 00 8C 3A;    01 85 02 C3 51;             refused 2
        coils;             01 01 00 00 00 08 3D CC;    01 01 01 03 11 89;          {0, 1}
        coils;             01 01 00 00 00 08 3D CC;    01 81 02 C1 91;             refused 2
        inputs;            01 02 00 00 00 08 79 CC;    01 02 01 01 60 48;          {0}
        all off;           01 0F 00 00 00 08 01 00 FE 95; 01 0F 00 00 00 08 54 0D; ok
        relay 0 for 0.7 s; 01 05 02 00 00 07 8D B0;    01 05 02 00 00 07 8D B0;    ok
        watchdog;          01 06 00 10 00 0A 08 08;    01 06 00 10 00 0A 08 08;    ok
        holding;           01 03 00 02 00 01 25 CA;    01 03 02 01 2C B8 09;       300
        input;             01 04 00 02 00 01 90 0A;    01 04 02 FF FF B8 80;       65535
        """;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = GOLDEN)
    void speaksRtuInTheGoldenFramesHoweverTheyAreCut(String question, String bytes, String answer, String meaning) {
        for (int chunk = 1; chunk <= hex(answer).length; chunk++) {
            try (var script =
                    new Scripted(ModbusFraming.RTU, AMPLE, FaultPlan.NONE.withChunk(chunk), List.of(hex(answer)))) {
                assertThat(ask(question, script.board, script.link)).isEqualTo(meaning);
                assertThat(script.sent.toByteArray()).isEqualTo(hex(bytes));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = GOLDEN)
    void speaksTcpInTheGoldenFramesHoweverTheyAreCut(String question, String bytes, String answer, String meaning) {
        for (int chunk = 1; chunk <= hex(tcp(answer)).length; chunk++) {
            try (var script = new Scripted(
                    ModbusFraming.TCP, AMPLE, FaultPlan.NONE.withChunk(chunk), List.of(hex(tcp(answer))))) {
                assertThat(ask(question, script.board, script.link)).isEqualTo(meaning);
                assertThat(script.sent.toByteArray()).isEqualTo(hex(tcp(bytes)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        # noise of all kinds; the start of a long frame; half a frame
        00 FF 13;                    01 02 01 01 60 48
        01 02 01 FF 00 01;           01 02 01 01 60 48
        01 02 FF;                    01 02 01 01 60 48
        01 02 01 01;                 01 02 01 01 60 48
        # the answer of unit 2; a late echo of a write; a late read of more; an echo of the question itself
        02 02 01 FF E1 8C;           01 02 01 01 60 48
        01 05 00 00 FF 00 8C 3A;     01 02 01 01 60 48
        01 02 02 00 00 B9 B8;        01 02 01 01 60 48
        01 02 00 00 00 08 79 CC;     01 02 01 01 60 48
        """)
    void findsItsAnswerBehindWhatIsNotForIt(String before, String answer) {
        byte[] both = hex(before + answer);
        for (int chunk : new int[] {1, 2, 3, 7, both.length}) {
            try (var script = new Scripted(ModbusFraming.RTU, AMPLE, FaultPlan.NONE.withChunk(chunk), List.of(both))) {
                assertThat(ask("inputs", script.board, script.link))
                        .as("in pieces of %s", chunk)
                        .isEqualTo("{0}");
            }
        }
    }

    @Test
    void forgetsADoubledAnswerBeforeTheNextQuestion() {
        try (var script = rtu("01 02 01 01 60 48 01 02 01 01 60 48", "01 02 01 00 A1 88")) {
            assertThat(ask("inputs", script.board, script.link)).isEqualTo("{0}");
            assertThat(ask("inputs", script.board, script.link)).isEqualTo("{}");
        }
    }

    @Test
    void passesOverLateAndDoubledTcpAnswersAndThoseOfOtherUnits() {
        String right = "0001 0000 0004 01 020100";
        try (var script = new Scripted(
                ModbusFraming.TCP,
                SHORT,
                FaultPlan.NONE,
                List.of(
                        hex("0000 0000 0004 01 020101 0000 0000 0004 01 020101"),
                        hex("FFFF 0000 0004 01 020101 0001 0000 0004 02 020101" + right)))) {
            assertThat(ask("inputs", script.board, script.link)).isEqualTo("{0}");
            assertThat(ask("inputs", script.board, script.link)).isEqualTo("{}");
        }
    }

    @Test
    void asksABusyBoardAgain() {
        try (var script = rtu("01 82 06 C0 A2", "01 82 06 C0 A2", "01 02 01 01 60 48")) {
            assertThat(ask("inputs", script.board, script.link)).isEqualTo("{0}");
            assertThat(script.sent.size()).isEqualTo(24);
        }
    }

    @Test
    void givesUpOnABoardThatStaysBusy() {
        byte[] busy = hex("01 82 06 C0 A2");
        try (var script = new Scripted(ModbusFraming.RTU, SHORT, FaultPlan.NONE, Collections.nCopies(1_000, busy))) {
            assertThat(ask("inputs", script.board, script.link)).isEqualTo("refused 6");
            assertThat(script.sent.size()).isGreaterThan(8);
        }
    }

    @Test
    void asksAgainWhenAnAnswerIsLostOnALineAndThenSaysSo() {
        try (var script = rtu("", "01 02 01 01 60 48")) {
            assertThat(ask("inputs", script.board, script.link)).isEqualTo("{0}");
        }
        try (var script = rtu()) {
            assertThatThrownBy(() -> ask("inputs", script.board, script.link))
                    .isInstanceOfSatisfying(
                            LinkException.class, e -> assertThat(e.reason()).isEqualTo(StatusReason.NO_ANSWER));
            assertThat(script.sent.size()).isEqualTo(16);
        }
        try (var script = rtu("01 02 01 01 60 49", "01 02 01 01 60 49")) {
            assertThatThrownBy(() -> ask("inputs", script.board, script.link)).isInstanceOf(FormatException.class);
        }
    }

    /** Every answer with one byte wrong: an RTU board is asked again, and what is understood is right. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = GOLDEN)
    void believesNoCorruptedFrame(String question, String bytes, String answer, String meaning) {
        AtOnce.each(hex(answer).length, at -> {
            FaultPlan wrong = FaultPlan.NONE.withCorrupt(Set.of((long) at));
            try (var script = new Scripted(ModbusFraming.RTU, SHORT, wrong, List.of(hex(answer), hex(answer)))) {
                assertThat(ask(question, script.board, script.link))
                        .as("byte %s", at)
                        .isEqualTo(meaning);
                assertThat(script.sent.toByteArray()).as("asked twice").isEqualTo(hex(bytes + bytes));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(ModbusFraming.class)
    void endsWhateverABoardSends(ModbusFraming framing) {
        List<String> seen = new CopyOnWriteArrayList<>();
        AtOnce.each(100, seed -> {
            var random = new Random(seed);
            byte[] rubbish = new byte[1 + random.nextInt(600)];
            random.nextBytes(rubbish);
            if (framing == ModbusFraming.TCP && random.nextBoolean()) {
                System.arraycopy(hex("0000 0000 0004 01"), 0, rubbish, 0, Math.min(rubbish.length, 7));
            }
            try (var script = new Scripted(framing, SHORT, FaultPlan.NONE, List.of(rubbish))) {
                seen.add(seed + ": " + ask("inputs", script.board, script.link));
            } catch (DeviceException e) {
                assertThat(e.reason()).as("seed %s", seed).isIn(StatusReason.NONSENSE, StatusReason.NO_ANSWER);
            }
        });
        assertThat(seen).as("answers found in rubbish, by seed").isEmpty();
    }

    @Test
    void waitsForSilenceAsLongAsTheStandardAsks() {
        // Modbus over Serial Line 1.02, section 2.5.1.1: 3.5 characters of 11 bits, 1.75 ms above 19200 bits per
        // second.
        assertThat(RtuTransport.silence(9_600)).isEqualTo(Duration.ofNanos(4_010_416));
        assertThat(RtuTransport.silence(19_200)).isEqualTo(Duration.ofNanos(2_005_208));
        assertThat(RtuTransport.silence(115_200)).isEqualTo(Duration.ofNanos(1_750_000));
    }

    @Test
    void speaksOnlyAfterTheSilence() {
        try (var script = rtu("01 02 01 01 60 48", "01 02 01 01 60 48")) {
            var board = new ModbusBoard(
                    new ModbusBoard.Wire(ModbusFraming.RTU, 1, Duration.ofSeconds(1), Duration.ofMillis(30)));
            ask("inputs", board, script.link);
            long heard = System.nanoTime();
            ask("inputs", board, script.link);
            assertThat(System.nanoTime() - heard).isGreaterThan(28_000_000L);
        }
    }

    @Test
    void doesNotSpeakIntoALineThatIsNeverSilent() {
        var address = new DeviceAddress("modbus", new DeviceAddress.Link.Memory("babble"), Map.of());
        // Longer than who babbles may be held up.
        var board = new ModbusBoard(new ModbusBoard.Wire(ModbusFraming.RTU, 1, SHORT, Duration.ofSeconds(1)));
        MemoryLink.Pair pair = MemoryLink.pair(address);
        Thread babbler = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                pair.device().write(new byte[] {0x55});
                Thread.onSpinWait();
            }
        });
        try (ByteLink link = pair.host()) {
            assertThat(link.read(new byte[1], AMPLE)).as("it babbles").isOne();
            assertThatThrownBy(() -> board.inputs(link, 0, 8))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("silence");
            assertThat(pair.device().read(new byte[8], Duration.ofMillis(1))).isZero();
            babbler.interrupt();
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
