package fi.kimppa.gateway.steering;

import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.steering.SteeringForms.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What can be set for kiosks. What nobody sets is as each kiosk's own file has it. */
@Configuration(proxyBeanMethods = false)
class SteeringKeys {
    /** Whether a function is there. */
    enum Switch {
        /** As the kiosk's own file says. */
        AS_INSTALLED,
        ON,
        OFF
    }

    private static final String COLOUR = "kiosk.colour.";
    private static final String FUNCTION = "kiosk.function.";
    private static final String WAIT = "kiosk.wait.";

    static final List<SettingKey<String>> COLOURS = Stream.of(
                    "primary", "on-primary", "accent", "on-accent", "paper", "surface", "ink")
            .map(role -> text(COLOUR + role, "kiosk-colour", SteeringForms::colour))
            .toList();

    /** SHA-256 of one of the {@link Logos}. */
    static final SettingKey<String> LOGO = text("kiosk.logo", "kiosk-logo", SteeringForms::digest);

    /** Whether the library's name stands in the logo. */
    static final SettingKey<Switch> LOGO_HAS_NAME = SettingKey.choice("kiosk.logo-has-name", Switch.AS_INSTALLED);

    /** Whether titles on the screen are covered until they are pressed. */
    static final SettingKey<Switch> COVER_TITLES = SettingKey.choice("kiosk.cover-titles", Switch.AS_INSTALLED);

    static final List<SettingKey<Switch>> FUNCTIONS = Stream.of(
                    "borrow",
                    "return",
                    "account",
                    "search",
                    "mail",
                    "news",
                    "collections",
                    "stars",
                    "parts",
                    "initial",
                    "digits")
            .map(name -> SettingKey.choice(FUNCTION + name, Switch.AS_INSTALLED))
            .toList();

    static final List<SettingKey<String>> WAITS = Stream.of("borrowing", "pin", "returning", "account", "receipt")
            .map(name -> text(WAIT + name, "kiosk-seconds", SteeringForms::seconds))
            .toList();

    static final SettingKey<String> LANGUAGES = text("kiosk.languages", "kiosk-languages", SteeringForms::languages);

    static final SettingKey<SortedMap<String, SortedMap<String, String>>> WORDING = SettingKey.form(
            "kiosk.wording", new TreeMap<>(), "kiosk-wording", SteeringForms::wording, SteeringForms::json);

    static final SettingKey<SortedMap<String, Mark>> BINS =
            SettingKey.form("kiosk.bins", new TreeMap<>(), "kiosk-bins", SteeringForms::marks, SteeringForms::json);

    static final SettingKey<SortedMap<String, String>> NAMES =
            SettingKey.form("kiosk.names", new TreeMap<>(), "kiosk-names", SteeringForms::names, SteeringForms::json);

    /** Those of which each entry is set by itself. */
    static final Set<SettingKey<?>> MERGED = Set.of(WORDING, BINS, NAMES);

    private SteeringKeys() {}

    private static SettingKey<String> text(String name, String form, Function<String, Optional<String>> reader) {
        return SettingKey.form(name, "", form, reader, Function.identity());
    }

    /** What a key is called in a kiosk's file: the part behind the last dot. */
    static String inFile(SettingKey<?> key) {
        return key.name().substring(key.name().lastIndexOf('.') + 1);
    }

    /** A value as people write it: of what is merged a line for each entry. */
    static String forPeople(SettingKey<?> key, String text) {
        if (key.equals(WORDING)) {
            return WORDING.read(text).map(SteeringForms::wordingLines).orElse(text);
        }
        if (key.equals(BINS)) {
            return BINS.read(text).map(SteeringForms::markLines).orElse(text);
        }
        return key.equals(NAMES)
                ? NAMES.read(text).map(SteeringForms::nameLines).orElse(text)
                : text;
    }

    /** All of them, in the order of the page. */
    static List<SettingKey<?>> all() {
        List<SettingKey<?>> all = new ArrayList<>(COLOURS);
        all.addAll(List.of(LOGO, LOGO_HAS_NAME, COVER_TITLES));
        all.addAll(FUNCTIONS);
        all.addAll(List.of(BINS, WORDING, LANGUAGES, NAMES));
        all.addAll(WAITS);
        return List.copyOf(all);
    }

    @Bean
    static SettingGroup kioskSettings() {
        return new SettingGroup(all());
    }
}
