package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Draws every screen into {@code target/screens}, for people to look at, and all of a language on one sheet,
 * {@code contact-fi.png}. Each build draws a sample, {@code deploy/verify} one album of it; {@code verify --full} draws everything.
 */
class ScreenPicturesTest {
    private static final Path SCREENS = Path.of("target", "screens");
    private static final List<String> PROFILES = List.of("15.6-inch", "10.1-inch", "21.5-inch", "upright");
    private static final List<String> LOOKS =
            List.of("standard", "large-text", "high-contrast", "reach", "large-reach", "large-contrast");

    /** Finnish has the longest words; the middle and the smallest display are the most common. */
    private static final Set<String> SAMPLE = Set.of(
            "15.6-inch fi standard",
            "15.6-inch fi large-text",
            "15.6-inch fi high-contrast",
            "15.6-inch fi reach",
            "15.6-inch sv standard",
            "15.6-inch en standard",
            "15.6-inch se standard",
            "10.1-inch fi standard",
            "10.1-inch fi large-text",
            "10.1-inch fi reach",
            "10.1-inch sv standard",
            "10.1-inch en standard",
            "10.1-inch se standard",
            "21.5-inch fi standard",
            "upright fi standard",
            "upright fi large-reach");

    private static final Set<Album> DRAWN = new TreeSet<>();

    /** All pictures of one display in one language and look. */
    private record Album(String profile, Language language, String look) implements Comparable<Album> {
        Path folder() {
            return SCREENS.resolve(profile).resolve(language.tag()).resolve(look);
        }

        boolean inSample() {
            return SAMPLE.contains(profile + " " + language.tag() + " " + look);
        }

        private int place() {
            return PROFILES.indexOf(profile) * LOOKS.size() + LOOKS.indexOf(look);
        }

        @Override
        public int compareTo(Album other) {
            int languages = language.tag().compareTo(other.language.tag());
            return languages == 0 ? Integer.compare(place(), other.place()) : languages;
        }
    }

    static List<Arguments> sample() {
        return Sample.of(albums(true), 0);
    }

    static List<Arguments> rest() {
        return albums(false);
    }

    private static List<Arguments> albums(boolean inSample) {
        return PROFILES.stream()
                .flatMap(profile -> Texts.languages().stream()
                        .flatMap(language -> LOOKS.stream().map(look -> new Album(profile, language, look))))
                .filter(album -> album.inSample() == inSample)
                .map(album -> Arguments.of(album.profile(), album.language(), album.look()))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("sample")
    void drawsEveryScreen(String profile, Language language, String look) throws IOException {
        draw(new Album(profile, language, look));
    }

    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rest")
    void drawsEveryScreenInEveryOtherLookToo(String profile, Language language, String look) throws IOException {
        draw(new Album(profile, language, look));
    }

    private static void draw(Album album) throws IOException {
        Preferences preferences = ScreenLayoutTest.preferences(album.look());
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(album.language(), preferences));
        states.putAll(Gallery.staff(album.language(), preferences));
        try (var window = KioskWindow.offScreen(ScreenLayoutTest.profile(album.profile()), _ -> {})) {
            for (Map.Entry<String, KioskState> state : states.entrySet()) {
                window.show(state.getValue());
                window.snapshot(album.folder().resolve(state.getKey() + ".png"));
            }
        }
        try (Stream<Path> pictures = Files.list(album.folder())) {
            assertThat(pictures.filter(picture -> picture.toFile().length() > 2_000))
                    .hasSizeGreaterThanOrEqualTo(states.size());
        }
        DRAWN.add(album);
    }

    /** One sheet for each language: a row for each state, a column for each display and look. */
    @AfterAll
    static void layOutTheSheets() throws IOException {
        for (Language language : Texts.languages()) {
            List<Album> albums = new ArrayList<>(DRAWN);
            albums.removeIf(album -> !album.language().equals(language));
            if (!albums.isEmpty()) {
                List<String> names = new ArrayList<>(Gallery.states(language).keySet());
                names.addAll(Gallery.staff(language).keySet());
                ContactSheet.write(
                        SCREENS.resolve("contact-" + language.tag() + ".png"),
                        albums.stream().map(Album::folder).toList(),
                        names);
            }
        }
    }
}
