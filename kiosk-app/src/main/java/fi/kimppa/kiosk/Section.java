package fi.kimppa.kiosk;

import fi.kimppa.kiosk.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One object of a configuration file, read key by key, so that an error can name the key. Values are never quoted: one may be a
 * password. Not for use by several threads.
 */
final class Section {
    private final String file;
    private final String path;
    private final JsonNode node;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw new ConfigurationException(
                    file + ": " + (path.isEmpty() ? "the file" : path) + ": expected an object {…}");
        }
    }

    /**
     * All of a file.
     *
     * @throws ConfigurationException naming the file and what is wrong with it
     */
    static Section read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The text of a file.
     *
     * @param name what errors call it
     * @throws ConfigurationException naming the place where it is no JSON
     */
    static Section parse(String name, String json) {
        try {
            // An installer's file explains itself: comments as in Java are read over.
            JsonMapper mapper = JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build();
            return new Section(name, "", mapper.readTree(json));
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new ConfigurationException(
                    name + ": no JSON at line " + place.getLineNr() + ", column " + place.getColumnNr(), e);
        }
    }

    /** What errors call the file. */
    String file() {
        return file;
    }

    /** A part that is left out, or cannot be read. */
    Section none(String key) {
        return new Section(file, name(key), JsonNodeFactory.instance.objectNode());
    }

    /** The same file with another content. */
    static Section of(String file, JsonNode node) {
        return new Section(file, "", node);
    }

    /** All that stands in it, which is not to be changed. */
    JsonNode tree() {
        return node;
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** That what stands at a key is not what was expected. */
    ConfigurationException wrong(String key, String expected) {
        return new ConfigurationException(file + ": " + name(key) + ": expected " + expected);
    }

    /** That this part itself is not what was expected. */
    ConfigurationException wrong(String expected) {
        return new ConfigurationException(file + ": " + path + ": expected " + expected);
    }

    private Optional<JsonNode> value(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** A part of its own that must be there. */
    Section section(String key) {
        return optionalSection(key).orElseThrow(() -> wrong(key, "an object {…}, found nothing"));
    }

    /** A part of its own that may be left out. */
    Optional<Section> optionalSection(String key) {
        return value(key).map(part -> new Section(file, name(key), part));
    }

    /** A part of its own; one without anything in it where it is left out. */
    Section orEmpty(String key) {
        return optionalSection(key).orElseGet(() -> none(key));
    }

    /** Parts by name; empty if it is left out. */
    Map<String, Section> parts(String key) {
        Map<String, Section> parts = new LinkedHashMap<>();
        optionalSection(key)
                .ifPresent(section -> section.node
                        .properties()
                        .forEach(part -> parts.put(
                                part.getKey(), new Section(file, section.name(part.getKey()), part.getValue()))));
        return parts;
    }

    /** The names of what stands in it, each of which is asked for from now on. */
    Set<String> names() {
        known.addAll(node.propertyNames());
        return new LinkedHashSet<>(node.propertyNames());
    }

    /** Texts by name, or one text, which then has this name; empty if it is left out. */
    Map<String, String> textOrNamed(String key, String name) {
        return value(key).filter(JsonNode::isString).isPresent() ? Map.of(name, text(key)) : named(key);
    }

    /** A text that must be there. */
    String text(String key) {
        return optionalText(key).orElseThrow(() -> wrong(key, "a text, found nothing"));
    }

    /** A text that may be left out. */
    Optional<String> optionalText(String key) {
        return value(key).map(value -> {
            if (!value.isString() || value.stringValue().isBlank()) {
                throw wrong(key, "a text");
            }
            return value.stringValue();
        });
    }

    /** A text that means something else, as {@code read} tells; its own words explain what was expected. */
    <T> Optional<T> optional(String key, Function<String, T> read) {
        return optionalText(key).map(text -> read(key, text, read));
    }

    /** The same, and it must be there. */
    <T> T required(String key, Function<String, T> read) {
        return read(key, text(key), read);
    }

    private <T> T read(String key, String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (RuntimeException e) {
            throw new ConfigurationException(file + ": " + name(key) + ": " + e.getMessage(), e);
        }
    }

    /** Yes or no. */
    boolean flag(String key, boolean otherwise) {
        return value(key)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(key, "true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(otherwise);
    }

    /** A whole number within limits. */
    int number(String key, int otherwise, int least, int most) {
        return value(key)
                .map(value -> {
                    if (!value.isIntegralNumber() || value.intValue() < least || value.intValue() > most) {
                        throw wrong(key, "a whole number from " + least + " to " + most);
                    }
                    return value.intValue();
                })
                .orElse(otherwise);
    }

    /** Whole seconds within limits. */
    Duration seconds(String key, Duration otherwise, int least, int most) {
        return Duration.ofSeconds(number(key, Math.toIntExact(otherwise.toSeconds()), least, most));
    }

    /** An instant such as {@code 2026-11-24T17:30:00Z}. */
    Optional<Instant> instant(String key) {
        return optional(key, Instant::parse);
    }

    /** A list of texts; empty if it is left out. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        value(key).ifPresent(value -> {
            if (!value.isArray()) {
                throw wrong(key, "a list of texts [\"…\"]");
            }
            for (JsonNode element : value) {
                if (!element.isString()) {
                    throw wrong(key, "a list of texts [\"…\"]");
                }
                texts.add(element.stringValue());
            }
        });
        return texts;
    }

    /** Texts by name; empty if it is left out. */
    Map<String, String> named(String key) {
        Map<String, String> named = new LinkedHashMap<>();
        value(key).ifPresent(value -> {
            if (!value.isObject()) {
                throw wrong(key, "an object of texts {\"…\": \"…\"}");
            }
            for (Map.Entry<String, JsonNode> property : value.properties()) {
                if (!property.getValue().isString()) {
                    throw wrong(key + "." + property.getKey(), "a text");
                }
                named.put(property.getKey(), property.getValue().stringValue());
            }
        });
        return named;
    }

    /** Refuses what nobody asked for: a misspelt key would be a setting that silently does nothing. */
    void nothingElse() {
        List<String> strange = node.propertyNames().stream()
                .filter(key -> !known.contains(key))
                .map(key -> file + ": " + name(key) + ": unknown key, expected one of "
                        + known.stream().sorted().collect(Collectors.joining(", "))
                        + Nearest.to(key, known)
                                .map(near -> "; the nearest is " + name(near))
                                .orElse(""))
                .toList();
        if (!strange.isEmpty()) {
            throw new ConfigurationException(strange);
        }
    }
}
