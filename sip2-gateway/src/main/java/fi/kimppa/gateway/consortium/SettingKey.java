package fi.kimppa.gateway.consortium;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting that inherits, declared by the feature that uses it. Its values travel as text; each has one canonical
 * text, which is what is stored. May be used by several threads.
 *
 * @param <T> what the text means
 */
public final class SettingKey<T> {
    private final String name;
    private final T fallback;
    private final Allowed allowed;
    private final Function<String, Optional<T>> reader;
    private final Function<T, String> writer;
    private final boolean consortiumOnly;

    private SettingKey(
            String name,
            T fallback,
            Allowed allowed,
            Function<String, Optional<T>> reader,
            Function<T, String> writer) {
        this(name, fallback, allowed, reader, writer, false);
    }

    private SettingKey(
            String name,
            T fallback,
            Allowed allowed,
            Function<String, Optional<T>> reader,
            Function<T, String> writer,
            boolean consortiumOnly) {
        this.name = name;
        this.fallback = fallback;
        this.allowed = allowed;
        this.reader = reader;
        this.writer = writer;
        this.consortiumOnly = consortiumOnly;
    }

    /** What a text must be. */
    public sealed interface Allowed {
        /** One of these. */
        record OneOf(List<String> texts) implements Allowed {
            /** Takes a copy of the list. */
            public OneOf {
                texts = List.copyOf(texts);
            }
        }

        /** A whole number, both ends included. */
        record Whole(int least, int most) implements Allowed {}

        /** Text of a form that has a name and, in the texts for people, an explanation. */
        record Form(String name) implements Allowed {}
    }

    /** One of the constants of an enum; case, and a hyphen for an underscore, do not matter. */
    public static <E extends Enum<E>> SettingKey<E> choice(String name, E fallback) {
        Map<String, E> options = new LinkedHashMap<>();
        Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .forEach(value -> options.put(text(value), value));
        return oneOf(name, fallback, options, SettingKey::text);
    }

    /** {@code yes} or {@code no}; also {@code true}, {@code false}, {@code Y} and {@code N}. */
    public static SettingKey<Boolean> yesNo(String name, boolean fallback) {
        return new SettingKey<>(
                name,
                fallback,
                new Allowed.OneOf(List.of("yes", "no")),
                text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "yes", "true", "y" -> Optional.of(true);
                    case "no", "false", "n" -> Optional.of(false);
                    default -> Optional.empty();
                },
                value -> value ? "yes" : "no");
    }

    /** A whole number from {@code least} to {@code most}. */
    public static SettingKey<Integer> whole(String name, int fallback, int least, int most) {
        return new SettingKey<>(
                name,
                fallback,
                new Allowed.Whole(least, most),
                text -> Optional.of(text.strip())
                        .filter(digits -> digits.matches("\\d{1,6}"))
                        .map(Integer::valueOf)
                        .filter(number -> number >= least && number <= most),
                String::valueOf);
    }

    /** One of these values by name; case does not matter. */
    public static <T> SettingKey<T> oneOf(String name, T fallback, Map<String, T> options, Function<T, String> writer) {
        return new SettingKey<>(
                name,
                fallback,
                new Allowed.OneOf(List.copyOf(options.keySet())),
                text -> options.entrySet().stream()
                        .filter(option ->
                                option.getKey().equalsIgnoreCase(text.strip().replace('_', '-')))
                        .map(Map.Entry::getValue)
                        .findFirst(),
                writer);
    }

    /**
     * Text of a form of its own.
     *
     * @param form what the form is called
     * @param reader empty for a text that is not of the form
     */
    public static <T> SettingKey<T> form(
            String name, T fallback, String form, Function<String, Optional<T>> reader, Function<T, String> writer) {
        return new SettingKey<>(name, fallback, new Allowed.Form(form), reader, writer);
    }

    /** The same setting, which the consortium alone can make. */
    public SettingKey<T> forTheConsortium() {
        return new SettingKey<>(name, fallback, allowed, reader, writer, true);
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The feature, a dot, and the setting: {@code sip.charset}. */
    public String name() {
        return name;
    }

    /** What holds where nobody has set anything. */
    public T fallback() {
        return fallback;
    }

    /** The canonical text of what holds where nobody has set anything. */
    public String fallbackText() {
        return writer.apply(fallback);
    }

    /** What a text must be. */
    public Allowed allowed() {
        return allowed;
    }

    /** Whether it can be made at a place of this kind. */
    public boolean at(Scope.Kind kind) {
        return !consortiumOnly || kind == Scope.Kind.CONSORTIUM;
    }

    /** What this text means; empty if it is not allowed. */
    public Optional<T> read(String text) {
        return reader.apply(text);
    }

    /** The canonical text with the same meaning; empty if this one is not allowed. */
    public Optional<String> canonical(String text) {
        return read(text).map(writer);
    }

    @Override
    public String toString() {
        return name;
    }
}
