package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.BinMark;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.session.Surroundings;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Screens with a library's own logo, colours, words and bins, and with some functions off, measured in every look below and drawn into
 * {@code target/screens/branded}, by {@code deploy/verify} in one of them.
 */
class BrandedScreensTest {
    private static final Path PICTURES = Path.of("target", "screens", "branded");
    private static final String PRIMARY = "#5a1846";

    private static final List<String> LOOKS = List.of(
            "15.6-inch fi standard",
            "15.6-inch fi high-contrast",
            "15.6-inch fi large-text",
            "15.6-inch sv standard",
            "15.6-inch en reach",
            "10.1-inch fi standard",
            "10.1-inch fi large-text",
            "10.1-inch sv reach",
            "21.5-inch fi standard",
            "upright fi standard",
            "upright sv large-reach",
            "upright fi large-text");

    /** To draw and to write a picture takes far longer than to measure what would be on it. */
    private static final List<String> DRAWN = Sample.of(LOOKS, 0);

    @TempDir
    private static Path folder;

    private static Path logo;

    @BeforeAll
    static void drawALogo() throws IOException {
        var picture = new BufferedImage(220, 80, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.decode(PRIMARY));
        pen.fillRoundRect(0, 0, 220, 80, 24, 24);
        pen.setColor(Color.WHITE);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 44));
        pen.drawString("TURKU", 24, 56);
        pen.dispose();
        logo = folder.resolve("logo.png");
        ImageIO.write(picture, "png", logo.toFile());
    }

    private static Branding branding(boolean hasName) {
        return new Branding(
                Optional.of(new Branding.Logo(logo, hasName)),
                Map.of("primary", PRIMARY, "accent", "#f2c230", "paper", "#faf5fa"),
                Map.of(Language.FINNISH, Map.of("home.title", "Tervetuloa Turun kirjastoon")),
                Map.of(
                        "1", mark("Jää tänne", "Stannar här", "Stays here", "#0a5537", BinMark.Shape.CIRCLE),
                        "3", mark("Kuljetus", "Transport", "Transfer", "#12437a", BinMark.Shape.SQUARE),
                        "5", mark("Varatut", "Reserverade", "Holds", "#8a1538", BinMark.Shape.HEXAGON),
                        "9", mark("Henkilökunta", "Personalen", "Staff", "#5c4a00", BinMark.Shape.OCTAGON)));
    }

    private static BinMark mark(String fi, String sv, String en, String colour, BinMark.Shape shape) {
        return new BinMark(Map.of("fi", fi, "sv", sv, "en", en), Optional.of(colour), Optional.of(shape));
    }

    private static KioskState in(KioskState state, Branding branding, Set<Offering> offerings) {
        Surroundings around = state.around();
        Surroundings then = dressed(
                around, around.settings().with(offerings, around.settings().extras(), branding, ""));
        return switch (state) {
            case KioskState.Idle _ -> new KioskState.Idle(then);
            case KioskState.Choosing s -> new KioskState.Choosing(then, s.patience());
            case KioskState.Returning s ->
                new KioskState.Returning(then, s.rows(), s.pending(), s.nextRow(), s.leaving(), s.patience());
            default -> throw new IllegalArgumentException(state.getClass().getSimpleName());
        };
    }

    private static Surroundings dressed(Surroundings around, KioskSettings settings) {
        return new Surroundings(
                settings,
                around.now(),
                around.language(),
                around.preferences(),
                around.line(),
                around.devices(),
                around.tags(),
                around.nextRequest(),
                around.machine(),
                around.aids());
    }

    private static Map<String, KioskState> states(Language language, Preferences preferences) {
        Map<String, KioskState> all = new LinkedHashMap<>();
        Set<Offering> everything = EnumSet.allOf(Offering.class);
        Gallery.states(language, preferences).forEach((name, state) -> {
            if (!state.around().preferences().open()
                    && (state instanceof KioskState.Idle
                            || state instanceof KioskState.Choosing
                            || state instanceof KioskState.Returning)) {
                all.put(name, in(state, branding(true), everything));
            }
        });
        KioskState idle = Gallery.states(language, preferences).get("01-idle");
        if (idle != null) {
            all.put("idle-name-beside", in(idle, branding(false), everything));
            all.put("idle-without-account", in(idle, branding(true), EnumSet.of(Offering.BORROW, Offering.RETURN)));
            all.put("idle-without-borrowing", in(idle, branding(true), EnumSet.of(Offering.RETURN, Offering.ACCOUNT)));
            all.put("idle-without-returning", in(idle, branding(true), EnumSet.of(Offering.BORROW, Offering.ACCOUNT)));
            all.put("idle-account", in(idle, branding(true), EnumSet.of(Offering.ACCOUNT)));
            all.put("idle-return", in(idle, branding(true), EnumSet.of(Offering.RETURN)));
        }
        return all;
    }

    static List<Arguments> looks() {
        return LOOKS.stream()
                .map(look -> Arguments.of((Object[]) look.split(" ")))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("looks")
    void nothingIsCutAndEverythingCanBeTouched(String display, String tag, String look) {
        Language language = switch (tag) {
            case "fi" -> Language.FINNISH;
            case "sv" -> Language.SWEDISH;
            default -> Language.ENGLISH;
        };
        DeviceProfile profile = ScreenLayoutTest.profile(display);
        boolean drawn = DRAWN.contains(String.join(" ", display, tag, look));
        List<String> faults = new ArrayList<>();
        try (var window = KioskWindow.offScreen(profile, _ -> {})) {
            states(language, ScreenLayoutTest.preferences(look)).forEach((name, state) -> {
                window.show(state);
                if (drawn) {
                    window.snapshot(
                            PICTURES.resolve(display).resolve(tag).resolve(look).resolve(name + ".png"));
                }
                Glass.onFxThread(() -> {
                    Scene scene = window.glass().scene();
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    ScreenLayoutTest.check(scene, profile, name, faults);
                    return true;
                });
            });
        }
        assertThat(faults).isEmpty();
    }

    private static String seen(KioskState state, Function<Scene, String> look) {
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, _ -> {})) {
            window.show(state);
            return Glass.onFxThread(() -> {
                Scene scene = window.glass().scene();
                scene.getRoot().applyCss();
                scene.getRoot().layout();
                return look.apply(scene);
            });
        }
    }

    private static KioskState idle(String look) {
        KioskState state = Gallery.states(Language.FINNISH, ScreenLayoutTest.preferences(look))
                .get("01-idle");
        return in(Objects.requireNonNull(state), branding(true), EnumSet.allOf(Offering.class));
    }

    private static String ground(Scene scene) {
        Region borrow = (Region) scene.lookup("#borrow");
        return String.valueOf(borrow.getBackground().getFills().getFirst().getFill());
    }

    @Test
    void highContrastGoesBeforeBranding() {
        assertThat(seen(idle("standard"), BrandedScreensTest::ground)).isEqualTo("0x5a1846ff");
        assertThat(seen(idle("high-contrast"), BrandedScreensTest::ground)).isEqualTo("0xffe500ff");
        assertThat(seen(idle("standard"), BrandedScreensTest::logo)).isEqualTo("seen");
        assertThat(seen(idle("high-contrast"), BrandedScreensTest::logo)).isEqualTo("seen");
        assertThat(seen(idle("standard"), BrandedScreensTest::plate)).isEmpty();
        assertThat(seen(idle("high-contrast"), BrandedScreensTest::plate))
                .as("dark letters on white")
                .isEqualTo("0xffffffff");
        assertThat(seen(idle("high-contrast"), BrandedScreensTest::name)).isEqualTo("Turun pääkirjasto");
    }

    /** Titles tell of health, religion and politics: whoever stands behind reads a word and no more. */
    @ParameterizedTest
    @ValueSource(strings = {"standard", "reach", "large-text"})
    void coveredTitlesShowTheirFirstWordUntilTheyArePressed(String look) {
        Preferences preferences = ScreenLayoutTest.preferences(look);
        List<String> covers = new ArrayList<>();
        try (var window = KioskWindow.offScreen(DeviceProfile.LARGE, _ -> {})) {
            Gallery.states(Language.FINNISH, preferences).forEach((name, state) -> {
                if (!(state instanceof KioskState.Borrowing)) {
                    return;
                }
                window.show(covered(state));
                Glass.onFxThread(() -> {
                    Scene scene = window.glass().scene();
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    for (Node cover : List.copyOf(scene.getRoot().lookupAll(".covered"))) {
                        var labels = ((StackPane) cover).getChildren();
                        Label open = (Label) labels.getFirst();
                        Label shut = (Label) labels.getLast();
                        assertThat(open.isVisible()).as(name).isFalse();
                        assertThat(shut.getText()).as(name).matches("\\S+ …").isNotEqualTo(open.getText());
                        Finger.send(cover, MouseEvent.MOUSE_PRESSED);
                        assertThat(open.isVisible()).as(name).isTrue();
                        assertThat(shut.isVisible()).as(name).isFalse();
                        Finger.send(cover, MouseEvent.MOUSE_RELEASED);
                        assertThat(open.isVisible()).as(name).isFalse();
                        covers.add(open.getText());
                    }
                    return true;
                });
            });
        }
        assertThat(covers).hasSizeGreaterThan(5);
    }

    private static KioskState covered(KioskState state) {
        KioskSettings own = state.around().settings();
        KioskSettings covering =
                own.with(own.offerings(), own.extras(), own.branding().coveringTitles(), "");
        Surroundings around = dressed(state.around(), covering);
        return switch (state) {
            case KioskState.Borrowing s ->
                new KioskState.Borrowing(
                        around,
                        s.patron(),
                        s.rows(),
                        s.pending(),
                        s.nextRow(),
                        s.leaving(),
                        s.began(),
                        s.askAgainAt(),
                        s.patience());
            default -> throw new IllegalArgumentException(state.getClass().getSimpleName());
        };
    }

    private static String logo(Scene scene) {
        return scene.lookup("#logo") == null ? "" : "seen";
    }

    private static String plate(Scene scene) {
        Node plate = scene.lookup(".logo-plate");
        return plate == null
                ? ""
                : String.valueOf(
                        ((Region) plate).getBackground().getFills().getFirst().getFill());
    }

    private static String name(Scene scene) {
        Node name = scene.lookup(".library");
        return name.isVisible() ? ((Labeled) name).getText() : "";
    }

    @Test
    void theNameStandsBesideALogoThatLacksIt() {
        assertThat(seen(idle("standard"), BrandedScreensTest::name)).isEmpty();
        assertThat(seen(in(idle("standard"), branding(false), EnumSet.allOf(Offering.class)), BrandedScreensTest::name))
                .isEqualTo("Turun pääkirjasto");
    }

    /** The same window shows both, one after the other: what a kiosk does when it is given another look. */
    @Test
    void anotherLookIsTakenWhileTheWindowStands() {
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, _ -> {})) {
            KioskState own = idle("standard");
            KioskState plain = in(own, Branding.NONE, EnumSet.of(Offering.BORROW, Offering.RETURN));
            for (KioskState state : List.of(own, plain, own)) {
                window.show(state);
                boolean account = state.equals(own);
                assertThat(window.canPress("account")).isEqualTo(account);
                assertThat(Glass.onFxThread(() -> {
                            window.glass().scene().getRoot().applyCss();
                            return ground(window.glass().scene());
                        }))
                        .isEqualTo(account ? "0x5a1846ff" : "0x0d4744ff");
            }
        }
    }
}
