package fi.kimppa.gateway.charter;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A consortium as its file describes it.
 *
 * @param name of the consortium; empty if the file does not say it
 * @param sections by name; rows by name; texts by attribute. A section that is not there says nothing of its rows; one
 *     that is there lists all of them
 */
record Charter(Optional<String> name, SortedMap<String, SortedMap<String, SortedMap<String, String>>> sections) {
    /** Takes copies. */
    Charter {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> copy = new TreeMap<>();
        sections.forEach((section, rows) -> {
            SortedMap<String, SortedMap<String, String>> texts = new TreeMap<>();
            rows.forEach(
                    (row, attributes) -> texts.put(row, Collections.unmodifiableSortedMap(new TreeMap<>(attributes))));
            copy.put(section, Collections.unmodifiableSortedMap(texts));
        });
        sections = Collections.unmodifiableSortedMap(copy);
    }

    /** The rows of a section; none if the section is not there. */
    SortedMap<String, SortedMap<String, String>> rows(String section) {
        return sections.getOrDefault(section, new TreeMap<>());
    }

    boolean has(String section) {
        return sections.containsKey(section);
    }
}
