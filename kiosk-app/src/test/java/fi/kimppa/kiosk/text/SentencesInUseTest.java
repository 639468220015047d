package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources: every text has a use, every use has a text, and no screen carries a sentence of its own. */
class SentencesInUseTest {
    private static final List<String> INSTALLERS =
            List.of("Icon.java", "Theme.java", "DeviceProfile.java", "Finger.java", "Palette.java", "LogoPicture.java");

    private static final Path SOURCES = Path.of("src/main/java/fi/kimppa/kiosk");
    private static final Path LAYOUT = Path.of("src/main/resources/fi/kimppa/kiosk/paper/receipts.layout");
    private static final Pattern LAID_OUT = Pattern.compile("\\{(?:text|count) ([a-z0-9.]+)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern KEY = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)+");

    @Test
    void everyTextIsUsedAndEveryUseHasAText() throws IOException {
        Set<String> all = Texts.in(Language.FINNISH).keys();
        Set<String> keys = all.stream().map(key -> counted(key, all)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> used = new TreeSet<>();
        for (Path source : sources("screen", "speech", "text", "paper")) {
            literals(source).filter(literal -> KEY.matcher(literal).matches()).forEach(used::add);
        }
        used.removeIf(literal -> literal.matches("www\\..*|.*\\.(css|ttf|layout|properties)"));
        LAID_OUT.matcher(Files.readString(LAYOUT))
                .results()
                .map(found -> found.group(1))
                .forEach(used::add);
        assertThat(used).isEqualTo(keys);
    }

    @Test
    void noScreenCarriesASentenceOfItsOwn() throws IOException {
        // A sentence begins with a capital letter, holds a letter that English does not have, or several words.
        Pattern sentence = Pattern.compile(".*[åäöÅÄÖ].*|[A-Z][a-z]+.*|.*[a-z] [a-z].*");
        for (Path source : sources("screen")) {
            String name = String.valueOf(source.getFileName());
            // What these say is for whoever installs a kiosk.
            if (INSTALLERS.contains(name)) {
                continue;
            }
            String code = Files.readString(source)
                    .replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "")
                    .replaceAll("new [A-Za-z]*Exception\\([^;]*;", "");
            assertThat(LITERAL.matcher(code).results().map(found -> found.group(1)))
                    .as(name)
                    .noneMatch(literal -> sentence.matcher(literal).matches());
        }
    }

    /** A sentence for one and one for more are used by their common name. */
    private static String counted(String key, Set<String> all) {
        String common = key.replaceAll("\\.(one|other)$", "");
        return all.contains(common + ".one") && all.contains(common + ".other") ? common : key;
    }

    private static List<Path> sources(String... packages) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String name : packages) {
            try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
        }
        return found;
    }

    private static Stream<String> literals(Path source) throws IOException {
        return LITERAL.matcher(Files.readString(source)).results().map(found -> found.group(1));
    }
}
