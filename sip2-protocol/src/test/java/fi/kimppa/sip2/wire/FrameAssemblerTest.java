package fi.kimppa.sip2.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAssemblerTest {
    @ParameterizedTest
    @ValueSource(strings = {"\r", "\r\n", "\n", "\r\r\n", "\r\n\0 \t"})
    void findsEveryLineWhateverEndsIt(String terminator) {
        StringBuilder stream = new StringBuilder("\0\0 \r\n");
        WorkedFrames.all().forEach(line -> stream.append(line).append(terminator));
        assertThat(lines(stream.toString(), 65_536)).containsExactlyElementsOf(WorkedFrames.all());
    }

    @Test
    void takesALineThatIsExactlyAsLongAsAllowed() {
        FrameAssembler assembler = new FrameAssembler(10);
        feed(assembler, "0123456789\r");
        assertThat(assembler.oversized()).isFalse();
    }

    @Test
    void reportsALineThatIsTooLong() {
        FrameAssembler assembler = new FrameAssembler(10);
        feed(assembler, "01234567890");
        assertThat(assembler.oversized()).isTrue();
    }

    private static List<String> lines(String stream, int ceiling) {
        return feed(new FrameAssembler(ceiling), stream);
    }

    private static List<String> feed(FrameAssembler assembler, String stream) {
        List<String> lines = new ArrayList<>();
        for (byte next : stream.getBytes(UTF_8)) {
            assembler.accept(next).ifPresent(line -> lines.add(new String(line, UTF_8)));
        }
        return lines;
    }
}
