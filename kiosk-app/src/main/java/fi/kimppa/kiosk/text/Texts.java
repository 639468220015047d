package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sentences of one language, with dates, times and amounts written as that language writes them. Texts, formats and
 * the SIP2 language field all follow from one {@link Language}. Immutable; any thread.
 *
 * <p>Sentences come from {@code messages_fi}, {@code _sv} and {@code _en} in this package, UTF-8. A parameter stands as
 * {@code {name}} in the sentence. Formats are written out here, because the locale data of the JDK gives Swedish dates
 * of Sweden and English dates of England.
 */
public final class Texts {
    /** Everything that people see is in this time. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");
    private static final char NO_BREAK_SPACE = '\u00A0';
    private static final Map<Language, Texts> ALL =
            new EnumMap<>(Arrays.stream(Language.values()).collect(Collectors.toMap(Function.identity(), Texts::new)));

    private final Language language;
    private final Properties sentences;
    private final DateTimeFormatter weekday;
    private final DateTimeFormatter longDate;
    private final DateTimeFormatter time;

    private Texts(Language language) {
        this.language = language;
        this.sentences = load(language.tag());
        Locale locale = Locale.of(language.tag());
        boolean english = language == Language.ENGLISH;
        this.weekday = DateTimeFormatter.ofPattern("EEE", locale);
        this.longDate = DateTimeFormatter.ofPattern(english ? "d MMMM uuuu" : "d.M.uuuu", locale);
        this.time = DateTimeFormatter.ofPattern(english ? "HH:mm" : "H.mm", locale);
    }

    private static Properties load(String tag) {
        String name = "messages_" + tag + ".properties";
        try (var in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The bundle " + name + " is not on the class path");
            }
            var loaded = new Properties();
            loaded.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle " + name + " cannot be read", e);
        }
    }

    /** The texts of a language. */
    public static Texts in(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    /** The language of these texts; it knows what SIP2 calls it. */
    public Language language() {
        return language;
    }

    /**
     * The sentence of a key.
     *
     * @param parameters name and value by turns; every parameter of the sentence must be given
     * @throws IllegalArgumentException when the key or a parameter is missing: both are faults of the program
     */
    public String say(String key, Object... parameters) {
        String sentence = sentences.getProperty(key);
        if (sentence == null) {
            throw new IllegalArgumentException("No text '" + key + "' in " + language);
        }
        return PARAMETER
                .matcher(sentence)
                .replaceAll(found -> Matcher.quoteReplacement(parameter(key, found.group(1), parameters)));
    }

    private static String parameter(String key, String name, Object... parameters) {
        for (int i = 0; i + 1 < parameters.length; i += 2) {
            if (name.equals(parameters[i])) {
                return String.valueOf(parameters[i + 1]);
            }
        }
        throw new IllegalArgumentException("The text '" + key + "' needs the parameter '" + name + "'");
    }

    /**
     * The sentence of a number: {@code key.one} for 1, {@code key.other} for all else, with the number as {@code {n}}.
     * Finnish, Swedish and English agree on this; Northern Sámi would need a third form for two.
     */
    public String count(String key, int n) {
        return say(key + (n == 1 ? ".one" : ".other"), "n", n);
    }

    /**
     * The parts between which a long word may be broken with a hyphen; the word itself when the bundle knows none. Upper
     * and lower case and marks at the end of the word stay as they are.
     */
    public List<String> parts(String word) {
        for (String known : say("words.breaks").split(" ", -1)) {
            if (word.regionMatches(true, 0, known.replace("-", ""), 0, known.length() - 1)) {
                int at = known.indexOf('-');
                return List.of(word.substring(0, at), word.substring(at));
            }
        }
        return List.of(word);
    }

    /** A sentence as it stands in the bundle, parameters unfilled. */
    String raw(String key) {
        return sentences.getProperty(key, "");
    }

    /** All keys of this language. */
    public Set<String> keys() {
        return sentences.stringPropertyNames();
    }

    /** A day as it stands in a sentence: {@code 19.12.2026}, in English {@code 19 December 2026}. */
    public String date(LocalDate date) {
        return longDate.format(date);
    }

    /** A day with its weekday: {@code la 19.12.2026}, {@code lör 19.12.2026}, {@code Sat 19 December 2026}. */
    public String day(LocalDate date) {
        return weekdayOf(date) + NO_BREAK_SPACE + date(date).replace(' ', NO_BREAK_SPACE);
    }

    /** A day with its weekday as it stands on paper, short in every language: {@code Sat 19.12.2026}. */
    public String paperDay(LocalDate date) {
        return weekdayOf(date) + " " + paperDate(date);
    }

    /** A day as it stands on paper, the same in every language: {@code 19.12.2026}. */
    public String paperDate(LocalDate date) {
        return date.getDayOfMonth() + "." + date.getMonthValue() + "." + date.getYear();
    }

    private String weekdayOf(LocalDate date) {
        return weekday.format(date);
    }

    /** A time of day: {@code 14.05}, in English {@code 14:05}; the word in front of it belongs to the sentence. */
    public String time(LocalTime of) {
        return time.format(of);
    }

    /** An instant's time of day in {@link #ZONE}. */
    public String time(Instant of) {
        return time(of.atZone(ZONE).toLocalTime());
    }

    /** An instant on paper, in {@link #ZONE}: {@code 21.11.2026 14.05}. */
    public String paperMoment(Instant of) {
        return paperDate(of.atZone(ZONE).toLocalDate()) + " " + time(of);
    }

    /** An amount in euros with its cents: {@code 12,50 €}, in English {@code €12.50}. */
    public String money(BigDecimal euros) {
        String amount = euros.setScale(2, RoundingMode.HALF_UP).toPlainString();
        return language == Language.ENGLISH ? "€" + amount : amount.replace('.', ',') + NO_BREAK_SPACE + "€";
    }
}
