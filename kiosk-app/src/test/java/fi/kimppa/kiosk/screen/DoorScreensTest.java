package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.card.KeypadKey;
import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.wire.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoorScreensTest {
    private static final DeviceProfile PROFILE = DeviceProfile.COMPACT;

    private final List<KeypadKey> keys = new CopyOnWriteArrayList<>();
    private final DoorScreens screens = new DoorScreens(PROFILE, Look.STANDARD, keys::add, "02 000 0000");
    private final Glass glass = Glass.offScreen(PROFILE, screens::root);

    private static Map<String, DoorScene> scenes() {
        Map<String, DoorScene> scenes = new LinkedHashMap<>();
        scenes.put("1-idle", new DoorScene.Idle());
        scenes.put("2-pin", new DoorScene.AskingPin("2000012395", Secret.of("246"), 3, Gallery.NOW));
        scenes.put("3-deciding", new DoorScene.Deciding(Gallery.NOW));
        scenes.put("4-welcome", new DoorScene.Welcome(Gallery.NOW));
        for (DoorScene.Refusal reason : DoorScene.Refusal.values()) {
            scenes.put(
                    "5-refused-" + reason.name().toLowerCase(Locale.ROOT),
                    new DoorScene.Refused(reason, Map.of("from", "6.00", "to", "22.00"), Gallery.NOW));
        }
        scenes.put("6-out-of-order", new DoorScene.OutOfOrder());
        return scenes;
    }

    private void show(DoorScene scene) {
        Glass.onFxThread(() -> {
            screens.show(scene);
            return true;
        });
    }

    static Stream<Arguments> cases() {
        return ScreenLayoutTest.table(
                List.of("10.1-inch", "15.6-inch", "upright"),
                Texts.usual(),
                _ -> List.of("standard", "high-contrast", "large-text"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isLegibleTouchableAndWhole(String profileName, Language language, String lookName) {
        DeviceProfile profile = ScreenLayoutTest.profile(profileName);
        Look look = ScreenLayoutTest.look(lookName);
        var shown = new DoorScreens(profile, look, _ -> {}, "02 000 0000");
        Glass there = Glass.offScreen(profile, shown::root);
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, DoorScene> scene : scenes().entrySet()) {
            Glass.onFxThread(() -> {
                shown.show(new DoorScene.Idle());
                return true;
            });
            // A new visit begins in Finnish.
            there.press("language-" + language.tag());
            Glass.onFxThread(() -> {
                shown.show(scene.getValue());
                ScreenLayoutTest.check(there.scene(), profile, scene.getKey(), faults);
                return true;
            });
            if (profile.equals(PROFILE)) {
                there.snapshot(Path.of("target", "screens", "door", lookName, language.tag(), scene.getKey() + ".png"));
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void turnsTouchesIntoKeysOfTheKeypad() {
        show(new DoorScene.AskingPin("2000012395", Secret.of("246"), 3, Gallery.NOW));
        glass.press("pin-7");
        glass.press("ok");
        glass.press("pin-erase");
        assertThat(keys).containsExactly(new KeypadKey.Digit(7), new KeypadKey.Enter(), new KeypadKey.Clear());
    }

    @Test
    void speaksFinnishToTheNextVisitor() {
        show(new DoorScene.Welcome(Gallery.NOW));
        glass.press("language-sv");
        assertThat(glass.scene()
                        .getRoot()
                        .lookupAll(".chosen")
                        .iterator()
                        .next()
                        .getId())
                .isEqualTo("language-sv");
        show(new DoorScene.Idle());
        assertThat(glass.scene()
                        .getRoot()
                        .lookupAll(".chosen")
                        .iterator()
                        .next()
                        .getId())
                .isEqualTo("language-fi");
    }
}
