package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Preferences;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Languages that nobody speaks, made of the English sentences. In one every sentence stands in brackets: what a screen says without
 * them is data of its state, or a sentence that no bundle has and nobody can translate. In the other every sentence is as long as
 * the longest of the product's languages has it: what is cut would be cut in somebody's language.
 */
class PseudoLanguageTest {
    private static final String PLAIN = "aceinosuyzACEINOSUYZ";
    private static final String ACCENTED = "áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ";
    private static final String PADDING = " áé óúí éñá íóá";
    private static final List<Properties> COMPLETE =
            Stream.of("fi", "sv", "en").map(PseudoLanguageTest::bundle).toList();
    private static final Properties ENGLISH = COMPLETE.getLast();

    private static Properties bundle(String tag) {
        var sentences = new Properties();
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream("messages_" + tag + ".properties")),
                StandardCharsets.UTF_8)) {
            sentences.load(file);
        } catch (IOException e) {
            throw new AssertionError(tag, e);
        }
        return sentences;
    }

    /** A language of these sentences; {@code sentence} makes each from its key. */
    private static Language learn(Path folder, String tag, UnaryOperator<String> sentence) throws IOException {
        String sentences = ENGLISH.stringPropertyNames().stream()
                .filter(key -> !key.startsWith("@"))
                .map(key -> key + "=" + (isShown(key) ? sentence.apply(key) : accented(english(key))))
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("messages_" + tag + ".properties"), """
                @sip2=000
                @plural=one: n = 1
                @date=d.M.uuuu
                @time=H.mm
                @money={euros},{cents} €
                """ + sentences);
        return Texts.learn(folder).getFirst();
    }

    /** What is only heard, and where words may be broken, stands on no screen. */
    private static boolean isShown(String key) {
        return !key.startsWith("speech.") && !"words.breaks".equals(key);
    }

    private static String english(String key) {
        return ENGLISH.getProperty(key, "");
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

    /** As long as the longest of the complete languages has it, and never shorter than so many times the English. */
    private static String lengthened(String key, double growth) {
        int longest = COMPLETE.stream()
                .mapToInt(bundle -> bundle.getProperty(key, "").length())
                .max()
                .orElseThrow();
        int wanted = Math.max(longest, (int) Math.ceil(english(key).length() * growth))
                - english(key).length();
        String padding = PADDING.repeat(1 + wanted / PADDING.length()).substring(0, wanted);
        return accented(english(key)) + padding.stripTrailing();
    }

    @ParameterizedTest
    @CsvSource({"10.1-inch, qpa", "15.6-inch, qpb", "21.5-inch, qpc", "upright, qpd"})
    void everySentenceIsOfABundle(String profileName, String tag, @TempDir Path folder) throws IOException {
        Language pseudo = learn(folder, tag, key -> "[" + accented(english(key)) + "]");
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(pseudo));
        states.putAll(Gallery.corners(pseudo, Preferences.NONE));
        states.putAll(Gallery.staff(pseudo));
        List<String> faults = new ArrayList<>();
        try (var window = KioskWindow.offScreen(ScreenLayoutTest.profile(profileName), _ -> {})) {
            states.forEach((name, state) -> {
                StateData data = StateData.of(state);
                window.show(state);
                Glass.onFxThread(() -> {
                    words(window.glass().scene().getRoot())
                            .filter(word -> isLiteral(word, data))
                            .forEach(word -> faults.add(name + ": \"" + word + "\" is in no bundle"));
                    return true;
                });
            });
        }
        assertThat(faults).isEmpty();
    }

    /** On the smallest display headlines have no room to spare; there ScreenLayoutTest measures the languages themselves. */
    @ParameterizedTest
    @CsvSource({"15.6-inch, 1.0, qpf", "21.5-inch, 1.4, qpg", "upright, 1.0, qph"})
    void aLongLanguageHasRoom(String profileName, double growth, String tag, @TempDir Path folder) throws IOException {
        DeviceProfile profile = ScreenLayoutTest.profile(profileName);
        Language pseudo = learn(folder, tag, key -> lengthened(key, growth));
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(pseudo));
        states.putAll(Gallery.corners(pseudo, Preferences.NONE));
        List<String> faults = new ArrayList<>();
        try (var window = KioskWindow.offScreen(profile, _ -> {})) {
            states.forEach((name, state) -> {
                window.show(state);
                Glass.onFxThread(() -> {
                    ScreenLayoutTest.check(window.glass().scene(), profile, name, faults);
                    return true;
                });
            });
        }
        assertThat(faults).isEmpty();
    }

    private static Stream<String> words(Node node) {
        if (!node.isVisible()) {
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

    /** Whether letters remain when everything in brackets, from the inside out, is taken away, and then the data. */
    private static boolean isLiteral(String words, StateData data) {
        String rest = words == null ? "" : words;
        String before = "";
        while (!rest.equals(before)) {
            before = rest;
            rest = rest.replaceAll("\\[[^\\[\\]]*]", "");
        }
        // A letter alone is a key of the keyboard.
        return rest.strip().length() > 1 && data.takenOutOf(rest).codePoints().anyMatch(Character::isLetter);
    }
}
