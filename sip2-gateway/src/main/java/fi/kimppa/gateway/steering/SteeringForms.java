package fi.kimppa.gateway.steering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The forms of what is set for kiosks, which people write a line each and which are kept as JSON on one line. Only forms: which texts,
 * roles and colours a kiosk can use it knows itself. Pure.
 */
final class SteeringForms {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, TreeMap<String, String>>> WORDS = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, String>> NAMES = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, Mark>> MARKS = new TypeReference<>() {};

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHAPE = Pattern.compile("circle|square|hexagon|octagon");
    private static final Pattern TAG = Pattern.compile("[a-z]{2,3}");
    private static final Pattern WORD_LINE = Pattern.compile("([a-z]{2,3})\\s+([a-z0-9.-]+)\\s*=\\s*(\\S.*)");
    private static final Pattern NAME_LINE = Pattern.compile("([A-Z0-9]{1,10})\\s*=\\s*(\\P{Cntrl}{1,64})");
    private static final Pattern MARK_LINE = Pattern.compile("(\\S{1,4})\\s*=\\s*(.*)");
    private static final Pattern TAGGED = Pattern.compile("([a-z]{2,3})\\s+(\\S.*)");
    private static final int LONGEST = 20_000;

    private SteeringForms() {}

    /**
     * How a bin is told from others.
     *
     * @param name what it is called, by language; under "" for every language
     * @param colour {@code #rrggbb}; empty for none
     * @param shape a word; empty for none
     */
    record Mark(SortedMap<String, String> name, String colour, String shape) {}

    // ---- short ones --------------------------------------------------------------------------------------

    /** {@code #rrggbb}, or nothing for what the kiosk's own file says. */
    static Optional<String> colour(String text) {
        String small = text.strip().toLowerCase(Locale.ROOT);
        return Optional.of(small)
                .filter(one -> one.isEmpty() || COLOUR.matcher(one).matches());
    }

    /** SHA-256 of a picture, or nothing. */
    static Optional<String> digest(String text) {
        String small = text.strip().toLowerCase(Locale.ROOT);
        return Optional.of(small)
                .filter(one -> one.isEmpty() || DIGEST.matcher(one).matches());
    }

    /** Tags with commas between them, or nothing. */
    static Optional<String> languages(String text) {
        List<String> tags = Arrays.stream(text.split("[,\\s]+", -1))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        return tags.stream().allMatch(tag -> TAG.matcher(tag).matches())
                ? Optional.of(String.join(", ", tags))
                : Optional.empty();
    }

    /** Whole seconds, or nothing. */
    static Optional<String> seconds(String text) {
        return Optional.of(text.strip()).filter(one -> one.matches("([1-9]\\d{0,2})?"));
    }

    // ---- long ones ---------------------------------------------------------------------------------------

    /** Lines such as {@code fi home.title = Tervetuloa}, or their JSON. */
    static Optional<SortedMap<String, SortedMap<String, String>>> wording(String text) {
        return read(text, WORDS)
                .<Optional<SortedMap<String, SortedMap<String, String>>>>map(found -> Optional.of(new TreeMap<>(found)))
                .orElseGet(() -> byLine(text, WORD_LINE).map(lines -> {
                    SortedMap<String, SortedMap<String, String>> words = new TreeMap<>();
                    lines.forEach(line -> words.computeIfAbsent(line.group(1), _ -> new TreeMap<>())
                            .put(line.group(2), line.group(3).strip()));
                    return words;
                }));
    }

    /** Lines such as {@code LIETO = Lieto}, or their JSON. */
    static Optional<SortedMap<String, String>> names(String text) {
        return read(text, NAMES)
                .<Optional<SortedMap<String, String>>>map(Optional::of)
                .orElseGet(() -> byLine(text, NAME_LINE).map(lines -> {
                    SortedMap<String, String> names = new TreeMap<>();
                    lines.forEach(line -> names.put(line.group(1), line.group(2).strip()));
                    return names;
                }));
    }

    /** Lines such as {@code 3 = square, #12437a, fi Kuljetus, sv Transport}, or their JSON. */
    static Optional<SortedMap<String, Mark>> marks(String text) {
        return read(text, MARKS)
                .filter(SteeringForms::good)
                .<Optional<SortedMap<String, Mark>>>map(Optional::of)
                .orElseGet(() -> byLine(text, MARK_LINE).map(lines -> {
                    SortedMap<String, Mark> marks = new TreeMap<>();
                    lines.forEach(line -> marks.put(line.group(1), mark(line.group(2))));
                    return marks;
                }));
    }

    private static boolean good(SortedMap<String, Mark> marks) {
        return marks.values().stream()
                .allMatch(mark -> mark != null
                        && mark.name() != null
                        && mark.colour() != null
                        && mark.shape() != null
                        && (mark.colour().isEmpty()
                                || COLOUR.matcher(mark.colour()).matches())
                        && (mark.shape().isEmpty()
                                || SHAPE.matcher(mark.shape()).matches()));
    }

    private static Mark mark(String said) {
        SortedMap<String, String> names = new TreeMap<>();
        String colour = "";
        String shape = "";
        for (String part : said.split(",", -1)) {
            String word = part.strip();
            Matcher tagged = TAGGED.matcher(word);
            if (COLOUR.matcher(word.toLowerCase(Locale.ROOT)).matches()) {
                colour = word.toLowerCase(Locale.ROOT);
            } else if (SHAPE.matcher(word).matches()) {
                shape = word;
            } else if (tagged.matches()) {
                names.put(tagged.group(1), tagged.group(2));
            } else if (!word.isEmpty()) {
                names.put("", word);
            }
        }
        return new Mark(names, colour, shape);
    }

    private static <T> Optional<T> read(String text, TypeReference<T> type) {
        if (!text.strip().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(text, type));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** Empty where a line is of another form. */
    private static Optional<List<Matcher>> byLine(String text, Pattern form) {
        List<Matcher> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(form::matcher)
                .toList();
        return text.length() <= LONGEST && lines.stream().allMatch(Matcher::matches)
                ? Optional.of(lines)
                : Optional.empty();
    }

    /** On one line. */
    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    // ---- for people --------------------------------------------------------------------------------------

    static String wordingLines(SortedMap<String, SortedMap<String, String>> words) {
        return words.entrySet().stream()
                .flatMap(language -> language.getValue().entrySet().stream()
                        .map(word -> language.getKey() + " " + word.getKey() + " = " + word.getValue()))
                .collect(Collectors.joining("\n"));
    }

    static String nameLines(SortedMap<String, String> names) {
        return names.entrySet().stream()
                .map(name -> name.getKey() + " = " + name.getValue())
                .collect(Collectors.joining("\n"));
    }

    static String markLines(SortedMap<String, Mark> marks) {
        return marks.entrySet().stream()
                .map(mark -> mark.getKey() + " = " + parts(mark.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String parts(Mark mark) {
        List<String> parts = new ArrayList<>();
        if (!mark.shape().isEmpty()) {
            parts.add(mark.shape());
        }
        if (!mark.colour().isEmpty()) {
            parts.add(mark.colour());
        }
        mark.name().forEach((tag, name) -> parts.add((tag + " " + name).strip()));
        return String.join(", ", parts);
    }
}
