package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the theme may say and what not: one scale of type, colours by role. */
class ThemeRulesTest {
    /** As the head of the theme explains it. */
    private static final Set<String> SCALE =
            new TreeSet<>(Set.of("1em", "1.2em", "1.25em", "1.5em", "1.9em", "3.334em", "4.6em", "5em"));

    @Test
    void hasOneScaleOfType() throws IOException {
        Set<String> sizes = Pattern.compile("-fx-font-size: ([0-9.a-z]+);")
                .matcher(theme())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sizes).isEqualTo(SCALE);
    }

    @Test
    void namesColoursInTheTwoListsOnly() throws IOException {
        String css = theme();
        int lists = css.indexOf("}", css.indexOf(".root.high-contrast {"));
        assertThat(Pattern.compile("#[0-9a-fA-F]{3,8}|rgba?\\(")
                        .matcher(css.substring(lists))
                        .results())
                .extracting(MatchResult::group)
                .isEmpty();
    }

    @Test
    void givesEveryRoleAColourInBothLists() throws IOException {
        String css = theme();
        assertThat(roles(css, ".root.high-contrast {")).isEqualTo(roles(css, ".root {"));
    }

    private static Set<String> roles(String css, String block) {
        int from = css.indexOf(block);
        return Pattern.compile("(-[a-z-]+): (?:#|rgba)")
                .matcher(css.substring(from, css.indexOf("}", from)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String theme() throws IOException {
        try (var in = Objects.requireNonNull(Theme.class.getResourceAsStream("theme.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?s)/\\*.*?\\*/", "");
        }
    }
}
