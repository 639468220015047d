package fi.kimppa.kiosk.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the product's bundles and holds bundles against each other. Pure but for reading files. */
final class Bundles {
    /** A parameter within a sentence. */
    static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    /** Words with a blank between them, of which one is taken by its number. */
    static final Set<String> LISTS = Set.of("speech.weekdays", "speech.months", "speech.ordinals");

    private Bundles() {}

    /** The bundles beside this class, in a folder of classes or in a jar. */
    static List<Bundle> builtIn() {
        String folder = Bundles.class.getPackageName().replace('.', '/');
        try {
            Path home = Path.of(Bundles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(home)) {
                return Bundle.in(home.resolve(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(home)) {
                return Bundle.in(jar.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The bundles cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The bundles are nowhere", e);
        }
    }

    /**
     * The bundle itself, then those that stand in for it.
     *
     * @throws IllegalArgumentException when it names a language that is not there
     */
    static List<Bundle> chain(Bundle bundle, List<Bundle> all) {
        Map<String, Bundle> byTag = all.stream()
                .collect(Collectors.toMap(other -> other.language().tag(), Function.identity(), (first, _) -> first));
        Stream<Bundle> fallback = bundle.fallback().stream()
                .map(tag -> Optional.ofNullable(byTag.get(tag))
                        .orElseThrow(() -> new IllegalArgumentException(
                                bundle.file() + ": @fallback: there is no language \"" + tag + "\"")));
        return Stream.concat(Stream.of(bundle), fallback).toList();
    }

    /**
     * What a bundle lacks or has too much, held against a complete one: a sentence that is missing must be found before
     * somebody stands in front of it.
     *
     * @return a line for each fault, saying where it is and what to do
     */
    static List<String> faults(Bundle model, Bundle bundle) {
        Stream<String> missing = model.sentences().keySet().stream()
                .flatMap(key -> wanted(key, model, bundle))
                .distinct()
                .filter(key -> !bundle.sentences().containsKey(key))
                .map(key -> key + ": missing; add it, or let others stand in: @fallback=fi en");
        Stream<String> strange = bundle.sentences().keySet().stream()
                .filter(key -> !model.sentences().containsKey(model(key, model, bundle)))
                .map(key -> key + ": nobody asks for it; take it out");
        Stream<String> otherwise = bundle.sentences().entrySet().stream()
                .filter(sentence -> model.sentences().containsKey(model(sentence.getKey(), model, bundle)))
                .flatMap(sentence -> {
                    Set<String> expected =
                            parameters(model.sentences().getOrDefault(model(sentence.getKey(), model, bundle), ""));
                    Set<String> found = parameters(sentence.getValue());
                    return found.equals(expected)
                            ? Stream.empty()
                            : Stream.of(
                                    sentence.getKey() + ": expected the parameters " + expected + ", found " + found);
                });
        Stream<String> uneven = LISTS.stream()
                .filter(list -> bundle.sentences().containsKey(list) && words(bundle, list) != words(model, list))
                .map(list -> list + ": expected " + words(model, list) + " words, found " + words(bundle, list));
        return Stream.of(missing, strange, otherwise, uneven)
                .flatMap(faults -> faults)
                .sorted()
                .map(fault -> bundle.file() + ": " + fault)
                .toList();
    }

    private static int words(Bundle bundle, String list) {
        return bundle.sentences().getOrDefault(list, "").split(" ", -1).length;
    }

    /** The keys that a bundle must have because the model has this one. */
    private static Stream<String> wanted(String key, Bundle model, Bundle bundle) {
        Optional<String> counted = counted(key, model, model);
        if (counted.isEmpty()) {
            return bundle.complete() ? Stream.of(key) : Stream.empty();
        }
        List<String> forms = bundle.plural().forms().stream()
                .map(form -> counted.get() + "." + form)
                .toList();
        // A sentence in some of the forms only would be worse than another language's sentence.
        return bundle.complete() || forms.stream().anyMatch(bundle.sentences()::containsKey)
                ? forms.stream()
                : Stream.empty();
    }

    /** The common part of the keys of a counted sentence: one that the model has for one and for others. */
    private static Optional<String> counted(String key, Bundle model, Bundle bundle) {
        int dot = key.lastIndexOf('.');
        String common = key.substring(0, Math.max(0, dot));
        return bundle.plural().forms().contains(key.substring(dot + 1))
                        && model.sentences().containsKey(common + ".one")
                        && model.sentences().containsKey(common + "." + PluralRule.OTHER)
                ? Optional.of(common)
                : Optional.empty();
    }

    /** The key under which the model has the same sentence: all forms of a counted one have the same parameters. */
    private static String model(String key, Bundle model, Bundle bundle) {
        return counted(key, model, bundle)
                .map(common -> common + "." + PluralRule.OTHER)
                .orElse(key);
    }

    /** The names of the parameters of a sentence. */
    static Set<String> parameters(String sentence) {
        return PARAMETER
                .matcher(sentence)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
