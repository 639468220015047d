package fi.kimppa.gateway.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of cards, names and passwords that a connection has said lately: what must not stand in a text either. The
 * oldest are forgotten. For one thread.
 */
final class KnownWords {
    private static final int MOST = 200;
    /** A shorter word says nothing by itself, and stands in every second sentence. */
    private static final int LEAST_LETTERS = 3;
    /** A shorter number is a house, a day or a sum. */
    private static final int LEAST_DIGITS = 4;
    /** From here on a word is recognised at the beginning of a longer one, as names are inflected in Finnish. */
    private static final int LEAST_STEM = 4;
    /** From here on a number is recognised inside anything. */
    private static final int LEAST_INSIDE = 6;

    private final Set<String> words = new LinkedHashSet<>();
    private final Set<String> values = new LinkedHashSet<>();

    void add(String value) {
        if (value.length() >= LEAST_INSIDE && StandIns.words(value).size() > 1) {
            values.remove(value);
            values.add(value);
        }
        for (String word : StandIns.words(value)) {
            boolean number = word.chars().anyMatch(Character::isDigit);
            if (word.length() >= (number ? LEAST_DIGITS : LEAST_LETTERS)) {
                String folded = folded(word);
                words.remove(folded);
                words.add(folded);
            }
        }
        forgetOldest(words);
        forgetOldest(values);
    }

    private static void forgetOldest(Set<String> set) {
        while (set.size() > MOST) {
            set.remove(set.iterator().next());
        }
    }

    /** Values of several words, which may all be too short to be known by themselves: {@code Li, Bo}. */
    List<String> values() {
        return values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** How many characters at the beginning of this word of a text are a known word; 0 if none are. */
    int known(String word) {
        String folded = folded(word);
        if (words.contains(folded)) {
            return word.length();
        }
        boolean number = folded.chars().anyMatch(Character::isDigit);
        for (int length = number ? 0 : folded.length() - 1; length >= LEAST_STEM; length--) {
            if (words.contains(folded.substring(0, length))) {
                return length;
            }
        }
        return 0;
    }

    /** Numbers that are recognised inside anything, the longest first. */
    List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        for (String word : words) {
            if (word.length() >= LEAST_INSIDE && word.chars().allMatch(c -> c >= '0' && c <= '9')) {
                numbers.add(word);
            }
        }
        numbers.sort(Comparator.comparingInt(String::length).reversed());
        return numbers;
    }

    /** Lower case with as many characters, so that a place in one is the place in the other. */
    private static String folded(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.length() == word.length() ? lower : word;
    }
}
