package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A language that nobody speaks: English with accents, in brackets, and longer by 40 %, as other languages are. What stands on
 * a screen without brackets is no text of the bundles; what is cut would be cut in somebody's language.
 */
class PseudoLanguageTest {
    private static final double LONGER = 1.4;
    private static final String PLAIN = "aceinosuyzACEINOSUYZ";
    private static final String ACCENTED = "áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ";
    private static final String PADDING = " áé óúí éñá íóá";

    private static Language pseudo = Language.ENGLISH;

    @BeforeAll
    static void learn(@TempDir Path folder) throws IOException {
        var english = new Properties();
        try (Reader bundle = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream("messages_en.properties")),
                StandardCharsets.UTF_8)) {
            english.load(bundle);
        }
        String sentences = english.stringPropertyNames().stream()
                .filter(key -> !key.startsWith("@"))
                .map(key -> key + "=" + transformed(key, english.getProperty(key, "")))
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("messages_qps.properties"), """
                @sip2=000
                @plural=one: n = 1
                @date=d.M.uuuu
                @time=H.mm
                @money={euros},{cents} €
                """ + sentences);
        pseudo = Texts.learn(folder).getFirst();
    }

    private static String transformed(String key, String english) {
        if ("words.breaks".equals(key)) {
            return accented(english);
        }
        int wanted = (int) Math.ceil(english.length() * LONGER) - english.length();
        String padding = PADDING.repeat(1 + wanted / PADDING.length()).substring(0, Math.max(2, wanted));
        return "[" + accented(english) + padding.stripTrailing() + "]";
    }

    /** Parameters stay as they are. */
    private static String accented(String english) {
        var text = new StringBuilder();
        boolean parameter = false;
        for (int i = 0; i < english.length(); i++) {
            char letter = english.charAt(i);
            parameter = letter == '{' || (parameter && letter != '}');
            int at = parameter ? -1 : PLAIN.indexOf(letter);
            text.append(at < 0 ? letter : ACCENTED.charAt(at));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1-inch", "15.6-inch", "21.5-inch", "upright"})
    void everyWordIsOfTheBundleAndNoneIsCut(String profileName) {
        DeviceProfile profile = ScreenLayoutTest.profile(profileName);
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(pseudo));
        states.putAll(Gallery.corners(pseudo));
        List<String> faults = new ArrayList<>();
        try (var window = KioskWindow.offScreen(profile, Look.STANDARD, _ -> {})) {
            for (Map.Entry<String, KioskState> state : states.entrySet()) {
                window.show(state.getValue());
                Glass.onFxThread(() -> {
                    var scene = window.glass().scene();
                    ScreenLayoutTest.check(scene, profile, state.getKey(), faults);
                    words(scene.getRoot())
                            .filter(PseudoLanguageTest::isLiteral)
                            .forEach(word -> faults.add(state.getKey() + ": \"" + word + "\" is in no bundle"));
                    return true;
                });
                if (state.getKey().matches("\\d\\d-.*")) {
                    window.snapshot(Path.of("target", "screens", profileName, "qps", state.getKey() + ".png"));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Every text that can be seen, but for data: titles, and languages in their own words. */
    private static Stream<String> words(Node node) {
        boolean data = node.getStyleClass().contains("row-title")
                || String.valueOf(node.getId()).startsWith("language-");
        if (!node.isVisible() || data) {
            return Stream.empty();
        }
        return switch (node) {
            case Labeled labeled
            when labeled.getGraphic() != null ->
                Stream.concat(Stream.of(labeled.getText()), words(labeled.getGraphic()));
            case Labeled labeled -> Stream.of(labeled.getText());
            case Text text -> Stream.of(text.getText());
            case Parent parent -> parent.getChildrenUnmodifiable().stream().flatMap(PseudoLanguageTest::words);
            default -> Stream.empty();
        };
    }

    /** Whether letters remain when everything in brackets, from the inside out, is taken away. */
    private static boolean isLiteral(String words) {
        String rest = words == null ? "" : words.replace(Gallery.SETTINGS.libraryName(), "");
        String before = "";
        while (!rest.equals(before)) {
            before = rest;
            rest = rest.replaceAll("\\[[^\\[\\]]*]", "");
        }
        return rest.codePoints().anyMatch(Character::isLetter);
    }
}
