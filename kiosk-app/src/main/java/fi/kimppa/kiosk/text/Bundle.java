package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file of sentences, {@code messages_TAG.properties} in UTF-8. Lines whose key begins with {@code @} say what there is to
 * know about the language:
 *
 * <pre>
 * &#64;sip2=007                        what SIP2 calls it; 000 where the standard has no code
 * &#64;offered=1                       its place among the languages that a branch offers unless it lists its own; without
 *                                  this line it is offered only where a branch lists it
 * &#64;fallback=fi en                  whose sentences stand in for missing ones; without this line none may be missing
 * &#64;plural=one: n = 1               which form of a counted sentence a number takes
 * &#64;date=d.M.uuuu                   a day in a sentence
 * &#64;time=H.mm                       a time of day
 * &#64;money={euros},{cents} €          a sum
 * </pre>
 *
 * @param file what errors call it
 * @param offered place among the languages offered as a matter of course, if it has one
 * @param fallback tags of the languages that stand in, nearest first
 * @param money a sum, with {@code {euros}} and {@code {cents}}
 * @param sentences by key
 */
record Bundle(
        String file,
        Language language,
        Optional<Integer> offered,
        List<String> fallback,
        PluralRule plural,
        DateTimeFormatter date,
        DateTimeFormatter time,
        String money,
        Map<String, String> sentences) {
    private static final Pattern NAME = Pattern.compile("messages_([a-z]{2,3})\\.properties");
    private static final String ABOUT = "@";
    private static final List<String> KNOWN =
            List.of("@sip2", "@offered", "@fallback", "@plural", "@date", "@time", "@money");

    /**
     * All bundles of a folder.
     *
     * @throws IllegalArgumentException naming the file, the key and what was expected
     */
    static List<Bundle> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(name(file)).matches())
                    .sorted()
                    .map(Bundle::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the bundles cannot be read", e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Bundle read(Path file) {
        var lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
        Matcher name = NAME.matcher(name(file));
        if (!name.matches()) {
            throw new IllegalArgumentException(file + ": a bundle is called messages_TAG.properties");
        }
        return of(file.toString(), name.group(1), lines);
    }

    private static Bundle of(String file, String tag, Properties lines) {
        lines.stringPropertyNames().stream()
                .filter(key -> key.startsWith(ABOUT) && !KNOWN.contains(key))
                .findFirst()
                .ifPresent(stranger -> {
                    throw new IllegalArgumentException(
                            file + ": " + stranger + ": unknown, expected one of " + String.join(", ", KNOWN));
                });
        Locale locale = Locale.of(tag);
        return new Bundle(
                file,
                required(file, lines, "@sip2", "three digits", code -> new Language(tag, code)),
                lines.containsKey("@offered")
                        ? Optional.of(required(file, lines, "@offered", "a whole number", Integer::valueOf))
                        : Optional.empty(),
                Arrays.stream(lines.getProperty("@fallback", "").split(" ", -1))
                        .filter(other -> !other.isBlank())
                        .toList(),
                required(file, lines, "@plural", "a rule", PluralRule::parse),
                required(file, lines, "@date", "a pattern", text -> DateTimeFormatter.ofPattern(text, locale)),
                required(file, lines, "@time", "a pattern", text -> DateTimeFormatter.ofPattern(text, locale)),
                required(file, lines, "@money", "a sum with {euros} and {cents}", Bundle::money),
                lines.stringPropertyNames().stream()
                        .filter(key -> !key.startsWith(ABOUT))
                        .collect(Collectors.toMap(Function.identity(), key -> lines.getProperty(key, ""))));
    }

    private static String money(String text) {
        if (!text.contains("{euros}") || !text.contains("{cents}")) {
            throw new IllegalArgumentException("{euros} or {cents} is missing");
        }
        return text;
    }

    private static <T> T required(
            String file, Properties lines, String key, String expected, Function<String, T> meaning) {
        if (!lines.containsKey(key)) {
            throw new IllegalArgumentException(file + ": " + key + ": missing, expected " + expected);
        }
        try {
            return meaning.apply(lines.getProperty(key, "").strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + key + ": expected " + expected + ": " + e.getMessage(), e);
        }
    }

    /** Whether every sentence must be there. */
    boolean complete() {
        return fallback.isEmpty();
    }
}
