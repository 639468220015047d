package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.SettingRefusal.BadValue;
import fi.kimppa.gateway.consortium.SettingRefusal.ConsortiumOnly;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether texts could be set: pure functions over the declared settings. The first reason found is the one told.
 *
 * @param keys the settings by name
 */
record SettingChecks(Map<String, SettingKey<?>> keys) {
    /** Why one of these texts is none that its setting may have. */
    Optional<SettingRefusal> values(Map<String, Optional<String>> texts) {
        for (Map.Entry<String, Optional<String>> wanted : texts.entrySet()) {
            Optional<SettingKey<?>> key = key(wanted.getKey());
            if (key.isEmpty()) {
                return Optional.of(new UnknownKey(wanted.getKey()));
            }
            Optional<String> text = wanted.getValue();
            if (text.isPresent() && text.flatMap(key.get()::canonical).isEmpty()) {
                return Optional.of(
                        new BadValue(wanted.getKey(), text.get(), key.get().allowed()));
            }
        }
        return Optional.empty();
    }

    /** Why one of these is not for a place of this kind. */
    Optional<SettingRefusal> level(Scope.Kind kind, Map<String, Optional<String>> texts) {
        return texts.keySet().stream()
                .filter(name -> key(name).filter(key -> !key.at(kind)).isPresent())
                .<SettingRefusal>map(ConsortiumOnly::new)
                .findFirst();
    }

    /** The canonical texts of texts that have been checked. */
    Map<String, Optional<String>> canonical(Map<String, Optional<String>> texts) {
        Map<String, Optional<String>> canonical = new LinkedHashMap<>();
        texts.forEach((name, text) ->
                canonical.put(name, text.flatMap(wanted -> key(name).flatMap(key -> key.canonical(wanted)))));
        return canonical;
    }

    private Optional<SettingKey<?>> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }
}
