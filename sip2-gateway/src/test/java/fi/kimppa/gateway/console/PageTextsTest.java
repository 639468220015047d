package fi.kimppa.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageTextsTest {
    private static final Path MAIN = Path.of("src", "main");
    /** Families of keys whose end is a word that a terminal says: one that nobody knows yet has the text of {@code other}. */
    private static final Set<String> OPEN = Set.of(
            "state.",
            "device.",
            "status.",
            "reason.",
            "event.",
            "scstatus.",
            "message.",
            "setting.",
            "choice.",
            "allowed.",
            "sign.",
            "preset.",
            "charter.fate.",
            "charter.remark.",
            "charter.contradiction.",
            "charter.use.",
            "desk.tag.state.");

    /** Families of which every word is known, such as the values of an enum. */
    private static final Set<String> CLOSED = Set.of(
            "condition.",
            "terminal.",
            "clock.",
            "tasks.kind.",
            "tasks.todo.",
            "returns.known.",
            "returns.alert.",
            "statistics.kind.",
            "transit.state.",
            "transit.said.",
            "routes.problem.",
            "route.situation.",
            "route.to.",
            "route.alert.",
            "route.text.",
            "route.if.",
            "route.why.",
            "route.problem.",
            "notices.kind.",
            "person.kind.",
            "person.kept.",
            "exchange.kind.",
            "exchange.state.",
            "exchange.why.",
            "charter.problem.",
            "calendar.holiday.",
            "calendar.problem.",
            "tips.when.",
            "restarts.last.",
            "tips.problem.",
            "moving.state.",
            "moving.about.",
            "moving.kind.",
            "moving.replay.",
            "moving.problem.",
            "moving.reason.",
            "desk.said.",
            "desk.hold.",
            "desk.fee.",
            "desk.against.",
            "desk.problem.",
            "desk.change.",
            "desk.replaced.",
            "desk.field.");

    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z0-9.]+)");
    private static final Pattern IN_CODE = Pattern.compile("text\\(\\s*language,\\s*\"([a-z0-9.]+)\"");

    @Test
    void allTextsExistInAllLanguages() throws IOException {
        Set<String> finnish = keys("fi");
        for (Locale language : Languages.ALL) {
            assertThat(keys(language.getLanguage())).as("%s", language).isEqualTo(finnish);
            assertThat(texts(language.getLanguage()).values()).doesNotContain("");
        }
    }

    @Test
    void noTextIsMissingAndNoneIsUnused() throws IOException {
        Set<String> used = new TreeSet<>(used());
        Set<String> known = keys("fi");
        assertThat(known).containsAll(used);
        assertThat(known.stream()
                        .filter(key ->
                                Stream.concat(OPEN.stream(), CLOSED.stream()).noneMatch(key::startsWith))
                        .collect(Collectors.toSet()))
                .isSubsetOf(used);
        assertThat(OPEN).allSatisfy(family -> assertThat(known).contains(family + "other"));
    }

    private static Set<String> used() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Pattern pattern = file.toString().endsWith(".html") ? IN_TEMPLATE : IN_CODE;
                boolean ours = file.toString()
                        .matches(
                                ".*/((fleet|console|access|sip|capture|proof|returns|privacy|statistics|transit|charter|mail|exchange|moving|calendar|catalogue|steering)/"
                                        + "|embedded/Counter|consortium/Place)[^/]+[.]java");
                if (file.toString().endsWith(".html") || ours) {
                    Matcher matcher = pattern.matcher(Files.readString(file));
                    while (matcher.find()) {
                        if (!matcher.group(1).endsWith(".")) {
                            keys.add(matcher.group(1));
                        }
                    }
                }
            }
        }
        return keys;
    }

    private static Set<String> keys(String language) throws IOException {
        return new TreeSet<>(texts(language).stringPropertyNames());
    }

    private static Properties texts(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader in =
                Files.newBufferedReader(MAIN.resolve("resources/messages/pages_" + language + ".properties"))) {
            texts.load(in);
        }
        return texts;
    }
}
