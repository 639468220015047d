package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.charter.Problem.Why;
import fi.kimppa.gateway.consortium.Attribute;
import fi.kimppa.gateway.consortium.ConsortiumSection;
import fi.kimppa.gateway.consortium.SettingKey.Allowed;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads a consortium's file and finds everything that is wrong with it at once. Whatever stands in the file, the answer is
 * a {@link Reading}. Every scalar is taken as the text that stands there: {@code 10:00}, {@code no} and {@code 001} are
 * what they look like. For one file; used by one thread.
 */
final class CharterReader {
    /** The key of the consortium's name. */
    static final String NAME = "consortium";

    /** More than a thousand branches need. */
    static final int MOST_CHARACTERS = 1_000_000;

    private static final int DEEPEST = 8;

    /**
     * What was read.
     *
     * @param charter without what is wrong
     * @param problems in the order of their lines; only if there are none the charter is what the file says
     */
    record Reading(Charter charter, Lines lines, List<Problem> problems) {
        /** Takes a copy. */
        Reading {
            problems = List.copyOf(problems);
        }
    }

    private final List<ConsortiumSection> sections;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<String> name = Optional.empty();
    private final SortedMap<String, SortedMap<String, SortedMap<String, String>>> rows = new TreeMap<>();

    private CharterReader(List<ConsortiumSection> sections) {
        this.sections = sections;
    }

    /** Reads a file that may have these sections. */
    static Reading read(String text, List<ConsortiumSection> sections) {
        CharterReader reader = new CharterReader(sections);
        reader.compose(text).ifPresent(reader::file);
        reader.problems.sort(Comparator.comparingInt(Problem::line));
        return new Reading(new Charter(reader.name, reader.rows), new Lines(reader.lines), reader.problems);
    }

