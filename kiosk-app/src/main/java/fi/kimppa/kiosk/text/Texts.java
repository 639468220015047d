package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.Language;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.text.Collator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sentences of one language, with dates, times and amounts written as that language writes them. Texts, formats and
 * the SIP2 language field all follow from one {@link Language}. Immutable; any thread.
 *
 * <p>Sentences come from the bundles {@code messages_TAG.properties} beside this class; their first lines say which languages
 * there are and how each writes things. A parameter stands as {@code {name}} in the sentence. Formats are written out there,
 * because the locale data of the JDK gives Swedish dates of Sweden and English dates of England. Where a language with
 * {@code @fallback} lacks a sentence, another one's stands in.
 */
public final class Texts {
    /** Everything that people see is in this time. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");

    private static final char NO_BREAK_SPACE = '\u00A0';
    private static final DateTimeFormatter PAPER_DATE = DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT);
    private static final List<Bundle> BUILT_IN = Bundles.builtIn();
    private static final Map<Language, Texts> ALL = new ConcurrentHashMap<>(BUILT_IN.stream()
            .collect(Collectors.toMap(
                    Bundle::language, bundle -> new Texts(bundle, Bundles.chain(bundle, BUILT_IN), Map.of()))));

    private final Bundle bundle;
    private final List<Bundle> chain;
    private final Map<String, String> own;
    private final DateTimeFormatter weekday;

    /**
     * @param chain the bundle itself, then those that stand in for it
     * @param own a library's sentences in place of these, by key
     */
    private Texts(Bundle bundle, List<Bundle> chain, Map<String, String> own) {
        this.bundle = bundle;
        this.chain = List.copyOf(chain);
        this.own = Map.copyOf(own);
        this.weekday =
                DateTimeFormatter.ofPattern("EEE", Locale.of(bundle.language().tag()));
    }

    /** Every language that the product speaks: those offered as a matter of course, in their order, then the rest by tag. */
    public static List<Language> languages() {
        return BUILT_IN.stream()
                .sorted(Comparator.comparing((Bundle bundle) -> bundle.offered().orElse(Integer.MAX_VALUE))
                        .thenComparing(bundle -> bundle.language().tag()))
                .map(Bundle::language)
                .toList();
    }

    /** The languages that a branch offers unless it lists its own. */
    public static List<Language> usual() {
        return languages().stream()
                .filter(language -> in(language).bundle.offered().isPresent())
                .toList();
    }

    /** Every language that there are texts in, those learnt from a folder too, by tag. */
    static List<Language> known() {
        return ALL.keySet().stream().sorted(Comparator.comparing(Language::tag)).toList();
    }

    /** The language with this tag, if there are texts in it. */
    public static Optional<Language> language(String tag) {
        return ALL.keySet().stream()
                .filter(language -> language.tag().equals(tag))
                .findFirst();
    }

    /** The tags of all languages, for saying what was expected. */
    public static String tags() {
        return known().stream().map(Language::tag).collect(Collectors.joining(", "));
    }

