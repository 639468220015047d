package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the sentences that a library puts in place of the product's can be used. Pure. */
public final class OwnWords {
    /** The screens are drawn for the product's sentences; one of twice the length has never been seen to fit. */
    private static final int TIMES_AS_LONG = 2;

    private static final int ALWAYS_FITS = 16;

    private OwnWords() {}

    /**
     * What is wrong with them.
     *
     * @param sentences by key
     * @return a line for each fault: its key, what is wrong and what to do
     */
    public static List<String> faults(Language language, Map<String, String> sentences) {
        Texts texts = Texts.in(language);
        return new TreeMap<>(sentences)
                .entrySet().stream()
                        .flatMap(sentence -> fault(texts, sentence.getKey(), sentence.getValue())
                                .map(fault -> sentence.getKey() + ": " + fault)
                                .stream())
                        .toList();
    }

    private static Optional<String> fault(Texts texts, String key, String own) {
        Set<String> known = texts.allKeys();
        if (!known.contains(key)) {
            return Optional.of("there is no such text; the nearest is \""
                    + Nearest.to(key, known).orElse("") + "\"");
        }
        if (Bundles.LISTS.contains(key)) {
            return Optional.of("it is a list of words of the language; take it out");
        }
        if (own.isBlank()) {
            return Optional.of("expected a sentence; leave the key out for the product's own");
        }
        String product = texts.product(key);
        Set<String> expected = new TreeSet<>(Bundles.parameters(product));
        Set<String> found = new TreeSet<>(Bundles.parameters(own));
        if (!found.equals(expected)) {
            return Optional.of(parameters(expected, found));
        }
        String rest = Bundles.PARAMETER.matcher(own).replaceAll("");
        if (rest.contains("{") || rest.contains("}")) {
            return Optional.of("a { or } is no part of a placeholder; take it out");
        }
        int most = Math.max(ALWAYS_FITS, TIMES_AS_LONG * longest(key, product));
        return own.length() > most
                ? Optional.of("expected at most " + most + " characters, since more do not fit on a screen; it has "
                        + own.length())
                : Optional.empty();
    }

    private static String parameters(Set<String> expected, Set<String> found) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> strange = new TreeSet<>(found);
        strange.removeAll(expected);
        String add = missing.isEmpty() ? "" : "the placeholder " + braced(missing) + " is missing; put it in";
        String remove = strange.isEmpty()
                ? ""
                : "there is no placeholder " + braced(strange) + " here; "
                        + (expected.isEmpty() ? "take it out" : "use " + braced(expected));
        return add.isEmpty() || remove.isEmpty() ? add + remove : add + "; " + remove;
    }

    private static String braced(Set<String> names) {
        return names.stream().map(name -> "{" + name + "}").collect(Collectors.joining(", "));
    }

    /** The screens have room for the longest of all languages. */
    private static int longest(String key, String product) {
        return Texts.languages().stream()
                .map(Texts::in)
                .filter(texts -> texts.has(key))
                .mapToInt(texts -> texts.product(key).length())
                .reduce(product.length(), Math::max);
    }
}
