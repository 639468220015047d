package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.charter.CharterReader.Reading;
import fi.kimppa.gateway.charter.Problem.Why;
import fi.kimppa.gateway.consortium.Attribute;
import fi.kimppa.gateway.consortium.ConsortiumSection;
import fi.kimppa.gateway.consortium.ConsortiumSection.Fate;
import fi.kimppa.gateway.consortium.ConsortiumSection.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a file would change, and what speaks against it: a pure function over the consortium as it is and the file.
 *
 * @param rows what happens to each row that is not as the file says, by section and name
 * @param problems why it cannot be done, in the order of the lines
 */
record CharterDiff(List<Row> rows, List<Problem> problems) {
    /** Takes copies. */
    CharterDiff {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /**
     * What happens to a row.
     *
     * @param line where it stands in the file; that of its section if it goes; 0 if it goes with another row
     * @param after its texts as the file says them; none if it goes
     * @param texts that change
     */
    record Row(
            ConsortiumSection section,
            Fate fate,
            String name,
            int line,
            SortedMap<String, String> after,
            List<Text> texts) {
        /** Takes a copy of the list. */
        Row {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A text that changes.
     *
     * @param line where it stands in the file, or its row
     */
    record Text(String attribute, Optional<String> before, Optional<String> after, int line) {}

    /**
     * Compares.
     *
     * @param now the whole consortium
     * @param file what was read; its problems come first
     */
    static CharterDiff between(Charter now, Reading file, List<ConsortiumSection> sections) {
        return new Making(now, file, sections).diff();
    }

    private static final class Making {
        private final Charter now;
        private final Reading file;
        private final List<ConsortiumSection> sections;
        private final Map<String, SortedMap<String, SortedMap<String, String>>> then = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Making(Charter now, Reading file, List<ConsortiumSection> sections) {
            this.now = now;
            this.file = file;
            this.sections = sections;
        }

        CharterDiff diff() {
            problems.addAll(file.problems());
            sections.forEach(section -> then.put(section.name(), then(section)));
            name();
            sections.forEach(this::check);
            List<Row> rows = new ArrayList<>();
            sections.forEach(section -> rows.addAll(rows(section)));
            problems.sort(Comparator.comparingInt(Problem::line));
            return new CharterDiff(rows, problems.stream().distinct().toList());
        }

        /** The rows as they would be. */
        private SortedMap<String, SortedMap<String, String>> then(ConsortiumSection section) {
            boolean said = file.charter().has(section.name());
            SortedMap<String, SortedMap<String, String>> rows =
                    new TreeMap<>((said ? file.charter() : now).rows(section.name()));
            if (!said && section.follows()) {
                rows.entrySet()
                        .removeIf(row -> section.references(row.getKey(), row.getValue()).stream()
                                .anyMatch(reference -> !there(reference)));
            }
            return rows;
        }

        private boolean there(Reference reference) {
            return then.getOrDefault(reference.section(), new TreeMap<>()).containsKey(reference.row());
        }

        /** A consortium that has members keeps its name: the file is of another one. */
        private void name() {
            Optional<String> wanted = file.charter().name();
            if (wanted.isPresent()
                    && !wanted.equals(now.name())
                    && !now.rows(ConsortiumSection.MUNICIPALITIES).isEmpty()) {
                problems.add(Problem.of(
                        file.lines().of(CharterReader.NAME),
                        CharterReader.NAME,
                        Why.OTHER_CONSORTIUM,
                        wanted.get(),
                        List.of(now.name().orElse(""))));
            }
        }

        // ---- checks over rows ----------------------------------------------------------------------------

        private void check(ConsortiumSection section) {
            boolean said = file.charter().has(section.name());
            Map<String, String> taken = new HashMap<>();
            then.getOrDefault(section.name(), new TreeMap<>()).forEach((row, texts) -> {
                section.references(row, texts).stream()
                        .filter(reference -> !there(reference))
                        .forEach(reference -> problems.add(lost(section, row, reference, said)));
                texts.forEach((attribute, text) -> {
                    boolean unique = section.attribute(row, attribute)
                            .filter(Attribute::unique)
                            .isPresent();
                    String other = unique ? taken.putIfAbsent(attribute + " " + text, row) : null;
                    if (other != null && said) {
                        problems.add(Problem.of(
                                file.lines().of(section.name(), row, attribute),
                                Lines.path(section.name(), row, attribute),
                                Why.NOT_UNIQUE,
                                other));
                    }
                });
            });
            if (said && section.name().equals(ConsortiumSection.SETTINGS)) {
                locked(section);
            }
        }

        /** Either the file names what is not there, or it leaves out what something else names. */
        private Problem lost(ConsortiumSection section, String row, Reference reference, boolean said) {
            return said
                    ? Problem.of(
                            file.lines().of(section.name(), row, reference.attribute()),
                            Lines.path(section.name(), row, reference.attribute()),
                            Why.NAMES_NOTHING,
                            Lines.path(reference.section(), reference.row()))
                    : Problem.of(
                            file.lines().of(reference.section()),
                            Lines.path(reference.section(), reference.row()),
                            Why.STILL_NAMED,
                            Lines.path(section.name(), row));
        }

        /** A lock that stays keeps others from changing a value; one that comes keeps what the file says from holding. */
        private void locked(ConsortiumSection section) {
            SortedSet<String> locks =
                    new TreeSet<>(now.rows(ConsortiumSection.LOCKS).keySet());
            locks.retainAll(
                    then.getOrDefault(ConsortiumSection.LOCKS, new TreeMap<>()).keySet());
            then.getOrDefault(section.name(), new TreeMap<>()).forEach((row, texts) -> {
                SortedMap<String, String> before = now.rows(section.name()).getOrDefault(row, new TreeMap<>());
                texts.forEach((attribute, text) -> {
                    String key = section.group(attribute);
                    if (!row.equals(ConsortiumSection.WHOLE_CONSORTIUM)
                            && locks.contains(key)
                            && !text.equals(before.get(attribute))) {
                        problems.add(Problem.of(
                                file.lines().of(section.name(), row, attribute),
                                Lines.path(section.name(), row, attribute),
                                Why.LOCKED,
                                key));
                    }
                });
            });
        }

        // ---- what changes --------------------------------------------------------------------------------

        private List<Row> rows(ConsortiumSection section) {
            SortedMap<String, SortedMap<String, String>> before = now.rows(section.name());
            SortedMap<String, SortedMap<String, String>> after = then.getOrDefault(section.name(), new TreeMap<>());
            SortedSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(after.keySet());
            return names.stream()
                    .flatMap(name -> row(
                            section, name, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name)))
                            .stream())
                    .toList();
        }

        private Optional<Row> row(
                ConsortiumSection section,
                String name,
                Optional<SortedMap<String, String>> before,
                Optional<SortedMap<String, String>> after) {
            SortedMap<String, String> was = before.orElseGet(TreeMap::new);
            SortedMap<String, String> is = after.orElseGet(TreeMap::new);
            SortedSet<String> attributes = new TreeSet<>(was.keySet());
            attributes.addAll(is.keySet());
            List<Text> texts = attributes.stream()
                    .map(attribute -> new Text(
                            attribute,
                            Optional.ofNullable(was.get(attribute)),
                            Optional.ofNullable(is.get(attribute)),
                            file.lines().of(section.name(), name, attribute)))
                    .filter(text -> !text.before().equals(text.after()))
                    .toList();
            Fate fate = before.isEmpty() ? Fate.ADDED : after.isEmpty() ? Fate.REMOVED : Fate.CHANGED;
            return texts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Row(section, fate, name, file.lines().of(section.name(), name, ""), is, texts));
        }
    }
}
