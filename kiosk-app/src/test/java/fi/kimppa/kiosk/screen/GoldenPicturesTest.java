package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.Texts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Screens as somebody has looked at them and found them good. A picture is kept small, a dot for each square of {@value #SIDE}
 * pixels, so that the smoothing of letters does not matter and a button that has moved does. What differs lies in {@code target/golden},
 * as it was and as it is. {@code -Dkimppa.golden=approve} keeps the new pictures, for people to look at before they are committed.
 */
class GoldenPicturesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/fi/kimppa/kiosk/screen/golden");
    private static final Path FOUND = Path.of("target", "golden");
    private static final boolean APPROVE = "approve".equals(System.getProperty("kimppa.golden"));
    private static final int SIDE = 8;
    /** Of 255, by which the mean of a square may differ. */
    private static final int TOLERANCE = 24;
    /** Of all squares: the clock of another renderer, not a button. */
    private static final double MOST_DIFFERENT = 0.003;

    private static final List<String> SCREENS = List.of(
            "01-idle",
            "04-pin",
            "11-borrowing-mixed",
            "16-returning-hold",
            "24-warning",
            "29-out-of-service",
            "30-account-loans",
            "31-account-renewal-costs",
            "34-question-change-customer",
            "34-question-loan-costs",
            "34-question-renewal-costs",
            "35-returning-within-a-visit",
            "36-receipt-of-both",
            "60-preferences",
            "78-search-hold-costs");

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "15.6-inch, fi, standard",
        "15.6-inch, sv, high-contrast",
        "10.1-inch, en, large-text",
        "upright, fi, reach",
    })
    void looksAsItWasApproved(String profile, String language, String look) throws IOException {
        Map<String, KioskState> states =
                Gallery.states(Texts.language(language).orElseThrow(), ScreenLayoutTest.preferences(look));
        List<String> different = new ArrayList<>();
        try (var window = KioskWindow.offScreen(ScreenLayoutTest.profile(profile), _ -> {})) {
            for (String screen : SCREENS) {
                String name = profile + "-" + language + "-" + look + "-" + screen;
                window.show(Objects.requireNonNull(states.get(screen), screen));
                Files.createDirectories(FOUND);
                Path whole = FOUND.resolve(name + ".png");
                window.snapshot(whole);
                BufferedImage found = reduced(ImageIO.read(whole.toFile()));
                Path golden = GOLDEN.resolve(name + ".png");
                if (APPROVE) {
                    Files.createDirectories(GOLDEN);
                    ImageIO.write(found, "png", golden.toFile());
                } else if (!alike(ImageIO.read(golden.toFile()), found)) {
                    Files.copy(golden, FOUND.resolve(name + "-as-approved.png"), StandardCopyOption.REPLACE_EXISTING);
                    different.add(name);
                } else {
                    Files.delete(whole);
                }
            }
        }
        assertThat(different).as("look at target/golden").isEmpty();
    }

    /** The mean colour of each square. */
    private static BufferedImage reduced(BufferedImage picture) {
        var small =
                new BufferedImage(picture.getWidth() / SIDE, picture.getHeight() / SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < small.getHeight(); y++) {
            for (int x = 0; x < small.getWidth(); x++) {
                small.setRGB(x, y, mean(picture.getRGB(x * SIDE, y * SIDE, SIDE, SIDE, null, 0, SIDE)));
            }
        }
        return small;
    }

    private static int mean(int[] colours) {
        int mean = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int sum = 0;
            for (int colour : colours) {
                sum += channel(colour, shift);
            }
            mean |= (sum / colours.length) << shift;
        }
        return mean;
    }

    private static boolean alike(BufferedImage golden, BufferedImage found) {
        if (golden.getWidth() != found.getWidth() || golden.getHeight() != found.getHeight()) {
            return false;
        }
        int different = 0;
        for (int y = 0; y < golden.getHeight(); y++) {
            for (int x = 0; x < golden.getWidth(); x++) {
                different += alike(golden.getRGB(x, y), found.getRGB(x, y)) ? 0 : 1;
            }
        }
        return different <= MOST_DIFFERENT * golden.getWidth() * golden.getHeight();
    }

    private static boolean alike(int one, int other) {
        for (int shift = 16; shift >= 0; shift -= 8) {
            if (Math.abs(channel(one, shift) - channel(other, shift)) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private static int channel(int colour, int shift) {
        return (colour >> shift) & 0xFF;
    }
}
