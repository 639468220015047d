package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.wire.FrameCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What is agreed with whom: the settings of a terminal's consortium, municipality, branch and device over those of
 * the installation's file over the defaults. Before the login the {@link ArrivalRules} say whose settings hold.
 *
 * <p>Threads: may be shared.
 */
@Component
class TerminalProfiles {
    /** A profile and the codec that follows it. */
    record Agreement(TerminalProfile profile, FrameCodec codec) {}

    /**
     * A value of a profile and where it comes from.
     *
     * @param key which setting
     * @param text its canonical text
     * @param source the place that has set it; empty if none has
     * @param file whether the installation's file says it
     */
    record Explained(SettingKey<?> key, String text, Optional<Scope> source, boolean file) {}

    private final Sip2Settings file;
    private final Settings settings;
    private final ArrivalRules rules;
    private final Map<String, String> everybody;
    private final Map<String, Map<String, String>> devices = new HashMap<>();
    private volatile Known known = new Known(-1, new ConcurrentHashMap<>());

    TerminalProfiles(Sip2Settings file, Settings settings, ArrivalRules rules) {
        this.file = file;
        this.settings = settings;
        this.rules = rules;
        this.everybody = canonical("kimppa.sip.profile.", file.profile());
        file.terminals()
                .forEach((login, texts) -> devices.put(login, canonical("kimppa.sip.terminals." + login + ".", texts)));
    }

    private static Map<String, String> canonical(String prefix, Map<String, String> texts) {
        Map<String, String> canonical = new HashMap<>();
        texts.forEach((name, text) -> {
            SettingKey<?> key = ProfileKeys.ALL.keys().stream()
                    .filter(one -> one.name().equals(ProfileKeys.PREFIX + name))
                    .findFirst()
                    .orElseThrow(
                            () -> new CannotStartException(prefix + name + " is no setting of a terminal profile"));
            canonical.put(
                    key.name(),
                    key.canonical(text)
                            .orElseThrow(() -> new CannotStartException(
                                    prefix + name + " cannot be " + text + "; allowed: " + allowed(key.allowed()))));
        });
        return Map.copyOf(canonical);
    }

    private static String allowed(SettingKey.Allowed allowed) {
        return switch (allowed) {
            case SettingKey.Allowed.OneOf(List<String> texts) -> String.join(", ", texts);
            case SettingKey.Allowed.Whole(int least, int most) -> least + " to " + most;
            case SettingKey.Allowed.Form(String name) -> "the form called " + name + " in the reference";
        };
    }

    /** Grows when an agreement may have changed. */
    long version() {
        return settings.version();
    }

    /** What is agreed with a terminal that has logged in. */
    Agreement of(Terminal terminal) {
        return of(settings.path(terminal));
    }

    /** What is agreed with the terminal of this login, before the login is known to be right. */
    Agreement ofLogin(String login) {
        return of(settings.path(Scope.device(login)));
    }

    /** What is agreed with a connection on which nobody has logged in yet. */
    Agreement of(Arrival arrival) {
        return of(settings.path(rules.scope(arrival)));
    }

    /**
     * What would be agreed with a terminal under other settings, without making them.
     *
     * @param instead texts by key that stand for the terminal's own
     */
    Agreement tried(Terminal terminal, Map<String, String> instead) {
        Map<String, String> texts = texts(settings.path(terminal));
        texts.putAll(instead);
        return agree(texts);
    }

    private Agreement of(List<Scope> path) {
        long version = settings.version();
        Known agreements = known;
        if (agreements.version != version) {
            agreements = new Known(version, new ConcurrentHashMap<>());
            known = agreements;
        }
        return agreements.byPath.computeIfAbsent(path, place -> agree(texts(place)));
    }

    private Map<String, String> texts(List<Scope> path) {
        Map<String, String> texts = new HashMap<>();
        explain(path).forEach(value -> texts.put(value.key().name(), value.text()));
        return texts;
    }

    private Agreement agree(Map<String, String> texts) {
        TerminalProfile profile = TerminalProfile.of(texts);
        return new Agreement(
                profile,
                new FrameCodec(profile.wire(Math.toIntExact(file.maxFrame().toBytes()), file.maxFields())));
    }

    /**
     * Every value that holds at the end of this path, with its source.
     *
     * @param path the places from the consortium on, the widest first
     */
    List<Explained> explain(List<Scope> path) {
        List<Explained> values = new ArrayList<>();
        for (SettingKey<?> key : ProfileKeys.ALL.keys()) {
            values.add(path.reversed().stream()
                    .filter(scope -> settings.at(scope).containsKey(key.name()))
                    .findFirst()
                    .map(scope -> new Explained(
                            key, settings.at(scope).getOrDefault(key.name(), ""), Optional.of(scope), false))
                    .or(() -> inFile(path.getLast(), key).map(text -> new Explained(key, text, Optional.empty(), true)))
                    .orElseGet(() -> new Explained(key, key.fallbackText(), Optional.empty(), false)));
        }
        return values;
    }

    private Optional<String> inFile(Scope last, SettingKey<?> key) {
        Map<String, String> own =
                last.kind() == Scope.Kind.DEVICE ? devices.getOrDefault(last.name(), Map.of()) : Map.of();
        return Optional.ofNullable(own.getOrDefault(key.name(), everybody.get(key.name())));
    }

    private record Known(long version, Map<List<Scope>, Agreement> byPath) {}
}
