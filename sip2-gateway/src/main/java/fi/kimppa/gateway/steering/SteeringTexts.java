package fi.kimppa.gateway.steering;

import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.PlaceNames;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.SettingKey.Allowed;
import fi.kimppa.gateway.consortium.SettingLock;
import fi.kimppa.gateway.consortium.SettingRefusal;
import fi.kimppa.gateway.consortium.Settings;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what is set for kiosks, where it comes from and why a value was refused in the language of whoever reads. */
@Component
class SteeringTexts {
    /** One of the values that a setting may have. */
    record Choice(String value, String text, boolean chosen) {}

    /**
     * One setting on the page.
     *
     * @param own whether this very place has set it
     * @param choices what may be chosen; empty where text is typed
     * @param lines whether it takes several lines
     * @param picture whether a file is brought for it
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
            boolean lines,
            boolean picture,
            String allowed,
            Optional<String> locked) {}

    /** One line of the record of changes. */
    record ChangeLine(String at, String iso, String who, String where, String what, String before, String after) {}

    private final MessageSource messages;
    private final PlaceNames places;
    private final Settings settings;

    SteeringTexts(MessageSource messages, PlaceNames places, Settings settings) {
        this.messages = messages;
        this.places = places;
        this.settings = settings;
    }

    Row row(SettingKey<?> key, Scope place, Locale language) {
        boolean merged = SteeringKeys.MERGED.contains(key);
        Optional<Scope> from = settings.path(place).reversed().stream()
                .filter(on -> settings.at(on).containsKey(key.name()))
                .findFirst();
        boolean own = from.equals(Optional.of(place));
        // Of what is merged entry by entry only the place's own entries are edited.
        String text = from.filter(on -> !merged || own)
                .flatMap(on -> Optional.ofNullable(settings.at(on).get(key.name())))
                .orElse(key.fallbackText());
        return new Row(
                key.name(),
                key.name().replace('.', '-'),
                name(key.name(), language),
                SteeringKeys.forPeople(key, text),
                from.map(on -> place(on, language)).orElseGet(() -> text(language, "steering.source.kiosk")),
                own,
                choices(key, text, language),
                merged,
                key.equals(SteeringKeys.LOGO),
                allowed(key.allowed(), language),
                locked(key, place, language));
    }

    private Optional<String> locked(SettingKey<?> key, Scope place, Locale language) {
        return place.kind() == Scope.Kind.CONSORTIUM
                ? Optional.empty()
                : settings.lock(key.name()).map(lock -> locked(lock, language));
    }

    private String locked(SettingLock lock, Locale language) {
        return text(
                language,
                "setting.refused.locked",
                name(lock.key(), language),
                lock.who(),
                moment(lock.since(), language),
                lock.why());
    }

    private String name(String key, Locale language) {
        return word(language, "setting.", key);
    }

    private List<Choice> choices(SettingKey<?> key, String chosen, Locale language) {
        return key.allowed() instanceof Allowed.OneOf(List<String> texts)
                ? texts.stream()
                        .map(text -> new Choice(text, word(language, "choice.", text), text.equals(chosen)))
                        .toList()
                : List.of();
    }

    /** A place as people call it. */
    String place(Scope scope, Locale language) {
        return places.of(scope, language);
    }

    ChangeLine change(SettingChange change, Locale language) {
        String nothing = text(language, "profile.inherited");
        return new ChangeLine(
                moment(change.at(), language),
                change.at().toString(),
                change.who(),
                place(change.scope(), language),
                name(change.key(), language),
                change.before()
                        .map(value -> value(change.key(), value, language))
                        .orElse(nothing),
                change.after()
                        .map(value -> value(change.key(), value, language))
                        .orElse(nothing));
    }

    /** As people wrote it. */
    private String value(String key, String text, Locale language) {
        String written = SteeringKeys.all().stream()
                .filter(known -> known.name().equals(key))
                .findFirst()
                .map(known -> SteeringKeys.forPeople(known, text))
                .orElse(text);
        return word(language, "choice.", written);
    }

    /** Why a change was not made: the setting, the value, and what is allowed. */
    String refusal(SettingRefusal refusal, Locale language) {
        return switch (refusal) {
            case SettingRefusal.BadValue(String key, String value, Allowed allowed) ->
                text(language, "profile.refused.value", name(key, language), key, value, allowed(allowed, language));
            case SettingRefusal.Locked(SettingLock lock) -> locked(lock, language);
            case SettingRefusal.UnknownScope(Scope scope) ->
                text(language, "profile.refused.place", scope.kind(), scope.name());
            case SettingRefusal.ConsortiumOnly(String key) ->
                text(language, "setting.refused.level", name(key, language));
            case SettingRefusal.UnknownKey(String key) -> text(language, "steering.refused.key", key);
        };
    }

    /** Why a file is no logo, and what to do. */
    String fault(Logos.Fault fault, Locale language) {
        return switch (fault) {
            case Logos.Fault.Nothing() -> text(language, "steering.logo.nothing");
            case Logos.Fault.TooLarge(long kilobytes) ->
                text(language, "steering.logo.large", String.valueOf(kilobytes), Logos.MOST_BYTES / 1024);
            case Logos.Fault.NoPng() -> text(language, "steering.logo.form");
            case Logos.Fault.Damaged() -> text(language, "steering.logo.damaged");
            case Logos.Fault.Size(int width, int height) ->
                text(
                        language,
                        "steering.logo.size",
                        String.valueOf(width),
                        String.valueOf(height),
                        String.valueOf(Logos.LEAST_PIXELS),
                        String.valueOf(Logos.MOST_PIXELS),
                        Logos.MOST_TIMES_AS_WIDE);
        };
    }

    private String allowed(Allowed allowed, Locale language) {
        return switch (allowed) {
            case Allowed.OneOf(List<String> texts) -> String.join(", ", texts);
            case Allowed.Whole(int least, int most) ->
                text(language, "profile.allowed.whole", String.valueOf(least), String.valueOf(most));
            case Allowed.Form(String form) -> word(language, "allowed.", form);
        };
    }

    private String moment(Instant at, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(at.atZone(GatewayClock.ZONE));
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }

    private String word(Locale language, String family, String word) {
        String other = messages.getMessage(family + "other", new Object[] {word}, language);
        String known = messages.getMessage(family + word, new Object[0], other, language);
        return known == null ? other : known;
    }
}
