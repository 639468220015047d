package fi.kimppa.sip2.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.capture.CaptureLine.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureLineTest {
    @Test
    void textGivesExactlyTheseBytesBack() {
        Random random = new Random(20261124);
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            String text = WireText.of(bytes);
            assertThat(WireText.read(text)).as(text).hasValue(bytes);
            assertThat(text).doesNotContain("\n", "\r").doesNotEndWith(" ");
            CaptureLine line = new CaptureLine(Duration.ofMillis(round), round, Kind.REQUEST, text);
            assertThat(CaptureLine.read(line.toString())).hasValue(line);
        }
    }

    @Test
    void keepsWhatPeopleCanRead() {
        assertThat(WireText.of("AEMäkelä, Åke|\\ ".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("AEMäkelä, Åke|\\\\\\x20");
        assertThat(WireText.of("AEMäkelä\0|".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("AEM\\xE4kel\\xE4\\x00|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1.0 1 > 99", "1.000 1 > 99", "+1.000 x > 99", "+1.000 1 ? 99", "+1.000 1 > 9\\9", "99"})
    void saysWhichLineIsNone(String line) {
        assertThat(CaptureLine.read(line)).isEmpty();
        assertThatThrownBy(() -> CaptureFile.read(CaptureHead.MARK + "\n# a: b\n\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 4: expected");
    }
}
