package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** kiosk-ux.md A03 and A04 over the theme file itself. */
class ThemeContrastTest {
    private static final double TEXT = 7;
    private static final double MARK = 3;

    @ParameterizedTest
    @CsvSource({
        "-ink, -paper",
        "-ink, -surface",
        "-ink-soft, -paper",
        "-ink-soft, -surface",
        "-on-primary, -primary",
        "-on-primary, -primary-pressed",
        "-on-accent, -accent",
        "-on-accent, -accent-pressed",
        "-on-done, -done",
        "-on-stop, -stop",
        "-on-attention, -attention",
        "-on-working, -working",
        "-on-hold, -hold",
        "-on-transfer, -transfer",
        "-done, -done-soft",
        "-stop, -stop-soft",
        "-attention, -attention-soft",
        "-working, -working-soft",
        "-hold, -hold-soft",
        "-transfer, -transfer-soft",
        "-done, -surface",
        "-stop, -surface",
        "-attention, -surface",
        "-working, -surface",
        "-hold, -surface",
        "-transfer, -surface",
        "-ink-soft, -done-soft",
        "-ink-soft, -stop-soft",
        "-ink-soft, -attention-soft",
        "-ink-soft, -hold-soft",
        "-ink-soft, -transfer-soft",
        "-ink-soft, -working-soft",
        "-code, -code-ground"
    })
    void textStandsOutFromItsGround(String text, String ground) throws IOException {
        for (String block : new String[] {".root", ".root.high-contrast"}) {
            Map<String, Color> colours = colours(block);
            assertThat(ratio(colour(colours, text), colour(colours, ground)))
                    .as("%s: %s on %s", block, text, ground)
                    .isGreaterThanOrEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-edge",
                "-focus",
                "-primary",
                "-accent-edge",
                "-attention",
                "-done",
                "-stop",
                "-hold",
                "-transfer"
            })
    void bordersAndMarksStandOut(String mark) throws IOException {
        for (String block : new String[] {".root", ".root.high-contrast"}) {
            Map<String, Color> colours = colours(block);
            for (String ground : new String[] {"-paper", "-surface"}) {
                assertThat(ratio(colour(colours, mark), colour(colours, ground)))
                        .as("%s: %s on %s", block, mark, ground)
                        .isGreaterThanOrEqualTo(MARK);
            }
        }
    }

    private static Color colour(Map<String, Color> colours, String role) {
        return Objects.requireNonNull(colours.get(role), role);
    }

    private static Map<String, Color> colours(String selector) throws IOException {
        try (var in = Objects.requireNonNull(Theme.class.getResourceAsStream("theme.css"))) {
            String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var block = Pattern.compile("(?m)^" + Pattern.quote(selector) + " \\{([^}]*)}")
                    .matcher(css);
            assertThat(block.find()).isTrue();
            Map<String, Color> colours = new HashMap<>();
            var line = Pattern.compile("(-[a-z-]+): (#[0-9a-f]{6});").matcher(block.group(1));
            while (line.find()) {
                colours.put(line.group(1), Color.web(line.group(2)));
            }
            return colours;
        }
    }

    static double ratio(Color one, Color other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
