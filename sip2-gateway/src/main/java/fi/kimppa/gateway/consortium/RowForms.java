package fi.kimppa.gateway.consortium;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The forms that names and attributes of the consortium's file have. Their names are keys of the texts for people. */
public final class RowForms {
    private RowForms() {}

    /** Text that a regular expression describes; empty where nobody says it. */
    public static SettingKey<String> matching(String name, String form, String expression) {
        return SettingKey.form(
                name,
                "",
                form,
                text -> Optional.of(text.strip()).filter(one -> one.matches(expression)),
                Function.identity());
    }

    /** A day, such as 2027-01-01; empty for none. */
    public static SettingKey<String> date(String name) {
        return SettingKey.form(name, "", "date", RowForms::day, Function.identity());
    }

    private static Optional<String> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()))
                    .filter(day -> day.getYear() >= 1900 && day.getYear() <= 9999)
                    .map(LocalDate::toString);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The code of a municipality. */
    static SettingKey<String> municipality(String name) {
        return matching(name, "municipality", "[A-Z]{1,10}");
    }

    /** The code of a branch. */
    static SettingKey<String> branch(String name) {
        return matching(name, "branch", "[A-Z0-9]{1,10}");
    }

    /** A name for people. */
    static SettingKey<String> label(String name) {
        return matching(name, "label", "\\P{Cntrl}{1,64}");
    }

    /** An international library identifier. */
    static SettingKey<String> isil(String name) {
        return matching(name, "isil", "FI-[^\\s]{1,32}");
    }

    /** Rows out of a list of pairs of a name and a text that may be the default. */
    public static SortedMap<String, String> row(ConsortiumSection section, String row, Map<String, String> texts) {
        SortedMap<String, String> attributes = new TreeMap<>();
        texts.forEach((name, text) -> {
            boolean said = section.attribute(row, name)
                    .filter(attribute -> !attribute.unsaid().equals(Optional.of(text)))
                    .isPresent();
            if (said) {
                attributes.put(name, text);
            }
        });
        return attributes;
    }
}
