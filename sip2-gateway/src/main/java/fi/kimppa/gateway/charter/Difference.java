package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A place whose value is not the one that it would inherit.
 *
 * @param value its own
 * @param inherited what would hold there else: the nearest wider place's, or the program's default
 * @param change the last one of it; empty if it was not made by staff
 */
record Difference(SettingKey<?> key, Scope place, String value, String inherited, Optional<SettingChange> change) {
    /** All of them, by setting and then from the widest place to the narrowest. */
    static List<Difference> all(Settings settings, Consortium consortium) {
        Map<List<Object>, SettingChange> changes = settings.lastChanges().stream()
                .collect(
                        Collectors.toMap(change -> List.<Object>of(change.scope(), change.key()), Function.identity()));
        return settings.keys().stream()
                .flatMap(
                        key -> places(consortium).stream().flatMap(place -> of(key, place, settings, changes).stream()))
                .toList();
    }

    private static Optional<Difference> of(
            SettingKey<?> key, Scope place, Settings settings, Map<List<Object>, SettingChange> changes) {
        List<Scope> path = settings.path(place);
        String inherited = path.subList(0, path.size() - 1).reversed().stream()
                .flatMap(wider -> Optional.ofNullable(settings.at(wider).get(key.name())).stream())
                .findFirst()
                .orElse(key.fallbackText());
        return Optional.ofNullable(settings.at(place).get(key.name()))
                .filter(value -> !value.equals(inherited))
                .map(value -> new Difference(
                        key,
                        place,
                        value,
                        inherited,
                        Optional.ofNullable(changes.get(List.<Object>of(place, key.name())))));
    }

    /** All places, the widest first. */
    static List<Scope> places(Consortium consortium) {
        List<Scope> places = new ArrayList<>(List.of(Scope.CONSORTIUM));
        consortium.municipalities().forEach(one -> places.add(Scope.municipality(one.code())));
        consortium.branches().forEach(one -> places.add(Scope.branch(one.code())));
        consortium.terminals().forEach(one -> places.add(Scope.device(one.login())));
        return places;
    }
}
