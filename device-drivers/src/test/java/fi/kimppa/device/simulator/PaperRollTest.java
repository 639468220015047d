package fi.kimppa.device.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaperRollTest {
    private static final String GREETING =
            "1B40 1B5200 1B7413 8F626F205479947684656E206B69726A6173746F20D50A".replace(" ", "");

    private final PaperRoll roll = new PaperRoll(48);

    @Test
    void printsTheGoldenBytesInAllChunkSizes() {
        byte[] bytes = HexFormat.of().parseHex(GREETING + "1D564100");
        for (int chunk = 1; chunk <= bytes.length; chunk++) {
            assertThat(print(bytes, chunk))
                    .singleElement()
                    .satisfies(slip -> assertThat(slip.text()).isEqualTo("Åbo Työväen kirjasto €\n"));
        }
    }

    @Test
    void knowsItsFirstCodePageStylesAlignmentAndBarCodes() {
        String commands = "\u001B@\u0084\n" // ä in CP437
                + "\u001Ba\u0001centre\n\u001Ba\u0002right\n\u001Ba\u0000"
                + "\u001D!\u0011double\n\u001D!\u0000"
                + "\u001DkI\u000E{B853N06240600"
                + "x".repeat(50) + "\n\u001DV\u0000";
        assertThat(print(commands.getBytes(StandardCharsets.ISO_8859_1), 7))
                .singleElement()
                .satisfies(slip -> assertThat(slip.text().lines())
                        .containsExactly(
                                "ä",
                                " ".repeat(21) + "centre",
                                " ".repeat(43) + "right",
                                "double",
                                "[CODE128 853N06240600]",
                                "x".repeat(48),
                                "xx"));
    }

    @Test
    void survivesAnyBytesAndCutsPaperThatGetsTooLong() {
        var random = new Random(9100);
        byte[] starts = {0x1B, 0x1D, 0x10, 0x1C, 'd', 'v', 'k', '(', '!', 'a', '0', '1', 'P', 'Q', 0};
        int slips = 0;
        for (int round = 0; round < 20; round++) {
            byte[] bytes = new byte[4_000];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(3) == 0 ? starts[random.nextInt(starts.length)] : bytes[i];
            }
            slips += print(bytes, 100).size();
        }
        assertThat(slips).isPositive();
        byte[] feeds = "x\u001Bd\u00FF".repeat(200).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(print(feeds, 1_000))
                .hasSizeGreaterThan(50)
                .allSatisfy(slip -> assertThat(slip.picture().getHeight()).isLessThan(20_000));
    }

    private List<PrintedSlip> print(byte[] bytes, int chunk) {
        var tokens = new EscPosTokens();
        List<PrintedSlip> slips = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
            for (byte[] command : tokens.feed(part, part.length)) {
                roll.execute(command).ifPresent(slips::add);
            }
        }
        return slips;
    }
}
