package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Draws every screen into {@code target/screens}, for people to look at. */
class ScreenPicturesTest {
    /** All languages on the smallest and the middle display; the rest in Finnish, whose words are the longest. */
    static Stream<Arguments> albums() {
        return Stream.of(
                Arguments.of("15.6-inch", Language.FINNISH, "standard"),
                Arguments.of("15.6-inch", Language.SWEDISH, "standard"),
                Arguments.of("15.6-inch", Language.ENGLISH, "standard"),
                Arguments.of("15.6-inch", northernSami(), "standard"),
                Arguments.of("15.6-inch", Language.FINNISH, "high-contrast"),
                Arguments.of("15.6-inch", Language.FINNISH, "large-text"),
                Arguments.of("10.1-inch", Language.FINNISH, "standard"),
                Arguments.of("10.1-inch", Language.SWEDISH, "standard"),
                Arguments.of("10.1-inch", Language.ENGLISH, "standard"),
                Arguments.of("10.1-inch", northernSami(), "standard"),
                Arguments.of("10.1-inch", Language.FINNISH, "high-contrast"),
                Arguments.of("10.1-inch", Language.FINNISH, "large-text"),
                Arguments.of("21.5-inch", Language.FINNISH, "standard"),
                Arguments.of("upright", Language.FINNISH, "standard"));
    }

    private static Language northernSami() {
        return Texts.language("se").orElseThrow();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("albums")
    void drawsEveryScreen(String profile, Language language, String look) throws IOException {
        Path album = Path.of("target", "screens", profile, language.tag(), look);
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(language));
        states.putAll(Gallery.staff(language));
        try (var window =
                KioskWindow.offScreen(ScreenLayoutTest.profile(profile), ScreenLayoutTest.look(look), _ -> {})) {
            for (Map.Entry<String, KioskState> state : states.entrySet()) {
                window.show(state.getValue());
                window.snapshot(album.resolve(state.getKey() + ".png"));
            }
        }
        try (Stream<Path> pictures = Files.list(album)) {
            assertThat(pictures.filter(picture -> picture.toFile().length() > 2_000))
                    .hasSizeGreaterThanOrEqualTo(states.size());
        }
    }
}
