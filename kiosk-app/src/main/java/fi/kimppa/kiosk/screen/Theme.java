package fi.kimppa.kiosk.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** Dresses a scene: our font, {@code theme.css}, and the size of an em on this display. FX thread. */
final class Theme {
    /** Headlines are read from 2 m, running text from 0.6 m. */
    static final double HEADLINE_EM = 2000 / DeviceProfile.READING_DISTANCE_MM;

    private static final List<String> FONTS =
            List.of("BarlowSemiCondensed-Medium.ttf", "BarlowSemiCondensed-SemiBold.ttf");
    private static final String STRONG = "Barlow Semi Condensed SemiBold";

    static {
        FONTS.forEach(Theme::load);
    }

    private Theme() {}

    private static void load(String file) {
        try (var in = resource("font/" + file).openStream()) {
            if (Font.loadFont(in, 10) == null) {
                throw new IllegalStateException("The font " + file + " cannot be read");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The font " + file + " cannot be read", e);
        }
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name);
    }

    /** The strong cut of our font. */
    static Font strong(double px) {
        return Font.font(STRONG, px);
    }

    static void dress(Scene scene, DeviceProfile profile) {
        scene.getStylesheets()
                .setAll(
                        resource("theme.css").toExternalForm(),
                        sheet(".root { -fx-font-size: " + profile.emPx() + "px; }"));
        style(scene.getRoot(), "compact", profile.compact());
    }

    /** Changes what everything below a root looks like. */
    static void wear(Parent root, Look look) {
        style(root, "high-contrast", look.highContrast());
        style(root, "large-text", look.largeText());
        style(root, "reach", look.reach());
    }

    /** Puts a library's own colours behind the theme, unless somebody needs high contrast, which has colours of its own. */
    static void brand(Parent root, Palette palette, Look look) {
        String css = look.highContrast() ? "" : palette.css();
        root.getStylesheets().setAll(css.isEmpty() ? List.of() : List.of(sheet(css)));
    }

    private static void style(Parent root, String name, boolean on) {
        root.getStyleClass().remove(name);
        if (on) {
            root.getStyleClass().add(name);
        }
    }

    /** A stylesheet made here: sizes follow from the display and cannot stand in a file. */
    private static String sheet(String css) {
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }
}
