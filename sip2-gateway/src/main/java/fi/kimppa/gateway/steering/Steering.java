package fi.kimppa.gateway.steering;

import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.steering.SteeringForms.Mark;
import fi.kimppa.gateway.steering.SteeringKeys.Switch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * What each kiosk shall have on top of its own file. A value that is nearer to the kiosk wins; of words, bins and names each entry
 * does so by itself, so that a branch adds a sentence without repeating those of the consortium. Threads: any.
 */
@Component
public class Steering {
    private static final int VERSION_BYTES = 8;

    /** Stands before the digest of a picture, so that a kiosk knows it from a file of its own. */
    private static final String LOGO = "sha256-";

    private final Settings settings;
    private final Logos logos;

    Steering(Settings settings, Logos logos) {
        this.settings = settings;
        this.logos = logos;
    }

    /**
     * A document for a kiosk.
     *
     * @param version 16 hexadecimal digits of the SHA-256 of its bytes
     * @param text JSON with some of the keys of a kiosk's file
     */
    public record Document(String version, String text) {
        /** Of these parts. */
        static Document of(Map<String, Object> parts) {
            String text = SteeringForms.json(parts);
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return new Document(HexFormat.of().formatHex(Arrays.copyOf(digest, VERSION_BYTES)), text);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        boolean nothing() {
            return "{}".equals(text);
        }
    }

    /** What a kiosk shall have. */
    public Document of(Terminal terminal) {
        return Document.of(parts(Scope.device(terminal.login())));
    }

    /**
     * The version that a kiosk is told of in the answer to its report.
     *
     * @param accepted the newest version that it has found good; empty for none
     * @param refused the newest that it has not; empty for none
     * @return empty where it has no news
     */
    public Optional<String> news(Terminal terminal, String accepted, String refused) {
        Document wanted = of(terminal);
        if (wanted.nothing() && accepted.isEmpty() && refused.isEmpty()) {
            return Optional.empty();
        }
        boolean known = wanted.version().equals(accepted)
                ? refused.isEmpty()
                : wanted.version().equals(refused);
        return known ? Optional.empty() : Optional.of(wanted.version());
    }

    // ---- the document ------------------------------------------------------------------------------------

    private SortedMap<String, Object> parts(Scope place) {
        SortedMap<String, Object> parts = new TreeMap<>();
        put(parts, "look", look(place));
        put(parts, "bins", wrapped("marks", binsInFile(bins(place))));
        put(parts, "wording", wording(place));
        put(parts, "functions", functions(place));
        put(parts, "timeouts", waits(place));
        put(parts, "library", wrapped("names", names(place)));
        String languages = settings.value(SteeringKeys.LANGUAGES, place);
        if (!languages.isEmpty()) {
            parts.put("languages", List.of(languages.split(", ", -1)));
        }
        return parts;
    }

    private static void put(SortedMap<String, Object> parts, String name, SortedMap<String, ?> part) {
        if (!part.isEmpty()) {
            parts.put(name, part);
        }
    }

    private static SortedMap<String, Object> wrapped(String name, SortedMap<String, ?> part) {
        SortedMap<String, Object> around = new TreeMap<>();
        put(around, name, part);
        return around;
    }

    private SortedMap<String, Object> look(Scope place) {
        SortedMap<String, Object> look = wrapped("colours", colours(place));
        String logo = settings.value(SteeringKeys.LOGO, place);
        if (!logo.isEmpty() && logos.has(logo)) {
            look.put("logo", LOGO + logo);
        }
        put(look, "logoHasName", settings.value(SteeringKeys.LOGO_HAS_NAME, place));
        put(look, "coverTitles", settings.value(SteeringKeys.COVER_TITLES, place));
        return look;
    }

    private static void put(SortedMap<String, Object> parts, String name, Switch said) {
        if (said != Switch.AS_INSTALLED) {
            parts.put(name, said == Switch.ON);
        }
    }

    /** Colours by role. */
    SortedMap<String, String> colours(Scope place) {
        return texts(place, SteeringKeys.COLOURS);
    }

    private SortedMap<String, String> texts(Scope place, List<SettingKey<String>> keys) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (SettingKey<String> key : keys) {
            String text = settings.value(key, place);
            if (!text.isEmpty()) {
                texts.put(SteeringKeys.inFile(key), text);
            }
        }
        return texts;
    }

    private SortedMap<String, Boolean> functions(Scope place) {
        SortedMap<String, Boolean> functions = new TreeMap<>();
        for (SettingKey<Switch> key : SteeringKeys.FUNCTIONS) {
            Switch said = settings.value(key, place);
            if (said != Switch.AS_INSTALLED) {
                functions.put(SteeringKeys.inFile(key), said == Switch.ON);
            }
        }
        return functions;
    }

    private SortedMap<String, Integer> waits(Scope place) {
        SortedMap<String, Integer> waits = new TreeMap<>();
        texts(place, SteeringKeys.WAITS).forEach((name, text) -> waits.put(name + "Seconds", Integer.valueOf(text)));
        return waits;
    }

    /** How bins are told apart, by number. */
    SortedMap<String, Mark> bins(Scope place) {
        SortedMap<String, Mark> marks = new TreeMap<>();
        each(place, SteeringKeys.BINS, nearer -> marks.putAll(nearer));
        return marks;
    }

    private static SortedMap<String, Object> binsInFile(SortedMap<String, Mark> bins) {
        SortedMap<String, Object> all = new TreeMap<>();
        bins.forEach((number, mark) -> {
            SortedMap<String, Object> one = new TreeMap<>();
            String everywhere = mark.name().get("");
            if (everywhere != null) {
                one.put("name", everywhere);
            } else {
                put(one, "name", mark.name());
            }
            if (!mark.colour().isEmpty()) {
                one.put("colour", mark.colour());
            }
            if (!mark.shape().isEmpty()) {
                one.put("shape", mark.shape());
            }
            all.put(number, one);
        });
        return all;
    }

    private SortedMap<String, SortedMap<String, String>> wording(Scope place) {
        SortedMap<String, SortedMap<String, String>> words = new TreeMap<>();
        each(
                place,
                SteeringKeys.WORDING,
                nearer -> nearer.forEach((language, own) ->
                        words.computeIfAbsent(language, _ -> new TreeMap<>()).putAll(own)));
        return words;
    }

    private SortedMap<String, String> names(Scope place) {
        SortedMap<String, String> names = new TreeMap<>();
        each(place, SteeringKeys.NAMES, nearer -> names.putAll(nearer));
        return names;
    }

    /** What is set on the way from the consortium to a place, the widest first. */
    private <T> void each(Scope place, SettingKey<T> key, Consumer<T> entry) {
        for (Scope on : settings.path(place)) {
            Optional.ofNullable(settings.at(on).get(key.name()))
                    .flatMap(key::read)
                    .ifPresent(entry);
        }
    }
}
