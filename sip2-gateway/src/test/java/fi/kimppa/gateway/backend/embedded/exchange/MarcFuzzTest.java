package fi.kimppa.gateway.backend.embedded.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fi.kimppa.gateway.backend.embedded.exchange.RowSource.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file of MARC holds, it is read to its end, and what is read can be judged. Replays a few files in every build. */
class MarcFuzzTest {
    static Stream<Arguments> files() {
        byte[] good = MarcFile.record(
                'a', List.of("001x", "1001 $aA", "24510$aB$bC", "5218 $aK-12", "952  $aTURKU$p3000000011$yBOOK"));
        byte[] marc8 = MarcFile.record(' ', List.of("24510$a\u00E8a\u001B$1!AB", "952  $aTURKU$p1"));
        byte[] xml =
                "<c><record><datafield tag='952' ind1='' ind2=' '><subfield code='p'>1</subfield></datafield></record></c>"
                        .getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                        good,
                        marc8,
                        MarcFile.file(good, good),
                        xml,
                        "<record/><record>".getBytes(StandardCharsets.UTF_8))
                .map(Arguments::of);
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "10m")
    void isReadToItsEnd(byte[] file) throws IOException {
        long last = 0;
        try (MarcSource source = new MarcSource(new ByteArrayInputStream(file), HoldingsField.KOHA)) {
            for (Optional<Read> read = source.next(); read.isPresent(); read = source.next()) {
                assertThat(read.get().record()).isEqualTo(++last);
                assertThat(read.get().rows().isEmpty())
                        .isEqualTo(!read.get().findings().isEmpty());
            }
        }
        assertThat(last).isLessThanOrEqualTo(Math.max(1, file.length));
    }
}
