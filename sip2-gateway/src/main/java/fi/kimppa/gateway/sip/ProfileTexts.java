package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.PlaceNames;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.SettingKey.Allowed;
import fi.kimppa.gateway.consortium.SettingLock;
import fi.kimppa.gateway.consortium.SettingRefusal;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.limits.UnknownLogin;
import fi.kimppa.gateway.sip.TerminalProfiles.Explained;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says profiles, where their values come from and why one was refused in the language of whoever reads. */
@Component
class ProfileTexts {
    /** One of the values that a setting may have. */
    record Choice(String value, String text, boolean chosen) {}

    /**
     * One setting on the page.
     *
     * @param own whether this very place has set it
     * @param choices what may be chosen; empty where text is typed
     * @param locked who keeps it from being changed here; empty if it may be
     */
    record Row(
            String key,
            String id,
            String name,
            String text,
            String source,
            boolean own,
            List<Choice> choices,
            String allowed,
            Optional<String> locked) {}

    /** One line of the record of changes. */
    record ChangeLine(String at, String iso, String who, String where, String what, String before, String after) {}

    /** A preset as a choice. */
    record PresetLine(String id, String name, String about, String settings, boolean confirmed) {}

    /** One refused login. */
    record LoginLine(
            String login,
            String address,
            String why,
            String first,
            String firstIso,
            String last,
            String lastIso,
            long times) {}

    private final MessageSource messages;
    private final PlaceNames places;
    private final Settings settings;

    ProfileTexts(MessageSource messages, PlaceNames places, Settings settings) {
        this.messages = messages;
        this.places = places;
        this.settings = settings;
    }

    Row row(Explained value, Scope place, Locale language) {
        SettingKey<?> key = value.key();
        return new Row(
                key.name(),
                key.name().replace('.', '-'),
                name(key.name(), language),
                value.text(),
                source(value, language),
                value.source().equals(Optional.of(place)),
                choices(key, value.text(), language),
                allowed(key.allowed(), language),
                locked(key, place, language));
    }

    private Optional<String> locked(SettingKey<?> key, Scope place, Locale language) {
        return place.kind() == Scope.Kind.CONSORTIUM
                ? Optional.empty()
                : settings.lock(key.name())
                        .map(lock -> text(
                                language,
                                "setting.refused.locked",
                                name(lock.key(), language),
                                lock.who(),
                                moment(lock.since(), language),
                                lock.why()));
    }

    /** What people call a setting. */
    private String name(String key, Locale language) {
        return word(language, "setting.", key.replaceFirst("^sip\\.", ""));
    }

    private List<Choice> choices(SettingKey<?> key, String chosen, Locale language) {
        return key.allowed() instanceof Allowed.OneOf(List<String> texts)
                ? texts.stream()
                        .map(text -> new Choice(text, word(language, "choice.", text), text.equals(chosen)))
                        .toList()
                : List.of();
    }

    private String source(Explained value, Locale language) {
        return value.source()
                .map(scope -> place(scope, language))
                .orElseGet(() -> value.file()
                        ? text(language, "profile.source.file")
                        : text(language, "profile.source.default"));
    }

    /** A place as people call it. */
    String place(Scope scope, Locale language) {
        return places.of(scope, language);
    }

    ChangeLine change(SettingChange change, Locale language) {
        boolean rule = change.key().startsWith(ArrivalRules.KEY);
        String nothing = rule
                ? text(language, "profile.norule")
                : settings.keys().stream().anyMatch(key -> key.name().equals(change.key()))
                        ? text(language, "profile.inherited")
                        : text(language, "profile.nothing");
        return new ChangeLine(
                moment(change.at(), language),
                change.at().toString(),
                change.who(),
                place(change.scope(), language),
                rule ? rule(change.key(), language) : what(change.key(), language),
                change.before().map(value -> word(language, "choice.", value)).orElse(nothing),
                change.after().map(value -> word(language, "choice.", value)).orElse(nothing));
    }

