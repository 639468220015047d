package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Measures every screen against kiosk-ux.md B.2 (A01, A02, A06, A33, A40, A41) on every display, in every language and look.
 * Each build measures the named sample, {@code deploy/verify} one look of each of its rows; {@code verify --full} measures everything.
 */
class ScreenLayoutTest {
    static final Map<String, DeviceProfile> PROFILES = Map.of(
            "10.1-inch", DeviceProfile.COMPACT,
            "15.6-inch", DeviceProfile.MIDDLE,
            "21.5-inch", DeviceProfile.LARGE,
            "upright", DeviceProfile.UPRIGHT);
    static final Map<String, Preferences> LOOKS = Map.of(
            "standard", Preferences.NONE,
            "high-contrast", preferring(Preference.HIGH_CONTRAST),
            "large-text", preferring(Preference.LARGE_TEXT),
            "reach", preferring(Preference.REACH),
            "large-contrast", preferring(Preference.LARGE_TEXT, Preference.HIGH_CONTRAST),
            "large-reach", preferring(Preference.LARGE_TEXT, Preference.REACH));

    /** Colours move nothing, and Finnish words are the longest. */
    private static final Set<String> SAMPLE_LOOKS = Set.of("standard", "large-text", "reach", "large-reach");

    private static final double SLACK_PX = 2;

    /** So much of the corner of a letter may lie under a number of the keypad. */
    private static final double NUMBER_SLACK_MM = 1.2;

    /** What a line is higher than its capitals, above them and below them. */
    private static final double AIR_EM = 0.18;

    /** Between two touch targets, and between what is shown and the buttons below it. */
    private static final double GAP_MM = 3;

    static DeviceProfile profile(String name) {
        return Objects.requireNonNull(PROFILES.get(name));
    }

    static Preferences preferences(String look) {
        return Objects.requireNonNull(LOOKS.get(look));
    }

    static Look look(String name) {
        return Look.of(preferences(name));
    }

    private static Preferences preferring(Preference... wanted) {
        return new Preferences(Set.of(wanted), false, false);
    }

    /** Every look, or of the sample two, such that the displays together have each of them. */
    static List<String> looksOnEachDisplay(String profile) {
        List<String> all = LOOKS.keySet().stream().sorted().toList();
        int half = all.size() / 2;
        int place = PROFILES.keySet().stream().sorted().toList().indexOf(profile);
        return Stream.of(all.subList(0, half), all.subList(half, all.size()))
                .flatMap(looks -> Sample.of(looks, place).stream())
                .toList();
    }

    private static boolean inSample(String look, Language language) {
        return SAMPLE_LOOKS.contains(look)
                && (language.equals(Language.FINNISH) || look.equals("standard") || look.equals("large-text"));
    }

    static Stream<Arguments> sample() {
        return all(true);
    }

    static Stream<Arguments> rest() {
        return all(false);
    }

    private static Stream<Arguments> all(boolean inSample) {
        return table(
                PROFILES.keySet().stream().sorted().toList(),
                Texts.languages(),
                language -> LOOKS.keySet().stream()
                        .filter(look -> inSample(look, language) == inSample)
                        .sorted()
                        .toList());
    }

    /** A row of looks for each language on each display. */
    static Stream<Arguments> table(
            List<String> profiles, List<Language> languages, Function<Language, List<String>> looks) {
        return profiles.stream()
                .flatMap(profile -> languages.stream().flatMap(language -> {
                    int place = profiles.indexOf(profile) + languages.indexOf(language);
                    return Sample.of(looks.apply(language), place).stream()
                            .map(look -> Arguments.of(profile, language, look));
                }));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("sample")
    void isLegibleTouchableAndWhole(String profile, Language language, String look) {
        assertThat(faults(profile, language, look)).isEmpty();
    }

    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rest")
    void isLegibleTouchableAndWholeInEveryOtherLookToo(String profile, Language language, String look) {
        assertThat(faults(profile, language, look)).isEmpty();
    }

    private static List<String> faults(String profileName, Language language, String look) {
        DeviceProfile profile = profile(profileName);
        Preferences preferences = preferences(look);
        List<String> faults = new ArrayList<>();
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(language, preferences));
        states.putAll(Gallery.corners(language, preferences));
        states.putAll(Gallery.staff(language, preferences));
        try (var window = KioskWindow.offScreen(profile, _ -> {})) {
            for (Map.Entry<String, KioskState> state : states.entrySet()) {
                window.show(state.getValue());
                Glass.onFxThread(() -> {
                    Scene scene = window.glass().scene();
                    check(scene, profile, state.getKey(), faults);
                    if (preferences.has(Preference.REACH) || state.getKey().endsWith("preferences")) {
                        checkReach(scene, profile, state.getKey(), faults);
                    }
                    return true;
                });
            }
        }
        return faults;
    }

