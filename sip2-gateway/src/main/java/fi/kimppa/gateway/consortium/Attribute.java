package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.SettingKey.Allowed;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One attribute of the rows of a section in the consortium's file.
 *
 * @param name what it is called; empty for the only one of a row
 * @param allowed what its text must be
 * @param reader from a text to the canonical one; empty for one that is not allowed
 * @param needed whether every row says it
 * @param unsaid what a row that does not say it has; empty where that is something of its own
 * @param unique whether no two rows of the section say the same
 * @param names the section of which it names a row; empty if it names none
 */
public record Attribute(
        String name,
        Allowed allowed,
        Reader reader,
        boolean needed,
        Optional<String> unsaid,
        boolean unique,
        Optional<String> names) {
    /** From a text to the canonical one. */
    @FunctionalInterface
    public interface Reader {
        /** Empty for a text that is not allowed. */
        Optional<String> canonical(String text);
    }

    /** Every row says it. */
    public static Attribute needed(SettingKey<?> value) {
        return new Attribute(
                value.name(), value.allowed(), value::canonical, true, Optional.empty(), false, Optional.empty());
    }

    /** A row that does not say it has the default. */
    public static Attribute optional(SettingKey<?> value) {
        return new Attribute(
                value.name(),
                value.allowed(),
                value::canonical,
                false,
                Optional.of(value.fallbackText()),
                false,
                Optional.empty());
    }

    /** To say the default is something else than to say nothing. */
    static Attribute distinct(String name, SettingKey<?> value, UnaryOperator<Reader> reader) {
        return new Attribute(
                name,
                value.allowed(),
                reader.apply(value::canonical),
                false,
                Optional.empty(),
                false,
                Optional.empty());
    }

    /** The same, but no two rows may have the same. */
    public Attribute butUnique() {
        return new Attribute(name, allowed, reader, needed, unsaid, true, names);
    }

    /** The same, naming a row of another section. */
    public Attribute naming(String section) {
        return new Attribute(name, allowed, reader, needed, unsaid, unique, Optional.of(section));
    }
}
