package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of kiosk-ux.md B.2 that a program can check, each by a test that is named after it. The others, and why they are
 * others, are in {@code docs/reference/accessibility.md}; the last tests here see to it that none is forgotten.
 */
class AccessibilityRulesTest {
    private static final Path RULES = Path.of("..", "docs", "reference", "accessibility.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "fi", "kimppa", "kiosk");

    private static final Set<String> WORD_LISTS = Set.of("speech.weekdays", "speech.months", "speech.ordinals");

    // ---- to see ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void a01CapitalsAreSeenUnderSevenTenthsOfADegree(String name) {
        DeviceProfile profile = ScreenLayoutTest.profile(name);
        double capital = profile.emPx() * DeviceProfile.CAP_PER_EM / profile.px(1);
        assertThat(capital).isGreaterThanOrEqualTo(0.01222 * DeviceProfile.READING_DISTANCE_MM);
    }

    @ParameterizedTest
    @CsvSource({
        "1280x800@216.96x135.6, 61",
        "1920x1080@345.4x194.3, 57",
        "1920x1080@476.1x267.8, 42",
        "1920x1080@527.0x296.5, 38"
    })
    void a02RunningTextHasSoManyPixels(String display, int pixels) {
        assertThat(DeviceProfile.parse(display).emPx()).isBetween(pixels, pixels + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "high-contrast"})
    void a03TextStandsOutFromWhatIsBehindIt(String look) {
        List<String> faults = new ArrayList<>();
        onEveryScreen(DeviceProfile.MIDDLE, look, (state, scene) -> {
            seen(scene.getRoot(), Labeled.class)
                    .filter(text -> !text.getText().isBlank())
                    .forEach(text -> contrast(state, text, text.getTextFill(), text, 7, faults));
            seen(scene.getRoot(), Text.class)
                    .filter(text -> text.getParent() instanceof TextFlow)
                    .forEach(text -> contrast(state, text, text.getFill(), text, 7, faults));
        });
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "high-contrast"})
    void a04PicturesAndEdgesStandOut(String look) {
        List<String> faults = new ArrayList<>();
        onEveryScreen(DeviceProfile.MIDDLE, look, (state, scene) -> {
            seen(scene.getRoot(), Shape.class)
                    .filter(shape -> shape.getStyleClass().contains("icon-stroke"))
                    .forEach(shape -> contrast(state, shape, shape.getStroke(), shape, 3, faults));
            seen(scene.getRoot(), Button.class)
                    .filter(button ->
                            !button.isDisabled() && !button.getStyleClass().contains("language"))
                    .filter(button -> edges(button).noneMatch(edge -> standsOut(edge, ground(button.getParent()))))
                    .forEach(button -> faults.add(state + ": the edge of " + button.getId()));
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void a07NothingIsSaidByColourAlone() {
        List<String> faults = new ArrayList<>();
        onEveryScreen(
                DeviceProfile.MIDDLE,
                "standard",
                (state, scene) -> Stream.of(".row", ".hero", ".message", ".banner")
                        .flatMap(kind -> scene.getRoot().lookupAll(kind).stream())
                        .filter(AccessibilityRulesTest::isSeen)
                        .filter(row -> row.lookup(".icon") == null && row.lookup(".badge") == null)
                        .forEach(row -> faults.add(state + ": no picture in " + row.getStyleClass())));
        assertThat(faults).isEmpty();
        assertThat(Arrays.stream(Preference.values()).map(what -> ticked(what, true)))
                .as("a choice that was made has a tick")
                .doesNotContain(false);
        assertThat(Arrays.stream(Preference.values()).map(what -> ticked(what, false)))
                .doesNotContain(true);
    }

    private static boolean ticked(Preference what, boolean on) {
        Preferences preferences = Preferences.NONE.with(what, on).opened(true);
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, _ -> {})) {
            window.show(state("60-preferences", preferences));
            String id = "prefer-" + what.name().toLowerCase(Locale.ROOT).replace('_', '-');
            return Glass.onFxThread(() ->
                    window.glass().scene().lookup("#" + id).lookup(".icon").isVisible());
        }
    }

    // ---- to touch ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void a05TargetsAreLargerThanTheLawAsks(String name) {
        DeviceProfile profile = ScreenLayoutTest.profile(name);
        List<String> faults = new ArrayList<>();
        onEveryScreen(
                profile,
                "standard",
                (state, scene) -> buttons(scene)
                        .filter(button ->
                                Math.min(button.at().getWidth(), button.at().getHeight()) < profile.px(9.8))
                        .forEach(button -> faults.add(state + ": " + button.what())));
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void a06TargetsAreAsLargeAsAFingerAndApart(String name) {
        DeviceProfile profile = ScreenLayoutTest.profile(name);
        List<String> faults = new ArrayList<>();
        onEveryScreen(profile, "standard", (state, scene) -> ScreenLayoutTest.check(scene, profile, state, faults));
        assertThat(faults).isEmpty();
    }

    @Test
    void a17KeysStandAsOnATelephoneAndFiveIsMarked() {
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, _ -> {})) {
            window.show(state("04-pin", Preferences.NONE));
            Glass.onFxThread(() -> {
                Scene scene = window.glass().scene();
                scene.getRoot().applyCss();
                scene.getRoot().layout();
                for (int digit = 1; digit <= 9; digit++) {
                    Bounds key = place(scene, "pin-" + digit);
                    Bounds first = place(scene, "pin-1");
                    double step = key.getWidth();
                    assertThat(Math.round((key.getMinX() - first.getMinX()) / (step * 1.1)))
                            .as("column of " + digit)
                            .isEqualTo((digit - 1) % 3);
                    assertThat(Math.round((key.getMinY() - first.getMinY()) / (step * 1.1)))
                            .as("row of " + digit)
                            .isEqualTo((digit - 1) / 3);
                }
                assertThat(place(scene, "pin-0").getMinX())
                        .isEqualTo(place(scene, "pin-8").getMinX());
                assertThat(scene.lookup(".five-mark").isVisible()).isTrue();
                return true;
            });
        }
    }

    @Test
    void a28NobodyIsKnownByTheirBody() {
        assertThat(DeviceKind.values())
                .containsExactly(
                        DeviceKind.PAD,
                        DeviceKind.PRINTER,
                        DeviceKind.SCANNER,
                        DeviceKind.CARD,
                        DeviceKind.DOOR,
                        DeviceKind.KEYPAD);
    }

    @Test
    void a29AHeldKeyCountsOnceAndATremblingHandToo() {
        List<KioskEvent> events = new CopyOnWriteArrayList<>();
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add)) {
            window.show(state("04-pin", Preferences.NONE));
            Glass.onFxThread(() -> {
                Node key = window.glass().scene().lookup("#pin-5");
                for (int i = 0; i < 20; i++) {
                    Finger.send(key, MouseEvent.MOUSE_PRESSED);
                }
                Finger.send(key, MouseEvent.MOUSE_RELEASED);
                return true;
            });
            assertThat(events).hasSize(1);
        }
        AtomicLong now = new AtomicLong();
        boolean[] wanted = {true};
        List<KioskEvent> left = new ArrayList<>();
        var filter = new DoubleStrikes(left::add, now::get, () -> wanted[0]);
        KioskEvent five = new KioskEvent.Touched(new Choice.Digit(5));
        filter.accept(five);
        now.addAndGet(499_000_000);
        filter.accept(five);
        assertThat(left).hasSize(1);
        now.addAndGet(500_000_000);
        filter.accept(five);
        assertThat(left).hasSize(2);
        now.addAndGet(100_000_000);
        filter.accept(new KioskEvent.Touched(new Choice.Digit(6)));
        assertThat(left).hasSize(3);
        wanted[0] = false;
        filter.accept(new KioskEvent.Touched(new Choice.Digit(6)));
        assertThat(left).as("others type as fast as they like").hasSize(4);
    }

    @Test
    void a31NothingIsDragged() throws IOException {
        Pattern dragging =
                Pattern.compile("ScrollPane|ListView|Slider|setOnMouseDragged|setOnScroll|setOnSwipe|setOnZoom");
        try (Stream<Path> files = Files.list(SOURCES.resolve("screen"))) {
            for (Path file : files.toList()) {
                assertThat(dragging.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    @Test
    void a32ATouchActsWhenItEndsAndNotWhenItSlidesOff() {
        List<KioskEvent> events = new CopyOnWriteArrayList<>();
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add)) {
            window.show(state("01-idle", Preferences.NONE));
            Glass.onFxThread(() -> {
                Node borrow = window.glass().scene().lookup("#borrow");
                Finger.send(borrow, MouseEvent.MOUSE_ENTERED);
                Finger.send(borrow, MouseEvent.MOUSE_PRESSED);
                assertThat(events).isEmpty();
                Finger.send(borrow, MouseEvent.MOUSE_EXITED);
                Finger.send(borrow, MouseEvent.MOUSE_RELEASED);
                assertThat(events).isEmpty();
                Finger.send(borrow, MouseEvent.MOUSE_ENTERED);
                Finger.send(borrow, MouseEvent.MOUSE_PRESSED);
                Finger.send(borrow, MouseEvent.MOUSE_RELEASED);
                return true;
            });
            assertThat(events).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void a33HelpIsAtTheSamePlaceOnEachScreen(String name) {
        DeviceProfile profile = ScreenLayoutTest.profile(name);
        for (String look : ScreenLayoutTest.looksOnEachDisplay(name)) {
            List<Bounds> access = new ArrayList<>();
            List<Bounds> help = new ArrayList<>();
            List<Bounds> ask = new ArrayList<>();
            List<String> without = new ArrayList<>();
            onEveryScreen(profile, look, (state, scene) -> {
                Node button = scene.lookup("#access");
                if (isSeen(button) && isSeen(scene.lookup("#ask"))) {
                    ask.add(place(scene, "ask"));
                    access.add(place(scene, "access"));
                } else {
                    without.add(state);
                }
                Node phone = scene.lookup("#help");
                // The code of what is amiss stands at its right, where one is.
                if (isSeen(phone) && !isSeen(scene.lookup("#code"))) {
                    help.add(place(scene, "help"));
                }
            });
            assertThat(without).as(look).isEmpty();
            atOnePlace(ask, look);
            atOnePlace(access, look);
            atOnePlace(help, look);
        }
    }

    /** Left and lower edges; the word beside the sign may go where there is no room for it. */
    private static void atOnePlace(List<Bounds> places, String look) {
        assertThat(places).as(look).isNotEmpty();
        for (Bounds place : places) {
            assertThat(place.getMinX()).as(look).isCloseTo(places.getFirst().getMinX(), within(2.0));
            assertThat(place.getMaxY()).as(look).isCloseTo(places.getFirst().getMaxY(), within(2.0));
        }
    }

    @Test
    void a36WhatHasTheFocusIsSeen() {
        List<String> faults = new ArrayList<>();
        for (String look : List.of("standard", "high-contrast")) {
            onEveryScreen(
                    DeviceProfile.MIDDLE,
                    look,
                    (state, scene) -> seen(scene.getRoot(), Button.class)
                            .filter(button -> !button.isDisabled())
                            .forEach(button -> {
                                PseudoClass focused = PseudoClass.getPseudoClass("focused");
                                button.pseudoClassStateChanged(focused, true);
                                button.applyCss();
                                double width = Optional.ofNullable(button.getBorder())
                                        .map(border -> border.getInsets().getTop())
                                        .orElse(0.0);
                                if (!button.isFocusTraversable()
                                        || width < DeviceProfile.MIDDLE.px(0.9)
                                        || edges(button)
                                                .noneMatch(edge -> standsOut(edge, ground(button.getParent())))) {
                                    faults.add(look + ", " + state + ": " + button.getId());
                                }
                                button.pseudoClassStateChanged(focused, false);
                                button.applyCss();
                            }));
        }
        assertThat(faults).isEmpty();
    }

    // ---- to understand -----------------------------------------------------------------------------------

    @Test
    void a26a37NothingBlinksAndNoSoundIsWithoutItsSign() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("..kiosk.speech..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "javafx.animation..", "javafx.scene.media..", "javax.sound..")
                        // A pause is a timer and moves nothing.
                        .and(DescribedPredicate.not(JavaClass.Predicates.type(PauseTransition.class))))
                .because("what moves must be able to stand still (A37, A42), and a sound needs a sign (A26)")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("fi.kimppa.kiosk"));
    }

    @Test
    void a30TimeCanBeExtendedTenTimesAndMore() {
        Clockwork kiosk = new Clockwork();
        kiosk.on(new KioskEvent.Touched(new Choice.Borrow()));
        for (int i = 0; i < 12; i++) {
            while (!kiosk.state.waiting().orElseThrow().warned()) {
                kiosk.seconds(1);
            }
            assertThat(kiosk.state.waiting().orElseThrow().secondsLeft(kiosk.now))
                    .isGreaterThanOrEqualTo(20);
            kiosk.seconds(19);
            kiosk.on(new KioskEvent.Touched(new Choice.StillHere()));
            assertThat(kiosk.state).isInstanceOf(KioskState.AskingCard.class);
            assertThat(kiosk.state.waiting().orElseThrow().warned()).isFalse();
        }
    }

    @Test
    void a34ACardIsNotAskedForTwice() {
        KioskState borrowing = state("10-borrowing-done", Preferences.NONE);
        for (KioskEvent event : List.<KioskEvent>of(
                new KioskEvent.Scanned("2000012345"),
                new KioskEvent.Touched(new Choice.Borrow()),
                new KioskEvent.Touched(new Choice.Prefer(Preference.LARGE_TEXT, true)),
                new KioskEvent.Touched(new Choice.Speak(Language.SWEDISH)))) {
            assertThat(KioskSession.step(borrowing, event).next())
                    .isNotInstanceOf(KioskState.AskingCard.class)
                    .isNotInstanceOf(KioskState.AskingPin.class);
        }
    }

    @Test
    void a38ARefusalSaysWhyAndWhatToDo() {
        for (Language language : Texts.languages()) {
            for (LoanState.Reason reason : LoanState.Reason.values()) {
                Wording.Said said = Wording.loan(
                        Texts.in(language),
                        new LoanState.Refused(reason, List.of(), Optional.empty(), false),
                        LocalDate.of(2026, 11, 24));
                assertThat(said.word()).as(language + " " + reason).isNotBlank();
                assertThat(said.lines()).as(language + " " + reason).isNotEmpty();
            }
            Gallery.corners(language, Preferences.NONE).values().stream()
                    .filter(KioskState.Blocked.class::isInstance)
                    .map(KioskState.Blocked.class::cast)
                    .forEach(blocked -> assertThat(Wording.blocked(Texts.in(language), blocked))
                            .as(language + " " + blocked.reason())
                            .isNotEmpty());
        }
    }

    @Test
    void a39SentencesAreShortAndPlain() {
        Pattern jargon = Pattern.compile("\\b(nide|niteen|tagi|tagin|sessio|session)\\b");
        for (Language language : Texts.languages()) {
            Texts texts = Texts.in(language);
            for (String key : texts.keys()) {
                // Slips are for staff, and a list of words is no sentence.
                if (key.startsWith("paper.") || key.startsWith("words.") || WORD_LISTS.contains(key)) {
                    continue;
                }
                String text = raw(texts, key);
                for (String sentence : text.split("[.!?…](?: |$)", -1)) {
                    assertThat(sentence.strip().split("\\s+", -1))
                            .as(language + " " + key + ": " + sentence)
                            .hasSizeLessThanOrEqualTo(12);
                }
                assertThat(jargon.matcher(text.toLowerCase(Locale.ROOT)).find())
                        .as(language + " " + key + ": " + text)
                        .isFalse();
            }
        }
    }

    private static String raw(Texts texts, String key) {
        Object[] parameters = Stream.of(
                        "n", "k", "a", "b", "sum", "limit", "date", "age", "library", "phone", "from", "to", "what",
                        "address", "item", "machine", "alias", "time", "shelf", "place", "count", "name")
                .flatMap(name -> Stream.of(name, "x"))
                .toArray();
        try {
            return texts.say(key, parameters);
        } catch (IllegalArgumentException e) {
            // A parameter of a later feature: its words count, whatever stands in it.
            return "";
        }
    }

    // ---- to be served ------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void a27PreferencesAreChosenWithoutWhatTheyGive(String name) {
        DeviceProfile profile = ScreenLayoutTest.profile(name);
        try (var window = KioskWindow.offScreen(profile, _ -> {})) {
            window.show(state("01-idle", Preferences.NONE));
            Glass.onFxThread(() -> {
                window.glass().scene().getRoot().applyCss();
                window.glass().scene().getRoot().layout();
                Bounds button = place(window.glass().scene(), "access");
                assertThat(button.getMinY()).isGreaterThan(profile.height() * 0.75);
                assertThat(button.getMaxX()).isLessThan(profile.width() * 0.5);
                assertThat(Math.min(button.getWidth(), button.getHeight())).isGreaterThan(profile.px(19.9));
                return true;
            });
            List<String> faults = new ArrayList<>();
            window.show(state("60-preferences", Preferences.NONE));
            Glass.onFxThread(() -> {
                ScreenLayoutTest.check(window.glass().scene(), profile, "preferences", faults);
                ScreenLayoutTest.checkReach(window.glass().scene(), profile, "preferences", faults);
                return true;
            });
            assertThat(faults).isEmpty();
            for (Preference what : Preference.values()) {
                String id = "prefer-" + what.name().toLowerCase(Locale.ROOT).replace('_', '-');
                assertThat(window.canPress(id)).as(id).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void a40InReachModeEverythingTouchedIsInTheLowerHalf(String name) {
        DeviceProfile profile = ScreenLayoutTest.profile(name);
        List<String> faults = new ArrayList<>();
        onEveryScreen(profile, "reach", (state, scene) -> {
            ScreenLayoutTest.checkReach(scene, profile, state, faults);
            if (state.equals("10-borrowing-done")) {
                long rows = scene.getRoot().lookupAll(".row").stream()
                        .filter(AccessibilityRulesTest::isSeen)
                        .count();
                if (rows < 3) {
                    faults.add(state + ": " + rows + " rows");
                }
            }
        });
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void a41LargeTextKeepsAllFunctions(String name) {
        DeviceProfile profile = ScreenLayoutTest.profile(name);
        Map<String, Set<String>> usual = functions(profile, "standard");
        Map<String, Set<String>> large = functions(profile, "large-text");
        usual.forEach((state, ids) -> assertThat(large.get(state)).as(state).containsAll(ids));
    }

    /** What can be done in a state: every button that the list brings, by paging or at once. */
    private static Map<String, Set<String>> functions(DeviceProfile profile, String look) {
        Map<String, Set<String>> found = new TreeMap<>();
        onEveryScreen(profile, look, (state, scene) -> {
            Set<String> ids = new HashSet<>();
            scene.getRoot().lookupAll(".button").stream()
                    .map(node -> Objects.requireNonNullElse(node.getId(), ""))
                    .filter(id -> !id.startsWith("rows-") && !id.startsWith("language-"))
                    .forEach(ids::add);
            found.put(state, ids);
        });
        return found;
    }

    @Test
    void a42HasAThemeInBlackAndYellowAndOneThatStandsStill() {
        onEveryScreen(
                DeviceProfile.MIDDLE,
                "high-contrast",
                (state, scene) -> assertThat(ground(Objects.requireNonNull(scene.lookup(".frame"))))
                        .as(state)
                        .isEqualTo(Color.BLACK));
        var calm = Preferences.NONE.with(Preference.CALM, true);
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, _ -> {})) {
            window.show(state("24-warning", calm));
            assertThat(Glass.onFxThread(() -> ((Labeled) window.glass().scene().lookup("#seconds-left")).getText()))
                    .isEqualTo("20 s");
            window.show(state("24-warning", Preferences.NONE));
            assertThat(Glass.onFxThread(() -> ((Labeled) window.glass().scene().lookup("#seconds-left")).getText()))
                    .isEqualTo("18 s");
        }
    }

    // ---- none is forgotten -------------------------------------------------------------------------------

    @Test
    void everyRuleIsATestOrARowThatSaysWhyNot() throws IOException {
        Map<String, String> rows = documented();
        Set<String> tests = new TreeSet<>();
        for (var method : AccessibilityRulesTest.class.getDeclaredMethods()) {
            tests.add(method.getName());
        }
        List<String> rules = IntStream.rangeClosed(1, 42)
                .mapToObj(number -> String.format(Locale.ROOT, "A%02d", number))
                .toList();
        assertThat(rows.keySet()).containsExactlyElementsOf(rules);
        for (String rule : rules) {
            String row = rows.getOrDefault(rule, "");
            List<String> named = Pattern.compile("`AccessibilityRulesTest\\.([a-zA-Z0-9]+)`")
                    .matcher(row)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            boolean installer = row.contains("**Installer:**");
            boolean spoken = row.contains("`SpeechRulesTest`");
            assertThat(!named.isEmpty() || installer || spoken)
                    .as(rule + ": " + row)
                    .isTrue();
            assertThat(tests).as(rule).containsAll(named);
            assertThat(named)
                    .as(rule)
                    .allMatch(test -> test.toUpperCase(Locale.ROOT).contains(rule));
        }
    }

    @Test
    void everyTestOfARuleIsInTheDocument() throws IOException {
        String document = Files.readString(RULES);
        for (var method : AccessibilityRulesTest.class.getDeclaredMethods()) {
            if (method.getName().matches("a\\d\\d.*")) {
                assertThat(document).contains("`AccessibilityRulesTest." + method.getName() + "`");
            }
        }
    }

    /** The table of the document: rule and the rest of its row. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(RULES)) {
            if (line.matches("\\| A\\d\\d \\|.*")) {
                rows.put(line.substring(2, 5), line);
            }
        }
        return rows;
    }

    // ---- how it is measured ------------------------------------------------------------------------------

    private interface Measure {
        void at(String state, Scene scene);
    }

    private static KioskState state(String name, Preferences preferences) {
        return Objects.requireNonNull(
                Gallery.states(Language.FINNISH, preferences).get(name), name);
    }

    private static void onEveryScreen(DeviceProfile profile, String look, Measure measure) {
        try (var window = KioskWindow.offScreen(profile, _ -> {})) {
            Gallery.states(Language.FINNISH, ScreenLayoutTest.preferences(look)).forEach((name, state) -> {
                window.show(state);
                Glass.onFxThread(() -> {
                    Scene scene = window.glass().scene();
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    measure.at(name, scene);
                    return true;
                });
            });
        }
    }

    private static Stream<Glimpse> buttons(Scene scene) {
        return Glimpse.of(scene).stream().filter(glimpse -> glimpse.node() instanceof Button);
    }

    private static Bounds place(Scene scene, String id) {
        Node node = Objects.requireNonNull(scene.lookup("#" + id), id);
        return node.localToScene(node.getLayoutBounds());
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static <N extends Node> Stream<N> seen(Node node, Class<N> type) {
        if (!node.isVisible()) {
            return Stream.empty();
        }
        Stream<N> self = type.isInstance(node) ? Stream.of(type.cast(node)) : Stream.empty();
        return node instanceof Parent parent
                ? Stream.concat(self, parent.getChildrenUnmodifiable().stream().flatMap(child -> seen(child, type)))
                : self;
    }

    private static void contrast(String state, Node what, Paint ink, Node standsOn, double least, List<String> faults) {
        double ratio = ThemeContrastTest.ratio((Color) ink, ground(standsOn));
        if (ratio < least) {
            faults.add("%s: %s %s has %.1f:1".formatted(state, what.getStyleClass(), ink, ratio));
        }
    }

    private static boolean standsOut(Color edge, Color ground) {
        return ThemeContrastTest.ratio(edge, ground) >= 3;
    }

    /** The colours by which a button is told from what is around it: its border, and its own ground. */
    private static Stream<Color> edges(Region button) {
        Stream<Color> border = button.getBorder() == null
                ? Stream.empty()
                : button.getBorder().getStrokes().stream().map(stroke -> (Color) stroke.getTopStroke());
        Stream<Color> own = button.getBackground() == null
                ? Stream.empty()
                : button.getBackground().getFills().stream()
                        .map(BackgroundFill::getFill)
                        .map(Color.class::cast);
        return Stream.concat(border, own).filter(Color::isOpaque);
    }

    /** The first opaque ground at or behind a node; where a shape stands behind it, its colour. */
    private static Color ground(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            Optional<Color> shape = at.getParent() == null ? Optional.empty() : shapeBehind(at);
            if (shape.isPresent()) {
                return shape.get();
            }
            if (at instanceof Region region && region.getBackground() != null) {
                List<Color> fills = region.getBackground().getFills().stream()
                        .map(BackgroundFill::getFill)
                        .filter(Color.class::isInstance)
                        .map(Color.class::cast)
                        .filter(Color::isOpaque)
                        .toList();
                if (!fills.isEmpty()) {
                    return fills.getLast();
                }
            }
        }
        throw new AssertionError("no ground behind " + node);
    }

    private static Optional<Color> shapeBehind(Node node) {
        return node.getParent().getChildrenUnmodifiable().stream()
                .takeWhile(sibling -> !sibling.equals(node))
                .filter(sibling -> sibling.getStyleClass().contains("badge-shape"))
                .map(sibling -> (Color) ((Shape) sibling).getFill())
                .findFirst();
    }

    /** A kiosk by hand, with a clock of its own. */
    private static final class Clockwork {
        private Instant now = Gallery.NOW;
        private KioskState state = KioskSession.start(Gallery.SETTINGS, now);

        Clockwork() {
            on(new KioskEvent.LineChanged(Surroundings.Line.UP));
            for (DeviceKind kind : List.of(DeviceKind.PAD, DeviceKind.PRINTER, DeviceKind.SCANNER)) {
                on(new KioskEvent.DeviceChanged(kind, new DeviceStatus.Ready(now)));
            }
        }

        void on(KioskEvent event) {
            state = KioskSession.step(state, event).next();
        }

        void seconds(int count) {
            now = now.plusSeconds(count);
            on(new KioskEvent.Tick(now));
        }
    }
}