    /**
     * A40: everything that is touched is in the lower half. The account has three rows of buttons, a search has them too and the
     * keyboard has three rows of keys; with the bar they do not fit into the 68 mm of half the smallest display.
     */
    static void checkReach(Scene scene, DeviceProfile profile, String state, List<String> faults) {
        double few = state.contains("account") ? 0.4 : state.contains("search") ? 0.39 : 0.5;
        double from = profile.compact() ? few : 0.5;
        Glimpse.of(scene).stream()
                .filter(ScreenLayoutTest::isButton)
                .filter(button -> button.at().getMinY() + SLACK_PX < profile.height() * from)
                .forEach(button -> faults.add("%s: %s begins at %.0f %% of the height"
                        .formatted(state, button.what(), 100 * button.at().getMinY() / profile.height())));
    }

    static void check(Scene scene, DeviceProfile profile, String state, List<String> faults) {
        List<Glimpse> seen = Glimpse.of(scene);
        var glass =
                new BoundingBox(-SLACK_PX, -SLACK_PX, profile.width() + 2 * SLACK_PX, profile.height() + 2 * SLACK_PX);
        for (Glimpse glimpse : seen) {
            if (!glass.contains(glimpse.at())) {
                faults.add(state + ": " + glimpse.what() + " lies beyond the glass: " + glimpse.at());
            }
            if (glimpse.node() instanceof Labeled labeled && cut(labeled)) {
                faults.add(state + ": " + glimpse.what() + " is cut");
            }
            legible(glimpse, profile).ifPresent(fault -> faults.add(state + ": " + glimpse.what() + fault));
            if (glimpse.node() instanceof Button button) {
                Glimpse.face(button).stream()
                        .filter(word -> !glimpse.at().contains(word.at()))
                        .forEach(word -> faults.add(state + ": " + word.what() + " lies beyond its button"));
                Glimpse.face(button).stream()
                        .filter(word -> word.node() instanceof Label label && broken(label, label.getWidth()))
                        .forEach(word -> faults.add(state + ": " + word.what() + " is broken within a word"));
                if (button.lookup(".text") instanceof Text text && broken(button, text.getWrappingWidth())) {
                    faults.add(state + ": " + glimpse.what() + " is broken within a word");
                }
            }
            if (glimpse.node() instanceof Label label && broken(label, label.getWidth())) {
                faults.add(state + ": " + glimpse.what() + " is broken within a word");
            }
            touchable(glimpse, profile).ifPresent(fault -> faults.add(state + ": " + glimpse.what() + fault));
        }
        for (int i = 0; i < seen.size(); i++) {
            for (int j = i + 1; j < seen.size(); j++) {
                if (seen.get(i).overlaps(seen.get(j), SLACK_PX)) {
                    faults.add(state + ": " + seen.get(i).what() + " overlaps "
                            + seen.get(j).what());
                }
                if (isButton(seen.get(i)) && isButton(seen.get(j))) {
                    apart(seen.get(i), seen.get(j), profile).ifPresent(fault -> faults.add(state + ": " + fault));
                }
            }
        }
        for (Glimpse number : Glimpse.numbers(scene)) {
            if (!glass.contains(number.at())) {
                faults.add(state + ": " + number.what() + " lies beyond the glass");
            }
            Glimpse.wordsOnButtons(scene).stream()
                    .filter(words -> number.overlaps(words, NUMBER_SLACK_MM * profile.px(1)))
                    .forEach(words -> faults.add(state + ": " + number.what() + " hides " + words.what()));
        }
        if (scene.lookup(".frame").getLayoutBounds().getWidth() > profile.width()) {
            faults.add(state + ": the frame is wider than the glass");
        }
        List<Glimpse> actions = Glimpse.actions(scene);
        for (Glimpse content : Glimpse.content(scene)) {
            if (isButton(content)) {
                continue;
            }
            for (Glimpse action : actions) {
                apart(content, action, profile).ifPresent(fault -> faults.add(state + ": " + fault));
            }
        }
    }

