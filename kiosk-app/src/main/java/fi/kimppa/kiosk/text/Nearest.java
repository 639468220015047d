package fi.kimppa.kiosk.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. Pure. */
public final class Nearest {
    private Nearest() {}

    /** The known word that takes the fewest letters to be made of this one; empty where half of it would have to change. */
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(one -> distance(word, one) <= word.length() / 2)
                .min(Comparator.comparingInt((String one) -> distance(word, one))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to put in, take out or change (Levenshtein). */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[other.length()];
    }
}
