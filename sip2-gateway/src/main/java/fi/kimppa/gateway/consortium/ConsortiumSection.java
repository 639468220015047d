package fi.kimppa.gateway.consortium;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * One section of the file that describes a consortium: rows with names, and attributes of rows with texts. The feature
 * that owns the rows offers it as a bean; nothing else has to change for a new one.
 *
 * <p>Order of calls: everything in the file is checked against {@link #row}, {@link #attribute}, {@link #normal} and
 * {@link #contradiction}; then, inside one transaction that excludes other changes of settings, {@link #rows} is
 * compared with the file, rows are removed from the last section to the first, and put from the first to the last.
 */
public interface ConsortiumSection {
    /** The section that says who belongs to the consortium. */
    String MUNICIPALITIES = "municipalities";

    /** The section of what the consortium has locked. */
    String LOCKS = "locks";

    /** The section of what is set at which place. */
    String SETTINGS = "settings";

    /** The row of {@link #SETTINGS} that no lock keeps from holding. */
    String WHOLE_CONSORTIUM = "consortium";

    /** What can become of a row. */
    enum Fate {
        /** It is new. */
        ADDED,
        /** It says something else. */
        CHANGED,
        /** It is gone. */
        REMOVED
    }

    /**
     * A row that is named by another.
     *
     * @param attribute that names it; empty if the row's own name does
     * @param section of the row that is named
     */
    record Reference(String attribute, String section, String row) {}

    /** Its key at the top of the file. */
    String name();

    /** Its place in the file; what is named comes before what names it. */
    int place();

    /** What its rows may be called. */
    SettingKey<?> row();

    /** The attributes that this row may have, as people look for them. */
    List<Attribute> attributes(String row);

    /** The attribute of this name, which may be one of many that follow a pattern. */
    default Optional<Attribute> attribute(String row, String name) {
        return attributes(row).stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    /** The key below which an attribute is written together with others; its own name if it stands alone. */
    default String group(String attribute) {
        int dot = attribute.indexOf('.');
        return dot < 0 ? attribute : attribute.substring(0, dot);
    }

    /** Whether a row is one text: its only attribute has no name. */
    default boolean flat() {
        return false;
    }

    /** The rows without which the section is not complete. */
    default Set<String> neededRows() {
        return Set.of();
    }

    /** The one form of several with the same meaning. */
    default SortedMap<String, String> normal(SortedMap<String, String> attributes) {
        return attributes;
    }

    /** A word for what contradicts what in a row, out of the texts for people. */
    default Optional<String> contradiction(SortedMap<String, String> attributes) {
        return Optional.empty();
    }

    /** The rows that this one names. */
    default List<Reference> references(String row, SortedMap<String, String> attributes) {
        return attributes.entrySet().stream()
                .flatMap(said -> attribute(row, said.getKey())
                        .flatMap(Attribute::names)
                        .map(section -> new Reference(said.getKey(), section, said.getValue()))
                        .stream())
                .toList();
    }

    /** Whether its rows go with those that they name, and do not keep them from going. */
    default boolean follows() {
        return false;
    }

    /** A word for what staff should know of a row to which this happens, out of the texts for people. */
    default Optional<String> remark(Fate fate) {
        return Optional.empty();
    }

    /** What the record of changes says. */
    default Settings.Entry entry(String row, String attribute, Optional<String> before, Optional<String> after) {
        return new Settings.Entry(Scope.CONSORTIUM, (name() + " " + row + " " + attribute).strip(), before, after);
    }

    /** All rows as they are now: canonical texts by attribute, without those that are as the default is. */
    SortedMap<String, SortedMap<String, String>> rows();

    /**
     * Makes a row be as said, new or not.
     *
     * @param who name of the member of staff
     */
    void put(String row, SortedMap<String, String> attributes, String who);

    /**
     * Takes a row away.
     *
     * @throws RowInUseException if something rests on it
     */
    void remove(String row);
}