    /** A setting's name in the record, or that of a plan or a lock of it. */
    private String what(String key, Locale language) {
        if (key.startsWith(Settings.LOCK)) {
            return text(language, "profile.change.lock", name(key.substring(Settings.LOCK.length()), language));
        }
        if (key.startsWith(Settings.PLAN)) {
            String dayAndKey = key.substring(Settings.PLAN.length());
            int blank = dayAndKey.indexOf(' ');
            return text(
                    language,
                    "profile.change.plan",
                    name(dayAndKey.substring(blank + 1), language),
                    dayAndKey.substring(0, blank));
        }
        return name(key, language);
    }

    /** A rule's name in the record: its sign and its pattern. */
    private String rule(String key, Locale language) {
        String signAndPattern = key.substring(ArrivalRules.KEY.length());
        int blank = signAndPattern.indexOf(' ');
        return text(
                language,
                "profile.change.rule",
                word(language, "sign.", signAndPattern.substring(0, blank)),
                signAndPattern.substring(blank + 1));
    }

    /** A refused login, as people look for it. */
    LoginLine login(UnknownLogin refused, Locale language) {
        return new LoginLine(
                refused.login(),
                refused.address(),
                refused.known() ? text(language, "logins.password") : text(language, "logins.unknown"),
                moment(refused.firstSeen(), language),
                refused.firstSeen().toString(),
                moment(refused.lastSeen(), language),
                refused.lastSeen().toString(),
                refused.times());
    }

    /** Vendors and servers have one name; what else a preset is called has a text. */
    private String name(Presets.Preset preset, Locale language) {
        String name = messages.getMessage("preset.name." + preset.id(), null, preset.name(), language);
        return name == null ? preset.name() : name;
    }

    PresetLine preset(Presets.Preset preset, Locale language) {
        return new PresetLine(
                preset.id(),
                name(preset, language),
                word(language, "preset.", preset.id()),
                preset.settings().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(setting ->
                                name(setting.getKey(), language) + ": " + word(language, "choice.", setting.getValue()))
                        .collect(Collectors.joining("; ")),
                preset.confirmed());
    }

    /** Why a change was not made: the setting, the value, and what is allowed. */
    String refusal(SettingRefusal refusal, Locale language) {
        return switch (refusal) {
            case SettingRefusal.UnknownKey(String key) ->
                text(
                        language,
                        "profile.refused.key",
                        key,
                        settings.keys().stream().map(SettingKey::name).collect(Collectors.joining(", ")));
            case SettingRefusal.BadValue(String key, String value, Allowed allowed) ->
                text(language, "profile.refused.value", name(key, language), key, value, allowed(allowed, language));
            case SettingRefusal.UnknownScope(Scope scope) ->
                text(language, "profile.refused.place", scope.kind(), scope.name());
            case SettingRefusal.Locked(SettingLock lock) ->
                text(
                        language,
                        "setting.refused.locked",
                        name(lock.key(), language),
                        lock.who(),
                        moment(lock.since(), language),
                        lock.why());
            case SettingRefusal.ConsortiumOnly(String key) ->
                text(language, "setting.refused.level", name(key, language));
        };
    }

    /** Why a rule was not made. */
    String refusal(ArrivalRule.Sign sign, String pattern, Locale language) {
        return text(language, "profile.refused.rule", word(language, "sign.", sign.name()), pattern);
    }

    private String allowed(Allowed allowed, Locale language) {
        return switch (allowed) {
            case Allowed.OneOf(List<String> texts) -> String.join(", ", texts);
            case Allowed.Whole(int least, int most) ->
                text(language, "profile.allowed.whole", String.valueOf(least), String.valueOf(most));
            case Allowed.Form(String name) -> word(language, "allowed.", name);
        };
    }

    private String moment(Instant at, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(at.atZone(GatewayClock.ZONE));
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }

    /** The text for a word of the program; one that has no text here stands for itself. */
    String word(Locale language, String family, String word) {
        String other = messages.getMessage(family + "other", new Object[] {word}, language);
        String known = messages.getMessage(family + word, new Object[0], other, language);
        return known == null ? other : known;
    }
}
