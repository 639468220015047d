package fi.kimppa.sip2.conformance;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a library offers for its test: terminals, cards and items by name. A terminal that is set up otherwise than
 * usual is a profile: its settings, and the variables that differ for it.
 *
 * <pre>
 * LOGIN = kiosk-turku
 * CARD = 2000012345
 * profile.always = error-detection=always
 * profile.always.LOGIN = kiosk-lieto
 * </pre>
 *
 * @param variables of the usual terminal
 * @param profiles the variables for each other set of settings, all of them
 */
public record Data(Map<String, String> variables, Map<Map<String, String>, Map<String, String>> profiles) {
    /** Takes copies. */
    public Data {
        variables = Map.copyOf(variables);
        profiles = Map.copyOf(profiles);
    }

    /** Data for the usual terminal alone. */
    public static Data of(Map<String, String> variables) {
        return new Data(variables, Map.of());
    }

    /**
     * Reads a properties file in UTF-8.
     *
     * @throws ConversationException if it cannot be read or has a key of no known form
     */
    public static Data read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConversationException("cannot read the data in " + file + ": " + e.getMessage(), e);
        }
        Map<String, String> variables = new HashMap<>();
        Map<String, Map<String, String>> settings = new HashMap<>();
        Map<String, Map<String, String>> differing = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key, "");
            String[] parts = key.split("\\.", -1);
            if (key.matches("[A-Z][A-Z0-9_]*")) {
                variables.put(key, value);
            } else if (key.matches("profile\\.[a-z0-9-]+")) {
                settings.put(parts[1], settings(file, key, value));
            } else if (key.matches("profile\\.[a-z0-9-]+\\.[A-Z][A-Z0-9_]*")) {
                differing.computeIfAbsent(parts[1], _ -> new HashMap<>()).put(parts[2], value);
            } else {
                throw new ConversationException(
                        file + ": expected NAME, profile.name or profile.name.NAME, found " + key);
            }
        }
        Map<Map<String, String>, Map<String, String>> profiles = new HashMap<>();
        settings.forEach((name, set) -> {
            Map<String, String> all = new HashMap<>(variables);
            all.putAll(differing.getOrDefault(name, Map.of()));
            profiles.put(set, all);
        });
        for (String name : differing.keySet()) {
            if (!settings.containsKey(name)) {
                throw new ConversationException(file + ": expected profile." + name + " with its settings, found none");
            }
        }
        return new Data(variables, profiles);
    }

    private static Map<String, String> settings(Path file, String key, String value) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String word : value.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new ConversationException(file + ": " + key + ": expected setting=value, found " + word);
            }
            settings.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return settings;
    }

    /** The variables for a terminal that is set up so; empty if there is none. */
    Optional<Map<String, String>> of(Conversation conversation) {
        return conversation.profile().isEmpty()
                ? Optional.of(variables)
                : Optional.ofNullable(profiles.get(conversation.profile()));
    }

    /** Names without values: a value may be a password. */
    @Override
    public String toString() {
        return variables.keySet() + " and profiles " + profiles.keySet();
    }
}
