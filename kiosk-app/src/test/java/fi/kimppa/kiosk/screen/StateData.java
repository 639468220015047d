package fi.kimppa.kiosk.screen;

import fi.kimppa.device.rfid.Uid;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a state brings with it and no bundle says: titles, names of libraries, numbers, what devices tell of themselves. Taken
 * from the state itself and not from where it stands on the screen, so that no sentence passes for data.
 *
 * @param words longest first
 */
record StateData(List<String> words) {
    /** The same in every language: the code of a fault, and what the standard calls a byte of a tag. */
    private static final Pattern TECHNICAL = Pattern.compile("K-[0-9]{3}|DSFID");

    private static final String SHORTENED = "…";

    static StateData of(Object state) {
        var found = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.<String>naturalOrder()));
        collect(state, found);
        return new StateData(List.copyOf(found));
    }

    private static void collect(Object value, Collection<String> found) {
        switch (value) {
            case String text ->
                Stream.of(text, text.split(" / ", 2)[0])
                        .filter(word -> word.codePoints().anyMatch(Character::isLetter))
                        .forEach(found::add);
            case Enum<?> constant -> found.add(String.valueOf(constant));
            case Uid uid -> found.add(String.valueOf(uid));
            case EResource resource -> {
                collect(resource.name(), found);
                found.add(resource.shortAddress());
            }
            case Language language -> found.add(Texts.in(language).say("language.name"));
            case Optional<?> maybe -> maybe.ifPresent(inner -> collect(inner, found));
            case Collection<?> all -> all.forEach(inner -> collect(inner, found));
            case Map<?, ?> map ->
                map.forEach((key, inner) -> {
                    collect(key, found);
                    collect(inner, found);
                });
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    collect(read(record, component), found);
                }
            }
            default -> {}
        }
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return Objects.requireNonNull(component.getAccessor().invoke(record));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    /** What is left of a text when the data are taken out of it, also a title of which only the beginning is shown. */
    String takenOutOf(String text) {
        String beginning = text.strip();
        if (beginning.endsWith(SHORTENED)) {
            String shown = beginning
                    .substring(0, beginning.length() - SHORTENED.length())
                    .strip();
            if (words.stream().anyMatch(word -> word.startsWith(shown))) {
                return "";
            }
        }
        String rest = TECHNICAL.matcher(text).replaceAll(" ");
        for (String word : words) {
            rest = Pattern.compile("(?<![\\p{L}\\d])" + Pattern.quote(word) + "(?![\\p{L}\\d])")
                    .matcher(rest)
                    .replaceAll(Matcher.quoteReplacement(" "));
        }
        return rest;
    }
}
