package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.BoundingBox;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures every screen against kiosk-ux.md B.2 (A01, A02, A06) on every display, in every language and look. */
class ScreenLayoutTest {
    static final Map<String, DeviceProfile> PROFILES = Map.of(
            "10.1-inch", DeviceProfile.COMPACT,
            "15.6-inch", DeviceProfile.MIDDLE,
            "21.5-inch", DeviceProfile.LARGE,
            "upright", DeviceProfile.UPRIGHT);
    static final Map<String, Look> LOOKS = Map.of(
            "standard", Look.STANDARD,
            "high-contrast", new Look(true, false),
            "large-text", new Look(false, true));

    private static final double SLACK_PX = 2;

    /** Between two touch targets, and between what is shown and the buttons below it. */
    private static final double GAP_MM = 3;

    static DeviceProfile profile(String name) {
        return Objects.requireNonNull(PROFILES.get(name));
    }

    static Look look(String name) {
        return Objects.requireNonNull(LOOKS.get(name));
    }

    static Stream<Arguments> cases() {
        return PROFILES.keySet().stream()
                .flatMap(profile -> Texts.languages().stream()
                        .flatMap(language ->
                                LOOKS.keySet().stream().map(look -> Arguments.of(profile, language, look))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void isLegibleTouchableAndWhole(String profileName, Language language, String look) {
        DeviceProfile profile = profile(profileName);
        List<String> faults = new ArrayList<>();
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(language));
        states.putAll(Gallery.corners(language));
        try (var window = KioskWindow.offScreen(profile, look(look), _ -> {})) {
            for (Map.Entry<String, KioskState> state : states.entrySet()) {
                window.show(state.getValue());
                Glass.onFxThread(() -> {
                    check(window.glass().scene(), profile, state.getKey(), faults);
                    return true;
                });
            }
        }
        assertThat(faults).isEmpty();
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
        if (labeled.getText().isBlank()) {
            return false;
        }
        return labeled.lookup(".text") instanceof Text shown
                && !shown.getText()
                        .replaceAll("\\s", "")
                        .equals(labeled.getText().replaceAll("\\s", ""));
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
        boolean key = button.getStyleClass().contains("pin-key");
        double wantedHeight = key ? 18 : button.getStyleClass().contains("main") ? 25 : 20;
        double wantedWidth = key ? 18 : 20;
        return width + 0.1 < wantedWidth || height + 0.1 < wantedHeight
                ? Optional.of(" is %.1f x %.1f mm".formatted(width, height))
                : Optional.empty();
    }
}
