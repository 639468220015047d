package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is to read at rest: the band keeps its place and takes none that is needed, and the codes can be read. */
class ReadingScreenTest {
    private static KioskState state(String name, String look) {
        return Objects.requireNonNull(
                Gallery.states(Language.FINNISH, ScreenLayoutTest.preferences(look))
                        .get(name),
                name);
    }

    private static boolean seen(Node node) {
        return node.isVisible() && (node.getParent() == null || seen(node.getParent()));
    }

    /** The band that is seen; its place in pixels. */
    private static List<Bounds> bands(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        return scene.getRoot().lookupAll(".news").stream()
                .filter(ReadingScreenTest::seen)
                .map(band -> band.getParent().localToScene(band.getParent().getLayoutBounds()))
                .toList();
    }

    private static Bounds place(Scene scene, String id) {
        Node node = scene.getRoot().lookupAll("#" + id).stream()
                .filter(ReadingScreenTest::seen)
                .findFirst()
                .orElseThrow();
        return node.localToScene(node.getLayoutBounds());
    }

    @ParameterizedTest
    @CsvSource({
        "15.6-inch, standard, true",
        "21.5-inch, standard, true",
        "upright, standard, true",
        "15.6-inch, reach, true",
        "21.5-inch, reach, true",
        "upright, reach, true",
        "10.1-inch, standard, false",
        "15.6-inch, large-text, false"
    })
    void theBandStandsWhereThereIsRoomAndMovesNothingWhenItChanges(String display, String look, boolean there) {
        try (var window = KioskWindow.offScreen(ScreenLayoutTest.profile(display), _ -> {})) {
            window.show(state("01-idle-tip", look));
            List<Bounds> first = Glass.onFxThread(() -> bands(window.glass().scene()));
            Bounds borrow = Glass.onFxThread(() -> place(window.glass().scene(), "borrow"));
            assertThat(first).hasSize(there ? 1 : 0);
            window.show(state("01-idle-long-tip", look));
            Glass.onFxThread(() -> bands(window.glass().scene()));
            assertThat(Glass.onFxThread(() -> place(window.glass().scene(), "borrow")))
                    .isEqualTo(borrow);
        }
    }

    @Test
    void whereThereIsNothingToTellNothingStands() {
        try (var window = KioskWindow.offScreen(DeviceProfile.LARGE, _ -> {})) {
            window.show(state("01-idle-tip", "standard"));
            window.show(state("01-idle", "standard"));
            assertThat(Glass.onFxThread(() -> bands(window.glass().scene()))).isEmpty();
            assertThat(window.canPress("collections")).isFalse();
        }
    }

    @Test
    void nothingChangesForWhoeverWantsItStill() {
        KioskState calm =
                Objects.requireNonNull(Gallery.states(Language.FINNISH, Preferences.NONE.with(Preference.CALM, true))
                        .get("02-collections-idle-keypad"));
        try (var window = KioskWindow.offScreen(DeviceProfile.LARGE, _ -> {})) {
            window.show(calm);
            Node before = Glass.onFxThread(() -> band(window));
            window.show(KioskSession.step(
                            calm, new KioskEvent.Tick(calm.around().now().plusSeconds(12)))
                    .next());
            assertThat(Glass.onFxThread(() -> band(window))).isSameAs(before);
        }
    }

    private static Node band(KioskWindow window) {
        bands(window.glass().scene());
        return window.glass().scene().getRoot().lookup(".news");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1-inch, standard",
        "15.6-inch, high-contrast",
        "15.6-inch, large-text",
        "21.5-inch, standard",
        "upright, reach"
    })
    void aTelephoneReadsTheCodesFromTheGlass(String display, String look, @TempDir Path folder) throws IOException {
        KioskState.ElectronicCollections collections = (KioskState.ElectronicCollections) state("02-collections", look);
        try (var window = KioskWindow.offScreen(ScreenLayoutTest.profile(display), _ -> {})) {
            window.show(collections);
            Path png = folder.resolve("collections.png");
            window.snapshot(png);
            assertThat(read(ImageIO.read(png.toFile())))
                    .containsExactlyInAnyOrderElementsOf(collections.around().machine().feed().resources().stream()
                            .map(EResource::address)
                            .toList());
        }
    }

    private static List<String> read(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        var bitmap = new BinaryBitmap(
                new HybridBinarizer(new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels)));
        try {
            return Arrays.stream(new QRCodeMultiReader()
                            .decodeMultiple(
                                    bitmap,
                                    Map.of(
                                            DecodeHintType.TRY_HARDER,
                                            true,
                                            DecodeHintType.POSSIBLE_FORMATS,
                                            List.of(BarcodeFormat.QR_CODE))))
                    .map(Result::getText)
                    .toList();
        } catch (NotFoundException e) {
            return List.of();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.1-inch, standard",
        "15.6-inch, standard",
        "upright, standard",
        "15.6-inch, reach",
        "10.1-inch, reach"
    })
    void starsAreOneTouchAway(String display, String look) {
        List<KioskEvent> events = new ArrayList<>();
        try (var window = KioskWindow.offScreen(ScreenLayoutTest.profile(display), events::add)) {
            window.show(state("20-returning-rate", look));
            window.press("stars-1-4");
            window.show(state("20-returning-rated", look));
            assertThat(window.canPress("stars-1-4")).isFalse();
        }
        assertThat(events).containsExactly(new KioskEvent.Touched(new Choice.Rate(1, 4)));
    }
}