    /**
     * Learns the languages of a folder of bundles besides those of the product, for the life of the program.
     *
     * @return the languages learnt
     * @throws IllegalArgumentException naming the file, the key and what was expected
     */
    public static List<Language> learn(Path folder) {
        List<Bundle> found = Bundle.in(folder);
        List<Bundle> all = Stream.concat(BUILT_IN.stream(), found.stream()).toList();
        for (Bundle bundle : found) {
            if (language(bundle.language().tag()).isPresent()) {
                throw new IllegalArgumentException(
                        bundle.file() + ": there is such a language already; choose another tag");
            }
            List<String> faults = Bundles.faults(in(Language.FINNISH).bundle, bundle);
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", faults));
            }
            ALL.put(bundle.language(), new Texts(bundle, Bundles.chain(bundle, all), Map.of()));
        }
        return found.stream().map(Bundle::language).toList();
    }

    /** The texts of a language. */
    public static Texts in(Language language) {
        return Objects.requireNonNull(ALL.get(language), "no texts in " + language);
    }

    /** The same with a library's own sentences, by key; {@link OwnWords} tells which are good. */
    public Texts worded(Map<String, String> sentences) {
        return sentences.isEmpty() ? this : new Texts(bundle, chain, sentences);
    }

    /**
     * The language in which these texts are read aloud. A voice makes nonsense of another language's words, so where sentences are
     * missing it is the nearest of those that stand in which lacks none.
     */
    public Language readAloud() {
        return chain.stream()
                .filter(Bundle::complete)
                .findFirst()
                .orElse(bundle)
                .language();
    }

    /** The language of these texts; it knows what SIP2 calls it. */
    public Language language() {
        return bundle.language();
    }

    /**
     * The sentence of a key.
     *
     * @param parameters name and value by turns; every parameter of the sentence must be given
     * @throws IllegalArgumentException when the key or a parameter is missing: both are faults of the program
     */
    public String say(String key, Object... parameters) {
        return Bundles.PARAMETER
                .matcher(sentence(key))
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
     * The sentence of a number, with the number as {@code {n}}: {@code key.one}, {@code key.other} or what other forms the
     * language has.
     */
    public String count(String key, int n) {
        Bundle holder = chain.stream()
                .filter(there -> there.sentences().containsKey(key + "." + PluralRule.OTHER))
                .findFirst()
                .orElse(bundle);
        return say(key + "." + holder.plural().form(n), "n", n);
    }

    private String sentence(String key) {
        String instead = own.get(key);
        return instead != null ? instead : product(key);
    }

    /** What the product says. */
    String product(String key) {
        return chain.stream()
                .flatMap(there -> Optional.ofNullable(there.sentences().get(key)).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No text '" + key + "' in " + bundle.language()));
    }

    /** Whether there is such a sentence. */
    public boolean has(String key) {
        return chain.stream().anyMatch(there -> there.sentences().containsKey(key));
    }

    /** The names of the parameters of a sentence. */
    public Set<String> parametersOf(String key) {
        return Bundles.parameters(sentence(key));
    }

    /**
     * The parts between which a long word may be broken with a hyphen; the word itself when the bundle knows none. Upper
     * and lower case and marks at the end of the word stay as they are.
     */
    public List<String> parts(String word) {
        for (String known : say("words.breaks").split(" ", -1)) {
            if (known.contains("-") && word.regionMatches(true, 0, known.replace("-", ""), 0, known.length() - 1)) {
                int at = known.indexOf('-');
                return List.of(word.substring(0, at), word.substring(at));
            }
        }
        return List.of(word);
    }

    /** A sentence as it stands in the language's own bundle, parameters unfilled; empty where others stand in. */
    String raw(String key) {
        return bundle.sentences().getOrDefault(key, "");
    }

    /** The keys of all sentences that there are, of those that stand in too. */
    Set<String> allKeys() {
        return chain.stream()
                .flatMap(there -> there.sentences().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** The keys of the language's own bundle. */
    public Set<String> keys() {
        return bundle.sentences().keySet();
    }

    /** What the language's own bundle says. */
    Bundle bundle() {
        return bundle;
    }

    /** The sentence of a key about a day, which is written as that sentence writes it, be it one that stands in. */
    public String onDay(String key, LocalDate date) {
        return say(key, "date", speaker(key).day(date));
    }

    /** The same about the end of a loan; what cannot be read of it stands as the library wrote it. */
    public String onDay(String key, DueDate due) {
        return due.date().map(date -> onDay(key, date)).orElseGet(() -> say(key, "date", due.text()));
    }

    /** The same as it stands on paper. */
    public String onPaper(String key, DueDate due) {
        return say(key, "date", due.date().map(speaker(key)::paperDay).orElse(due.text()));
    }

    /** The texts of the language that the sentence of a key is in. */
    private Texts speaker(String key) {
        if (own.containsKey(key) || bundle.sentences().containsKey(key)) {
            return this;
        }
        return chain.stream()
                .filter(there -> there.sentences().containsKey(key))
                .findFirst()
                .map(there -> in(there.language()))
                .orElse(this);
    }

    /** A day as it stands in a sentence: {@code 19.12.2026}, in English {@code 19 December 2026}. */
    public String date(LocalDate date) {
        return bundle.date().format(date);
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
        return PAPER_DATE.format(date);
    }

    private String weekdayOf(LocalDate date) {
        return weekday.format(date);
    }

    /** A time of day: {@code 14.05}, in English {@code 14:05}; the word in front of it belongs to the sentence. */
    public String time(LocalTime of) {
        return bundle.time().format(of);
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
        String[] amount =
                euros.setScale(2, RoundingMode.HALF_UP).toPlainString().split("\\.", -1);
        return bundle.money().replace("{euros}", amount[0]).replace("{cents}", amount[1]);
    }

    /**
     * The order of names in a list, Finnish in every language so that a list never changes with it: V and W are one letter,
     * and Å, Ä and Ö come last.
     */
    public static Comparator<String> byName() {
        return Collator.getInstance(Locale.of("fi"))::compare;
    }
}