    private static boolean isButton(Glimpse glimpse) {
        return glimpse.node() instanceof Button;
    }

    private static Optional<String> apart(Glimpse one, Glimpse other, DeviceProfile profile) {
        double gap = one.gapTo(other) / profile.px(1);
        return gap + 0.05 < GAP_MM
                ? Optional.of("%s and %s are %.1f mm apart".formatted(one.what(), other.what(), gap))
                : Optional.empty();
    }

    private static boolean cut(Labeled labeled) {
        if (labeled instanceof Button button
                && button.lookupAll(".icon").stream()
                        .filter(Node::isManaged)
                        .anyMatch(icon -> sticksOut(button, icon.localToScene(icon.getLayoutBounds()), 0))) {
            return true;
        }
        if (labeled.getText().isBlank()
                || labeled.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY
                || !(labeled.lookup(".text") instanceof Text shown)) {
            return false;
        }
        // The layout's bounds: those in the parent end where the text is cut.
        Bounds words = shown.localToScene(shown.getLayoutBounds());
        boolean inside = !(labeled instanceof Button button)
                || !sticksOut(button, words, AIR_EM * shown.getFont().getSize());
        return !inside
                || !shown.getText()
                        .replaceAll("\\s", "")
                        .equals(labeled.getText().replaceAll("\\s", ""));
    }

    /** Whether a word is wider than its line, in pixels; an address may be. */
    private static boolean broken(Labeled labeled, double line) {
        return labeled.isWrapText()
                && line > 0
                && Stream.of(labeled.getText().split("[\\s-]+"))
                        .filter(word -> !word.matches(".*\\.\\p{L}.*"))
                        .anyMatch(word -> Words.width(word, labeled.getFont()) > line + SLACK_PX);
    }

    /** Whether something is drawn beyond the button it belongs to, but for the air above capitals and below the line. */
    private static boolean sticksOut(Button button, Bounds inside, double air) {
        Bounds whole = button.localToScene(button.getLayoutBounds());
        return inside.getMinX() + SLACK_PX < whole.getMinX()
                || inside.getMaxX() - SLACK_PX > whole.getMaxX()
                || inside.getMinY() + air + SLACK_PX < whole.getMinY()
                || inside.getMaxY() - air - SLACK_PX > whole.getMaxY();
    }

    private static Optional<String> legible(Glimpse glimpse, DeviceProfile profile) {
        Font font = switch (glimpse.node()) {
            case Labeled labeled -> labeled.getFont();
            case Text text -> text.getFont();
            default -> throw new AssertionError(glimpse.what());
        };
        if (!font.getFamily().startsWith("Barlow")) {
            return Optional.of(" is not in our font but in " + font.getFamily());
        }
        double capMm = font.getSize() * DeviceProfile.CAP_PER_EM / profile.px(1);
        double wanted = DeviceProfile.CAP_PER_DISTANCE * (far(glimpse.node()) ? 2000 : 600);
        return capMm + 0.01 < wanted
                ? Optional.of(" has capitals of %.2f mm, wanted %.2f".formatted(capMm, wanted))
                : Optional.empty();
    }

    /** Headlines and bins are read from 2 m. */
    private static boolean far(Node node) {
        return node.getStyleClass().contains("badge-number")
                || node.getStyleClass().contains("headline");
    }

    private static Optional<String> touchable(Glimpse glimpse, DeviceProfile profile) {
        if (!(glimpse.node() instanceof Button button)) {
            return Optional.empty();
        }
        double width = glimpse.at().getWidth() / profile.px(1);
        double height = glimpse.at().getHeight() / profile.px(1);
        if (button.getStyleClass().contains(LetterPad.KEY)) {
            return width + 0.1 < 15 || height + 0.1 < 15
                    ? Optional.of(" is %.1f x %.1f mm".formatted(width, height))
                    : Optional.empty();
        }
        boolean key = button.getStyleClass().contains("pin-key");
        double wantedHeight = key ? 18 : button.getStyleClass().contains("main") ? 25 : 20;
        double wantedWidth = key ? 18 : 20;
        return width + 0.1 < wantedWidth || height + 0.1 < wantedHeight
                ? Optional.of(" is %.1f x %.1f mm".formatted(width, height))
                : Optional.empty();
    }
}