    private Optional<Node> compose(String text) {
        if (text.length() > MOST_CHARACTERS) {
            problems.add(Problem.of(0, "", Why.SIZE, String.valueOf(text.length())));
            return Optional.empty();
        }
        LoaderOptions limits = new LoaderOptions();
        // An alias would stand for a text that is elsewhere, many times over.
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setCodePointLimit(MOST_CHARACTERS);
        limits.setAllowRecursiveKeys(false);
        try {
            Optional<Node> node =
                    Optional.ofNullable(new Yaml(new SafeConstructor(limits)).compose(new StringReader(text)));
            if (node.isEmpty()) {
                problems.add(Problem.of(1, "", Why.SHAPE, ""));
            }
            return node;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(Problem.of(line, "", Why.SYNTAX, String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            problems.add(Problem.of(0, "", Why.SYNTAX, firstLine(String.valueOf(e.getMessage()))));
        }
        return Optional.empty();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    // ---- the tree ----------------------------------------------------------------------------------------

    /** What a key says, and the line of the key. */
    private record Said(int line, Node value) {}

    private void file(Node top) {
        entries(new Said(1, top), "").forEach((key, said) -> {
            Optional<ConsortiumSection> section =
                    sections.stream().filter(one -> one.name().equals(key)).findFirst();
            if (key.equals(NAME)) {
                name(said);
            } else if (section.isEmpty()) {
                problems.add(Problem.of(said.line, key, Why.UNKNOWN, key, names()));
            } else {
                section(section.get(), said);
            }
        });
    }

    private void name(Said said) {
        lines.put(NAME, said.line);
        Optional<String> text = text(said, NAME);
        name = text.filter(label -> label.matches("[ -~&&[^|]]{1,32}"));
        if (text.isPresent() && name.isEmpty()) {
            problems.add(Problem.of(said.line, NAME, Why.VALUE, text.get(), new Allowed.Form("consortium")));
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(NAME));
        sections.forEach(section -> names.add(section.name()));
        return names;
    }

    private void section(ConsortiumSection section, Said said) {
        lines.put(section.name(), said.line);
        SortedMap<String, SortedMap<String, String>> found = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        entriesOrNone(said, section.name()).forEach((key, row) -> {
            Optional<String> name = section.row().canonical(key);
            String path = Lines.path(section.name(), key);
            if (name.isEmpty()) {
                problems.add(
                        Problem.of(row.line, path, Why.VALUE, key, section.row().allowed()));
            } else if (!seen.add(name.get())) {
                problems.add(Problem.of(row.line, path, Why.TWICE, key));
            } else {
                lines.put(Lines.path(section.name(), name.get()), row.line);
                found.put(name.get(), row(section, name.get(), row));
            }
        });
        section.neededRows().stream()
                .filter(row -> !seen.contains(row))
                .sorted()
                .forEach(row -> problems.add(Problem.of(said.line, Lines.path(section.name(), row), Why.MISSING, row)));
        rows.put(section.name(), found);
    }

    private SortedMap<String, String> row(ConsortiumSection section, String row, Said said) {
        SortedMap<String, String> texts = new TreeMap<>();
        Set<String> names = new HashSet<>();
        if (section.flat()) {
            text(said, Lines.path(section.name(), row))
                    .ifPresent(text -> attribute(section, row, "", text, said.line, texts));
        } else {
            flatten(section, row, "", said, names, texts);
            section.attributes(row).stream()
                    .filter(attribute -> attribute.needed() && !names.contains(attribute.name()))
                    .forEach(attribute -> problems.add(Problem.of(
                            said.line,
                            Lines.path(section.name(), row, attribute.name()),
                            Why.MISSING,
                            attribute.name(),
                            attribute.allowed())));
        }
        section.contradiction(texts)
                .ifPresent(word ->
                        problems.add(Problem.of(said.line, Lines.path(section.name(), row), Why.CONTRADICTION, word)));
        return section.normal(texts);
    }

    /** Names below names are one name with dots: {@code agreement: {from: x}} is {@code agreement.from: x}. */
    private void flatten(
            ConsortiumSection section,
            String row,
            String before,
            Said said,
            Set<String> names,
            SortedMap<String, String> texts) {
        entriesOrNone(said, Lines.path(section.name(), row, before)).forEach((key, inside) -> {
            String attribute = Lines.path(before, key);
            if (inside.value instanceof MappingNode) {
                flatten(section, row, attribute, inside, names, texts);
            } else if (!names.add(attribute)) {
                problems.add(Problem.of(inside.line, Lines.path(section.name(), row, attribute), Why.TWICE, attribute));
            } else {
                text(inside, Lines.path(section.name(), row, attribute))
                        .ifPresent(text -> attribute(section, row, attribute, text, inside.line, texts));
            }
        });
    }

    private void attribute(
            ConsortiumSection section,
            String row,
            String name,
            String text,
            int line,
            SortedMap<String, String> texts) {
        String path = Lines.path(section.name(), row, name);
        Optional<Attribute> attribute = section.attribute(row, name);
        if (attribute.isEmpty()) {
            problems.add(Problem.of(
                    line,
                    path,
                    Why.UNKNOWN,
                    name,
                    section.attributes(row).stream().map(Attribute::name).toList()));
            return;
        }
        lines.put(path, line);
        Optional<String> canonical = attribute.get().reader().canonical(text);
        if (canonical.isEmpty()) {
            problems.add(Problem.of(line, path, Why.VALUE, text, attribute.get().allowed()));
        } else if (!canonical.equals(attribute.get().unsaid())) {
            texts.put(name, canonical.get());
        }
    }

    // ---- nodes -------------------------------------------------------------------------------------------

    /** A section or a row of which nothing is said: {@code locks:}. */
    private Map<String, Said> entriesOrNone(Said said, String path) {
        return said.value instanceof ScalarNode scalar && scalar.getValue().isEmpty() ? Map.of() : entries(said, path);
    }

    /** What a mapping says, in the order of the file. */
    private Map<String, Said> entries(Said said, String path) {
        Map<String, Said> entries = new LinkedHashMap<>();
        if (!(said.value instanceof MappingNode mapping)) {
            problems.add(Problem.of(said.line, path, Why.SHAPE, shown(said.value)));
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            Optional<String> key = text(new Said(line, tuple.getKeyNode()), path);
            if (key.isPresent() && entries.putIfAbsent(key.get(), new Said(line, tuple.getValueNode())) != null) {
                problems.add(Problem.of(line, Lines.path(path, key.get()), Why.TWICE, key.get()));
            }
        }
        return entries;
    }

    private Optional<String> text(Said said, String path) {
        if (said.value instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.add(Problem.of(said.line, path, Why.SHAPE, shown(said.value)));
        return Optional.empty();
    }

    private static String shown(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
