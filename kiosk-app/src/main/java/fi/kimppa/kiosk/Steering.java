package fi.kimppa.kiosk;

import fi.kimppa.kiosk.runtime.LogoFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a gateway may set on top of a kiosk's own file: a part of the same keys, read by the same rules. Addresses, passwords and
 * devices are never among them. Pure.
 */
final class Steering {
    /** Parts that are taken, by their way; true for those of which each entry is set by itself. */
    private static final Map<String, Boolean> TAKEN = new TreeMap<>(Map.of(
            "look.colours", true,
            "look.coverTitles", false,
            "look.logo", false,
            "look.logoHasName", false,
            "bins.marks", true,
            "wording", true,
            "functions", true,
            "timeouts", true,
            "languages", false,
            "library.names", true));

    private static final String LOGO = "look.logo";

    private Steering() {}

    /**
     * A kiosk's file with what the gateway wants on top.
     *
     * @param name what errors call what the gateway wants
     * @param logos folder where logos lie that came from the gateway
     * @throws ConfigurationException naming each key that a gateway may not set
     */
    static JsonNode over(JsonNode own, String name, JsonNode wanted, Path logos) {
        if (!own.isObject() || !wanted.isObject()) {
            throw new ConfigurationException(name + ": expected an object {…}");
        }
        List<String> strange = parts("", wanted).keySet().stream()
                .filter(part -> !TAKEN.containsKey(part))
                .map(part -> name + ": " + part + ": not the gateway's to set, expected some of "
                        + String.join(", ", TAKEN.keySet()))
                .toList();
        if (!strange.isEmpty()) {
            throw new ConfigurationException(strange);
        }
        ObjectNode merged = (ObjectNode) own.deepCopy();
        parts("", wanted)
                .forEach((part, value) -> put(
                        merged,
                        part,
                        LOGO.equals(part) ? logo(name, value, logos) : value,
                        TAKEN.getOrDefault(part, false)));
        return merged;
    }

    /** A file of the kiosk's own is not the gateway's to name: only a picture that came from it. */
    private static JsonNode logo(String name, JsonNode value, Path logos) {
        return LogoFiles.digest(value.asString(""))
                .map(digest -> JsonNodeFactory.instance.stringNode(
                        LogoFiles.file(logos, digest).toAbsolutePath().toString()))
                .orElseThrow(() -> new ConfigurationException(
                        name + ": " + LOGO + ": expected sha256- and the digest of a picture that the gateway has"));
    }

    /** The parts down to where something is taken, or to what is not. */
    private static Map<String, JsonNode> parts(String path, JsonNode node) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            String name = path + property.getKey();
            boolean onTheWay = TAKEN.keySet().stream().anyMatch(taken -> taken.startsWith(name + "."));
            if (onTheWay && property.getValue().isObject()) {
                parts.putAll(parts(name + ".", property.getValue()));
            } else {
                parts.put(name, property.getValue());
            }
        });
        return parts;
    }

    private static void put(ObjectNode into, String part, JsonNode value, boolean entries) {
        int dot = part.indexOf('.');
        if (dot >= 0) {
            put(inside(into, part.substring(0, dot)), part.substring(dot + 1), value, entries);
        } else if (entries && value.isObject()) {
            merge(inside(into, part), value);
        } else {
            into.set(part, value);
        }
    }

    private static void merge(ObjectNode into, JsonNode value) {
        value.properties().forEach(property -> {
            if (property.getValue().isObject() && into.get(property.getKey()) instanceof ObjectNode there) {
                merge(there, property.getValue());
            } else {
                into.set(property.getKey(), property.getValue());
            }
        });
    }

    private static ObjectNode inside(ObjectNode node, String key) {
        return node.get(key) instanceof ObjectNode there ? there : node.putObject(key);
    }
}
