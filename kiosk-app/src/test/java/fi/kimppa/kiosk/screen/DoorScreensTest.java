package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.card.KeypadKey;
import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.sip2.wire.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoorScreensTest {
    private static final DeviceProfile PROFILE = DeviceProfile.COMPACT;

    private final List<KeypadKey> keys = new CopyOnWriteArrayList<>();
    private final DoorScreens screens = new DoorScreens(PROFILE, Look.STANDARD, keys::add, "02 000 0000");
    private final Glass glass = Glass.offScreen(PROFILE, Look.STANDARD, screens::root);

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

    @ParameterizedTest
    @EnumSource(Language.class)
    void isLegibleTouchableAndWhole(Language language) {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, DoorScene> scene : scenes().entrySet()) {
            show(scene.getValue());
            // A new visit begins in Finnish.
            glass.press("language-" + language.tag());
            Glass.onFxThread(() -> {
                ScreenLayoutTest.check(glass.scene(), PROFILE, "standard", scene.getKey(), faults);
                return true;
            });
            glass.snapshot(Path.of("target", "screens", "door", language.tag(), scene.getKey() + ".png"));
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
