package fi.kimppa.gateway.console;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a page is looked at in. All of it is every language by day, wide and narrow, and one of them by night, since colours know no
 * language. With {@code -Dkimppa.sample=N}, as {@code deploy/verify} says it, each language has one of the looks: one is wide, one narrow
 * and one by night, and three numbers one after the other show every language in each.
 *
 * @param language a tag
 * @param width in CSS pixels
 * @param colours by day or by night
 */
public record Look(String language, int width, ColorScheme colours) {
    /** Of a desk's display. */
    public static final int WIDE = 1280;

    private static final List<String> LANGUAGES = List.of("fi", "sv", "en");
    private static final Optional<Integer> SAMPLE = Optional.ofNullable(Integer.getInteger("kimppa.sample"));

    /** Every look, or the sample. */
    public static Stream<Look> all(int narrow) {
        return LANGUAGES.stream().flatMap(language -> of(language, narrow).stream());
    }

    /** Every look of a language, or its one of the sample. */
    public static List<Look> of(String language, int narrow) {
        List<Look> kinds = List.of(
                new Look(language, WIDE, ColorScheme.LIGHT),
                new Look(language, narrow, ColorScheme.LIGHT),
                new Look(language, WIDE, ColorScheme.DARK));
        return SAMPLE.map(
                        number -> List.of(kinds.get(Math.floorMod(number + LANGUAGES.indexOf(language), kinds.size()))))
                .orElseGet(() -> language.equals("fi") ? kinds : kinds.subList(0, 2));
    }

    /** The same for a page that is not looked at narrow, or elsewhere: by day where the sample is narrow. */
    public static List<Look> wide(String language) {
        return of(language, WIDE).stream().distinct().toList();
    }

    /** Whether some of the looks are taken only. */
    static boolean sampled() {
        return SAMPLE.isPresent();
    }

    /** Whether it is narrower than a desk's display. */
    public boolean narrow() {
        return width < WIDE;
    }

    /** For the names of pictures. */
    @Override
    public String toString() {
        return language + "-" + width + "-" + colours;
    }
}
